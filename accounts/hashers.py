"""Hash of one-time passwords (F42): keyed HMAC-SM3 instead of argon2id.

A slow hash protects passwords that people choose, because those can be guessed. A one-time password is drawn at random
from 31^15 (74 bits): trying them all is hopeless even without the key, and the key is in the environment, not in the
dump. So a slow hash would add nothing, while 130,000 accounts would cost four hours of argon2id instead of seconds.
"""

import re
import secrets
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.constant_time import bytes_eq
from django.contrib.auth.hashers import BasePasswordHasher

from sanjin.common.sealing import blind_index

# No 0 o, 1 l i: it is read from paper and typed on a phone. Case, spaces and hyphens don't matter.
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
GROUPS, GROUP = 3, 5


def new_one_time_password() -> str:
    """15 characters in groups of five, such as `k7m2p-9xq4t-wd3hf`: 74 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def normalize_one_time(text: str) -> str:
    return re.sub(r"[\s\-—–]", "", text).lower()


class OneTimeHasher(BasePasswordHasher):
    algorithm = "onetime_sm3"

    def encode(self, password: str, salt: str) -> str:
        digest = blind_index(f"one-time|{salt}|{normalize_one_time(password)}").hex()
        return f"{self.algorithm}${salt}${digest}"

    def decode(self, encoded: str) -> Mapping[str, Any]:
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": digest}

    def verify(self, password: str, encoded: str) -> bool:
        again = self.encode(password, self.decode(encoded)["salt"])
        return bytes_eq(again.encode(), encoded.encode())

    def must_update(self, encoded: str) -> bool:
        return False

    def safe_summary(self, encoded: str) -> Mapping[str, Any]:
        return {"algorithm": self.algorithm}

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to harden; the login evens out the time itself (`password_matches`)."""


def encode_one_time(password: str) -> str:
    hasher = OneTimeHasher()
    return hasher.encode(password, hasher.salt())
