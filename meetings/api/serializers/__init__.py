"""Shapes of the meetings' API. They translate; rules stand in actions and validators."""

from .calling import CallShape, MinutesInput, members
from .meeting import MeetingDetail, MeetingRow
from .people import AddShape, PersonShape, ProxyShape, ReasonShape
from .scan import AnswerShape, QrShape, ScannedMeeting, ScanProblem, ScanShape

__all__ = [
    "AddShape",
    "AnswerShape",
    "CallShape",
    "MeetingDetail",
    "MeetingRow",
    "MinutesInput",
    "PersonShape",
    "ProxyShape",
    "QrShape",
    "ReasonShape",
    "ScanProblem",
    "ScanShape",
    "ScannedMeeting",
    "members",
]
