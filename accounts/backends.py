"""Who the back office's session belongs to. Passwords are checked by `actions.login`, never here."""

from accounts.models import Account
from organizations.enums import OrganizationState


class AdminBackend:
    def authenticate(self, request, **credentials) -> None:
        """Nobody logs in by `django.contrib.auth.authenticate`: the lock and the captcha would be gone around."""

    def get_user(self, pk: int) -> Account | None:
        """The account with its organisation, in one query; a frozen one is nobody, nor is one whose organisation has gone."""
        account = Account.objects.admins().select_related("organization__type").filter(pk=pk).first()
        if account is None or not account.is_active or account.seat.state != OrganizationState.ACTIVE:
            return None
        return account
