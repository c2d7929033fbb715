"""A province: 130,000 branches and 2.4 million members by COPY, without triggers, indexes built at the end.

History is left out, and the ledger has one entry for each balance: more would multiply time and disk, and no list
or total needs it. The session's role switches triggers off, which is a superuser's right.
"""

from django.db import connection

from accounts.models import Account
from members.models import Member, MemberPost
from organizations.models import Organization, Standing
from sanjin.common.audit import audited

from ..scales import Scale
from ..tree import Province, grow
from . import accounts, balances, meetings, members, organizations, parallel, posts
from .copying import analyse, need_superuser, no_triggers, without_indexes
from .progress import Say, every, step


def load(scale: Scale, seed: int, say: Say) -> tuple[Province, list[accounts.SampleAccount]]:
    """Fill an empty database in several sessions: what fails half-way must be cleared by hand."""
    need_superuser()
    no_triggers()
    with step(say, "the tree"):
        province = grow(scale, seed)
        with without_indexes(Organization, Standing):
            organizations.load(province.nodes, seed)
    with without_indexes(Member):
        report = every(200_000, scale.members, say)
        parallel.load_members(scale.name, seed, scale.branches, report)
        members.settle_account_names()
    with step(say, "accounts and posts"), without_indexes(Account, MemberPost):
        listed = accounts.load(province, seed)
        posts.load()
    balances.load(say)
    with step(say, "statistics and visibility map"):
        analyse()
    connection.close()  # what follows gets a session with triggers
    with audited("sample.loaded", actor=None, scale=scale.name, seed=seed):
        meetings.call_today(province.showcase.branch)
    return province, listed
