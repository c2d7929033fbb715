"""Shapes of the meetings' API. They translate; rules stand in actions and validators."""

from .calling import CallShape, MinutesInput, OptionsShape, call_options, members
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
    "OptionsShape",
    "PersonShape",
    "ProxyShape",
    "QrShape",
    "ReasonShape",
    "ScanProblem",
    "ScanShape",
    "ScannedMeeting",
    "call_options",
    "members",
]
