"""Sealed fields: SM4-GCM with a random nonce, found again by a keyed HMAC-SM3 blind index (threats.md).

A sealed value is `key id length (1 byte) | key id | nonce (12) | ciphertext and tag`. Its associated data is
`label|uuid`: a value copied to another column or row does not open. Rows have their uuid before they are inserted, so
bulk loads seal the same way.
"""

import os
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from django.conf import settings

NONCE, TAG = 12, 16


@cache
def _cipher(key_id: str) -> SM4:
    return SM4(bytes.fromhex(settings.SEAL_KEYS[key_id]))


@cache
def _current() -> tuple[bytes, SM4]:
    key_id = next(iter(settings.SEAL_KEYS))
    return bytes([len(key_id)]) + key_id.encode(), _cipher(key_id)


def seal(text: str, *, label: str, uuid: UUID | str) -> bytes:
    """Seal `text` for the column `label` (such as `member.phone`) of the row `uuid` (as text: in its usual form)."""
    header, algorithm = _current()
    nonce = os.urandom(NONCE)
    encryptor = Cipher(algorithm, modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(f"{label}|{uuid}".encode())
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return b"".join((header, nonce, body, encryptor.tag))


def unseal(sealed: bytes, *, label: str, uuid: UUID) -> str:
    """Open what `seal` made. Raises cryptography's InvalidTag if row, column or bytes are not the same."""
    sealed = bytes(sealed)
    start = 1 + sealed[0]
    key_id, nonce = sealed[1:start].decode(), sealed[start : start + NONCE]
    body, tag = sealed[start + NONCE : -TAG], sealed[-TAG:]
    decryptor = Cipher(_cipher(key_id), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(f"{label}|{uuid}".encode())
    return (decryptor.update(body) + decryptor.finalize()).decode()


@cache
def _index_base() -> hmac.HMAC:
    return hmac.HMAC(bytes.fromhex(settings.BLIND_INDEX_KEY), hashes.SM3())


def blind_index(text: str) -> bytes:
    """32 bytes by which an equal `text` is found without opening anything. Normalise before calling."""
    digest = _index_base().copy()
    digest.update(text.encode())
    return digest.finalize()


class Sealed:
    """`phone = Sealed("member.phone", indexed=True)` reads and writes the columns `phone_sealed`, `phone_index`.

    Reading opens; writing seals and indexes; None or "" empties. The row needs a `uuid`.
    """

    def __init__(self, label: str, *, indexed: bool = False) -> None:
        self.label = label
        self.indexed = indexed

    def __set_name__(self, owner: type, name: str) -> None:
        self.sealed_name, self.index_name = f"{name}_sealed", f"{name}_index"

    def __get__(self, row: Any, owner: type | None = None) -> Any:
        if row is None:
            return self
        sealed = getattr(row, self.sealed_name)
        return unseal(sealed, label=self.label, uuid=row.uuid) if sealed else ""

    def __set__(self, row: Any, text: str | None) -> None:
        setattr(row, self.sealed_name, seal(text, label=self.label, uuid=row.uuid) if text else None)
        if self.indexed:
            setattr(row, self.index_name, blind_index(text) if text else None)
