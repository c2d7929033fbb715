"""me/: the own record."""

from typing import Any

from members.models import Member
from sanjin.common.masking import mask_id_number, mask_phone


def me_of(member: Member) -> dict[str, Any]:
    """The own record as `GET me/` and a login give it; numbers masked."""
    organization = member.organization
    return {
        "id": str(member.uuid),
        "name": member.name,
        "sex": member.sex,
        "sex_label": member.get_sex_display(),
        "kind": member.kind,
        "kind_label": member.get_kind_display(),
        "phone": mask_phone(member.phone),
        "id_number": mask_id_number(member.id_number),
        "joined_on": member.joined_on.isoformat(),
        "organization": {
            "id": str(organization.uuid),
            "name": organization.name,
            "nature_label": organization.get_nature_display(),
            "type": organization.type.name,
        },
    }
