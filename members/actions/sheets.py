"""A printed sheet of slips stays readable for a quarter of an hour, so that a refreshed page shows the same slips."""

import json
from datetime import datetime
from uuid import UUID, uuid4

from django.core.cache import cache

from accounts.models import Account
from members.models import Member
from members.permissions import kept_by
from sanjin.common.sealing import seal, unseal

from .slips import Slip

SECONDS = 15 * 60
LABEL = "members.slips"


def keep(slips: list[Slip], *, actor: Account) -> UUID:
    """Put the slips aside, sealed, for the one who drew them. Returns the address under which `kept` finds them."""
    key = uuid4()
    lines = [(slip.member.pk, slip.code, slip.until.isoformat()) for slip in slips]
    text = json.dumps({"account": actor.pk, "slips": lines})
    cache.set(_place(key), seal(text, label=LABEL, uuid=key), SECONDS)
    return key


def kept(key: UUID, *, actor: Account) -> list[Slip]:
    """The slips of a sheet in their order, of members that the actor still keeps; [] when its time is over, or for
    anybody else."""
    sealed = cache.get(_place(key))
    if not sealed:
        return []
    found = json.loads(unseal(sealed, label=LABEL, uuid=key))
    if found["account"] != actor.pk:
        return []
    members = Member.objects.filter(kept_by(actor)).in_bulk([pk for pk, _, _ in found["slips"]])
    return [
        Slip(members[pk], code, datetime.fromisoformat(until))
        for pk, code, until in found["slips"]
        if pk in members
    ]


def _place(key: UUID) -> str:
    return f"{LABEL}:{key}"
