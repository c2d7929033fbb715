"""Members on the page of an organisation: the total is the sum of its parts, and each opens into its list (F38)."""

from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from members.enums import Sex
from members.models import Member
from organizations.facts import Fact
from organizations.models import Organization


def headcount(organization: Organization, account) -> list[Fact]:
    """Everybody but the recycle bin, here and below, by sex: one query."""
    rows = Member.objects.within(organization).present().order_by()
    counts = dict(rows.values_list("sex").annotate(Count("pk")))
    total = Fact("党员总数", f"{sum(counts.values()):,}", _list(organization))
    parts = [
        Fact(sex.label, f"{counts.get(sex.value, 0):,}", _list(organization, sex=sex.value)) for sex in Sex
    ]
    return [total, *parts]


def _list(organization: Organization, **query: str) -> str:
    return f"{reverse('members:list')}?{urlencode({'organization': organization.uuid, **query})}"
