"""The ranking of organisations in scope, unless it is switched off (F03)."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from organizations.enums import Nature
from organizations.models import Organization
from organizations.paths import subtree
from points.filters import period_choices
from points.models import Rollup
from points.periods import label
from points.queries.ranking import NOTICE, SWITCHED_OFF, ranking, ranking_root, rankings_shown
from points.queries.totals import WORDS
from sanjin.common.exports import exportable
from sanjin.common.formats import average, moment
from sanjin.common.lists import Column, Empty
from sanjin.common.pages import ListPage

from .formula import asked_period


@exportable
class RankingPage(ListPage):
    """`?organization=<uuid>` narrows to a subtree, `nature` and `period` choose what is ranked."""

    template_name = "points/ranking.html"
    key = "points-ranking"
    title = "积分排行"
    empty = Empty("还没有可排行的组织", "有组织取得积分后，这里按总积分排列。可以换一个期间或部门性质查看。")

    @property
    def columns(self) -> tuple[Column, ...]:
        """The parts of a total are called as in its formula: what is averaged depends on who is ranked."""
        words = WORDS[Nature(self.nature)]
        return (
            Column("rank", "名次", numeric=True),
            Column(
                "name",
                "组织名称",
                value="organization.name",
                fixed=True,
                template="points/cells/organization.html",
            ),
            Column("own", words.own, value=lambda row: average(row.own), numeric=True),
            Column("mean", words.mean, value=lambda row: average(row.total - row.own), numeric=True),
            Column("count", words.number, value="inner_count", numeric=True),
            Column("total", "总积分", value=lambda row: average(row.total), numeric=True),
            Column("computed_at", "更新时间", value=lambda row: moment(row.computed_at)),
        )

    @cached_property
    def scope(self) -> Organization:
        """The asked organisation if it is in scope, else the account's own (for a branch: its direct superior committee)."""
        visible = Organization.objects.visible_to(self.account)
        asked = self.request.GET.get("organization", "")
        try:
            found = visible.filter(uuid=asked).first() if asked else None
        except (ValueError, ValidationError):
            found = None
        return found or ranking_root(self.account.seat)

    @cached_property
    def nature(self) -> str:
        asked = self.request.GET.get("nature", "")
        return asked if asked in Nature.values else Nature.BRANCH

    @cached_property
    def period(self) -> int:
        return asked_period(self.request)

    def get_queryset(self) -> QuerySet[Rollup]:
        rows = ranking(self.account, self.scope, self.period, self.nature)
        return rows.annotate(opens=subtree(self.account.seat.path, "organization__"))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        mine = {
            "shown": rankings_shown(self.scope),
            "switched_off": SWITCHED_OFF,
            "notice": NOTICE,
            "scope": self.scope,
            "nature": self.nature,
            "natures": Nature.choices,
            "period": str(self.period),
            "period_label": label(self.period),
            "periods": period_choices(),
            "tools": "pages/_export.html",
            "export_url": reverse("points:ranking_export"),
        }
        return super().get_context_data(**(mine | context))
