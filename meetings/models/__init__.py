from .meeting import Host, Meeting, MeetingQuerySet
from .minutes import Minutes
from .participant import Participant, ParticipantQuerySet, UninvitedScan

__all__ = [
    "Host",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "Participant",
    "ParticipantQuerySet",
    "UninvitedScan",
]
