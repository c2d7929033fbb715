"""Renew the pins: `make deps`. Resolves each `.in` in a fresh virtual environment and writes its lock.

requirements.txt gets everything that production installs, transitive packages too; -demo and -dev add theirs.
Two machines that install the same commit run the same code.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEVELS = ["requirements", "requirements-demo", "requirements-dev"]


def resolve(source: str) -> list[str]:
    """Install the newest versions that `source` allows into a throw-away environment; returns its freeze."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [f"{folder}/bin/pip", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--quiet", "--requirement", ROOT / source], check=True)
        subprocess.run([*pip, "check"], check=True)
        return subprocess.run(
            [*pip, "freeze"], check=True, capture_output=True, text=True
        ).stdout.splitlines()


def only_elsewhere(source: str) -> list[str]:
    """Pins with a marker (`name==1; python…`): this machine may not install them, others do."""
    return [line for line in (ROOT / source).read_text().splitlines() if "==" in line and ";" in line]


def main() -> int:
    pinned: set[str] = set()
    below = ""
    for level in LEVELS:
        # A package is pinned once, by the lowest level that needs it.
        lines = [*only_elsewhere(f"{level}.in"), *resolve(f"{level}.in")]
        lines = [line for line in lines if line.split("==")[0] not in pinned]
        pinned |= {line.split("==")[0] for line in lines}
        head = [
            f"# Made by `make deps` from {level}.in: edit that file, not this one.",
            *([below] if below else []),
        ]
        (ROOT / f"{level}.txt").write_text("\n".join([*head, *lines]) + "\n")
        print(f"{level}.txt: {len(lines)} packages")
        below = f"-r {level}.txt\n"
    return 0


if __name__ == "__main__":
    sys.exit(main())
