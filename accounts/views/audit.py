"""系统设置 → 操作日志: who did what, when, to what, why; before and after."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic.base import ContextMixin, TemplateResponseMixin

from accounts.filters import AuditFilter
from accounts.permissions import SUPERIORS
from accounts.trail import changes_of, entries_visible_to, more_of
from organizations.models import Organization
from sanjin.common.exports import exportable
from sanjin.common.formats import minute
from sanjin.common.lists import Column, Empty
from sanjin.common.models import AuditEntry
from sanjin.common.pages import AdminPage, ListPage
from sanjin.common.verbs import label_of


class SettingsPage(AdminPage):
    """系统设置 opens with what this role has there."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect("accounts:admins" if self.account.role in SUPERIORS else "accounts:audit")


@exportable
class AuditList(ListPage):
    template_name = "accounts/audit_list.html"
    key = "audit"
    personal = True  # names of people, and what was done to them
    title = "操作日志"
    filterset_class = AuditFilter
    columns = (
        Column(
            "at", "时间", fixed=True, value=lambda row: minute(row.at), template="accounts/cells/entry.html"
        ),
        Column("who", "谁", value="actor_label"),
        Column("verb", "做了什么", value=lambda row: label_of(row.verb)),
        Column("subject", "对象", value="subject_label"),
        Column("reason", "原因"),
        Column("address", "网络地址", shown=False),
        Column("request", "请求编号", value="request_id", shown=False),
    )
    empty = Empty(
        "没有符合条件的记录", "登录、导入、开会、修改信息等操作会记在这里，只能查看，不能修改或删除。"
    )

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        export = {"tools": "pages/_export.html", "export_url": reverse("accounts:audit-export")}
        return super().get_context_data(**(export | context))

    def get_queryset(self) -> QuerySet:
        return entries_visible_to(self.account).order_by("-id")


class AuditDetail(TemplateResponseMixin, ContextMixin, AdminPage):
    template_name = "accounts/audit_detail.html"

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        entry = get_object_or_404(entries_visible_to(self.account), uuid=uuid)
        return self.render_to_response(self.get_context_data(**self.facts(entry)))

    def facts(self, entry: AuditEntry) -> dict[str, Any]:
        return {
            "entry": entry,
            "title": label_of(entry.verb),
            "at": minute(entry.at),
            "organization": Organization.objects.filter(pk=entry.organization_id).first(),
            "changes": changes_of(entry),
            "more": more_of(entry),
        }
