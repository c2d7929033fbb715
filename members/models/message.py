"""The in-app inbox. Features above send; this app only knows kinds."""

import uuid

from django.db import models

from members.enums import MessageKind

from .member import Member


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, account) -> "MessageQuerySet":
        """A message is its recipient's alone."""
        return self.filter(recipient__account=account)


class Message(models.Model):
    """`link`: a path inside the members' app. `key`: sending twice with the same key is sending once."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    recipient = models.ForeignKey(Member, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind)
    title = models.CharField(max_length=80)
    body = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=120, blank=True)
    key = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="message_once")]
        indexes = [models.Index(fields=["recipient", "-id"], name="message_inbox")]

    def __str__(self) -> str:
        return self.title
