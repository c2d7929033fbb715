"""What a superior's register holds for one branch, waiting for that branch to import it (F32)."""

import json
import uuid
from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q

from members.enums import PartState
from organizations.models import Organization
from sanjin.common.models import Job
from sanjin.common.sealing import Sealed

Line = dict[str, str]


class RegisterPartQuerySet(models.QuerySet["RegisterPart"]):
    def visible_to(self, account) -> "RegisterPartQuerySet":
        """The branch that it is for. What became of it, its sender sees by `sent_by`."""
        return self.filter(branch=account.organization_id)

    def sent_by(self, account) -> "RegisterPartQuerySet":
        """Those of the account's own registers."""
        return self.filter(job__created_by=account)

    def waiting(self) -> "RegisterPartQuerySet":
        return self.filter(state=PartState.WAITING)

    def unfinished(self) -> "RegisterPartQuerySet":
        """The branch still has something to do: what waits, and what was imported but for rows to correct."""
        corrected = Q(state=PartState.IMPORTED, content_sealed__isnull=False)
        return self.filter(Q(state=PartState.WAITING) | corrected)


class RegisterPart(models.Model):
    """The rows stand here sealed, like every ID number: no file that could be left behind, and rows and their states are
    one transaction. They are emptied when the part is declined, replaced, wholly imported or expired; after an import only
    those stay that are to be corrected (`left`).

    `checking`: the newest job that checks it. `imported`: how many of its rows went in; `already`: how many were members of
    the branch before. `seen_at`: when the sender has looked at a refusal; until then it stands in the sender's to-do."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    job = models.ForeignKey(Job, models.PROTECT, related_name="+", db_index=False)
    sender = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField("行数")
    content_sealed = models.BinaryField(null=True, editable=False)
    content = Sealed("register_part.content")
    state = models.CharField("状态", max_length=8, choices=PartState, default=PartState.WAITING)
    checking = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", db_index=False)
    imported = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    reason = models.CharField("退回原因", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)

    objects = RegisterPartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch"], condition=Q(state="waiting"), name="one_waiting_part_per_branch"
            ),
            models.CheckConstraint(
                condition=Q(rows__gte=F("imported") + F("already")), name="part_imports_what_it_has"
            ),
        ]
        indexes = [
            models.Index(fields=["job", "state"], name="part_job"),
            models.Index(
                fields=["expires_at"], condition=Q(content_sealed__isnull=False), name="part_content"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.rows} 行"

    def put(self, lines: Sequence[Line]) -> None:
        """Seal the rows: texts by column key of the import's template."""
        self.rows = len(lines)
        self.keep(lines)

    def keep(self, lines: Sequence[Line]) -> None:
        """What is left of the rows; none empties the part."""
        self.content = json.dumps(lines, ensure_ascii=False, separators=(",", ":")) if lines else None

    @property
    def left(self) -> int:
        """Rows that are not in the branch yet."""
        return self.rows - self.imported - self.already

    @property
    def is_unfinished(self) -> bool:
        """`RegisterPartQuerySet.unfinished` for one part."""
        return self.state == PartState.WAITING or (
            self.state == PartState.IMPORTED and bool(self.content_sealed)
        )

    def lines(self) -> list[Line]:
        """The rows; none once they are emptied."""
        return json.loads(self.content or "[]")
