"""Pages."""

from django.urls import path

from points.views import formula, ledger, ranking, rules
from sanjin.common.exports import ExportPage

app_name = "points"
urlpatterns = [
    path("", ranking.RankingPage.as_view(), name="ranking"),
    path("export/", ExportPage.as_view(page_class=ranking.RankingPage), name="ranking_export"),
    path("rules/", rules.RulesPage.as_view(), name="rules"),
    path("rules/<str:code>/", rules.EditRule.as_view(), name="edit_rule"),
    path("entries/", ledger.Entries.as_view(), name="entries"),
    path("entries/export/", ExportPage.as_view(page_class=ledger.Entries), name="entries_export"),
    path("refusals/", ledger.Refusals.as_view(), name="refusals"),
    path("refusals/export/", ExportPage.as_view(page_class=ledger.Refusals), name="refusals_export"),
    path("organizations/<uuid:uuid>/", formula.FormulaPage.as_view(), name="organization"),
    path("organizations/<uuid:uuid>/formula/", formula.FormulaFragment.as_view(), name="formula"),
    path("organizations/<uuid:uuid>/behind/", formula.Behind.as_view(), name="behind"),
    path(
        "organizations/<uuid:uuid>/members/export/",
        ExportPage.as_view(page_class=formula.BehindBranch),
        name="members_export",
    ),
    path(
        "organizations/<uuid:uuid>/branches/export/",
        ExportPage.as_view(page_class=formula.BehindCommittee),
        name="branches_export",
    ),
]
