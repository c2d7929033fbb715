"""A one-time code with which a member sets a password: printed on a slip by the branch admin, or sent by SMS (F28)."""

from django.db import models

from .member import Member


class ResetChannel(models.TextChoices):
    SLIP = "slip", "纸条"
    SMS = "sms", "短信"


class ResetCode(models.Model):
    """Only a keyed hash of the code is stored; it is taken with one DELETE, so it works once."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="reset_codes")
    channel = models.CharField(max_length=4, choices=ResetChannel)
    code_hash = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "channel"], name="one_code_per_channel")]

    def __str__(self) -> str:
        return self.channel
