"""Minutes are versions; the newest counts, the earlier ones stay (F46)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from meetings.validators import MINUTES_LONGEST

from .meeting import Meeting


class Minutes(models.Model):
    """Append-only. Version 1 closed the meeting; `reason` says why a later one was written."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    text = models.TextField("会议纪要", max_length=MINUTES_LONGEST)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField("修改说明", max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="minutes_version_once"),
            models.CheckConstraint(condition=~Q(text="") & Q(version__gte=1), name="minutes_not_empty"),
        ]
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.meeting} 第{self.version}版"
