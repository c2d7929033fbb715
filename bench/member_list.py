"""members.list and members.search: the root admin's list at province scale against the bare SQL for the same rows.

Ours: what the page asks of the database and makes of it (rows with branch and posts, masked numbers, the capped count, men
and women where they are counted), without drawing the HTML (frame, filter bar, cells); the note says what the whole answer
takes. Floor: psycopg fetches the same page's rows with their branches and posts, with the same cap on the count.
"""

import statistics
from collections.abc import Callable

from django.db import connection
from django.db.models import Max
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.enums import AccountKind, AccountState
from accounts.models import Account
from bench._report import timed
from members.models import Member
from members.views.listing import MemberList
from organizations.models import Organization
from sanjin.common.lists import COUNT_UP_TO, PER_PAGE

RUNS = 25
PROVINCE = 2_000_000
LETTERS = "zjg"

COLUMNS = "m.*, o.name AS branch"
POSTS = """SELECT held.member_id, post.name FROM members_memberpost held JOIN members_post post ON post.id = held.post_id
    WHERE held.until IS NULL AND held.member_id = ANY(%s) ORDER BY post."order", held.id"""
JOIN = "FROM members_member m JOIN organizations_organization o ON o.id = m.organization_id"
PRESENT = "NOT (m.state = 'recycled')"
ORDER = f"ORDER BY m.name_key, m.id LIMIT {PER_PAGE}"
FOUND = """m.id IN (
    SELECT id FROM members_member WHERE name_key >= %(a)s AND name_key < %(b)s
    UNION ALL SELECT id FROM members_member WHERE initials >= %(a)s AND initials < %(b)s
    UNION ALL SELECT id FROM members_member WHERE other_key <> '' AND other_key >= %(a)s AND other_key < %(b)s
    UNION ALL SELECT id FROM members_member WHERE other_key <> '' AND other_initials >= %(a)s AND other_initials < %(b)s)"""


def run(report: Callable[..., None]) -> None:
    """report(name, ours=seconds, floor=seconds, note=…). Skipped with a sentence below province scale."""
    people = Member.objects.aggregate(last=Max("pk"))["last"] or 0
    if people < PROVINCE:
        print(f"members.list: skipped, the database holds {people} members, not a province")
        return
    account = root_account()
    everybody = f"WHERE {PRESENT}"
    searched = f"WHERE {PRESENT} AND {FOUND}"
    measure(report, "members.list", account, "", everybody)
    measure(report, "members.search", account, f"q={LETTERS}", searched)


def measure(report: Callable[..., None], name: str, account: Account, query: str, where: str) -> None:
    letters = {"a": LETTERS, "b": f"{LETTERS}~"}
    page, bare = f"SELECT {COLUMNS} {JOIN} {where} {ORDER}", f"SELECT 1 FROM members_member m {where}"
    count = f"SELECT count(*) FROM ({bare} LIMIT {COUNT_UP_TO}) AS capped"

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(page, letters)
            cursor.execute(POSTS, [[row[0] for row in cursor.fetchall()]])
            cursor.fetchall()
            cursor.execute(count, letters)
            cursor.fetchall()

    def ours() -> None:
        page_of(account, query).listed()

    ours(), floor()  # warm
    pairs = [(timed(ours), timed(floor)) for _ in range(RUNS)]
    mine, least = (statistics.median(column) for column in zip(*pairs, strict=True))
    with CaptureQueriesContext(connection) as queries:
        whole = timed(lambda: page_of(account, query).get(None).render())
    note = f"{len(queries)} queries; the whole answer {whole * 1000:.0f} ms"
    report(name, ours=mine, floor=least, note=note)


class Page(MemberList):
    def listed(self) -> None:
        """All that the template will ask for."""
        assert self.listing.rows is not None
        assert self.listing.page.paginator.count >= 0
        self.parts()

    def get(self, request, *args, **kwargs):
        return super().get(self.request)


def page_of(account: Account, query: str) -> Page:
    page = Page()
    request = RequestFactory().get("/members/", QueryDict(query))
    request.user, request.session = account, {}
    page.setup(request)
    return page


def root_account() -> Account:
    root = Organization.objects.get(depth=1)
    name = "bench-root"
    account, _ = Account.objects.get_or_create(
        name=name,
        defaults={
            "kind": AccountKind.ADMIN,
            "state": AccountState.ACTIVE,
            "organization": root,
            "display_name": "量测",
        },
    )
    return account
