"""A sheet of slips stays readable for a quarter of an hour, so that a refreshed page shows the same slips."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from members.models import Member, SlipSheet
from members.permissions import kept_by

from .slips import Drawn, LeftOut, Slip, issue_slips

LASTS = timedelta(minutes=15)


def draw_sheet(members: Sequence[Member], *, actor: Account) -> SlipSheet:
    """Draw the members' slips and put them aside, sealed, in the transaction of their codes. Errors: as `issue_slips`."""
    with transaction.atomic():
        drawn = issue_slips(members, actor=actor)
        sheet = SlipSheet(account=actor, until=timezone.now() + LASTS)
        sheet.put(
            [(slip.member.pk, slip.code, slip.until.isoformat()) for slip in drawn.slips],
            [(each.member.pk, each.why) for each in drawn.left_out],
        )
        sheet.save(force_insert=True)
    return sheet


def read_sheet(uuid: UUID, *, actor: Account) -> Drawn:
    """The slips of a sheet in their order, and who got none, of members that the actor still keeps; nothing when its time
    is over, or for anybody else."""
    sheet = SlipSheet.objects.visible_to(actor).filter(uuid=uuid).first()
    if sheet is None:
        return Drawn([], [])
    lines = sheet.lines()
    keys = [pk for pk, *_ in [*lines["slips"], *lines["left_out"]]]
    members = Member.objects.filter(kept_by(actor)).in_bulk(keys)
    return Drawn(
        [
            Slip(members[pk], code, datetime.fromisoformat(until))
            for pk, code, until in lines["slips"]
            if pk in members
        ],
        [LeftOut(members[pk], why) for pk, why in lines["left_out"] if pk in members],
    )


def purge_sheets() -> int:
    """Each minute: delete the sheets whose time is over. How many; a second call does nothing."""
    return SlipSheet.objects.filter(until__lte=timezone.now()).delete()[0]
