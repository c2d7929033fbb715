"""What a person reads when a number is already somebody's: who holds it, and the next step (F23, F24, F28)."""

from typing import NamedTuple
from uuid import UUID

from sanjin.common.errors import RuleError
from sanjin.common.masking import mask_name


class Holder(NamedTuple):
    """The member that has a number. Another branch learns the branch's name and a masked name, nothing more."""

    uuid: UUID
    name: str
    organization_id: int
    organization: str
    organization_phone: str

    @property
    def masked(self) -> str:
        return mask_name(self.name)


def phone_taken(holder: Holder, *, asking_id: int, phone_index: bytes) -> RuleError:
    """F23. `phone_taken_here` carries the member's uuid for a link, `phone_taken_elsewhere` the blind index for a
    request to give the number back."""
    if holder.organization_id == asking_id:
        return RuleError(
            "phone_taken_here",
            f"此手机号已被本支部的{holder.name}使用。请核对号码；号码填错的，先到该党员的资料里改正。",
            field="phone",
            status=409,
            member=str(holder.uuid),
        )
    return RuleError(
        "phone_taken_elsewhere",
        f"此手机号已被【{holder.organization}】的 {holder.masked} 使用。"
        "请核对号码；确属本人使用的，点击“申请归还手机号”，由对方支部管理员处理。",
        field="phone",
        status=409,
        phone_index=phone_index.hex(),
    )


def person_known(holder: Holder, *, asking_id: int) -> RuleError:
    """F28. `person_here` links to the member; `person_elsewhere` names the branch to ask for a transfer."""
    if holder.organization_id == asking_id:
        return RuleError(
            "person_here",
            f"此公民身份号码已是本支部党员{holder.name}，不需要重复录入。资料有变化的，请直接修改该党员。",
            field="id_number",
            status=409,
            member=str(holder.uuid),
        )
    call = f"（联系电话{holder.organization_phone}）" if holder.organization_phone else ""
    return RuleError(
        "person_elsewhere",
        f"此公民身份号码的党员已在【{holder.organization}】，不能重复录入，应办理组织关系转接。"
        f"请联系该支部管理员{call}；本人也可以登录后在个人中心查看所属支部。",
        field="id_number",
        status=409,
        organization=holder.organization,
    )


def account_taken(holder: Holder, *, asking_id: int) -> RuleError:
    """F29: the landline is already a login name, and there is no other to give."""
    where = "本支部" if holder.organization_id == asking_id else f"【{holder.organization}】"
    who = holder.name if holder.organization_id == asking_id else f" {holder.masked} "
    return RuleError(
        "account_taken",
        f"此固定电话已是{where}{who}的登录账号，本人不满 50 周岁，没有别的账号可用。请填写手机号码，或换一个固定电话。",
        field="landline",
        status=409,
    )
