"""The country: 5.2 million organisations and 100 million members, as far as the tree and the roll-up need them.

Only narrow tables are filled, by SQL inside the database: the province's tree again and again below one root, who is
counted where (`points_headcount`), the year's balances and the totals. There are no people: members are ids.
"""

from django.db import connection
from django.utils import timezone

from organizations.enums import Nature
from organizations.models import Organization, Standing
from points.actions import recompute_all
from points.models import Headcount
from points.periods import year_code

from ..node import Node
from ..scales import PROVINCE, Scale
from ..tree import grow
from . import organizations
from .copying import analyse, need_superuser, no_triggers, reset_sequences, without_indexes
from .progress import Say, step

NAME = "country"
ORGANISATIONS = 5_200_000
MEMBERS = 100_000_000

# The root, then copies of the template: each below the root, with ids in one row; the last copy is cut off.
_COPIES = """
    INSERT INTO organizations_organization
        (id, path, depth, numchild, uuid, name, search, nature, type_id, state, founded_on, phone, address, created_at)
    SELECT 1 + (copy.number - 1) * %(size)s + template.id,
           '0001' || copy.step || substr(template.path, 5), template.depth + 1, template.numchild,
           gen_random_uuid(), template.name, template.search, template.nature, template.type_id,
           template.state, template.founded_on, '', '', now()
    FROM unnest(%(steps)s) WITH ORDINALITY AS copy (step, number)
    CROSS JOIN sample_template AS template
    WHERE 1 + (copy.number - 1) * %(size)s + template.id <= %(organisations)s
"""
# The root and the copy that was cut off have other children than the template says.
_CHILDREN = """
    WITH counted AS (
        SELECT left(path, -4) AS path, count(*) AS children
        FROM organizations_organization WHERE depth = 2 OR path >= %(last)s GROUP BY 1
    )
    UPDATE organizations_organization SET numchild = coalesce(found.children, 0)
    FROM organizations_organization parent LEFT JOIN counted found USING (path)
    WHERE organizations_organization.id = parent.id AND (parent.depth = 1 OR parent.path >= %(last)s)
"""
# Members in the proportion of the template's, MEMBERS in all: rounding a running sum loses nobody.
_SEATS = """
    CREATE TEMP TABLE sample_seats AS
    SELECT id, coalesce(lag(upto) OVER (ORDER BY id), 0) AS after, upto
    FROM (
        SELECT branch.id, round(
            sum(seat.members) OVER (ORDER BY branch.id) * %(members)s::numeric / sum(seat.members) OVER ()
        )::bigint AS upto
        FROM organizations_organization branch
        JOIN sample_members seat ON seat.id = (branch.id - 2) %% %(size)s + 1
        WHERE branch.nature = %(branch)s
    ) sums
"""
_HEADCOUNT = """
    INSERT INTO points_headcount (member_id, organization_id)
    SELECT after + seat, id FROM sample_seats CROSS JOIN generate_series(1, upto - after) AS seat
"""
# Points that differ from row to row but not from load to load; every ninth branch has none of its own.
_BALANCES = """
    INSERT INTO points_pointbalance (period, subject_kind, subject_id, points)
    SELECT %(period)s, 1, member_id, member_id * 7919 %% 401 / 2.0 FROM points_headcount
    UNION ALL
    SELECT %(period)s, 2, id, id * 7919 %% 301 FROM organizations_organization WHERE id %% 9 <> 0
"""


def load(
    seed: int,
    say: Say,
    *,
    template: Scale = PROVINCE,
    organisations: int = ORGANISATIONS,
    members: int = MEMBERS,
) -> None:
    """Fill an empty database; smaller numbers for a measurement. Triggers are off: needs a superuser."""
    need_superuser()
    no_triggers()
    with step(say, "the template: a province's tree"):
        nodes = grow(template, seed).nodes
        organizations.load(nodes, seed)
        _set_aside(nodes)
    with step(say, f"{organisations:,} organisations"), without_indexes(Organization):
        _copy_tree(template.organisations, organisations)
    with step(say, f"{members:,} members in their branches"), without_indexes(Headcount):
        _seat(template.organisations, members)
    period = year_code(timezone.localdate())
    with step(say, "balances of the year"):
        _run(_BALANCES, {"period": period})
    with step(say, "totals of the year"):
        recompute_all(period)
    with step(say, "statistics and visibility map"):
        analyse()
    connection.close()  # the next user of this process gets a session with triggers


def _set_aside(nodes: list[Node]) -> None:
    branches = [(organizations.organization_id(node), node.members) for node in nodes if node.members]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE sample_template AS TABLE organizations_organization")
        cursor.execute(
            "CREATE TEMP TABLE sample_members AS SELECT * FROM unnest(%s, %s) AS pairs (id, members)",
            [list(column) for column in zip(*branches, strict=True)],
        )
        cursor.execute("ANALYZE sample_template, sample_members")
    Standing.objects.all().delete()
    Organization.objects.exclude(path="0001").order_by()._raw_delete("default")


def _copy_tree(size: int, organisations: int) -> None:
    copies = -(-(organisations - 1) // size)
    steps = [Organization._int2str(number).rjust(4, "0") for number in range(1, copies + 1)]
    _run(_COPIES, {"size": size, "steps": steps, "organisations": organisations})
    _run("ANALYZE organizations_organization")  # without figures and indexes, the join below is a guess
    _run(_CHILDREN, {"last": f"0001{steps[-1]}"})
    reset_sequences(Organization)


def _seat(size: int, members: int) -> None:
    _run(_SEATS, {"members": members, "size": size, "branch": Nature.BRANCH.value})
    _run(_HEADCOUNT)


def _run(statement: str, facts: dict[str, object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
