"""The API's authentication: a knox token, its account, the member and the branch in one query."""

import binascii
from hmac import compare_digest

from django.utils import timezone
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from accounts.models import Account, DeviceToken


class MemberTokenAuthentication(TokenAuthentication):
    """knox's own authentication also reads every other token of the account on each request; a nightly task can sweep
    expired ones just as well, so this one reads a single row."""

    def authenticate_credentials(self, token: bytes) -> tuple[Account, DeviceToken]:
        text = token.decode("utf-8", "replace")
        try:
            digest = hash_token(text)
        except (TypeError, ValueError, binascii.Error):
            raise AuthenticationFailed()
        row = (
            DeviceToken.objects.filter(token_key=text[: CONSTANTS.TOKEN_KEY_LENGTH], digest=digest)
            .select_related("user__member__organization__type")
            .first()
        )
        if row is None or not compare_digest(row.digest, digest) or row.expiry < timezone.now():
            raise AuthenticationFailed()
        self.renew_token(row)
        return self.validate_user(row)
