"""Renew the pins: `make deps`. Resolves each `.in` in a fresh virtual environment and writes its lock.

requirements.txt gets everything that production installs, transitive packages too; -demo and -dev add theirs, to versions
that fit what stands below. Two machines that install the same commit run the same code.
"""

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEVELS = ["requirements", "requirements-demo", "requirements-dev"]


def resolve(source: str, pins: list[str]) -> list[str]:
    """Install the newest versions that `source` and the `pins` below it allow into a throw-away environment; its freeze."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [f"{folder}/bin/pip", "--disable-pip-version-check"]
        below = Path(folder) / "below.txt"
        below.write_text("\n".join(pins))
        subprocess.run(
            [*pip, "install", "--quiet", "--requirement", ROOT / source, "--constraint", below], check=True
        )
        subprocess.run([*pip, "check"], check=True)
        return subprocess.run(
            [*pip, "freeze"], check=True, capture_output=True, text=True
        ).stdout.splitlines()


def only_elsewhere(source: str) -> list[str]:
    """Pins with a marker (`name==1; python…`): this machine may not install them, others do."""
    return [line for line in (ROOT / source).read_text().splitlines() if "==" in line and ";" in line]


def name_of(pin: str) -> str:
    return pin.split("==")[0]


def main() -> int:
    pins: list[str] = []
    head: list[str] = []
    for level in LEVELS:
        # A package is pinned once, by the lowest level that needs it.
        known = {name_of(pin) for pin in pins}
        found = [*only_elsewhere(f"{level}.in"), *resolve(f"{level}.in", pins)]
        new = [pin for pin in found if name_of(pin) not in known]
        pins += new
        title = f"# Made by `make deps` from {level}.in: edit that file, not this one."
        (ROOT / f"{level}.txt").write_text("\n".join([title, *head, *new]) + "\n")
        print(f"{level}.txt: {len(new)} packages")
        head = [f"-r {level}.txt"]
    return 0


if __name__ == "__main__":
    sys.exit(main())
