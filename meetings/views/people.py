"""Add people, sign in by proxy, withdraw."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from meetings.actions import add_participants, proxy_check_in, withdraw_check_in
from meetings.enums import Phase
from meetings.forms import AddPeopleForm, ReasonForm
from meetings.queries.people import askable
from meetings.queries.proxies import refusal_of

from .base import MeetingAction, OfMeeting, PersonAction


class AddPeoplePage(MeetingAction):
    title = "增加参会人员"
    submit_label = "加入名单"
    form_class = AddPeopleForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.meeting}

    def act(self, form: AddPeopleForm) -> str:
        new = add_participants(self.meeting, list(form.cleaned_data["members"]), actor=self.account)
        return f"已加入 {new} 人。"


class AddOne(OfMeeting):
    """One tap: a member who scanned without being on the list is put on it (F13)."""

    http_method_names = ["post"]
    manages = True

    def post(self, request, uuid, member):
        person = get_object_or_404(askable(self.meeting), uuid=member)
        add_participants(self.meeting, [person], actor=self.account)
        messages.success(request, f"已把{person.name}加入名单，请本人再扫一次签到码。")
        return redirect(self.back)


class ProxyPage(PersonAction):
    title = "代签到"
    submit_label = "代签到"
    form_class = ReasonForm

    @property
    def what(self) -> str:
        if refusal := refusal_of(self.person):
            return refusal.message
        return f"为{self.person.name}登记到会，会通知本人，上级可以查看代签到记录。"

    def act(self, form: ReasonForm) -> str:
        proxy_check_in(self.meeting, self.person, actor=self.account, reason=form.cleaned_data["reason"])
        return f"已为{self.person.name}代签到。"


class WithdrawPage(PersonAction):
    title = "撤回签到"
    submit_label = "撤回签到"
    danger = True
    form_class = ReasonForm

    @property
    def what(self) -> str:
        if self.meeting.phase == Phase.CLOSED:
            return f"撤回{self.person.name}的签到：改记为缺席，已得的积分冲回，并通知本人。"
        return f"撤回{self.person.name}的签到：改记为未签到，并通知本人；本人可以再次扫码。"

    def act(self, form: ReasonForm) -> str:
        withdraw_check_in(self.meeting, self.person, actor=self.account, reason=form.cleaned_data["reason"])
        return f"已撤回{self.person.name}的签到。"
