"""Branches, admins and members with numbers that pass every check and belong to nobody."""

from datetime import date
from functools import partial
from itertools import count

from accounts.enums import AccountKind, AccountState
from accounts.models import Account
from members.enums import MemberKind, Sex
from members.models import Member
from members.validators import Record
from members.validators.identity import check_character
from organizations.enums import Nature
from organizations.models import Organization
from tests import factories
from tests.factories import admin

__all__ = ["admin", "id_number", "member", "organization", "phone", "record"]

_numbers = count(1)


def id_number(*, born: date = date(1988, 3, 1), sex: str = Sex.MALE) -> str:
    area, sequence = divmod(next(_numbers), 499)
    first = f"14{area % 10_000:04d}{born:%Y%m%d}{sequence * 2 + (1 if sex == Sex.MALE else 2):03d}"
    return first + check_character(first)


def phone() -> str:
    return f"154{next(_numbers):08d}"


organization = partial(factories.organization, nature=Nature.BRANCH)


def record(name: str = "张建国", **values) -> Record:
    """A checked record; phone, ID number and account follow what is given."""
    born = values.get("birth_date", date(1988, 3, 1))
    values.setdefault("id_number", id_number(born=born))
    values.setdefault("phone", phone())
    values.setdefault("birth_date", born)
    values.setdefault("sex", Sex.MALE)
    values.setdefault("kind", MemberKind.FULL)
    values.setdefault("joined_on", date(2012, 7, 1))
    values.setdefault("full_on", date(2013, 7, 1))
    values.setdefault("accounts", [values["phone"] or values["id_number"][-11:]])
    return Record(name=name, **values)


def member(of: Organization, name: str = "张建国", *, login: bool = False, **values) -> Member:
    data = record(name, **values)
    row = Member(organization=of)
    plain = set(data.__dataclass_fields__) - {"accounts"}
    for key in plain:
        setattr(row, key, getattr(data, key))
    row.account_name = data.accounts[0]
    if login:
        row.account = Account.objects.create(
            name=f"m{row.uuid.hex}", kind=AccountKind.MEMBER, state=AccountState.ACTIVE, display_name=name
        )
    row.save()
    return row
