"""Finding people by what a person types: name, pinyin, initials, or a whole number."""

from re import compile as pattern

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Account
from members.models import Member, MemberQuerySet
from members.validators.text import compact, person_name
from sanjin.common.lists import COUNT_UP_TO
from sanjin.common.sealing import blind_index
from sanjin.common.search.registry import MOST as MOST_ANSWERS
from sanjin.common.search.registry import Answer

MOST = 40
_PHONE = pattern(r"1\d{10}")
_ID = pattern(r"\d{17}[\dX]")


def found(rows: MemberQuerySet, text: str, *, whole: bool = False) -> MemberQuerySet:
    """Rows whose name begins with `text`, or whose pinyin or initials do (other readings of the surname too), or whose
    phone or ID number it is exactly: numbers are sealed, so parts of them can't be searched. Never errors.

    For pinyin, `rows` must have every other filter already: of each reading no more than the first COUNT_UP_TO by name
    are looked at, which is all that a list can show. `whole`: all of them, for an export.
    """
    text = text.replace("\0", "").strip()[:MOST]
    if not text:
        return rows
    number = compact(text).upper()
    if _PHONE.fullmatch(number):
        return rows.filter(phone_index=blind_index(number))
    if _ID.fullmatch(number):
        return rows.filter(id_number_index=blind_index(number))
    if text.isascii():
        return _by_pinyin(rows, compact(text).lower().replace("'", ""), whole=whole)
    return rows.filter(name__startswith=person_name(text))


def _by_pinyin(rows: MemberQuerySet, letters: str, *, whole: bool) -> MemberQuerySet:
    """Each reading has its own index. A union of their ids keeps the planner from walking all names in order for a rare
    match, which it would do for one OR with a LIMIT; and the cap keeps a single letter from fetching a tenth of a province
    (37 s before)."""
    if not letters.isalpha():
        return rows.none()
    last = f"{letters}~"  # behind every letter, bytewise: a range of the C-collated index
    ranges = [
        Q(name_key__gte=letters, name_key__lt=last),
        ~Q(other_key="") & Q(other_key__gte=letters, other_key__lt=last),
    ]
    if len(letters) > 1:  # whose initials begin with one letter, their pinyin does, too
        ranges += [
            Q(initials__gte=letters, initials__lt=last),
            ~Q(other_key="") & Q(other_initials__gte=letters, other_initials__lt=last),
        ]
    plain = rows.order_by("name_key", "pk").values("pk")
    first, *others = (plain.filter(each)[: None if whole else COUNT_UP_TO] for each in ranges)
    ids: QuerySet = first.union(*others, all=True)
    return rows.filter(pk__in=ids)


def found_for_search(account: Account, text: str) -> list[Answer]:
    """For the brand bar: members in the account's scope, by name; one query."""
    rows = found(Member.objects.visible_to(account).present(), text).select_related("organization")
    return [
        Answer(
            row.name,
            reverse("members:detail", args=[row.uuid]),
            note=row.organization.name,
            badge=row.get_kind_display(),
        )
        for row in rows.order_by("name_key", "pk")[:MOST_ANSWERS]
    ]
