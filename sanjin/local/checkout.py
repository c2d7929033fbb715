"""Initial migrations are edited in place until the first release: data that an older checkout made then lack a column, and
every page would answer 500. The demo notices it before it starts anything."""

import json
from hashlib import sha256
from pathlib import Path

from .servers import ServerError

ROOT = Path(__file__).resolve().parents[2]
OLDER = (
    "The sample data in {folder} were made by an older checkout: a migration that they stand on has changed since.\n"
    "Remove them with `make clean`, and start again."
)


def must_fit(data: Path, record: Path, *, root: Path = ROOT) -> None:
    """ServerError if the database in `data` stands on other migrations than this checkout's; those that are only new are
    applied as always. `record`: a file beside the data with each migration's digest, written anew."""
    now = digests(root)
    if data.exists():
        known = (
            json.loads(record.read_text()) if record.exists() else {"none": "made before there was a record"}
        )
        if any(now.get(name) != digest for name, digest in known.items()):
            raise ServerError(OLDER.format(folder=data.parent))
    record.write_text(json.dumps(now, indent=1))


def digests(root: Path) -> dict[str, str]:
    """File of each migration of the house, and of what they share → digest."""
    files = [file for depth in ("*", "*/*") for file in root.glob(f"{depth}/migrations/*.py")]
    return {str(file.relative_to(root)): sha256(file.read_bytes()).hexdigest() for file in sorted(files)}
