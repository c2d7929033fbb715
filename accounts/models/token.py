"""A member's token belongs to a device, so that devices can be listed and one device checks in one member."""

import uuid

from django.db import models
from knox.models import AbstractAuthToken


class DeviceToken(AbstractAuthToken):
    """knox's hashed, revocable token, and the device that it was given to."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    device = models.CharField(max_length=64)
    device_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "device"], name="one_token_per_device")]

    def __str__(self) -> str:
        return self.device_name or self.device
