"""A meeting or activity of a party organisation, and who holds it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone

from meetings.enums import MeetingKind, MeetingState, Phase
from meetings.permissions import visible
from meetings.phases import phase_of, phase_q
from meetings.validators import AGENDA_LONGEST, PLACE_LONGEST, TITLE_LONGEST
from organizations.models import Organization
from sanjin.common.history import tracked


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, account) -> "MeetingQuerySet":
        """An admin sees what is held in its scope; a member what the own branch holds and what the member is in."""
        ways = visible(account)
        if len(ways) == 1:
            return self.filter(ways[0])
        found = [self.model.objects.filter(way).order_by().values("pk") for way in ways]
        return self.filter(pk__in=found[0].union(*found[1:]))

    def in_phase(self, phase: str, now: datetime | None = None) -> "MeetingQuerySet":
        return self.filter(phase_q(phase, now))


@tracked(exclude=["remind_at"])
class Meeting(models.Model):
    """`organization` is the host that called it; `hosts` holds it and those that hold it jointly."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="meetings", verbose_name="主办组织"
    )
    kind = models.CharField("会议类型", max_length=10, choices=MeetingKind)
    title = models.CharField("会议主题", max_length=TITLE_LONGEST)
    agenda = models.TextField("议程", max_length=AGENDA_LONGEST, blank=True)
    place = models.CharField("地点", max_length=PLACE_LONGEST)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    state = models.CharField("状态", max_length=10, choices=MeetingState, default=MeetingState.DRAFT)
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(max_length=200, blank=True, editable=False)
    # rules.md §4, counted once when a congress is closed; membership goes on changing. Empty for everything else.
    voters = models.PositiveIntegerField("有表决权的党员", null=True, editable=False)
    voters_present = models.PositiveIntegerField("有表决权的到会党员", null=True, editable=False)
    # threats.md: how many came that are not organisers, and for how many of them an organiser signed in. Counted when
    # it is closed, so that the year's rate is not read off every attendance; moved when a check-in is withdrawn later.
    signed = models.PositiveIntegerField("签到人数", default=0, editable=False)
    proxies = models.PositiveIntegerField("代签到人数", default=0, editable=False)
    # F14: when organisers are reminded next; set at publishing, moved on by the task, gone when the minutes are filed.
    remind_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "starts_at", "title"],
                condition=~Q(state="cancelled"),
                name="meeting_called_once",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="meeting_kind_known"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(place=""), name="meeting_named_and_placed"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="meeting_closed_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"]) | Q(published_at__isnull=False),
                name="meeting_published_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="closed",
                    kind="congress",
                    voters__isnull=False,
                    voters_present__isnull=False,
                    voters_present__lte=F("voters"),
                )
                | (~Q(state="closed", kind="congress") & Q(voters__isnull=True, voters_present__isnull=True)),
                name="meeting_closed_congress_has_its_quorum",
            ),
            models.CheckConstraint(
                condition=Q(proxies__lte=F("signed")), name="meeting_proxies_are_among_the_signed"
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-starts_at"], name="meeting_organization"),
            models.Index(fields=["-starts_at"], name="meeting_recent"),
            models.Index(fields=["ends_at"], condition=Q(state="published"), name="meeting_open"),
            models.Index(fields=["remind_at"], condition=Q(state="published"), name="meeting_reminders"),
            # For `icontains`, which compares in capitals. Trigrams of Chinese need a database whose LC_CTYPE is not C.
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="meeting_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def phase_at(self, now: datetime | None = None) -> Phase:
        return phase_of(self.state, self.starts_at, self.ends_at, now)

    @property
    def has_started(self) -> bool:
        """Minutes are filed from the start on, although check-in opens before it."""
        return timezone.now() >= self.starts_at

    @property
    def phase(self) -> Phase:
        """Where it stands at this moment, for templates and serializers."""
        return self.phase_at()


@tracked()
class Host(models.Model):
    """One row for each organisation that holds the meeting; each earns by its own frequency (rules.md §3)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="hosts")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="hosted")
    points = models.DecimalField("积分", max_digits=12, decimal_places=6, null=True, editable=False)
    points_note = models.CharField(max_length=120, blank=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "meeting"], name="host_once"),
        ]

    def __str__(self) -> str:
        return str(self.organization)
