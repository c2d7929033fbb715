from .code_request import CodeRequest
from .member import Member, MemberQuerySet
from .message import Message
from .phone_return import PhoneReturn
from .post import MemberPost, Post
from .register_part import RegisterPart
from .reset_code import ResetCode
from .slip_sheet import SlipSheet

__all__ = [
    "CodeRequest",
    "Member",
    "MemberPost",
    "MemberQuerySet",
    "Message",
    "PhoneReturn",
    "Post",
    "RegisterPart",
    "ResetCode",
    "SlipSheet",
]
