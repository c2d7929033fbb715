"""Printing one-time codes for members who have no password yet, or forgot it (F28, F30)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from accounts.enums import Role
from accounts.models import Account
from members.actions.sheets import draw_sheet, read_sheet
from members.models import Member
from members.permissions import kept_by
from sanjin.common import qr
from sanjin.common.errors import RuleError
from sanjin.common.masking import mask_phone
from sanjin.common.pages import AdminPage

from .listing import MemberList
from .scope import KEEPER_ONLY, KeptMember

MOST_SLIPS = 200


class SlipPage(KeptMember):
    """POST: draw one member's slip."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return to_sheet(self.account, [self.member])


class SlipsPage(MemberList):
    """POST from the list: draw the slips of all selected members, for one sheet."""

    http_method_names = ["post"]
    roles = (Role.BRANCH_ADMIN,)
    refusal = KEEPER_ONLY

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.listing.selected().filter(kept_by(self.account)).order_by("name_key", "pk")
        keys = list(chosen.values_list("pk", flat=True)[: MOST_SLIPS + 1])
        rows = list(Member.objects.filter(pk__in=keys).order_by("name_key", "pk"))
        if len(rows) > MOST_SLIPS:
            raise RuleError("too_many_slips", f"一次最多打印{MOST_SLIPS}张。请分批选择后再打印。")
        return to_sheet(self.account, rows)


@method_decorator(never_cache, name="dispatch")
class SheetPage(AdminPage):
    """The slips just drawn, for the one who drew them; refreshing shows the same ones, until their time is over."""

    roles = (Role.BRANCH_ADMIN,)
    refusal = KEEPER_ONLY

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        drawn = read_sheet(uuid, actor=self.account)
        address = request.build_absolute_uri(reverse("app"))
        context = {
            "title": "登录口令条",
            "slips": [(slip, account_hint(slip.member)) for slip in drawn.slips],
            "left_out": "、".join(map(str, drawn.left_out)),
            "left_out_count": len(drawn.left_out),
            "organization": self.account.seat,
            "entrance": address,
            "drawing": qr.drawn(address, "手机端的二维码"),
        }
        return render(request, "members/slips.html", context)


def to_sheet(account: Account, members: list[Member]) -> HttpResponse:
    """Draw a slip for each and go to their sheet: a refresh or a step back draws none again."""
    return redirect("members:slip-sheet", draw_sheet(members, actor=account).uuid)


def account_hint(member: Member) -> str:
    """Which number is the login name, without writing it out on paper (F30: where it is the whole ID number, it says so)."""
    name = member.account_name
    if name == member.phone:
        return f"本人手机号（{mask_phone(name)}）"
    if name == member.id_number:
        return "本人身份证号（18位）"
    if name == member.id_number[-11:]:
        return "本人身份证号的后11位"
    return f"固定电话，区号和号码连写（{mask_phone(name)}）"
