"""Generating admin accounts for organisations that lack one (F42)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.actions.login import ONE_TIME_LASTS
from accounts.enums import AccountKind, AccountState
from accounts.hashers import encode_one_time, new_one_time_password
from accounts.models import Account
from accounts.permissions import can_generate_admins
from accounts.queries import last_number, organizations_without_admin
from accounts.validators import clean_prefix
from organizations.actions import hold
from organizations.models import Organization
from sanjin.common import jobs, locks
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError
from sanjin.common.models import Job

KIND = "accounts.generate_admins"
LOCK = 7_240_002  # numbers are given out by one transaction at a time
CHUNK = 1000
DIGITS = 5


@dataclass(frozen=True)
class Issued:
    """A new account, or a reset one, with its one-time password: for the slip, nowhere else in clear."""

    name: str
    secret: str
    organization: Organization
    until: datetime


def check_generation(organization: Organization, prefix: str, *, actor: Account) -> str:
    """The prefix in the form in which it is used. RuleError `prefix_refused` (400), `generation_refused` (403),
    `nothing_to_generate` (409)."""
    if not can_generate_admins(actor) or not organization.path.startswith(actor.seat.path):
        raise RuleError(
            "generation_refused",
            "管理员账号由上级党委为下级组织生成，您的账号不能办理。请联系直属上级党委的管理员。",
            status=403,
        )
    prefix = clean_prefix(prefix)
    if not organizations_without_admin(organization).exists():
        raise RuleError(
            "nothing_to_generate",
            "下级组织都已有管理员账号，没有可生成的。如有人忘记密码，请在列表中为该账号“重置密码”。",
            status=409,
        )
    return prefix


def start_generation(organization: Organization, *, prefix: str, actor: Account) -> Job:
    """Check, and leave the work to a job whose result is the workbook (and the slips that are printed from it). Errors:
    those of `check_generation`; `too_many_jobs` (429)."""
    prefix = check_generation(organization, prefix, actor=actor)
    return jobs.start_job(
        KIND,
        title=f"生成管理员账号（前缀 {prefix}）",
        actor=actor,
        organization=organization,
        params={"organization": organization.pk, "prefix": prefix},
    )


def generate_admins(
    organization: Organization,
    *,
    prefix: str,
    actor: Account,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Issued]:
    """One account for every active organisation below that lacks one: prefix + number of five digits, continuing.

    The one-time passwords exist in clear only in what this returns; the database gets keyed hashes (hashers.py).
    progress(done, total) is called for each thousand. Errors: those of `check_generation`; `organization_changed` (409).
    """
    prefix = check_generation(organization, prefix, actor=actor)
    with audited("admins.generated", actor=actor, subject=organization, organization=organization) as entry:
        locks.alone(LOCK)
        lacking = list(organizations_without_admin(organization).defer("search"))
        hold(*lacking)
        until, first = timezone.now() + ONE_TIME_LASTS, last_number(prefix) + 1
        issued = [
            Issued(f"{prefix}{number:0{DIGITS}d}", new_one_time_password(), each, until)
            for number, each in enumerate(lacking, first)
        ]
        for start in range(0, len(issued), CHUNK):
            _create(issued[start : start + CHUNK])
            progress(min(start + CHUNK, len(issued)), len(issued))
        names = [issued[0].name, issued[-1].name] if issued else []
        entry.data = {"prefix": prefix, "count": len(issued), "names": names}
    return issued


def _create(issued: Sequence[Issued]) -> None:
    Account.objects.bulk_create(
        Account(
            name=each.name,
            kind=AccountKind.ADMIN,
            state=AccountState.ISSUED,
            organization=each.organization,
            password=encode_one_time(each.secret),
            one_time_until=each.until,
        )
        for each in issued
    )
