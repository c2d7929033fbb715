"""The audit's hash chain (threats.md): each minute the entries of finished transactions get one seal, over themselves and
the seal before it. A chain taken inside each transaction would make every writer wait for every other.

A seal is a keyed HMAC-SM3: who can write to the database but has no key can't build the chain anew.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from .models import AuditEntry, AuditSeal

START = bytes(32)
LOCK = 7_240_001  # of pg_advisory_xact_lock: one sealer at a time
BATCH = 50_000  # entries in a seal; what is over waits for the next one
FIELDS = [
    "id",
    "uuid",
    "verb",
    "actor_id",
    "actor_label",
    "subject_type",
    "subject_id",
    "subject_label",
    "organization_id",
    "reason",
    "data",
    "request_id",
    "address",
    "at",
    "transaction",
]


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold: the seal's number (0: outside all seals) and what is wrong."""

    seal: int
    what: str


def canonical(entry: dict) -> bytes:
    """One entry as the seal reads it: JSON with sorted keys, no blanks, times in UTC."""
    row = entry | {"uuid": str(entry["uuid"]), "at": entry["at"].astimezone(UTC).isoformat()}
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _digest(previous: bytes, entries: Iterable[dict]) -> tuple[bytes, list[list[int]], int]:
    """(digest, spans of ids, number) of entries in the order of their ids."""
    mac = hmac.HMAC(bytes.fromhex(settings.BLIND_INDEX_KEY), hashes.SM3())
    mac.update(b"audit-chain|" + previous)
    spans: list[list[int]] = []
    count = 0
    for entry in entries:
        line = canonical(entry)
        mac.update(len(line).to_bytes(4, "big") + line)
        count += 1
        if spans and spans[-1][1] == entry["id"] - 1:
            spans[-1][1] = entry["id"]
        else:
            spans.append([entry["id"], entry["id"]])
    return mac.finalize(), spans, count


def _rows(entries: QuerySet) -> Iterator[dict]:
    return entries.order_by("id").values(*FIELDS).iterator(chunk_size=2000)


def _horizon() -> int:
    """Every transaction with a smaller number is over: none of their entries can still appear."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return cursor.fetchone()[0]


def seal() -> AuditSeal | None:
    """Seal what is finished and not yet sealed. None if there is nothing, or another process is at it."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                return None
        last = AuditSeal.objects.order_by("-id").first()
        waiting, first, horizon = _waiting(last)
        if horizon is None:
            return None
        previous = bytes(last.digest) if last else START
        digest, spans, count = _digest(previous, _rows(waiting))
        return AuditSeal.objects.create(
            first=first, last=horizon, spans=spans, entries=count, previous=previous, digest=digest
        )


def _waiting(last: AuditSeal | None) -> tuple[QuerySet, int, int | None]:
    """(entries to seal, their first transaction, the transaction before which they lie; None: nothing to do)."""
    horizon, first = _horizon(), last.last if last else 0
    if horizon < first:
        # Restored into another cluster, whose transaction numbers begin anew: go on by ids.
        sealed = AuditSeal.objects.order_by("-id").values_list("spans", flat=True)[:1000]
        newest = max((spans[-1][1] for spans in sealed if spans), default=0)
        first = 0
        found = AuditEntry.objects.filter(id__gt=newest, transaction__lt=horizon)
    else:
        found = AuditEntry.objects.filter(transaction__gte=first, transaction__lt=horizon)
    if not found.exists():
        return found, first, None
    # A batch ends between two transactions, never inside one.
    cut = found.order_by("transaction").values_list("transaction", flat=True)[BATCH : BATCH + 1].first()
    if cut is not None and cut > found.order_by("transaction").values_list("transaction", flat=True).first():
        horizon = cut
        found = found.filter(transaction__lt=cut)
    return found, first, horizon


def verify() -> Iterator[Break]:
    """Every place where the chain does not hold. Nothing: whole."""
    previous = START
    for link in AuditSeal.objects.order_by("id").iterator():
        if bytes(link.previous) != previous:
            yield Break(link.pk, "the seal before it is missing or another one")
        yield from _verify_one(link)
        previous = bytes(link.digest)
    yield from _verify_rest()


def _verify_one(link: AuditSeal) -> Iterator[Break]:
    digest, spans, count = _digest(bytes(link.previous), _sealed_rows(link))
    if count != link.entries:
        yield Break(link.pk, f"{link.entries} entries were sealed, {count} are there")
    elif digest != bytes(link.digest):
        first, last = (spans[0][0], spans[-1][1]) if spans else (0, 0)
        yield Break(link.pk, f"an entry between id {first} and {last} is not what was sealed")


def _sealed_rows(link: AuditSeal) -> Iterator[dict]:
    for start, end in link.spans:
        yield from _rows(AuditEntry.objects.filter(id__range=(start, end)))


def _verify_rest() -> Iterator[Break]:
    """Entries that slipped in behind: their transaction is sealed, they are not."""
    last = AuditSeal.objects.order_by("-id").values_list("last", flat=True).first()
    if last is None or last > _horizon():  # restored into a younger cluster, and not sealed there yet
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH sealed AS (
                SELECT range_agg(int8range((span->>0)::bigint, (span->>1)::bigint, '[]')) AS ids
                FROM common_auditseal, jsonb_array_elements(spans) span
            )
            SELECT entry.id FROM common_auditentry entry, sealed
            WHERE entry.transaction < %s AND NOT entry.id <@ sealed.ids ORDER BY entry.id LIMIT 20
            """,
            [last],
        )
        for (pk,) in cursor.fetchall():
            yield Break(0, f"entry {pk} was put in after its time was sealed")
