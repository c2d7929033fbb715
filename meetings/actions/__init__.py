"""Every write of consequence. Each is one transaction with its audit row (`sanjin.common.audit`)."""

from .attendance import ask_leave, proxy_check_in, withdraw_check_in
from .call import call_meeting, cancel_meeting, publish_meeting, update_meeting
from .check_in import ScanAnswer, check_in
from .minutes import file_minutes, revise_minutes
from .people import add_participants
from .plan import MeetingPlan

__all__ = [
    "MeetingPlan",
    "ScanAnswer",
    "add_participants",
    "ask_leave",
    "call_meeting",
    "cancel_meeting",
    "check_in",
    "file_minutes",
    "proxy_check_in",
    "publish_meeting",
    "revise_minutes",
    "update_meeting",
    "withdraw_check_in",
]
