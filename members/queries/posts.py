"""Who holds which post."""

from django.db.models import Prefetch

from members.models import Member, MemberPost


def prefetch_posts() -> Prefetch:
    """For lists: `row.current_posts` of each member, the first in rank first."""
    held = MemberPost.objects.current().select_related("post").only("member", "post__name")
    return Prefetch("posts", queryset=held.order_by("post__order", "pk"), to_attr="current_posts")


def current_posts(member: Member) -> list[MemberPost]:
    """Posts held today, the first in rank first; one query."""
    held = MemberPost.objects.current().filter(member=member)
    return list(held.select_related("post").order_by("post__order", "pk"))
