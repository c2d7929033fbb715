"""Text messages. `gateway()` is what the settings name, or None; callers then say whom to ask instead."""

from functools import lru_cache
from typing import Protocol

from django.conf import settings

from .aliyun import AliyunGateway, SmsError

__all__ = ["SmsError", "SmsGateway", "gateway"]


class SmsGateway(Protocol):
    def send_code(self, phone: str, code: str) -> None:
        """Send `code` to `phone`. SmsError if the gateway refuses or does not answer."""


@lru_cache(maxsize=4)
def _aliyun(endpoint: str, key_id: str, secret: str, sign_name: str, template: str) -> AliyunGateway:
    return AliyunGateway(endpoint, key_id, secret, sign_name=sign_name, template=template)


def gateway() -> SmsGateway | None:
    if not settings.SMS_ACCESS_KEY_ID:
        return None
    return _aliyun(
        settings.SMS_ENDPOINT,
        settings.SMS_ACCESS_KEY_ID,
        settings.SMS_ACCESS_KEY_SECRET,
        settings.SMS_SIGN_NAME,
        settings.SMS_TEMPLATE_CODE,
    )
