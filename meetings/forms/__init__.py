"""Forms of the back office. They translate; rules stand in actions and validators."""

from .meeting import MeetingForm
from .minutes import MinutesForm, RevisionForm
from .people import AddPeopleForm, ReasonForm

__all__ = ["AddPeopleForm", "MeetingForm", "MinutesForm", "ReasonForm", "RevisionForm"]
