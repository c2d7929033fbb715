"""Every exemption names its rule and says why: `# noqa: S603  our own commands`, `# type: ignore[misc]  # why`. Part of
`make check`."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXEMPTION = re.compile(
    r"#\s*(?:noqa(?P<lint>:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?|type:\s*ignore(?P<type>\[[a-z, -]+\])?)(?P<reason>.*)"
)
MIGRATION = re.compile(r"/migrations/")


def exemptions() -> list[str]:
    """`file:line: text` of each exemption without a rule or without a reason."""
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in listed.stdout.split():
        if MIGRATION.search(name) or name == "tools/exemptions.py" or not (ROOT / name).exists():
            continue
        for number, line in enumerate((ROOT / name).read_text().splitlines(), start=1):
            match = EXEMPTION.search(line)
            if match and not ((match["lint"] or match["type"]) and len(match["reason"].strip()) > 3):
                found.append(f"{name}:{number}: {line.strip()}")
    return found


if __name__ == "__main__":
    bare = exemptions()
    print("\n".join(bare))
    sys.exit(bool(bare))
