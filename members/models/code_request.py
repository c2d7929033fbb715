"""Who asked for a code by SMS, until the worker has looked (F28)."""

from django.db import models


class CodeRequest(models.Model):
    """`key`: blind index of what was typed as the account, known or not: asking takes the same time and leaves the same trace
    for both. The code itself is drawn when it is sent, so none waits here in clear or sealed."""

    key = models.BinaryField(max_length=32, unique=True)
    asked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.asked_at}"
