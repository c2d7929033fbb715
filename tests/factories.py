"""Small trees and accounts. Passwords are hashed once: argon2id is slow by design."""

import time
from datetime import date
from functools import cache
from itertools import count
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts import sessions
from accounts.enums import AccountKind, AccountState
from accounts.hashers import encode_one_time
from accounts.models import Account
from members.models import Member
from organizations.enums import Nature
from organizations.models import Organization, OrganizationType

PASSWORD = "Right-horse7"
ONE_TIME = "k7m2p-9xq4t-wd3hf"
_numbers = count(1)


@cache
def hashed(password: str = PASSWORD) -> str:
    return make_password(password)


def organization(name: str = "", *, nature: str = Nature.COMMITTEE, below: Organization | None = None):
    kind, _ = OrganizationType.objects.get_or_create(nature=nature, name="机关")
    row = Organization(name=name or f"组织{next(_numbers)}", nature=nature, type=kind)
    if below is None:
        return Organization.objects.add_root(instance=row)
    return Organization.objects.add_child(Organization.objects.get(pk=below.pk), instance=row)


def province() -> SimpleNamespace:
    """A province in small: a root committee, a city's, a county's, a general branch, a branch; and a cousin city."""
    root = organization("山西省委")
    city = organization("太原市委", below=root)
    county = organization("迎泽区委", below=city)
    general = organization("财政局党总支", nature=Nature.GENERAL_BRANCH, below=county)
    branch = organization("财政局第一支部", nature=Nature.BRANCH, below=general)
    cousin = organization("大同市委", below=root)
    return SimpleNamespace(root=root, city=city, county=county, general=general, branch=branch, cousin=cousin)


def admin(of: Organization, name: str = "", *, state: str = AccountState.ACTIVE, **values) -> Account:
    issued = state == AccountState.ISSUED
    values.setdefault("password", encode_one_time(ONE_TIME) if issued else hashed())
    values.setdefault("display_name", "" if issued else "王建国")
    values.setdefault("activated_at", None if issued else timezone.now())
    name = name or f"tst{next(_numbers):05d}"
    return Account.objects.create(name=name, kind=AccountKind.ADMIN, organization=of, state=state, **values)


def member(
    of: Organization, name: str = "李红梅", *, phone: str = "", password: str | None = PASSWORD
) -> Member:
    phone = phone or f"138{next(_numbers):08d}"
    row = Member(organization=of, name=name, kind="full", joined_on=date(2010, 7, 1))
    row.phone = row.account_name = phone
    if password is not None:
        row.account = Account.objects.create(
            name=f"m{row.uuid.hex}",
            kind=AccountKind.MEMBER,
            state=AccountState.ACTIVE,
            display_name=name,
            password=hashed(password),
        )
    row.save()
    return row


def signed_in(client, account: Account):
    """A client whose session has just begun, without the login page. Returns the client."""
    client.force_login(account, backend=sessions.BACKEND)
    session = client.session
    session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
    session.save()
    return client
