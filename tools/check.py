"""`make check`: everything that needs no test run. Goes through all of it and says at the end what failed.

`make check ARGS="types layers"` does only these.
"""

import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]

# Production's settings with throw-away secrets: nothing is connected to.
PRODUCTION = {
    "DEBUG": "0",
    "HTTPS": "1",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "SEAL_KEYS": f"k1={secrets.token_hex(16)}",
    "BLIND_INDEX_KEY": secrets.token_hex(32),
    "ALLOWED_HOSTS": "example.gov.cn",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}

CHECKS: dict[str, list] = {
    "lint": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "layers": [BIN / "lint-imports", "--no-cache"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "production settings": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
    "vendored files": [sys.executable, "tools/vendor.py", "--check"],
    "exemptions": [sys.executable, "tools/exemptions.py"],
}


def main(only: list[str]) -> int:
    if unknown := set(only) - set(CHECKS):
        sys.exit(f"no such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}.")
    failed = []
    for name in only or CHECKS:
        command = CHECKS[name]
        started = time.monotonic()
        result = subprocess.run(
            command, cwd=ROOT, env=os.environ | PRODUCTION, capture_output=True, text=True
        )
        seconds = time.monotonic() - started
        print(f"{'ok  ' if result.returncode == 0 else 'FAIL'}  {name} ({seconds:.1f} s)", flush=True)
        if result.returncode:
            failed.append(name)
            print(result.stdout + result.stderr)
    print(f"check: {', '.join(failed)} failed" if failed else "check: all good")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
