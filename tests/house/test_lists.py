"""What every list promises: the count goes without what only columns show, and a shortcut is one."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.test import RequestFactory
from django_filters import FilterSet

from accounts.views.admins import AdminList
from accounts.views.audit import AuditList
from meetings.views.listing import MeetingList
from members.filters import MemberFilter
from members.views.listing import MemberList
from members.views.listing import RecycleBin as MembersBin
from members.views.returns import ReturnList
from organizations.filters import OrganizationFilter
from organizations.views.listing import OrganizationList
from organizations.views.listing import RecycleBin as OrganizationsBin
from sanjin.common.jobs.views import JobList
from tests import factories

pytestmark = pytest.mark.django_db
LISTS = [
    AdminList,
    AuditList,
    JobList,
    MeetingList,
    MemberList,
    MembersBin,
    OrganizationList,
    OrganizationsBin,
    ReturnList,
]


@pytest.fixture
def province(db):
    return factories.province()


def filter_sets(kind: type = FilterSet) -> Iterator[type[FilterSet]]:
    """Every filter set of the house."""
    import_module(settings.ROOT_URLCONF)
    for each in kind.__subclasses__():
        yield each
        yield from filter_sets(each)


def keeps_all(kind: type[FilterSet]) -> bool:
    """An empty question leaves the SQL as it is."""
    rows = kind._meta.model._default_manager.all()
    request = RequestFactory().get("/")
    return str(kind(request.GET, queryset=rows, request=request).qs.query) == str(rows.query)


def test_who_says_so_keeps_all_rows_of_an_empty_question():
    claiming = [kind for kind in filter_sets() if getattr(kind, "keeps_all_when_empty", False)]
    assert MemberFilter in claiming
    assert [kind for kind in claiming if not keeps_all(kind)] == []
    assert not keeps_all(OrganizationFilter)  # those in force only: it could not say so


@pytest.mark.parametrize("page_class", LISTS, ids=lambda page: f"{page.__module__}.{page.__name__}")
def test_what_only_columns_show_is_no_part_of_the_question(page_class, province):
    page = page_class()
    request = RequestFactory().get("/")
    request.user, request.session = factories.admin(province.root), {}
    page.setup(request)
    asked = page.listing.queryset
    assert asked.query.select_related is False
    assert asked.query.annotations == {}
    assert asked._prefetch_related_lookups == ()
