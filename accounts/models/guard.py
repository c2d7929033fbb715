"""The lock. It counts failures for (account name, device), never for the account alone: a name may be guessed, and the
lock must not be a weapon against a whole county (threats.md, F42)."""

from django.db import models


class LoginGuard(models.Model):
    """`key`: blind index of what was typed as the name (known or not: both behave the same) or of an address.
    `device`: the id of a device that has logged in to this account before, or empty for all unknown ones together."""

    key = models.BinaryField(max_length=32)
    device = models.CharField(max_length=64, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    window_ends_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "device"], name="one_guard_per_device")]
        indexes = [models.Index(fields=["window_ends_at"], name="guard_over")]  # what the sweep puts away

    def __str__(self) -> str:
        return f"{self.failures} failures"
