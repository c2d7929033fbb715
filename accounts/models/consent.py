"""The privacy notice and the pledge, with versions, and who agreed to which (product.md, beyond the questions, 8)."""

from django.conf import settings
from django.db import models


class DocumentKind(models.TextChoices):
    PRIVACY = "privacy", "隐私告知"
    PLEDGE = "pledge", "履职承诺"


class Document(models.Model):
    kind = models.CharField(max_length=10, choices=DocumentKind)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    text = models.TextField()
    in_force_from = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "version"], name="document_version_once")]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def code(self) -> str:
        """Its name outside: `privacy-1`."""
        return f"{self.kind}-{self.version}"


class Consent(models.Model):
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    document = models.ForeignKey(Document, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "document"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.account} {self.document}"
