"""The demo's own secrets: made once, kept in a git-ignored file, never a default in the code."""

import secrets
from pathlib import Path

HEADER = "# Made by the first `make demo`. Losing SEAL_KEYS means losing every sealed ID number and phone.\n"


def ensure_secrets(file: Path) -> bool:
    """Write `file` with fresh secrets unless it exists. Returns whether it was made.

    SECRET_KEY: 64 characters. SEAL_KEYS: `k1=` and 32 hex digits (SM4, 128 bits). BLIND_INDEX_KEY: 64 hex
    digits.
    """
    if file.exists():
        return False
    values = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "SEAL_KEYS": f"k1={secrets.token_hex(16)}",
        "BLIND_INDEX_KEY": secrets.token_hex(32),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(HEADER + "".join(f"{name}={value}\n" for name, value in values.items()))
    return True
