"""Rules of the tree: natures, scope at both ends, history of nature and type, the recycle bin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from organizations import actions, stakes
from organizations.enums import Nature, OrganizationState
from organizations.models import Organization, OrganizationType, Standing
from sanjin.common.errors import RuleError
from sanjin.common.models import AuditEntry
from tests.factories import admin, organization


def kind(nature, name="机关"):
    return OrganizationType.objects.get(nature=nature, name=name)


def create(parent, actor, name="新支部", nature=Nature.BRANCH, **more):
    return actions.create_organization(
        parent, actor=actor, name=name, nature=nature, type=kind(nature), **more
    )


def again(row):
    return Organization.objects.get(pk=row.pk)


@pytest.fixture
def stake(monkeypatch):
    """Registers a stake for one test; what `follow` heard is in the list."""
    monkeypatch.setattr(stakes, "_stakes", {})
    heard = []

    def register(**parts):
        stakes.register("test", **({"follow": heard.append} | parts))
        return heard

    return register


def test_create_hangs_it_below_with_standing_and_audit(tree, city_admin, stake):
    heard = stake()
    row = create(tree.general, city_admin, name=" 第二 支部 ")
    assert (row.name, row.state, again(tree.general).numchild) == ("第二 支部", "active", 2)
    assert row.path.startswith(tree.general.path)
    standing = Standing.objects.get(organization=row)
    assert (standing.nature, standing.in_force.lower) == (Nature.BRANCH, timezone.localdate())
    entry = AuditEntry.objects.get(verb="organization.created", subject_id=row.pk)
    assert (entry.actor_id, entry.organization_id) == (city_admin.pk, row.pk)
    assert [h.change for h in heard] == [stakes.Change.CREATED]


@pytest.mark.parametrize(
    ("nature", "allowed"),
    [
        (Nature.COMMITTEE, {Nature.COMMITTEE, Nature.GENERAL_BRANCH, Nature.BRANCH}),
        (Nature.GENERAL_BRANCH, {Nature.BRANCH}),
        (Nature.BRANCH, set()),
    ],
)
def test_what_may_stand_below_what(tree, root_admin, nature, allowed):
    parent = {
        Nature.COMMITTEE: tree.city,
        Nature.GENERAL_BRANCH: tree.general,
        Nature.BRANCH: tree.branch,
    }[nature]
    made = set()
    for child in Nature:
        try:
            create(parent, root_admin, name=f"下级{child}", nature=child)
            made.add(child)
        except RuleError as refused:
            assert refused.code == "nature_refused"
    assert made == allowed


def test_create_refuses_a_type_of_another_nature(tree, city_admin):
    with pytest.raises(RuleError) as refused:
        actions.create_organization(
            tree.general,
            actor=city_admin,
            name="甲",
            nature=Nature.BRANCH,
            type=kind(Nature.COMMITTEE, "乡镇"),
        )
    assert (refused.value.code, refused.value.field) == ("type_refused", "type")


def test_create_refuses_a_name_that_a_sibling_has(tree, city_admin):
    with pytest.raises(RuleError) as refused:
        create(tree.general, city_admin, name=tree.branch.name)
    assert (refused.value.code, refused.value.field) == ("name_taken", "name")


@pytest.mark.parametrize("whose", ["general", "branch", "cousin"])
def test_structure_is_the_superiors(tree, whose):
    actor = admin(getattr(tree, whose))
    attempts = (
        lambda: create(tree.general, actor),
        lambda: actions.rename_organization(tree.branch, actor=actor, name="新名"),
        lambda: actions.retype_organization(
            tree.branch, actor=actor, nature=Nature.BRANCH, type=kind(Nature.BRANCH, "学校")
        ),
        lambda: actions.move_organization(tree.branch, tree.city, actor=actor, reason="转隶"),
        lambda: actions.dissolve_organization(tree.branch, actor=actor, reason="合并"),
        lambda: actions.recycle_organization(tree.branch, actor=actor, reason="误建"),
    )
    for attempt in attempts:
        with pytest.raises(RuleError) as refused:
            attempt()
        assert (refused.value.code, refused.value.status) == ("not_superior", 403)


@pytest.mark.parametrize("reason", ["", "  "])
def test_what_hides_an_organisation_or_moves_it_needs_a_reason(tree, city_admin, reason):
    """The action says so, whoever calls it; the form only marks the field."""
    changes = [
        lambda: actions.move_organization(tree.branch, tree.city, actor=city_admin, reason=reason),
        lambda: actions.dissolve_organization(tree.branch, actor=city_admin, reason=reason),
        lambda: actions.recycle_organization(tree.branch, actor=city_admin, reason=reason),
    ]
    for change in changes:
        with pytest.raises(RuleError) as refused:
            change()
        assert (refused.value.code, refused.value.field) == ("reason_required", "reason")


def test_an_admin_cannot_change_its_own_organisations_structure(tree, city_admin):
    with pytest.raises(RuleError) as refused:
        actions.rename_organization(tree.city, actor=city_admin, name="新名")
    assert refused.value.code == "not_superior"


def test_move_takes_the_subtree_along_and_tells_both_places(tree, city_admin, stake):
    heard = stake()
    old = tree.general.path
    row = actions.move_organization(tree.general, tree.city, actor=city_admin, reason="转隶")
    assert row.parent_path == tree.city.path
    assert again(tree.branch).path.startswith(row.path)
    assert (again(tree.county).numchild, again(tree.city).numchild) == (0, 2)
    assert (heard[0].old_path, [each.path for each in heard[0].organizations]) == (old, [row.path])


@pytest.mark.parametrize(
    ("what", "where", "code"),
    [
        ("general", "cousin", "not_superior"),  # the other end is out of scope
        ("county", "branch", "into_itself"),
        ("branch", "general", "already_there"),
        ("general", "general2", "nature_refused"),
    ],
)
def test_move_refused(tree, city_admin, what, where, code):
    tree.general2 = organization("人社局党总支", nature=Nature.GENERAL_BRANCH, below=tree.county)
    with pytest.raises(RuleError) as refused:
        actions.move_organization(getattr(tree, what), getattr(tree, where), actor=city_admin, reason="转隶")
    assert refused.value.code == code


def test_retype_keeps_what_it_was_with_dates(tree, city_admin):
    row = create(tree.county, city_admin, nature=Nature.BRANCH)
    last_year = timezone.localdate() - timedelta(days=365)
    Standing.objects.filter(organization=row).update(in_force=(last_year, None))
    actions.retype_organization(
        row, actor=city_admin, nature=Nature.GENERAL_BRANCH, type=kind("general_branch")
    )
    was, now = Standing.objects.filter(organization=row).order_by("in_force")
    assert (was.nature, was.in_force.lower, was.in_force.upper) == (
        Nature.BRANCH,
        last_year,
        timezone.localdate(),
    )
    assert (now.nature, now.in_force.upper) == (Nature.GENERAL_BRANCH, None)


def test_retype_twice_on_one_day_leaves_one_row(tree, city_admin):
    row = create(tree.county, city_admin)
    for name in ("学校", "社区"):
        actions.retype_organization(
            row, actor=city_admin, nature=Nature.BRANCH, type=kind(Nature.BRANCH, name)
        )
    assert Standing.objects.get(organization=row).type.name == "社区"


def test_retype_refuses_a_nature_that_its_children_do_not_fit(tree, root_admin):
    with pytest.raises(RuleError) as refused:
        actions.retype_organization(
            tree.county, actor=root_admin, nature=Nature.GENERAL_BRANCH, type=kind("general_branch")
        )
    assert refused.value.code == "children_refuse"


@pytest.mark.promise("F43")
def test_recycle_is_refused_while_organisations_stand_below_or_a_feature_refuses(tree, city_admin, stake):
    with pytest.raises(RuleError) as refused:
        actions.recycle_organization(tree.general, actor=city_admin, reason="误建")
    assert (refused.value.code, refused.value.data["count"]) == ("children_remain", 1)
    stake(refuse=lambda organization, change: "还有 3 名党员。请先转出。")
    with pytest.raises(RuleError) as refused:
        actions.recycle_organization(tree.branch, actor=city_admin, reason="误建")
    assert (refused.value.code, refused.value.message) == ("stake_refused", "还有 3 名党员。请先转出。")


@pytest.mark.promise("F43")
def test_recycled_organisation_can_be_restored_for_180_days(tree, city_admin):
    actions.recycle_organization(tree.branch, actor=city_admin, reason="误建")
    assert again(tree.branch).state == OrganizationState.RECYCLED
    Organization.objects.filter(pk=tree.branch.pk).update(recycled_at=timezone.now() - timedelta(days=179))
    assert actions.restore_organization(tree.branch, actor=city_admin).state == OrganizationState.ACTIVE
    actions.recycle_organization(tree.branch, actor=city_admin, reason="误建")
    Organization.objects.filter(pk=tree.branch.pk).update(recycled_at=timezone.now() - timedelta(days=181))
    with pytest.raises(RuleError) as refused:
        actions.restore_organization(tree.branch, actor=city_admin)
    assert refused.value.code == "too_late"


@pytest.mark.promise("F43")
def test_every_change_has_who_when_before_and_after(tree, city_admin):
    actions.rename_organization(tree.branch, actor=city_admin, name="预算处支部", reason="机构改革")
    entry = AuditEntry.objects.get(verb="organization.renamed")
    after = tree.branch.events.get(pgh_context_id=entry.uuid)
    before = tree.branch.events.filter(pgh_id__lt=after.pgh_id).latest("pgh_id")
    assert (before.name, after.name) == ("财政局第一支部", "预算处支部")
    assert (entry.actor_id, entry.reason) == (city_admin.pk, "机构改革")


def test_restore_is_refused_when_its_superior_is_gone(tree, city_admin):
    actions.recycle_organization(tree.branch, actor=city_admin, reason="误建")
    actions.dissolve_organization(tree.general, actor=city_admin, reason="撤并")
    with pytest.raises(RuleError) as refused:
        actions.restore_organization(tree.branch, actor=city_admin)
    assert refused.value.code == "not_active"


def test_there_is_one_root(tree):
    with pytest.raises(RuleError) as refused:
        actions.create_root("中央", kind(Nature.COMMITTEE, "省委"))
    assert refused.value.code == "root_exists"
