"""The organisation that a page is about, from what the account may see."""

from functools import cached_property

from django.shortcuts import get_object_or_404
from django.urls import reverse

from organizations.models import Organization
from sanjin.common.pages import ActionPage


class OrganizationScope:
    """For pages with `<uuid:uuid>` in their address: `organization`, or 404 as if there were none."""

    @cached_property
    def organization(self) -> Organization:
        visible = Organization.objects.visible_to(self.account).select_related("type")
        return get_object_or_404(visible, uuid=self.kwargs["uuid"])


class OrganizationAction(OrganizationScope, ActionPage):
    """A form about one organisation; afterwards, back to its page."""

    def get_success_url(self) -> str:
        return reverse("organizations:detail", args=[self.organization.uuid])

    def get_context_data(self, **context):
        back = reverse("organizations:detail", args=[self.organization.uuid])
        return super().get_context_data(
            **({"organization": self.organization, "cancel_url": back, "menu": "organizations"} | context)
        )
