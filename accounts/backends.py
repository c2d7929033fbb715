"""Who the back office's session belongs to. Passwords are checked by `actions.login`, never here."""

from accounts.models import Account


class AdminBackend:
    def authenticate(self, request, **credentials) -> None:
        """Nobody logs in by `django.contrib.auth.authenticate`: the lock and the captcha would be gone around."""

    def get_user(self, pk: int) -> Account | None:
        """The account with its organisation, in one query; a frozen one is nobody."""
        account = Account.objects.admins().select_related("organization__type").filter(pk=pk).first()
        return account if account and account.is_active else None
