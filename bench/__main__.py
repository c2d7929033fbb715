"""`python -m bench [names]`: each module of this folder with a `run(report)` is a bench; ends non-zero if a bound is
exceeded. Every bench gets a fresh database of its own servers; BENCH_DATABASE_URL and BENCH_REDIS_URL name others."""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench._report import Report, say, timed
from bench._servers import servers

FOLDER = Path(__file__).parent
# What a bench finds in its database before it begins; the others make what they need themselves.
SAMPLE = {"member_list": "province"}


def names() -> list[str]:
    return sorted(f.stem for f in FOLDER.glob("[a-z]*.py") if "\ndef run(report" in f.read_text())


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of: {', '.join(names())} (default: all)")
    wanted = parser.parse_args().names or names()
    unknown = set(wanted) - set(names())
    if unknown:
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    report = Report()
    with tempfile.TemporaryDirectory(prefix="sanjin-bench-") as folder:
        os.environ["LOCAL_DIR"] = folder  # the sample's accounts and workbooks are not the demo's
        for name in wanted:
            with servers(name):
                load(SAMPLE.get(name))
                importlib.import_module(f"bench.{name}").run(report)
    return report.finish()


def load(scale: str | None) -> None:
    """Fill the database of a bench that wants it, unless BENCH_DATABASE_URL names one that is filled already."""
    if scale is None or filled():
        return
    # A process of its own: what a load leaves in memory would be swept again and again while a page is measured.
    command = [sys.executable, "manage.py", "sample_province", "--scale", scale]
    seconds = timed(lambda: subprocess.run(command, cwd=FOLDER.parent, check=True))
    say(f"sample {scale} loaded in {seconds:.0f} s")


def filled() -> bool:
    from organizations.models import Organization  # noqa: PLC0415  Django is set up by `servers`

    return Organization.objects.exists()


if __name__ == "__main__":
    sys.exit(main())
