"""Who may do what with members."""

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class IsMember(BasePermission):
    """The API's default: a logged-in member whose account is in use. Identity comes from the token alone."""

    def has_permission(self, request: Request, view) -> bool:
        account = request.user
        return bool(account and not account.is_admin and account.is_active)
