"""threats.md, test 4: whatever happens in whatever order, the stored totals equal plain Python over the raw rows.

100 runs of 40 steps in the build; `make oracle` makes it 2,000 of 50 (profiles in tests/conftest.py).
"""

from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from members.models import Member
from organizations.models import Organization, OrganizationType
from points.actions import award, recompute_all, recompute_dirty, reverse
from points.enums import SubjectKind
from points.models import PointBalance, PointEntry, Rollup
from points.periods import codes_of
from points.subjects import Subject

from . import oracle

# path → nature: a committee, one below it, a general branch, and branches at every height
TREE = {
    "0001": "committee",
    "00010001": "committee",
    "00010002": "general_branch",
    "00010003": "branch",
    "000100010001": "committee",
    "000100010002": "branch",
    "000100020001": "branch",
    "000100020002": "branch",
    "0001000100010001": "branch",
}
MEMBER_RULES = [code for code in oracle.RULES if not code.startswith("branch.")]
BRANCH_RULES = [code for code in oracle.RULES if code.startswith("branch.")]
PEOPLE = 8


class Points(RuleBasedStateMachine):
    """Members and organisations are drawn by index, so that examples shrink and repeat."""

    acts = Bundle("acts")

    @initialize()
    def begin(self) -> None:
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.today = timezone.localdate()
        self.days = [self.today, self.today.replace(day=1), date(self.today.year, 1, 1)]
        types = {
            nature: OrganizationType.objects.filter(nature=nature).first()
            for nature in ("committee", "general_branch", "branch")
        }
        rows = [
            Organization(
                path=path,
                depth=len(path) // 4,
                numchild=sum(p[:-4] == path for p in TREE),
                name=f"组织{path}",
                nature=nature,
                type=types[nature],
            )
            for path, nature in TREE.items()
        ]
        self.organizations = [row.pk for row in Organization.objects.bulk_create(rows)]
        self.types = types
        branches = [row.pk for row in rows if row.nature == "branch"]
        people = [
            Member(
                organization_id=branches[n % 3],
                name="张三",
                kind="full",
                joined_on=date(2010, 1, 1),
                phone_sealed=None if n == 0 else b"x",
            )
            for n in range(PEOPLE)
        ]
        self.people = [row.pk for row in Member.objects.bulk_create(people)]
        self.ledger = oracle.Ledger()

    def teardown(self) -> None:
        if not hasattr(self, "frame"):
            return
        try:
            self.compare_all()
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    # What happens

    @rule(
        target=acts,
        who=st.sets(st.integers(0, PEOPLE - 1), min_size=1, max_size=4),
        code=st.sampled_from(MEMBER_RULES),
        source=st.integers(0, 9),
        day=st.integers(0, 2),
        value=st.sampled_from([50, 60, 79, 80, 90, 100]),
    )
    def member_acts(self, who, code, source, day, value):
        rows = Member.objects.in_bulk([self.people[n] for n in who])
        subjects = [Subject(SubjectKind.MEMBER, id, row.organization_id) for id, row in sorted(rows.items())]
        # A source never changes its date: the key tells it.
        act = (code, subjects, f"{source}:{day}:{value}", self.days[day], value)
        self.book(*act)
        return act

    @rule(
        target=acts,
        which=st.integers(0, len(TREE) - 1),
        code=st.sampled_from(BRANCH_RULES),
        source=st.integers(0, 9),
        day=st.integers(0, 2),
    )
    def organization_acts(self, which, code, source, day):
        id = self.organizations[which]
        act = (code, [Subject(SubjectKind.ORGANIZATION, id, id)], f"{source}:{day}", self.days[day], None)
        self.book(*act)
        return act

    @rule(act=acts)
    def same_source_again(self, act):
        self.book(*act)

    def book(self, code, subjects, source, day, value):
        spared, outside = self.spared(subjects), self.outside(subjects)
        outcomes = award(code, subjects, source_key=source, acted_on=day, title="事", actor=None, value=value)
        for subject in subjects:
            expected = self.ledger.award(
                int(subject.kind),
                subject.id,
                code,
                source,
                day,
                value=value,
                spared=(subject.kind, subject.id) in spared,
                outside=(subject.kind, subject.id) in outside,
            )
            assert outcomes[subject].points == expected, (code, source, outcomes[subject])

    @staticmethod
    def spared(subjects) -> set[tuple[SubjectKind, int]]:
        """Who has no phone or is exempt now: a source that was reversed is judged anew when it comes again."""
        ids = [subject.id for subject in subjects if subject.kind == SubjectKind.MEMBER]
        rows = Member.objects.in_bulk(ids).values()
        return {(SubjectKind.MEMBER, row.pk) for row in rows if row.exempt_since or row.phone_sealed is None}

    @staticmethod
    def outside(subjects) -> set[tuple[SubjectKind, int]]:
        """Who is not in normal standing now earns nothing and loses nothing."""
        ids = [subject.id for subject in subjects if subject.kind == SubjectKind.MEMBER]
        rows = Member.objects.in_bulk(ids).values()
        return {(SubjectKind.MEMBER, row.pk) for row in rows if row.state != "normal"}

    @rule(who=st.integers(0, PEOPLE - 1), source=st.integers(10, 12))
    def feature_refuses(self, who, source):
        row = Member.objects.get(pk=self.people[who])
        subject = Subject(SubjectKind.MEMBER, row.pk, row.organization_id)
        facts = {"source_key": f"refused:{source}", "acted_on": self.today, "title": "事", "actor": None}
        assert award("meeting.group", [subject], refuse="late", **facts)[subject].points == 0

    @rule(which=st.integers(0, 1000))
    def reverse_an_entry(self, which):
        if not self.ledger.paid:
            return
        key = list(self.ledger.paid)[which % len(self.ledger.paid)]
        kind, id, code, source = key
        entry = PointEntry.objects.get(
            subject_kind=kind, subject_id=id, rule__code=code, source_key=source, reverses_id=None
        )
        reverse([entry.pk], actor=None, reason="有误")
        self.ledger.reverse(key)

    @rule(who=st.integers(0, PEOPLE - 1), exempt=st.booleans())
    def exempt(self, who, exempt):
        Member.objects.filter(pk=self.people[who]).update(exempt_since=self.today if exempt else None)

    @rule(who=st.integers(0, PEOPLE - 1), state=st.sampled_from(["normal", "left", "suspended", "recycled"]))
    def member_changes_state(self, who, state):
        Member.objects.filter(pk=self.people[who]).update(state=state)

    @rule(who=st.sets(st.integers(0, PEOPLE - 1), min_size=1), where=st.integers(0, len(TREE) - 1))
    def transfer(self, who, where):
        branches = list(Organization.objects.filter(nature="branch").values_list("pk", flat=True))
        if branches:
            people = [self.people[n] for n in who]
            Member.objects.filter(pk__in=people).update(organization=branches[where % len(branches)])

    @rule(which=st.integers(1, len(TREE) - 1), above=st.integers(0, len(TREE) - 1))
    def move(self, which, above):
        row = Organization.objects.get(pk=self.organizations[which])
        above = Organization.objects.get(pk=self.organizations[above])
        if above.nature != "branch" and not above.path.startswith(row.path):
            Organization.objects.move(row, above, pos="last-child")

    @rule(
        which=st.integers(0, len(TREE) - 1),
        state=st.sampled_from(["active", "dissolved", "merged", "recycled"]),
    )
    def organization_changes_state(self, which, state):
        Organization.objects.filter(pk=self.organizations[which]).update(state=state)

    @rule(
        which=st.integers(0, len(TREE) - 1), nature=st.sampled_from(["committee", "general_branch", "branch"])
    )
    def retype(self, which, nature):
        row = Organization.objects.get(pk=self.organizations[which])
        if nature != "branch" or row.is_leaf():
            Organization.objects.filter(pk=row.pk).update(nature=nature, type=self.types[nature])

    # What computes

    @rule()
    def bell(self):
        self.compare()

    @rule()
    def bell_twice(self):
        recompute_dirty()
        assert recompute_dirty() == 0

    @rule()
    def night(self):
        recompute_all()

    def compare(self) -> None:
        """Every current total, and afterwards every balance and an earlier month too."""
        recompute_dirty()
        for period in codes_of(self.today):
            assert stored(period) == oracle.totals(self.ledger, period), period

    def compare_all(self) -> None:
        self.compare()
        assert recompute_all() == 0  # everything at once gives what the marks gave
        periods = {*codes_of(self.today), *codes_of(self.days[2])}
        for period in periods:
            recompute_all(period)
            assert stored(period) == oracle.totals(self.ledger, period), period
        balances = {
            (row.period, row.subject_kind, row.subject_id): row.points
            for row in PointBalance.objects.exclude(points=0)
        }
        assert balances == self.expected_balances(periods)

    def expected_balances(self, periods) -> dict:
        found = {}
        for period in periods:
            days = oracle.within(period)
            for kind, id in {key[:2] for key in self.ledger.paid}:
                if points := self.ledger.balance(kind, id, days):
                    found[period, kind, id] = points
        return found


def stored(period: int) -> dict:
    rows = Rollup.objects.filter(period=period)
    return {row.organization_id: (row.own, row.inner_sum, row.inner_count, row.total) for row in rows}


@pytest.mark.oracle
@pytest.mark.django_db
def test_totals_equal_the_oracle():
    connection.ensure_connection()
    run_state_machine_as_test(
        Points,
        settings=settings(suppress_health_check=list(HealthCheck), database=None),
    )
