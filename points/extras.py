"""What points add to pages and answers of the apps below."""

from members.models import Member
from points.queries.rules import number
from points.queries.totals import member_total


def year_points(member: Member) -> str:
    """`GET me/`: this year's points, "1438.5"."""
    total = member_total(member)
    return number(total) if total else "0"
