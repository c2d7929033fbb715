"""branch/members/: who else is in the branch."""

from rest_framework.generics import ListAPIView

from members.models import Member, MemberQuerySet
from members.queries.posts import prefetch_posts
from sanjin.common.api import FeedPagination

from .serializers import BranchMemberSerializer


class ByName(FeedPagination):
    ordering = ("name_key", "pk")


class BranchMembersView(ListAPIView):
    """本支部党员，按姓名拼音排序。号码不在其中。错误码：仅通用错误码。"""

    serializer_class = BranchMemberSerializer
    pagination_class = ByName

    def get_queryset(self) -> MemberQuerySet:
        if getattr(self, "swagger_fake_view", False):
            return Member.objects.none()
        return Member.objects.visible_to(self.request.user).present().prefetch_related(prefetch_posts())
