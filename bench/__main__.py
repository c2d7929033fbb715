"""`python -m bench [names]`: each module of this folder with a `run(report)` is a bench; ends non-zero if a bound is
exceeded. Each of several runs in a process of its own, on servers of its own; BENCH_DATABASE_URL and BENCH_REDIS_URL
name others."""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench._report import Report, say, timed
from bench._servers import servers
from sanjin.local.servers import die_with_parent

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
    return run(wanted[0]) if len(wanted) == 1 else run_each(wanted)


def run(name: str) -> int:
    """One bench, in this process. Returns the exit code."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="sanjin-bench-") as folder:
        os.environ["LOCAL_DIR"] = folder  # the sample's accounts and workbooks are not the demo's
        with servers(name):
            load(SAMPLE.get(name))
            importlib.import_module(f"bench.{name}").run(report)
    return report.finish()


def run_each(wanted: list[str]) -> int:
    """Django knows one database and one Redis in a process's life: each bench has a process of its own."""
    command = [sys.executable, "-m", "bench"]
    failed = [
        name for name in wanted if subprocess.run([*command, name], preexec_fn=die_with_parent).returncode
    ]
    if failed:
        print(f"failed: {', '.join(failed)}")
    return int(bool(failed))


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
