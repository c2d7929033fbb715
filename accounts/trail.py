"""Reading the audit: whose entries an account sees, and what a row was before and after."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Account
from organizations.models import Organization
from sanjin.common.formats import minute
from sanjin.common.models import AuditEntry
from sanjin.common.verbs import data_labels

MOST_FIELD = 200  # characters of one value
SEALED = "（已加密）"


def entries_visible_to(account: Account) -> QuerySet[AuditEntry]:
    """Entries about the organisations in an admin's scope; the root sees also those that belong to none."""
    if account.role == Role.ROOT_ADMIN:
        return AuditEntry.objects.all()
    if account.role == Role.BRANCH_ADMIN:
        return AuditEntry.objects.filter(organization_id=account.organization_id)
    scope = Organization.objects.within(account).order_by().values("pk")
    return AuditEntry.objects.filter(organization_id__in=scope)


@dataclass(frozen=True)
class Change:
    """One field of the subject: its name for people, and how it read before and after."""

    label: str
    before: str
    after: str


def changes_of(entry: AuditEntry) -> list[Change]:
    """What this entry's action changed in its subject, from the history that database triggers wrote."""
    events = _events(entry.subject_type)
    if events is None or entry.subject_id is None:
        return []
    mine = events.objects.filter(pgh_obj_id=entry.subject_id).order_by("pgh_id")
    written = list(mine.filter(pgh_context_id=entry.uuid))
    if not written:
        return []
    before = mine.filter(pgh_id__lt=written[0].pgh_id).last()
    return list(_differences(before, written[-1]))


def more_of(entry: AuditEntry) -> list[tuple[str, str]]:
    """What else the entry recorded, as (label, value) in words for people, in the order of the apps' tables: the
    database keeps none."""
    return [(label, _said(entry.data[key])) for key, label in data_labels().items() if key in entry.data]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _events(subject_type: str) -> type[models.Model] | None:
    """The history model of `app.model`, if that is tracked."""
    try:
        model = apps.get_model(subject_type)
    except (LookupError, ValueError):
        return None
    relation = next((r for r in model._meta.related_objects if r.related_name == "events"), None)
    return relation.related_model if relation else None


def _differences(before: models.Model | None, after: models.Model) -> Iterator[Change]:
    for field in after._meta.concrete_fields:
        label = _label(field)
        if not label:
            continue
        old = getattr(before, field.attname) if before else None
        new = getattr(after, field.attname)
        if old == new or (before is None and new in (None, "", False)):
            continue
        yield Change(label, _shown(field, before, old), _shown(field, after, new))


def _label(field: models.Field) -> str:
    """Its Chinese name, or what its app's `verbs.DATA` calls it; '' for a column that is for programs only."""
    name = str(field.verbose_name)
    return data_labels().get(field.name, "") if name.isascii() else name


def _shown(field: models.Field, row: models.Model | None, value: Any) -> str:
    if row is None or value is None or value == "":
        return ""
    if isinstance(field, models.BinaryField):
        return SEALED  # sealed values stay sealed; who needs one asks for it where that is logged
    if isinstance(field, models.ForeignKey):
        found = field.related_model._base_manager.filter(pk=value).first()
        return str(found) if found else f"#{value}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if hasattr(value, "tzinfo"):
        return minute(timezone.localtime(value))
    return str(value)[:MOST_FIELD]
