"""A new installation's first account, and what its operator can do for the root, who has no superior."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.actions.login import password_matches
from accounts.enums import AccountState, Role
from accounts.models import Account
from organizations.models import Organization
from sanjin.common.models import AuditEntry

pytestmark = pytest.mark.django_db


def create_root(**options) -> tuple[Account, str]:
    """The account and the one-time password that the command printed."""
    output = StringIO()
    call_command("create_root", stdout=output, **options)
    name, secret = re.search(r"账号 (\S+)  一次性口令 (\S+)", output.getvalue()).groups()
    return Account.objects.get(name=name), secret


def test_the_first_time_makes_the_committee_and_its_account():
    account, secret = create_root(name="中共山西省委员会")
    assert (account.name, account.state, account.role) == ("sxs00001", AccountState.ISSUED, Role.ROOT_ADMIN)
    assert password_matches(account, secret)
    assert Organization.objects.get(depth=1).name == "中共山西省委员会"


def test_again_makes_a_second_account_for_a_second_person():
    create_root(name="中共山西省委员会")
    account, _ = create_root()
    assert account.name == "sxs00002"
    assert Organization.objects.filter(depth=1).count() == 1


def test_an_empty_database_wants_a_name_and_a_known_type():
    with pytest.raises(CommandError, match="--name"):
        create_root()
    with pytest.raises(CommandError, match="not a type"):
        create_root(name="中共山西省委员会", type="公司")
    assert not Organization.objects.exists()


def test_reset_gives_a_new_password_even_to_a_frozen_account():
    account, old = create_root(name="中共山西省委员会")
    Account.objects.filter(pk=account.pk).update(state=AccountState.FROZEN)
    account, new = create_root(reset="sxs00001")
    assert account.state == AccountState.ISSUED
    assert password_matches(account, new)
    assert not password_matches(account, old)
    assert AuditEntry.objects.filter(verb="account.root_reset").count() == 1


def test_reset_of_any_other_account_is_refused():
    create_root(name="中共山西省委员会")
    with pytest.raises(CommandError, match="不是最上级党委的管理员账号"):
        create_root(reset="tys00001")
