"""Words of an account: its kind, its state, what may follow what."""

from django.db.models import TextChoices


class AccountKind(TextChoices):
    ADMIN = "admin", "管理员"
    MEMBER = "member", "党员"


class AccountState(TextChoices):
    ISSUED = "issued", "待激活"
    ACTIVE = "active", "正常"
    FROZEN = "frozen", "已冻结"


class AdminState(TextChoices):
    """How an organisation stands with its admin account; the first two together are the third (F40)."""

    NONE = "none", "没有账号"
    WAITING = "waiting", "有账号，未激活"
    UNSETTLED = "unsettled", "没有账号或未激活"
    SETTLED = "settled", "已激活"


# What may follow what; ACTIVE → ISSUED is a reset by a slip, after which the account is activated anew.
NEXT: dict[AccountState, set[AccountState]] = {
    AccountState.ISSUED: {AccountState.ACTIVE, AccountState.FROZEN},
    AccountState.ACTIVE: {AccountState.ISSUED, AccountState.FROZEN},
    AccountState.FROZEN: {AccountState.ISSUED, AccountState.ACTIVE},
}


class Role(TextChoices):
    """What an account may be asked to do; follows from its kind and its organisation, and is never stored."""

    MEMBER = "member", "党员"
    BRANCH_ADMIN = "branch_admin", "支部管理员"
    GENERAL_BRANCH_ADMIN = "general_branch_admin", "党总支管理员"
    COMMITTEE_ADMIN = "committee_admin", "党委管理员"
    ROOT_ADMIN = "root_admin", "平台管理员"
