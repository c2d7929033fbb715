"""The demo: small, whole, and with history, as if everything had been entered by hand. Also the tests' tiny one."""

from django.db import transaction

from members.actions.copying import copy_members
from points.actions import recompute_dirty
from sanjin.common.audit import audited

from ..scales import Scale
from ..tree import Province, grow
from . import accounts, meetings, members, organizations, photos, posts
from .progress import Say, step


def load(scale: Scale, seed: int, say: Say) -> tuple[Province, list[accounts.SampleAccount]]:
    """Fill an empty database. All or nothing: a failure leaves it empty."""
    province = grow(scale, seed)
    with transaction.atomic(), audited("sample.loaded", actor=None, scale=scale.name, seed=seed):
        with step(say, f"{len(province.nodes):,} organisations"):
            organizations.load(province.nodes, seed)
        with step(say, f"{scale.members:,} members"):
            copy_members(members.new_members(province.branches(), seed))
            photos.load()
        with step(say, "accounts and posts"):
            listed = accounts.load(province, seed)
            posts.load()
        with step(say, "meetings, minutes and points"):
            meetings.load(province, seed)
        with step(say, "totals"):
            recompute_dirty()
    return province, listed
