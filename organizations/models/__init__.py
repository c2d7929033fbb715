from .catalogue import OrganizationType
from .organization import Organization, OrganizationQuerySet
from .standing import Standing

__all__ = ["Organization", "OrganizationQuerySet", "OrganizationType", "Standing"]
