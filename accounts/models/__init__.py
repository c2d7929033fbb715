from .account import Account
from .consent import Consent, Document
from .guard import LoginGuard
from .token import DeviceToken

__all__ = ["Account", "Consent", "DeviceToken", "Document", "LoginGuard"]
