"""The slips of one drawing, which their page shows until they are printed (F28)."""

import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from sanjin.common.sealing import Sealed


class SlipSheetQuerySet(models.QuerySet["SlipSheet"]):
    def visible_to(self, account) -> "SlipSheetQuerySet":
        """A sheet is for the one who drew it, until its time is over."""
        return self.filter(account=account, until__gt=timezone.now())


class SlipSheet(models.Model):
    """One-time codes in clear, so they stand here sealed; a table and not the cache, because codes whose sheet got lost would
    have ended the earlier ones for nothing. What is over is deleted by the minute's sweep."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    content_sealed = models.BinaryField(editable=False)
    content = Sealed("slip_sheet.content")
    until = models.DateTimeField(db_index=True)

    objects = SlipSheetQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.uuid)

    def put(self, slips: Sequence[tuple[int, str, str]], left_out: Sequence[tuple[int, str]]) -> None:
        """Seal (member's pk, code, valid until) of each slip, and (member's pk, why) of who got none."""
        self.content = json.dumps({"slips": slips, "left_out": left_out}, ensure_ascii=False)

    def lines(self) -> dict[str, list[Any]]:
        """What `put` sealed."""
        return json.loads(self.content)
