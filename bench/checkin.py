"""checkin.api: requests per second of a check-in, against a bare authenticated view on the same server.

Ours: POST check-ins/ with a fresh rotating code, each the first scan of a participant: code verified, rule consulted,
conditional UPDATE, history by trigger, audit. Floor: the same authentication, one indexed SELECT, one INSERT.
Both through gunicorn as deployed, by the same client, in turns. Every answer must be 201, and the database is counted.
"""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from random import Random
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.utils import timezone

from accounts.enums import AccountKind, AccountState
from accounts.models import Account, DeviceToken
from bench.checkin_load import Request, Result, drive
from meetings import codes
from meetings.enums import MeetingKind, MeetingState
from meetings.models import Host, Meeting, Participant
from members.enums import MemberKind
from members.models import Member
from organizations.enums import Nature
from organizations.models import Organization, OrganizationType

MEMBERS, MEETINGS = 100, 250
ROUNDS, SECONDS, THREADS = 3, 5.0, 16


def run(report: Callable[..., None]) -> None:
    """report("checkin.api", ours=requests per second, floor=the same, note=…): here more is better."""
    tokens, meetings = hall()
    pairs = list(product(range(MEETINGS), range(MEMBERS)))
    Random(1).shuffle(pairs)
    scans = (lambda pair=pair: scan(meetings[pair[0]], tokens[pair[1]]) for pair in pairs)
    writes = (lambda pair=pair: bare(meetings[pair[0]], tokens[pair[1]]) for pair in pairs)
    with served() as port:
        drive(port, scans, seconds=1, threads=THREADS)  # warm
        drive(port, writes, seconds=1, threads=THREADS)
        turns = [(turn(port, writes), turn(port, scans)) for _ in range(ROUNDS)]
    floors, ours = zip(*turns, strict=True)
    confirm(meetings, ours)
    speed = statistics.median(result.per_second for result in ours)
    floor = statistics.median(result.per_second for result in floors)
    p95 = [statistics.median(r.p95 for r in results) for results in (ours, floors)]
    note = f"requests/s; p95 {p95[0]:.0f} ms, floor's {p95[1]:.0f} ms; {THREADS} connections"
    report("checkin.api", ours=speed, floor=floor, note=note)


def turn(port: int, requests: Iterator[Callable[[], Request]]) -> Result:
    return drive(port, requests, seconds=SECONDS, threads=THREADS)


def scan(meeting: Meeting, token: str) -> Request:
    return "/api/v1/check-ins/", token, {"code": codes.rotating_text(meeting.uuid)}


def bare(meeting: Meeting, token: str) -> Request:
    return "/bare/", token, {"meeting": str(meeting.uuid)}


def hall() -> tuple[list[str], list[Meeting]]:
    """A branch, its members with their tokens, and running meetings to which all are asked."""
    kind, _ = OrganizationType.objects.get_or_create(nature=Nature.BRANCH, name="机关")
    branch = Organization(name=f"签到支部 {secrets.token_hex(3)}", nature=Nature.BRANCH, type=kind)
    branch = Organization.objects.add_root(instance=branch)
    accounts = Account.objects.bulk_create(
        Account(name=f"m{secrets.token_hex(16)}", kind=AccountKind.MEMBER, state=AccountState.ACTIVE)
        for _ in range(MEMBERS)
    )
    members = [_member(branch, account) for account in accounts]
    Member.objects.bulk_create(members)
    tokens = [DeviceToken.objects.create(user=a, device=f"bench-{a.pk}")[1] for a in accounts]
    now = timezone.now()
    meetings = Meeting.objects.bulk_create(
        Meeting(
            organization=branch,
            kind=MeetingKind.LECTURE,
            title=f"党课 {number}",
            place="会议室",
            starts_at=now,
            ends_at=now + timedelta(hours=2),
            state=MeetingState.PUBLISHED,
            published_at=now,
            called_by=accounts[0],
        )
        for number in range(MEETINGS)
    )
    Host.objects.bulk_create(Host(meeting=meeting, organization=branch) for meeting in meetings)
    Participant.objects.bulk_create(
        Participant(meeting=meeting, member=member) for meeting in meetings for member in members
    )
    return tokens, meetings


def _member(branch: Organization, account: Account) -> Member:
    row = Member(organization=branch, account=account, name="张建国", kind=MemberKind.FULL)
    row.joined_on = date(2010, 7, 1)
    row.set_name_keys()
    return row


class served:
    """gunicorn with the deployed settings, on a free port; stopped at the end."""

    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "-b", f"127.0.0.1:{port}"]
        command += ["--log-level", "warning"]
        environment = os.environ | {"ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "0", "LOG_LEVEL": "WARNING"}
        self.process = subprocess.Popen(
            [*command, "bench.checkin_server:application"], cwd=Path(settings.BASE_DIR), env=environment
        )
        for _ in range(300):
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                return port
            except (URLError, OSError):
                time.sleep(0.1)
        self.__exit__()
        raise RuntimeError("gunicorn did not answer in 30 s")

    def __exit__(self, *_exc) -> None:
        self.process.terminate()
        self.process.wait(30)


def confirm(meetings: list[Meeting], results: Iterable[Result]) -> None:
    """Every request was a first check-in and stands in the database."""
    statuses = {status for result in results for status in result.statuses}
    assert statuses == {201}, [result.statuses for result in results]
    answered = sum(len(result.latencies) for result in results)
    assert Participant.objects.filter(meeting__in=meetings, state="present").count() >= answered
