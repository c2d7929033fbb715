"""`manage.py sample_province`: fill an empty database with the sample province, and write workbooks to import."""

import json
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from organizations.models import Organization
from sanjin.common.errors import RuleError
from workbench.sample import workbooks
from workbench.sample.load import country, demo, province
from workbench.sample.load.accounts import SampleAccount
from workbench.sample.scales import DEMO, PROVINCE, SCALES, TINY
from workbench.sample.tree import SEED

LOCAL = Path(settings.LOCAL_DIR)
LOADERS = {TINY.name: demo.load, DEMO.name: demo.load, PROVINCE.name: province.load}


class Command(BaseCommand):
    help = "Fill an empty database with synthetic organisations and members, never real ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=[*LOADERS, country.NAME], default=DEMO.name)
        parser.add_argument("--seed", type=int, default=SEED, help="another seed, another province")
        parser.add_argument(
            "--workbooks",
            type=Path,
            metavar="DIR",
            default=LOCAL / "workbooks",
            help="where to write workbooks to try the imports with (default: .local/workbooks)",
        )

    def handle(self, *args, scale: str, seed: int, workbooks: Path, **options) -> None:
        if Organization.objects.exists():
            raise CommandError(
                "The database already has organisations. The sample is only for an empty one: name another database,"
                " or forget the demo's with `make clean`."
            )
        try:
            self.load(scale, seed, workbooks)
        except RuleError as error:
            raise CommandError(error.message)

    def load(self, scale: str, seed: int, folder: Path) -> None:
        self.stdout.write("")
        if scale == country.NAME:
            country.load(seed, self.say)
            return
        grown, accounts = LOADERS[scale](SCALES[scale], seed, self.say)
        write_accounts(accounts)
        for path in workbooks.write_all(grown, seed, folder):
            self.say(f"  {path}")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def write_accounts(accounts: list[SampleAccount]) -> None:
    """For the demo's last words: `.local/accounts.json`, readable by its owner only."""
    LOCAL.mkdir(exist_ok=True)
    path = LOCAL / "accounts.json"
    path.write_text(json.dumps([asdict(account) for account in accounts], ensure_ascii=False, indent=1))
    path.chmod(0o600)
