"""Forms that change one organisation. Rules and permissions are the actions'; a button is shown by the same ones."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from organizations import actions, stakes
from organizations.actions.guards import (
    must_change_structure,
    must_create_below,
    must_edit_basics,
    must_edit_settings,
)
from organizations.enums import CHILDREN, Nature
from organizations.forms import (
    BasicsForm,
    CreateForm,
    MoveForm,
    ReasonForm,
    RenameForm,
    RetypeForm,
    SettingsForm,
    grouped_types,
)
from organizations.models import Organization
from organizations.queries import kept_in_words, locked_by
from sanjin.common.pages import AdminPage

from .scope import OrganizationAction, OrganizationScope


class StructurePage(OrganizationAction):
    """Structure is the superior's (F41)."""

    template_name = "organizations/change.html"
    change: stakes.Change
    consequences: tuple[str, ...] = ()

    def guard(self) -> None:
        must_change_structure(self.account, self.organization)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        notes = stakes.previews(self.organization, self.change)
        mine = {
            "consequences": [*self.consequences, *notes],
            "obstacles": actions.obstacles(self.organization, self.change),
        }
        return super().get_context_data(**(mine | context))


class EditBasics(OrganizationAction):
    title = "编辑基础信息"
    form_class = BasicsForm
    template_name = "organizations/basics.html"

    def guard(self) -> None:
        must_edit_basics(self.account, self.organization)

    def get_initial(self) -> dict[str, Any]:
        row = self.organization
        return {name: getattr(row, name) for name in BasicsForm.base_fields}

    def act(self, form: BaseForm) -> str:
        actions.update_basics(self.organization, actor=self.account, **form.cleaned_data)
        return "已保存基础信息。"


class EditSettings(OrganizationAction):
    title = "签到码与排行设置"
    form_class = SettingsForm

    def guard(self) -> None:
        must_edit_settings(self.account, self.organization)

    def get_initial(self) -> dict[str, Any]:
        row = self.organization
        return {name: "no" if getattr(row, name) is False else "" for name in SettingsForm.base_fields}

    def get_form_kwargs(self) -> dict[str, Any]:
        seat = self.account.organization
        found = {name: locked_by(self.organization, name, seat=seat) for name in SettingsForm.base_fields}
        return super().get_form_kwargs() | {"locked": {name: above for name, above in found.items() if above}}

    def act(self, form: BaseForm) -> str:
        actions.change_settings(self.organization, actor=self.account, **form.cleaned_data)
        return "已保存设置，对本组织及所有下级立即生效。"


class CreateBelow(OrganizationAction):
    """A new organisation below this one."""

    title = "新建下级组织"
    form_class = CreateForm
    template_name = "organizations/create.html"
    submit_label = "新建"

    def guard(self) -> None:
        must_create_below(self.account, self.organization)

    def get_form_kwargs(self) -> dict[str, Any]:
        below = CHILDREN[Nature(self.organization.nature)]
        natures = [nature.value for nature in reversed(Nature) if nature in below] or [Nature.BRANCH.value]
        address = reverse("organizations:types")
        return super().get_form_kwargs() | {"natures": natures, "types_url": address}

    def act(self, form: BaseForm) -> str:
        self.made = actions.create_organization(self.organization, actor=self.account, **form.cleaned_data)
        return f"已新建“{self.made}”。接下来可以为它生成管理员账号。"

    def get_success_url(self) -> str:
        return reverse("organizations:detail", args=[self.made.uuid])


class Rename(StructurePage):
    title = "更名"
    form_class = RenameForm
    change = stakes.Change.RENAMED

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.organization.name}

    def act(self, form: BaseForm) -> str:
        actions.rename_organization(self.organization, actor=self.account, **form.cleaned_data)
        return "已更名。"


class Retype(StructurePage):
    title = "变更性质与类型"
    form_class = RetypeForm
    change = stakes.Change.RETYPED
    consequences = ("从今天起按新的性质计算积分；原来的性质与类型连同起止日期保留，已发布的内容不受影响。",)

    def get_initial(self) -> dict[str, Any]:
        return {"nature": self.organization.nature, "type": self.organization.type_id}

    def get_form_kwargs(self) -> dict[str, Any]:
        natures = [nature.value for nature in Nature]
        return super().get_form_kwargs() | {"natures": natures, "types_url": reverse("organizations:types")}

    def act(self, form: BaseForm) -> str:
        actions.retype_organization(self.organization, actor=self.account, **form.cleaned_data)
        return "已变更性质与类型。"


class Move(StructurePage):
    title = "转隶（移到其他上级组织）"
    submit_label = "转隶"
    form_class = MoveForm
    change = stakes.Change.MOVED
    consequences = ("它的所有下级组织和党员一起移动；移动前后的上级组织都会重新计算积分。",)

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"organization": self.organization, "account": self.account}
        address = reverse("organizations:superiors", args=[self.organization.uuid])
        return super().get_form_kwargs() | own | {"url": address}

    def act(self, form: BaseForm) -> str:
        target: Organization = form.cleaned_data["target"]
        reason = form.cleaned_data["reason"]
        actions.move_organization(self.organization, target, actor=self.account, reason=reason)
        return f"已移到“{target}”下。"


class Dissolve(StructurePage):
    title = "撤销组织"
    submit_label = "撤销"
    danger = True
    form_class = ReasonForm
    change = stakes.Change.DISSOLVED
    consequences = ("撤销后不再计入上级组织的积分和统计；它的记录和已发布的内容保留。",)

    def act(self, form: BaseForm) -> str:
        actions.dissolve_organization(self.organization, actor=self.account, **form.cleaned_data)
        return "已撤销。"


class Recycle(StructurePage):
    title = "删除组织"
    submit_label = "移入回收站"
    danger = True
    form_class = ReasonForm
    change = stakes.Change.RECYCLED
    consequences = (f"删除用于误建的组织。{kept_in_words()}内可以在回收站恢复；正常撤并请用“撤销组织”。",)

    def act(self, form: BaseForm) -> str:
        actions.recycle_organization(self.organization, actor=self.account, **form.cleaned_data)
        return f"“{self.organization}”已移入回收站，{kept_in_words()}内可以恢复。"

    def get_success_url(self) -> str:
        return reverse("organizations:list")


class Restore(OrganizationScope, AdminPage):
    """POST: back from the recycle bin."""

    http_method_names = ["post"]

    def guard(self) -> None:
        must_change_structure(self.account, self.organization)

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        row = actions.restore_organization(self.organization, actor=self.account)
        return redirect("organizations:detail", row.uuid)


class TypeOptions(AdminPage):
    """GET ?nature=: the options of the type's choice (F39)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        nature = request.GET.get("nature")
        natures = [nature] if nature in Nature.values else list(Nature.values)
        groups = grouped_types(natures, first=natures[0])
        return render(request, "organizations/_types.html", {"groups": groups})
