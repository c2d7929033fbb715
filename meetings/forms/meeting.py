"""Call or change a meeting. All errors are shown at once: fields, times and audience (F45)."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from meetings.actions import MeetingPlan
from meetings.actions.plan import FIELDS, audience_of, fingerprint, resolve
from meetings.enums import EDITABLE, MeetingKind
from meetings.models import Meeting
from meetings.permissions import host_of
from meetings.queries.people import eligible, everybody, hosts_of
from meetings.validators import AGENDA_LONGEST, PLACE_LONGEST, TITLE_LONGEST, check_times
from members.models import Member
from organizations.models import Organization
from sanjin.common.errors import RuleError

from .pickers import MOST, PeopleField

MOMENT = "%Y-%m-%dT%H:%M"
ALL, CHOSEN = "all", "chosen"
CLOSED = "签到已经开始，不能再修改。"
CLOSED_LIST = "签到已经开始，不能在这里修改；需要加人，请在会议页面点“增加参会人员”。"
PEOPLE = ("organisers", "participants", "audience", "listed")


def whole_hour(ahead: int) -> datetime:
    """The first whole hour that many hours from now or later: what a new meeting proposes."""
    return timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(hours=ahead)


class MeetingForm(forms.Form):
    """`account`: who calls; `meeting`: the one that is changed, or None for a new one."""

    kind = forms.ChoiceField(label="会议类型", choices=MeetingKind.choices, initial=MeetingKind.THEMEDAY)
    title = forms.CharField(label="会议主题", max_length=TITLE_LONGEST)
    starts_at = forms.DateTimeField(
        label="开始时间",
        initial=partial(whole_hour, 1),
        input_formats=[MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
    )
    ends_at = forms.DateTimeField(
        label="结束时间",
        initial=partial(whole_hour, 2),
        input_formats=[MOMENT, "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        help_text="结束后签到记为迟到，不积分。",
    )
    place = forms.CharField(label="地点", max_length=PLACE_LONGEST)
    joint_hosts = forms.ModelMultipleChoiceField(
        label="联合主办的支部",
        queryset=Organization.objects.none(),
        required=False,
        to_field_name="uuid",
        help_text="由上级召开、几个支部一起参加时选择；每个支部按自己的频次积分。",
        widget=forms.SelectMultiple(attrs={"data-search": True, "size": 6}),
    )
    organisers = PeopleField(label="组织者", help_text="出示签到码、提交纪要的人；不需要签到，自动记为到会。")
    audience = forms.ChoiceField(
        label="参会人员",
        choices=[(ALL, "全体党员"), (CHOSEN, "只通知选择的人员")],
        initial=ALL,
        widget=forms.RadioSelect,
    )
    participants = PeopleField(label="选择参会人员", required=False, help_text="选“全体党员”时不用填。")
    agenda = forms.CharField(
        label="议程", required=False, max_length=AGENDA_LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )

    # What the list was when the form was shown: people who were put on it since are not dropped (`update_meeting`).
    listed = forms.CharField(
        label="参会名单",
        max_length=16,
        widget=forms.HiddenInput,
        error_messages={"required": "页面已过期，无法核对参会名单，没有保存。请重新打开“修改”页面。"},
    )
    # The same for the rest, which stays open longer than the list.
    read = forms.CharField(
        label="会议内容",
        max_length=16,
        widget=forms.HiddenInput,
        error_messages={"required": "页面已过期，无法核对会议内容，没有保存。请重新打开“修改”页面。"},
    )

    def __init__(self, *args: Any, account, meeting: Meeting | None = None, **kwargs: Any) -> None:
        self.account, self.meeting = account, meeting
        super().__init__(*args, **kwargs)
        self.host = meeting.organization if meeting else host_of(account)
        if meeting or self.host.is_branch:
            del self.fields["joint_hosts"]
        else:
            scope = Organization.objects.visible_to(account).branches()
            self.fields["joint_hosts"].queryset = scope
            self._offer_hosts(scope)
        self._offer_people()
        if meeting:
            self._close_what_is_past()
        else:
            del self.fields["listed"], self.fields["read"]

    @cached_property
    def hosts(self) -> list[Organization]:
        """Who holds the meeting: as stored, or as the form has it at this moment (for the options, too)."""
        if self.meeting:
            return list(hosts_of(self.meeting))
        if "joint_hosts" not in self.fields:
            return [self.host]
        asked = [value for value in self._value("joint_hosts") if isinstance(value, str)]
        try:
            return [self.host, *self.fields["joint_hosts"].clean(asked)]
        except forms.ValidationError:
            return [self.host]

    @property
    def alone(self) -> bool:
        """F45: a branch of one member can't call anybody, and should know it before typing."""
        return self.host.is_branch and eligible([self.host])[:2].count() < 2

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "starts_at" in data and "ends_at" in data and self._times_changed():
            self._check(check_times, self._asked("starts_at"), self._asked("ends_at"))
        if "organisers" in data and "participants" in data:
            listed = audience_of(self.meeting) if self.meeting else None
            self._check(partial(resolve, listed=listed), self.plan(), self.hosts)
        return data

    def plan(self) -> MeetingPlan:
        """The cleaned form as the action's input; closed fields keep what is stored."""
        data, stored = self.cleaned_data, self.meeting
        values = {name: self._asked(name) for name in FIELDS}
        everyone = data.get("audience") == ALL and not self.fields["audience"].disabled
        return MeetingPlan(
            **values,
            organisers=list(data["organisers"]),
            participants=None if everyone else list(data["participants"]),
            joint_hosts=self.hosts[1:] if not stored else (),
        )

    def _asked(self, name: str) -> Any:
        """What is asked for: the stored value where the field is closed, or where its minute is unchanged (a form has
        no seconds, and losing them is no change)."""
        value, field = self.cleaned_data.get(name, ""), self.fields[name]
        if not self.meeting:
            return value
        stored = getattr(self.meeting, name)
        same_minute = isinstance(value, datetime) and value == stored.replace(second=0, microsecond=0)
        return stored if field.disabled or same_minute else value

    def _check(self, rule, *args: Any) -> None:
        try:
            rule(*args)
        except RuleError as error:
            self.add_error(error.field if error.field in self.fields else None, error.message)

    def _times_changed(self) -> bool:
        stored = self.meeting
        asked = (self._asked("starts_at"), self._asked("ends_at"))
        return not stored or asked != (stored.starts_at, stored.ends_at)

    def _value(self, name: str) -> list:
        if not self.is_bound:
            return list(self.initial.get(name, []))
        return self.data.getlist(self.add_prefix(name)) if hasattr(self.data, "getlist") else []

    def _offer_hosts(self, scope) -> None:
        field = self.fields["joint_hosts"]
        wanted = scope.filter(uuid__in=_uuids(self._value("joint_hosts")))
        few = list(scope[: MOST + 1])
        if len(few) > MOST:
            few = list(wanted)
            field.widget.attrs["data-url"] = reverse("meetings:find-hosts")
        field.widget.choices = [(str(one.uuid), one.name) for one in few]

    def _offer_people(self) -> None:
        allowed = eligible([self.host]).select_related("organization")
        if self.meeting:
            # Who is on the list stays, though the branch may have been left since.
            listed = Member.objects.filter(pk__in=self.meeting.participants.values("member"))
            allowed = (eligible(self.hosts) | listed).select_related("organization")
        near = everybody(self.hosts).select_related("organization").order_by("name_key", "pk")
        shown = list(near[: MOST + 1])
        many = len(shown) > MOST or not self.host.is_branch
        for name in ("organisers", "participants"):
            field = self.fields[name]
            field.queryset = allowed
            chosen = [m for m in allowed.filter(uuid__in=_uuids(self._value(name))) if m not in shown]
            url = reverse("meetings:find-people") if many else ""
            field.offer([*chosen, *shown[:MOST]], url=url, with_branch=not self.host.is_branch)

    def _close_what_is_past(self) -> None:
        phase = self.meeting.phase_at()
        for name, field in self.fields.items():
            part = "people" if name in PEOPLE else name
            if part not in EDITABLE[phase] and name != "read":
                field.disabled = True
                field.help_text = CLOSED_LIST if name in ("participants", "audience") else CLOSED


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form of a stored meeting shows."""
    rows = list(meeting.participants.select_related("member"))
    members: list[Member] = [row.member for row in rows]
    branch_whole = set(everybody(hosts_of(meeting)).values_list("pk", flat=True))
    return {
        "kind": meeting.kind,
        "title": meeting.title,
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place,
        "agenda": meeting.agenda,
        "organisers": [row.member.uuid for row in rows if row.organiser],
        "audience": ALL if branch_whole == {member.pk for member in members} else CHOSEN,
        "participants": [member.uuid for member in members],
        "listed": audience_of(meeting).fingerprint,
        "read": fingerprint(meeting),
    }


def _uuids(values: list) -> list[str]:
    """Those values that can be a uuid at all; the others are refused by the field."""
    texts = [str(value) for value in values]
    return [text for text in texts if len(text) == 36 and text.count("-") == 4]
