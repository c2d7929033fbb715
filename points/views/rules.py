"""The rules in force (F04), and the root's form that begins a new version."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from points.actions import change_rule
from points.awarders import NOT_OPEN
from points.enums import SubjectKind
from points.forms import RuleForm
from points.models import Rule, RuleVersion
from points.periods import today
from points.permissions import RULE_KEEPERS, can_change_rules
from points.queries.ranking import NOTICE
from points.queries.rules import cap_text, rules_on, score_text
from sanjin.common.formats import day
from sanjin.common.pages import ActionPage, AdminPage


class RulesPage(AdminPage):
    """GET: every rule with its score, cap and who it is for, from the rows that score."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rules = rules_on(today())
        for rule in rules:
            rule.score_text, rule.cap_text = score_text(rule.current), cap_text(rule.current)
        groups = [(kind.label, [r for r in rules if r.subject == kind]) for kind in SubjectKind]
        may_edit = can_change_rules(request.user)
        context = {
            "title": "积分规则",
            "groups": groups,
            "may_edit": may_edit,
            "notice": NOTICE,
            "not_open": NOT_OPEN,
        }
        return render(request, "points/rules.html", context)


class EditRule(ActionPage):
    """The root ends the version in force and begins the next one on a day to come."""

    roles = RULE_KEEPERS
    refusal = "积分规则由平台管理员维护。您可以查看规则；如有建议，请联系平台管理员。"
    form_class = RuleForm
    submit_label = "保存为新版本"

    @cached_property
    def rule(self) -> Rule:
        return get_object_or_404(Rule.objects.visible_to(self.account), code=self.kwargs["code"])

    @cached_property
    def newest(self) -> RuleVersion:
        return self.rule.versions.latest("number")

    def get_form(self, form_class: type[RuleForm] | None = None) -> RuleForm:
        """What bands pay is no single score: a field for one would be typed in vain."""
        form = super().get_form(form_class)
        if self.newest.bands:
            del form.fields["score"]
        return form

    def get_initial(self) -> dict[str, Any]:
        last = self.newest
        fields = ("score", "points_cap", "points_window", "times_cap", "times_window")
        values = {name: getattr(last, name) for name in fields}
        for name in ("score", "points_cap"):
            if values[name] is not None:
                values[name] = f"{values[name].normalize():f}"
        return values

    def act(self, form: RuleForm) -> str:
        version = change_rule(self.rule, actor=self.account, **form.cleaned_data)
        return f"“{self.rule.name}”第 {version.number} 版已保存，自 {day(version.in_force.lower)} 起生效。"

    def get_success_url(self) -> str:
        return reverse("points:rules")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {
            "title": f"修改规则：{self.rule.name}",
            "rule": self.rule,
            "cancel_url": reverse("points:rules"),
        }
        return super().get_context_data(**(mine | context))
