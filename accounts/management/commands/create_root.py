"""`manage.py create_root`: the first committee and its admin account, for a new installation."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.actions.admins import Issued
from accounts.actions.bootstrap import issue_root_admin, reset_root_admin
from organizations.actions import create_root
from organizations.enums import Nature
from organizations.models import Organization, OrganizationType
from sanjin.common.errors import RuleError


class Command(BaseCommand):
    help = (
        "Make the committee at the top and an admin account for it; again: one more account. Prints a slip."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--name", help="full name of the committee, such as 中共山西省委员会 (only the first time)"
        )
        parser.add_argument("--type", default="省委", help="its type, 省委 if not said")
        parser.add_argument("--prefix", default="sxs", help="letters of the account's name")
        parser.add_argument(
            "--reset", metavar="ACCOUNT", help="a new one-time password for this account of the root"
        )

    def handle(self, *args, name: str | None, type: str, prefix: str, reset: str | None, **options) -> None:
        try:
            issued = reset_root_admin(reset) if reset else self.issue(name, type, prefix)
        except RuleError as error:
            raise CommandError(error.message)
        self.stdout.write(f"账号 {issued.name}  一次性口令 {issued.secret}  （{issued.organization}）")
        until = timezone.localtime(issued.until)
        self.stdout.write(f"请在 {until:%Y年%m月%d日} 前登录管理后台激活；口令只显示这一次。")

    def issue(self, name: str | None, type: str, prefix: str) -> Issued:
        root = Organization.objects.filter(depth=1).first()
        if root is None:
            if not name:
                raise CommandError(
                    "The database is empty: say --name, the full name of the committee at the top."
                )
            kind = OrganizationType.objects.filter(nature=Nature.COMMITTEE, name=type).first()
            if kind is None:
                raise CommandError(f"{type} is not a type of a committee.")
            root = create_root(name, kind)
        return issue_root_admin(root, prefix=prefix)
