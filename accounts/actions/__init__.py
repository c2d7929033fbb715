"""What can be done to accounts; every write of consequence is one of these."""

from .login import log_in_admin

__all__ = ["log_in_admin"]
