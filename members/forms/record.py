"""A member's record (F22): all required fields marked, all errors at once, each beside its field."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils import timezone

from members.enums import MemberKind, MemberState
from members.models import Member
from members.queries.import_check import refusals_of
from members.validators import Record, check_record
from members.validators.record import LABELS
from sanjin.common.errors import RuleError
from sanjin.common.images import reencode
from sanjin.common.masking import mask_address, mask_id_number, mask_phone
from sanjin.common.widgets import DayInput

OFFER_SALT = "members.phone-return"
EMPTIED = "无"  # typed into a masked field to empty it
STATES = [choice for choice in MemberState.choices if choice[0] != MemberState.RECYCLED]


class MarkedField(forms.CharField):
    """Marked as required; whether it really is missing is for the rules to say (a phone may be, from 50 years on)."""

    def validate(self, value: str) -> None:
        return


def _text(key: str, help_text: str = "", **more: Any) -> forms.CharField:
    return forms.CharField(label=LABELS[key], required=False, help_text=help_text, **more)


def _day(key: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(label=LABELS[key], required=False, help_text=help_text, widget=DayInput())


class RecordForm(forms.Form):
    """`record`: the checked record; `offer`: a signed request for a number that another branch holds (F23)."""

    name = MarkedField(label="姓名", help_text="与身份证一致，2 至 30 个汉字，可以有“·”")
    id_number = MarkedField(label="公民身份号码", help_text="性别和出生日期由它得出")
    phone = MarkedField(
        label="手机号码", help_text="登录账号。没有手机的填固定电话；年满 50 周岁的可以都不填"
    )
    landline = _text("landline", "区号加号码，如 0351-1234567")
    kind = forms.ChoiceField(
        label="人员类别", choices=MemberKind.choices, initial=MemberKind.FULL, required=False
    )
    joined_on = forms.DateField(
        label="入党日期",
        widget=DayInput(),
        error_messages={
            "required": "入党日期没有填写。请填写加入党组织的日期。",
            "invalid": "日期无法识别。请选择日期。",
        },
    )
    full_on = _day("full_on", "预备党员不填")
    photo = forms.FileField(
        label="照片",
        help_text="2 寸红底证件照，JPG 或 PNG，最大 2 MB，至少 413×579 像素",
        error_messages={
            "required": "没有上传照片。请上传 2 寸红底证件照。",
            "empty": "照片文件是空的。请重新上传 2 寸红底证件照。",
        },
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    pledged_on = forms.DateField(
        label="履职承诺签署日期",
        help_text="本人签署履职承诺书的日期",
        widget=DayInput(),
        error_messages={"required": "没有填写履职承诺的签署日期。请在本人签署后填写。"},
    )
    ethnicity = _text("ethnicity")
    education = _text("education")
    occupation = _text("occupation")
    address = _text("address")
    state = forms.ChoiceField(label="党籍状态", choices=STATES, initial=MemberState.NORMAL, required=False)
    lost_contact = forms.BooleanField(label="失联", required=False)
    lost_on = _day("lost_on")
    floating = forms.BooleanField(label="流动党员", required=False)
    floating_to = _text("floating_to")

    required_sections = (
        "name",
        "id_number",
        "phone",
        "landline",
        "kind",
        "joined_on",
        "full_on",
        "photo",
        "pledged_on",
    )
    member: Member | None = None
    record: Record | None = None
    offer: str = ""

    def __init__(self, *args: Any, organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.required_sections]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.required_sections]

    def clean_photo(self):
        file = self.cleaned_data.get("photo")
        if not file:
            return None
        try:
            return reencode(
                file,
                field="photo",
                most_bytes=settings.PHOTO_MAX_BYTES,
                least=settings.PHOTO_LEAST,
                shape=settings.PHOTO_SHAPE,
            )
        except RuleError as error:
            raise forms.ValidationError(error.message, code=error.code)

    def clean(self) -> dict[str, Any]:
        raw = self.raw()
        checked = check_record(raw, today=timezone.localdate())
        for problem in checked.problems:
            if problem.field not in self.errors:
                self.add_error(problem.field if problem.field in self.fields else None, problem.message)
        # Numbers are looked up as soon as they are right in themselves, whatever else is missing (F22: all at once).
        if checked.record.id_number and checked.record.accounts:
            self._refuse_taken(checked.record)
        self.record = checked.record
        self._in_order()
        return self.cleaned_data

    def _in_order(self) -> None:
        """The summary on top names the fields as they stand on the page."""
        order = {name: place for place, name in enumerate([*self.required_sections, *self.fields])}
        for name in sorted(self.errors, key=lambda name: order.get(name, -1)):
            self.errors[name] = self.errors.pop(name)

    def raw(self) -> dict[str, Any]:
        """What was typed, as `check_record` takes it. The boxes of lost contact and floating: an empty one is silent
        about the column beside it."""
        values = {key: self.cleaned_data.get(key) for key in LABELS if key in self.fields}
        return values | {key: values[key] or None for key in ("lost_contact", "floating")}

    def _refuse_taken(self, record: Record) -> None:
        _, problems = refusals_of(record, organization_id=self.organization.pk, but=self.member)
        for problem in problems:
            self.add_error(problem.field or None, problem.message)
            self.refused = {**getattr(self, "refused", {}), problem.code: problem.data}
            if problem.code == "phone_taken_elsewhere":
                self.offer = offer(problem.data["phone_index"], record.name)


def offer(phone_index: str, name: str) -> str:
    """What the button 申请归还手机号 sends: signed, so that only a number that was refused can be asked for."""
    return signing.dumps([phone_index, name], salt=OFFER_SALT)


def read_offer(text: str) -> tuple[bytes, str]:
    """RuleError `offer_invalid` for anything that this server has not offered within a day."""
    try:
        index, name = signing.loads(text, salt=OFFER_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        raise RuleError("offer_invalid", "申请已过期。请重新录入该党员，再点“申请归还手机号”。")
    return bytes.fromhex(index), name


class AddForm(RecordForm):
    """Required by F22: name, branch (the own one), phone, ID number, date of joining, photo, pledge."""


SHOWN_MASKED: dict[str, Callable[[str], str]] = {
    "id_number": mask_id_number,
    "phone": mask_phone,
    "landline": mask_phone,
    "address": mask_address,
}


class EditForm(RecordForm):
    """Sealed values are not sent to the page: an empty field keeps what is stored, `无` empties it."""

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        self.member = member
        super().__init__(*args, **(kwargs | {"initial": _initial(member)}))
        for key, mask in SHOWN_MASKED.items():
            stored = mask(getattr(member, key))
            self.fields[key].widget.attrs["placeholder"] = stored or "未填"
            keep = "不修改请留空" if key == "id_number" else f"不修改请留空；要清空请填“{EMPTIED}”"
            self.fields[key].help_text = keep
        for key in ("photo", "pledged_on"):
            self.fields[key].required = False
        if member.photo:
            self.fields["photo"].help_text += "；不更换请留空"

    def raw(self) -> dict[str, Any]:
        values = super().raw()
        for key in SHOWN_MASKED:
            typed = (values.get(key) or "").strip()
            values[key] = "" if typed == EMPTIED else typed or getattr(self.member, key)
        return values


def _initial(member: Member) -> dict[str, Any]:
    plain: dict[str, date | str | bool | None] = {
        key: getattr(member, key)
        for key in LABELS
        if key not in SHOWN_MASKED and key not in ("sex", "birth_date")
    }
    return plain | {"pledged_on": member.pledged_on}
