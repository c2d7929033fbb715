"""Who is asked to a meeting, and whether and how each came."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.enums import Attendance, Method
from members.models import Member
from sanjin.common.history import tracked

from .meeting import Meeting


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def on_time(self) -> "ParticipantQuerySet":
        return self.filter(state=Attendance.PRESENT)

    def organisers(self) -> "ParticipantQuerySet":
        return self.filter(organiser=True)


@tracked()
class Participant(models.Model):
    """`settled`: the meeting has been closed or cancelled. Filing touches every row once, so that a check-in which
    read the meeting a moment earlier finds its row changed and stops (see `actions/check_in.py`)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participants")
    member = models.ForeignKey(Member, models.PROTECT, related_name="meetings")
    organiser = models.BooleanField("组织者", default=False)
    state = models.CharField("签到情况", max_length=8, choices=Attendance, default=Attendance.INVITED)
    method = models.CharField("签到方式", max_length=10, choices=Method, blank=True)
    checked_in_at = models.DateTimeField("签到时间", null=True)
    device = models.CharField(max_length=64, blank=True)
    # The client's own key of the request: a repeat returns the first result.
    nonce = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField("说明", max_length=200, blank=True)
    settled = models.BooleanField(default=False, editable=False)
    # What the closing earned, as the ledger said it at that moment; the ledger is the truth.
    points = models.DecimalField("积分", max_digits=12, decimal_places=6, null=True, editable=False)
    points_note = models.CharField(max_length=120, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "member"], name="participant_once"),
            models.UniqueConstraint(
                fields=["meeting", "device"],
                condition=Q(method__in=["code", "screenshot"]) & ~Q(device=""),
                name="one_device_per_meeting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["present", "late"], method__in=Method.values)
                | (~Q(state__in=["present", "late"]) & Q(method="")),
                name="participant_attended_somehow",
            ),
            models.CheckConstraint(
                condition=Q(method__in=["", "organiser"]) | Q(checked_in_at__isnull=False),
                name="participant_check_in_has_its_time",
            ),
        ]
        indexes = [models.Index(fields=["member", "meeting"], name="participant_member")]

    def __str__(self) -> str:
        return f"{self.member} · {self.get_state_display()}"


class UninvitedScan(models.Model):
    """A member of a host branch scanned the code and was not on the list: the organiser adds with one tap (F13)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="uninvited_scans")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="uninvited_scan_once")]

    def __str__(self) -> str:
        return str(self.member)
