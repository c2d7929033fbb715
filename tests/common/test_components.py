"""Components: what they draw, and that a misspelt prop never passes silently."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template, TemplateSyntaxError

from sanjin.common import formats

CHINA = ZoneInfo("Asia/Shanghai")


def draw(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% badge "进行中" colour="good" %}',
        '{% button "发布" kind="primary" %}',
        "{% alert %}",
        '{% stat "党员" %}',
        '{% card titel="x" %}y{% endcard %}',
        '{% empty "没有" txt="x" %}',
        "{% steps %}",
    ],
)
def test_unknown_or_missing_prop_fails_at_compilation(source):
    with pytest.raises(TemplateSyntaxError):
        Template("{% load ui %}" + source)


@pytest.mark.parametrize(
    "source",
    [
        '{% badge "进行中" tone="green" %}',
        '{% button "发布" tone="red" %}',
        '{% button "发布" size="huge" %}',
        '{% button "发布" href="" %}',
        '{% button "发布" href=never_set %}',
        '{% alert "x" tone="success" %}',
        '{% icon "no-such-icon" %}',
        '{% icon "bell" size="3" %}',
        '{% stat "党员" 3 tone="brand" %}',
    ],
)
def test_value_outside_a_prop_s_set_raises(source):
    with pytest.raises(ValueError):
        draw(source)


def test_steps_refuse_an_unknown_state():
    with pytest.raises(ValueError):
        draw("{% steps items %}", items=[{"label": "x", "note": "", "state": "finished"}])


def test_text_is_escaped_everywhere():
    nasty = "<script>alert(1)</script>"
    drawn = draw(
        "{% badge x %}{% button x href=x confirm=x %}{% alert x why=x todo=x %}{% card title=x %}{{ x }}{% endcard %}"
        "{% stat x x unit=x note=x %}{% fact x x %}{% empty x text=x %}{% crumb x %}{% waiting x x %}"
        "{% steps s %}{% formula f %}{% dialog id='d' title=x %}{{ x }}{% enddialog %}",
        x=nasty,
        s=[{"label": nasty, "note": nasty, "state": "done"}],
        f=[{"op": nasty, "label": nasty, "value": nasty}],
    )
    assert "<script>" not in drawn


def test_a_message_in_one_piece_is_cut_behind_its_first_sentence():
    drawn = draw("{% alert '登录已过期。请重新登录。' %}")
    assert '<span class="alert-what">登录已过期。</span>' in drawn
    assert '<span class="alert-why">请重新登录。</span>' in drawn


def test_every_icon_of_the_list_is_in_the_sprite():
    sprite = (Path(settings.BASE_DIR) / "static/vendor/bootstrap-icons/icons.svg").read_text()
    names = (Path(settings.BASE_DIR) / "tools/icons.txt").read_text().split()
    assert [name for name in names if f'<symbol id="{name}"' not in sprite] == []


def test_progress_adds_up():
    drawn = draw("{% progress 50 200 failed=10 running=True %}")
    assert 'aria-valuenow="25"' in drawn
    assert "width:20.00%" in drawn
    assert "width:5.00%" in drawn


def test_progress_without_total_waits():
    assert "waiting" in draw("{% progress 0 0 running=True %}")


class Invitation(forms.Form):
    """Fields of each kind."""

    name = forms.CharField(label="名称", help_text="2 至 60 个字")
    kind = forms.ChoiceField(label="类型", choices=[("", "请选择"), ("a", "党课")])
    people = forms.MultipleChoiceField(
        label="组织者", choices=[("1", "张建国")], widget=forms.CheckboxSelectMultiple
    )
    tell = forms.BooleanField(label="立即通知", required=False)


def test_field_group_has_label_mark_help_and_error():
    drawn = Invitation({"name": ""})["name"].as_field_group()
    assert '<label class="field-label" for="id_name">名称' in drawn
    assert "field-must" in drawn
    assert "2 至 60 个字" in drawn
    assert 'class="form-control"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "这一项必填" in drawn


def test_widget_classes_follow_their_kind():
    form = Invitation()
    assert 'class="form-select"' in str(form["kind"])
    assert 'class="form-check-input"' in str(form["tell"])
    assert 'class="options"' in str(form["people"])


def test_error_summary_names_each_field_and_leads_to_it():
    form = Invitation({})
    drawn = draw("{% error_summary form %}", form=form)
    assert "有 3 处需要改正" in drawn
    assert '<a href="#id_name">名称</a>' in drawn
    assert '<a href="#id_people">组织者</a>' in drawn


class Upload(forms.Form):
    note = forms.CharField()
    file = forms.FileField(required=False)


def test_error_summary_follows_the_form_and_asks_for_the_file_that_a_browser_drops():
    form = Invitation({})
    form.full_clean()
    form.add_error(None, "整体不行")
    form._errors = dict(reversed(form.errors.items()))
    drawn = draw("{% error_summary form %}", form=form)
    places = [drawn.index(text) for text in ("整体不行", "#id_name", "#id_people")]
    assert places == sorted(places) and "您填写的内容都还在。" in drawn
    chosen = Upload({}, {"file": SimpleUploadedFile("a.xlsx", b"x")})
    assert "您填写的内容都还在，文件请重新选择。" in draw("{% error_summary form %}", form=chosen)
    assert "您填写的内容都还在。" in draw("{% error_summary form %}", form=Upload({}))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("5"), "5"),
        (Decimal("0.50"), "0.5"),
        (Decimal("1438.45"), "1,438.5"),
        (Decimal("-3"), "-3"),
        (0, "0"),
    ],
)
def test_score_has_at_most_one_decimal(value, shown):
    assert formats.score(value) == shown


def test_average_has_two_decimals_rounded_half_up():
    assert formats.average(Decimal("1260.425")) == "1,260.43"


def test_moment_names_the_year_only_when_it_is_another():
    assert formats.moment(datetime(2020, 2, 9, 8, 5, tzinfo=CHINA)) == "2020年2月9日 08:05"


def test_span_within_a_day_names_the_day_once():
    start = datetime(2020, 2, 9, 15, 0, tzinfo=CHINA)
    assert formats.span(start, start.replace(hour=16, minute=30)) == "2020年2月9日 15:00–16:30"
