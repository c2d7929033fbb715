"""Meetings on the page of an organisation: held this year and still open, each opens into its list."""

from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from meetings.enums import Phase
from meetings.models import Meeting
from meetings.phases import phase_q
from organizations.facts import Fact
from organizations.models import Organization


def meetings_held(organization: Organization, account) -> list[Fact]:
    """Of the organisation and all below it, called by them, and how much of the attendance was
    signed by others (threats.md): one query."""
    start = timezone.localtime().replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    below = Organization.objects.below(organization).order_by().values("pk")
    closed = phase_q(Phase.CLOSED) & Q(starts_at__gte=start)
    running, late = phase_q(Phase.RUNNING), phase_q(Phase.AWAITING_MINUTES)
    # Filtered before they are counted, so that the years before are not read; and no attendance is, since each meeting
    # keeps its numbers.
    counts = Meeting.objects.filter(closed | running | late, organization__in=below).aggregate(
        closed=Count("pk", filter=closed),
        running=Count("pk", filter=running),
        late=Count("pk", filter=late),
        signed=Coalesce(Sum("signed", filter=closed), 0),
        proxies=Coalesce(Sum("proxies", filter=closed), 0),
    )
    signed, proxies = counts["signed"], counts["proxies"]
    rate = f"{proxies * 100 / signed:.1f}%" if signed else "—"
    return [
        Fact("本年已结束", counts["closed"], _list(organization, Phase.CLOSED, since=start.date())),
        Fact("进行中", counts["running"], _list(organization, Phase.RUNNING)),
        Fact("待交纪要", counts["late"], _list(organization, Phase.AWAITING_MINUTES)),
        Fact("本年代签到", f"{proxies:,} 人次", note=f"占到会签到的 {rate}"),
    ]


def _list(organization: Organization, phase: Phase, **more) -> str:
    query = {"organization": organization.uuid, "phase": phase.value, **more}
    return f"{reverse('meetings:list')}?{urlencode(query)}"
