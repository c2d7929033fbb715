"""What can be done to accounts; every write of consequence is one of these."""

from .activation import activate
from .admins import generate_admins, start_generation
from .login import log_in_admin
from .passwords import change_own_password, end_sessions
from .standing import freeze, reset_password, unfreeze, unlock

__all__ = [
    "activate",
    "change_own_password",
    "end_sessions",
    "freeze",
    "generate_admins",
    "log_in_admin",
    "reset_password",
    "start_generation",
    "unfreeze",
    "unlock",
]
