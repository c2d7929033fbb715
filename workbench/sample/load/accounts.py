"""Admin accounts for the organisations, and the sample accounts that a reader logs in with."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.utils import timezone

from accounts.enums import AccountKind, AccountState
from accounts.hashers import encode_one_time, new_one_time_password
from accounts.models import Account
from members.models import Member

from ..node import BRANCH, Node
from ..people import any_name, people
from ..tree import Province
from ..words import split
from .copying import copy_rows
from .organizations import organization_id

# Sample data for a machine of one's own: these words are printed by the demo and stand in the README.
PASSWORD = "Sanjin@2026"  # noqa: S105  made-up people, on one machine
ONE_TIME_DAYS = 30

COLUMNS = split("name kind state organization_id display_name password activated_at one_time_until")
# F42: a prefix by city, by the city's dialling code; sxs for the province.
PREFIXES = {
    "0351": "tys",
    "0352": "dts",
    "0353": "yqs",
    "0355": "czs",
    "0356": "jcs",
    "0349": "szs",
    "0354": "jzs",
    "0359": "ycs",
    "0350": "xzs",
    "0357": "lfs",
    "0358": "lls",
}


@dataclass(frozen=True, slots=True)
class SampleAccount:
    """One line of what the demo prints. `url` is a path on the demo's address."""

    role: str
    name: str
    password: str
    url: str
    note: str


SECRETARY = 0  # the place among a branch's people


def load(province: Province, seed: int) -> list[SampleAccount]:
    """Copy one admin account for each organisation (a few branches lack one) and the sample members' accounts."""
    password = make_password(PASSWORD)  # one hash for all: each costs a tenth of a second
    one_time = new_one_time_password()
    names = dict(_names(province.nodes))
    copy_rows(Account, COLUMNS, _admins(province, names, (password, encode_one_time(one_time)), seed))
    return [
        *_sample_admins(province, names, one_time),
        *_sample_members(province.showcase.branch, password, seed),
    ]


def _names(nodes: list[Node]) -> Iterator[tuple[Node, str]]:
    numbers: Counter[str] = Counter()
    for node in nodes:
        prefix = "sxs" if node.parent is None else PREFIXES[node.dialling_code]
        numbers[prefix] += 1
        yield node, f"{prefix}{numbers[prefix]:05d}"


def _admins(
    province: Province, names: dict[Node, str], hashes: tuple[str, str], seed: int
) -> Iterator[tuple]:
    """hashes: of the common password, and of the one-time password of the account that waits for its activation."""
    rng = Random(f"{seed}:accounts")
    now = timezone.now()
    states = _sample_states(province)
    for node in province.nodes:
        person, chance = any_name(rng), rng.random()
        state = states.get(node) or _usual_state(node, chance)
        if state is None:
            continue  # left for the page that generates accounts (F42)
        active = state == AccountState.ACTIVE
        yield (
            names[node],
            AccountKind.ADMIN.value,
            state.value,
            organization_id(node),
            person if active else "",
            hashes[0] if active else hashes[1] if node in states else UNUSABLE_PASSWORD_PREFIX,
            now if active else None,
            None if active else now + timedelta(days=ONE_TIME_DAYS),
        )


def _sample_states(province: Province) -> dict[Node, AccountState]:
    """The organisations of the sample accounts are active; the first waiting branch still has to be activated."""
    show = province.showcase
    active = [
        show.root,
        show.committee,
        show.empty_committee,
        show.general_branch,
        show.branch,
        show.waiting[1],
    ]
    return dict.fromkeys(active, AccountState.ACTIVE) | {show.waiting[0]: AccountState.ISSUED}


def _usual_state(node: Node, chance: float) -> AccountState | None:
    if node.waiting:
        return None
    if node.nature != BRANCH or chance < 0.94:
        return AccountState.ACTIVE
    return AccountState.ISSUED if chance < 0.98 else None


def _sample_admins(province: Province, names: dict[Node, str], one_time: str) -> Iterator[SampleAccount]:
    show = province.showcase
    lines = (
        ("平台管理员 root admin", show.root, ""),
        ("党委管理员 committee admin", show.committee, "组织架构、会议、积分都有数据"),
        ("党委管理员 committee admin", show.empty_committee, "下级为空，可试导入组织架构"),
        ("党总支管理员 general-branch admin", show.general_branch, ""),
        ("支部管理员 branch admin", show.branch, "有一场进行中的会议"),
        ("支部管理员 branch admin", show.waiting[1], "没有党员，可试导入党员信息"),
        ("支部管理员（待激活）branch admin, not activated", show.waiting[0], "用一次性口令登录后激活"),
    )
    for role, node, note in lines:
        password = one_time if node is show.waiting[0] else PASSWORD
        yield SampleAccount(role, names[node], password, "/", f"{node.name} {note}".strip())


def _sample_members(branch: Node, password: str, seed: int) -> Iterator[SampleAccount]:
    """Members log in to the app with their phone number; their account's own name is opaque."""
    rng = Random(f"{seed}:member-accounts")
    everybody = list(people(branch, seed))
    ids = (
        Member.objects.filter(organization=organization_id(branch))
        .order_by("id")
        .values_list("id", flat=True)
    )
    members = [place for place, person in enumerate(everybody) if person.mobile and place > 4]
    for place in (SECRETARY, *members[:2]):
        person = everybody[place]
        account = Account.objects.create(
            name=f"m{uuid.UUID(int=rng.getrandbits(128), version=4).hex}",
            kind=AccountKind.MEMBER,
            state=AccountState.ACTIVE,
            display_name=person.name,
            password=password,
            activated_at=timezone.now(),
        )
        Member.objects.filter(pk=ids[place]).update(account=account)
        role = "支部书记 post holder" if place == SECRETARY else "党员 member"
        yield SampleAccount(role, person.mobile, PASSWORD, "/app/", f"{branch.name} {person.name}")
