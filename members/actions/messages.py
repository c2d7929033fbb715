"""The in-app inbox: features above send, members read."""

from collections.abc import Iterable

from django.utils import timezone

from members.enums import MessageKind
from members.models import Member, Message

BATCH = 1000


def send(
    members: Iterable[Member | int],
    *,
    kind: MessageKind,
    title: str,
    key: str,
    body: str = "",
    link: str = "",
) -> int:
    """Put one message into each inbox; returns how many members were named.

    members: rows or primary keys. link: a path inside the members' app. key: who has a message with this key already
    gets no second one, so a task may be repeated. Runs inside the caller's transaction and writes no audit of its own:
    the action that notifies has one.
    """
    keys = {member if isinstance(member, int) else member.pk for member in members}
    rows = [
        Message(recipient_id=pk, kind=kind, title=title[:80], body=body[:300], link=link, key=key)
        for pk in sorted(keys)
    ]
    Message.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def mark_read(message: Message) -> Message:
    """Reading twice keeps the first time. No audit: it is the reader's own and of no consequence to others."""
    now = timezone.now()
    Message.objects.filter(pk=message.pk, read_at__isnull=True).update(read_at=now)
    message.read_at = message.read_at or now
    return message
