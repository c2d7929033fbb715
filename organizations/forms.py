"""Forms translate input; the rules are in validators and actions."""

from typing import Any

from django import forms

from organizations.enums import CHILDREN, Nature
from organizations.models import Organization, OrganizationType
from organizations.validators import Position, judge_position, validate_phone
from sanjin.common.imports.field import WorkbookField
from sanjin.common.reasons import ReasonField
from sanjin.common.widgets import DayInput


class BasicsForm(forms.Form):
    """What the organisation's own admin keeps. A swapped pair of coordinates comes back the right way round (F27)."""

    founded_on = forms.DateField(label="成立日期", required=False, widget=DayInput())
    term_ends_on = forms.DateField(
        label="届满日期", required=False, widget=DayInput(), help_text="届满前 6 个月会提醒换届。"
    )
    phone = forms.CharField(
        label="联系电话",
        required=False,
        max_length=20,
        validators=[validate_phone],
        help_text="例如 0351-5550100。",
    )
    address = forms.CharField(label="地址", required=False, max_length=120)
    latitude = forms.DecimalField(
        label="纬度", required=False, max_digits=9, decimal_places=6, help_text="山西省约在 34 到 41 之间。"
    )
    longitude = forms.DecimalField(
        label="经度", required=False, max_digits=9, decimal_places=6, help_text="山西省约在 110 到 115 之间。"
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        latitude, longitude = data.get("latitude"), data.get("longitude")
        if latitude is None and longitude is None:
            return data
        if latitude is None or longitude is None:
            empty = "latitude" if latitude is None else "longitude"
            if empty not in self.errors:
                self.add_error(empty, "经度和纬度要一起填写，或都留空。")
            return data
        judged = judge_position(latitude, longitude)
        if judged is Position.OUTSIDE:
            self.add_error(
                "latitude",
                "这个位置不在中国境内：纬度应在 3 到 54 之间，经度应在 73 到 136 之间。请核对后重填。",
            )
        elif judged is Position.SWAPPED:
            self.data = self.data.copy()
            self.data["latitude"], self.data["longitude"] = str(longitude), str(latitude)
            self.add_error("latitude", "经度和纬度填反了，已为您对调。请核对后再次保存。")
        return data


class SettingsForm(forms.Form):
    """Nothing chosen means: as the superior says."""

    screenshot_codes = forms.TypedChoiceField(
        label="签到码可截图",
        required=False,
        choices=(("", "按上级的设置（默认可截图）"), ("no", "本组织及所有下级不可截图")),
        coerce=lambda value: False if value == "no" else None,
        empty_value=None,
        help_text="不可截图时，会议页面显示定时更新的签到码，不能打印。",
    )
    rankings_shown = forms.TypedChoiceField(
        label="积分排行",
        required=False,
        choices=(("", "按上级的设置（默认显示）"), ("no", "本组织及所有下级不显示")),
        coerce=lambda value: False if value == "no" else None,
        empty_value=None,
        help_text="积分仅供参考；不显示排行不影响积分的计算。",
    )

    def __init__(self, *args: Any, locked: dict[str, Organization] | None = None, **kwargs: Any) -> None:
        """locked: setting → the superior that forbids it here, which alone can lift it."""
        super().__init__(*args, **kwargs)
        for name, above in (locked or {}).items():
            self.fields[name].disabled = True
            self.fields[
                name
            ].help_text = f"由上级“{above}”关闭，只有它或它的上级能恢复。需要恢复时请联系它的管理员。"


class NatureTypeForm(forms.Form):
    """Nature and type; the type's list follows the nature (F39), and groups by it where scripts don't run."""

    nature = forms.ChoiceField(label="部门性质")
    type = forms.ModelChoiceField(
        label="部门类型", queryset=OrganizationType.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, natures: list[str], types_url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nature"].choices = [(each, Nature(each).label) for each in natures]
        self.fields["nature"].widget.attrs |= {
            "hx-get": types_url,
            "hx-trigger": "change",
            "hx-target": "#id_type",
        }
        self.fields["type"].queryset = OrganizationType.objects.filter(active=True, nature__in=natures)
        chosen = self["nature"].value() or natures[0]
        self.fields["type"].choices = grouped_types(natures, first=chosen)


def grouped_types(natures: list[str], *, first: str) -> list[tuple[str, list[tuple[int, str]]]]:
    """The catalogue by nature, that of `first` on top."""
    rows = OrganizationType.objects.filter(active=True, nature__in=natures)
    groups: dict[str, list[tuple[int, str]]] = {
        each: [] for each in sorted(natures, key=lambda n: n != first)
    }
    for row in rows:
        groups[row.nature].append((row.pk, row.name))
    return [(Nature(nature).label, types) for nature, types in groups.items()]


class CreateForm(NatureTypeForm):
    name = forms.CharField(
        label="组织名称", max_length=80, help_text="填写全称，例如“太原市财政局机关第一党支部”。"
    )
    founded_on = forms.DateField(label="成立日期", required=False, widget=DayInput())
    term_ends_on = forms.DateField(label="届满日期", required=False, widget=DayInput())
    phone = forms.CharField(label="联系电话", required=False, max_length=20, validators=[validate_phone])
    address = forms.CharField(label="地址", required=False, max_length=120)

    field_order = ["name", "nature", "type"]


class RetypeForm(NatureTypeForm):
    reason = ReasonField(required=False)


class RenameForm(forms.Form):
    name = forms.CharField(label="组织名称", max_length=80)
    reason = ReasonField(required=False)


class MoveForm(forms.Form):
    """The new superior: any organisation in scope that may have this one below it."""

    MOST = 200

    target = forms.ModelChoiceField(
        label="新的上级组织", queryset=Organization.objects.none(), to_field_name="uuid", empty_label="请选择"
    )
    reason = ReasonField(help="例如机构改革的文号，会记入审计。")

    def __init__(self, *args: Any, organization: Organization, account: Any, url: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        field.queryset = possible_superiors(organization, account)
        field.widget.attrs |= {"data-search": True, "data-url": url}
        chosen = self.data.get("target")
        shown = list(field.queryset[: self.MOST])
        if chosen and all(str(row.uuid) != chosen for row in shown):
            shown += [row for row in [field_row(field.queryset, chosen)] if row]
        field.widget.choices = [("", "请选择"), *((row.uuid, row.name) for row in shown)]


def possible_superiors(organization: Organization, account: Any):
    natures = [nature for nature, below in CHILDREN.items() if organization.nature in below]
    rows = Organization.objects.visible_to(account).active().filter(nature__in=natures)
    return rows.exclude(path__startswith=organization.path).exclude(path=organization.parent_path)


def field_row(queryset, uuid: str):
    try:
        return queryset.filter(uuid=uuid).first()
    except (ValueError, TypeError, forms.ValidationError):
        return None


class ReasonForm(forms.Form):
    reason = ReasonField(help="会记入审计。")


class UploadForm(forms.Form):
    file = WorkbookField(
        help_text="Excel 工作簿（.xlsx），最大 10 MB。可以是本页的模板，也可以是上级下发的组织表。"
    )
