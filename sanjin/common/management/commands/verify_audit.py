"""`manage.py verify_audit`: does the audit's hash chain hold, and if not, where does it break."""

from django.core.management.base import BaseCommand, CommandError

from sanjin.common import chain
from sanjin.common.models import AuditEntry, AuditSeal


class Command(BaseCommand):
    help = "Check every seal of the audit. Keep the printed head outside: it also proves that nothing was cut off."

    def handle(self, *args, **options) -> None:
        breaks = list(chain.verify())
        for each in breaks:
            self.stderr.write(f"seal {each.seal}: {each.what}")
        if breaks:
            raise CommandError(f"the chain is broken in {len(breaks)} places")
        head = AuditSeal.objects.order_by("-id").first()
        sealed = sum(AuditSeal.objects.values_list("entries", flat=True))
        waiting = AuditEntry.objects.count() - sealed
        name = f"{head.pk}:{bytes(head.digest).hex()}" if head else "none yet"
        self.stdout.write(f"whole: {sealed} entries sealed, {waiting} waiting; head {name}")
