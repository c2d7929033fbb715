"""The member of an address, as far as the account may see or change it."""

from functools import cached_property

from django.shortcuts import get_object_or_404

from accounts.enums import Role
from members.models import Member, MemberQuerySet
from members.permissions import kept_by
from sanjin.common.pages import AdminPage

KEEPER_ONLY = (
    "党员信息由所在支部的管理员维护（组织关系在哪个支部，就由哪个支部录入和修改），您的账号只能查看。"
)


class SeenMember(AdminPage):
    """`member`: of the account's scope; 404 for one outside it, as for one that does not exist."""

    def members(self) -> MemberQuerySet:
        return Member.objects.visible_to(self.account).select_related("organization", "account")

    @cached_property
    def member(self) -> Member:
        return get_object_or_404(self.members(), uuid=self.kwargs["uuid"])


class KeptMember(SeenMember):
    """`member`: one whose record the account keeps, else 404."""

    roles = (Role.BRANCH_ADMIN,)
    refusal = KEEPER_ONLY

    def members(self) -> MemberQuerySet:
        return super().members().filter(kept_by(self.account))
