"""The same button at the same moment."""

import pytest

from accounts.actions.admins import generate_admins
from accounts.models import Account
from members.enums import CHECK, IMPORT
from organizations.enums import Nature
from sanjin.common import jobs
from sanjin.common.errors import RuleError
from sanjin.common.models import Job, JobState
from tests.accounts.test_races import together
from tests.factories import admin, organization

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.race,
    pytest.mark.usefixtures("silent_bell"),
]


def test_an_import_confirmed_by_many_clicks_is_one_job():
    account = admin(organization("支部", nature=Nature.BRANCH))
    check = Job.objects.create(kind=CHECK, title="检查", created_by=account, state=JobState.DONE)

    def confirm():
        return jobs.follow_job(check, IMPORT, param="check", title="导入", actor=account).pk

    assert len(set(together(confirm, threads=8))) == 1
    Job.objects.filter(kind=IMPORT).update(state=JobState.FAILED)
    assert len(set(together(confirm, threads=8))) == 1
    assert Job.objects.filter(kind=IMPORT).count() == 2


def test_admins_generated_by_two_at_once_are_one_each():
    top = organization("市委")
    account = admin(top)
    for _ in range(5):
        organization(nature=Nature.BRANCH, below=top)
    fresh = type(top).objects.get(pk=top.pk)

    def generate():
        try:
            return len(generate_admins(fresh, prefix="zz", actor=account))
        except RuleError as refused:
            return refused.code

    made = together(generate, threads=4)
    assert sum(n for n in made if isinstance(n, int)) == 5
    assert Account.objects.filter(name__startswith="zz").count() == 5
