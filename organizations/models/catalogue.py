"""The root's catalogue of types, by nature (rules.md §7)."""

from django.db import models

from organizations.enums import Nature


class OrganizationType(models.Model):
    """A type that an organisation of this nature may have; withdrawn ones stay on those that have them."""

    nature = models.CharField("部门性质", max_length=16, choices=Nature)
    name = models.CharField("部门类型", max_length=20)
    order = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["nature", "order", "id"]
        constraints = [models.UniqueConstraint(fields=["nature", "name"], name="type_once_per_nature")]

    def __str__(self) -> str:
        return self.name
