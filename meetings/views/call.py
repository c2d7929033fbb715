"""Call, change, publish, cancel."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from meetings.actions import call_meeting, cancel_meeting, publish_meeting, update_meeting
from meetings.actions.guards import must_call
from meetings.enums import MeetingState
from meetings.forms import MeetingForm, ReasonForm
from meetings.forms.meeting import initial_of
from meetings.queries.people import find_people
from organizations.models import Organization
from organizations.queries import search_organizations
from sanjin.common.pages import ActionPage, AdminPage

from .base import MeetingAction, OfMeeting


class LiveChecks:
    """While the form is being filled htmx posts it with `check`, and gets only what is wrong with it so far."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "check" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.is_valid()
        wrong = [error for name in form.errors for error in form.errors[name].as_data()]
        texts = [text for error in wrong if error.code != "required" for text in error.messages]
        return render(request, "meetings/_checks.html", {"texts": texts})


class CallPage(LiveChecks, ActionPage):
    """召集会议 (F45, F47)."""

    template_name = "meetings/form.html"
    title = "召集会议"
    form_class = MeetingForm

    def guard(self) -> None:
        must_call(self.account)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"account": self.account}

    def act(self, form: MeetingForm) -> str:
        publish = "draft" not in self.request.POST
        self.meeting = call_meeting(form.plan(), actor=self.account, publish=publish)
        return "会议已发布，参会人员已收到通知。" if publish else "已存为草稿，发布后参会人员才能看到。"

    def get_success_url(self) -> str:
        return reverse("meetings:detail", args=[self.meeting.uuid])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**({"cancel_url": reverse("meetings:list")} | context))


class EditPage(LiveChecks, MeetingAction):
    template_name = "meetings/form.html"
    title = "修改会议"
    form_class = MeetingForm

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"account": self.account, "meeting": self.meeting}
        return super().get_form_kwargs() | more

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.meeting)

    def act(self, form: MeetingForm) -> str:
        seen = {"shown": form.cleaned_data["listed"], "read": form.cleaned_data["read"]}
        update_meeting(self.meeting, form.plan(), actor=self.account, **seen)
        told = self.meeting.state == MeetingState.PUBLISHED
        return "会议已修改，时间、地点或名单有变化的，相关人员会收到通知。" if told else "草稿已保存。"


class PublishMeeting(OfMeeting):
    http_method_names = ["post"]
    manages = True

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        publish_meeting(self.meeting, actor=self.account)
        messages.success(request, "会议已发布，参会人员已收到通知。")
        return redirect(self.back)


class CancelPage(MeetingAction):
    title = "取消会议"
    submit_label = "取消会议并通知"
    danger = True
    form_class = ReasonForm
    what = "取消后不能恢复，也不能再签到；参会人员会收到通知和您填写的原因。"

    def act(self, form: ReasonForm) -> str:
        cancel_meeting(self.meeting, actor=self.account, reason=form.cleaned_data["reason"])
        return "会议已取消，参会人员已收到通知。"


class FindPeople(AdminPage):
    """Options of a picker: members in scope by name or pinyin."""

    def get(self, request: HttpRequest) -> JsonResponse:
        found = find_people(self.account, request.GET.get("q", ""))
        rows = [{"value": str(m.uuid), "text": f"{m.name} · {m.organization.name}"} for m in found]
        return JsonResponse(rows, safe=False)


class FindHosts(AdminPage):
    """Options of a picker: branches in scope by name or pinyin."""

    def get(self, request: HttpRequest) -> JsonResponse:
        scope: QuerySet[Organization] = Organization.objects.visible_to(self.account).branches()
        found = search_organizations(scope, request.GET.get("q", ""))[:20]
        return JsonResponse([{"value": str(o.uuid), "text": o.name} for o in found], safe=False)
