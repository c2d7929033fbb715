"""The meetings' API: scoped object, input, one action, answer."""

from .check_in import CheckInView, LeaveView, ProxyCheckInView, WithdrawView
from .meetings import MeetingListView, MeetingView, MinutesView, OptionsView, ParticipantsView, QrView

__all__ = [
    "CheckInView",
    "LeaveView",
    "MeetingListView",
    "MeetingView",
    "MinutesView",
    "OptionsView",
    "ParticipantsView",
    "ProxyCheckInView",
    "QrView",
    "WithdrawView",
]
