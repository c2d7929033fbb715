"""Who holds which post (F36, F37)."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Account
from members.actions.guards import lock_member
from members.models import Member, MemberPost, Post
from members.permissions import can_assign_posts
from organizations.actions import hold
from organizations.models import Organization
from sanjin.common.audit import audited
from sanjin.common.errors import RuleError


def assign_post(
    member: Member,
    post: Post,
    *,
    actor: Account,
    organization: Organization,
    since: date | None = None,
) -> MemberPost:
    """Give `member` a post of `organization`.

    RuleError `not_yours` (403), `post_nature` (the catalogue has it for another nature), `member_not_normal` (409),
    `post_taken` (409: 书记 is one person's; says whose), `post_held` (409: has it already), `organization_changed` (409), `since_in_future` (400).
    """
    with audited("post.assigned", actor=actor, subject=member, organization=organization, post=post.name):
        # whoever ends the membership locks the same row, and ends the posts that are there then
        member = lock_member(member.pk)
        must_assign(actor, organization.pk)
        _must_fit(member, post, organization, since)
        hold(organization, nature=post.nature)
        row = MemberPost(
            member=member,
            post=post,
            organization=organization,
            exclusive=post.exclusive,
            since=since or timezone.localdate(),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise _held(row)
    return row


def must_assign(actor: Account, organization_id: int) -> None:
    """Code `not_yours` (403)."""
    if not can_assign_posts(actor) or actor.organization_id != organization_id:
        raise RuleError("not_yours", "职务由本组织的管理员任免，您的账号不能任免这个组织的职务。", status=403)


def _must_fit(member: Member, post: Post, organization: Organization, since: date | None) -> None:
    if post.nature != organization.nature or not post.active:
        raise RuleError(
            "post_nature",
            f"“{post.name}”不是{organization.get_nature_display()}的职务。请从列表中选择。",
            field="post",
        )
    if not member.in_good_standing:
        message = f"{member.name}的党籍状态是“{member.get_state_display()}”，不能任职。请先核对党籍状态。"
        raise RuleError("member_not_normal", message, status=409)
    if since and since > timezone.localdate():
        message = "任职日期在今天以后，职务不能提前生效。请改为今天或以前的日期，到任当天再任命也可以。"
        raise RuleError("since_in_future", message, field="since")


def _held(row: MemberPost) -> RuleError:
    same = MemberPost.objects.open().filter(organization=row.organization, post=row.post)
    if same.filter(member=row.member).exists():
        return RuleError(
            "post_held", f"{row.member.name}已经是{row.post.name}，不需要再次任命。", field="post", status=409
        )
    holder = same.select_related("member").first()
    name = holder.member.name if holder else "另一人"
    return RuleError(
        "post_taken",
        f"{row.post.name}每个组织只有一人，现在是{name}。请先免去{name}的这项职务，再任命{row.member.name}。",
        field="post",
        status=409,
    )


def end_posts(member: Member) -> list[str]:
    """End every post of somebody who may hold none any more; returns their names, for the caller's audit entry."""
    held = list(MemberPost.objects.open().filter(member=member).select_related("post", "organization"))
    MemberPost.objects.filter(pk__in=[row.pk for row in held]).update(until=timezone.localdate())
    return [f"{row.organization.name}{row.post.name}" for row in held]


def withdraw_post(held: MemberPost, *, actor: Account) -> MemberPost:
    """End a post; the row stays as history. RuleError `not_yours` (403), `post_ended` (409)."""
    with audited(
        "post.withdrawn", actor=actor, subject=held.member, organization=held.organization_id
    ) as entry:
        held = (
            MemberPost.objects.select_for_update(of=("self",))
            .select_related("post", "member")
            .get(pk=held.pk)
        )
        must_assign(actor, held.organization_id)
        if held.until is not None:
            raise RuleError("post_ended", "这项职务已经免去。请刷新页面。", status=409)
        entry.data = {"post": held.post.name}
        held.until = timezone.localdate()
        held.save(update_fields=["until"])
    return held
