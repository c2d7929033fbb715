"""Aliyun's SendSms (2017-05-25) over plain HTTP: sorted parameters signed with HMAC-SHA1, no SDK."""

import base64
import hashlib
import hmac
import json
import logging
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote
from uuid import uuid4

log = logging.getLogger(__name__)
TIMEOUT = 5  # seconds


class SmsError(Exception):
    """The gateway refused, or did not answer; `code` is its own word for it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


def encode(text: str) -> str:
    """Percent encoding as the signature wants it (RFC 3986)."""
    return quote(text, safe="-_.~")


def canonical(params: Mapping[str, str]) -> str:
    return "&".join(f"{encode(key)}={encode(params[key])}" for key in sorted(params))


def signature(method: str, params: Mapping[str, str], secret: str) -> str:
    """Base64 of HMAC-SHA1 over `METHOD&%2F&<canonical query, encoded once more>`, keyed with the secret and `&`."""
    text = f"{method}&{encode('/')}&{encode(canonical(params))}"
    digest = hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class AliyunGateway:
    def __init__(self, endpoint: str, key_id: str, secret: str, *, sign_name: str, template: str) -> None:
        if not endpoint.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
            raise ValueError("SMS_ENDPOINT must be https (plain http only on this machine)")
        self.endpoint, self.key_id, self.secret = endpoint, key_id, secret
        self.sign_name, self.template = sign_name, template

    def send_code(self, phone: str, code: str) -> None:
        """One message of the template, whose only parameter is `code`. SmsError if it was not accepted."""
        params = {
            "AccessKeyId": self.key_id,
            "Action": "SendSms",
            "Format": "JSON",
            "PhoneNumbers": phone,
            "RegionId": "cn-hangzhou",
            "SignName": self.sign_name,
            "SignatureMethod": "HMAC-SHA1",
            "SignatureNonce": str(uuid4()),
            "SignatureVersion": "1.0",
            "TemplateCode": self.template,
            "TemplateParam": json.dumps({"code": code}),
            "Timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "Version": "2017-05-25",
        }
        body = f"Signature={encode(signature('POST', params, self.secret))}&{canonical(params)}"
        answer = self._post(body)
        if answer.get("Code") != "OK":
            raise SmsError(str(answer.get("Code")), str(answer.get("Message")))
        log.info("sms accepted: %s", answer.get("BizId"))

    def _post(self, body: str) -> dict:
        request = urllib.request.Request(  # noqa: S310  the scheme is checked in __init__
            self.endpoint,
            data=body.encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:  # noqa: S310  the same
                return json.load(response)
        except urllib.error.HTTPError as error:
            return self._refusal(error)
        except (OSError, ValueError) as error:
            raise SmsError("unreachable", type(error).__name__)

    def _refusal(self, error: urllib.error.HTTPError) -> dict:
        try:
            return json.load(error)
        except ValueError:
            raise SmsError(f"http_{error.code}", "no JSON in the answer")
