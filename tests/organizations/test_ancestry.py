"""Upwards: the direct superior committee, and settings that a superior forbids."""

import pytest

from organizations import actions, queries
from sanjin.common.errors import RuleError
from tests.factories import admin, signed_in


def test_direct_superior_is_the_nearest_committee_above(tree):
    superior = {name: queries.direct_superior(row) for name, row in vars(tree).items()}
    assert superior == {
        "root": None,
        "city": tree.root,
        "county": tree.city,
        "general": tree.county,
        "branch": tree.county,
        "cousin": tree.root,
    }


def test_superiors_of_many_cost_one_query(tree, django_assert_num_queries):
    rows = [tree.branch, tree.general, tree.cousin, tree.root]
    with django_assert_num_queries(1):
        found = queries.superiors_of(rows)
    assert [found[row.pk] for row in rows] == [tree.county, tree.county, tree.root, None]


@pytest.mark.parametrize("name", ["screenshot_codes", "rankings_shown"])
def test_setting_is_on_until_somebody_above_forbids_it(tree, city_admin, name):
    assert queries.setting_of(tree.branch, name)
    actions.change_settings(tree.city, actor=city_admin, **{name: False})
    assert not queries.setting_of(tree.branch, name)
    assert queries.setting_of(tree.cousin, name)
    actions.change_settings(tree.branch, actor=city_admin, **{name: True})
    assert not queries.setting_of(tree.branch, name)  # nobody below lifts what a superior forbids


SETTINGS = ["screenshot_codes", "rankings_shown"]


@pytest.mark.parametrize("name", SETTINGS)
def test_a_branch_does_not_lift_what_its_superior_forbade_on_its_own_row(
    tree, city_admin, root_admin, branch_admin, name
):
    county_admin = admin(tree.county)
    actions.change_settings(tree.branch, actor=city_admin, **{name: False})
    for below in (branch_admin, county_admin):
        with pytest.raises(RuleError) as refused:
            actions.change_settings(tree.branch, actor=below, **{name: None})
        assert (refused.value.code, refused.value.field) == ("superior_forbids", name)
        assert "太原市委" in refused.value.message
    actions.change_settings(tree.branch, actor=branch_admin, **{name: False})  # and doesn't make it its own
    assert queries.forbidden_by(tree.branch, name) == tree.city
    actions.change_settings(tree.branch, actor=root_admin, **{name: None})
    assert queries.setting_of(tree.branch, name)


@pytest.mark.parametrize("name", SETTINGS)
def test_what_a_branch_forbade_itself_it_lifts(tree, branch_admin, name):
    actions.change_settings(tree.branch, actor=branch_admin, **{name: False})
    assert queries.forbidden_by(tree.branch, name) == tree.branch
    actions.change_settings(tree.branch, actor=branch_admin, **{name: None})
    assert queries.setting_of(tree.branch, name) and queries.forbidden_by(tree.branch, name) is None


def test_a_branch_that_was_moved_away_is_free_of_its_former_superior(
    tree, city_admin, root_admin, branch_admin
):
    actions.change_settings(tree.branch, actor=city_admin, rankings_shown=False)
    actions.move_organization(tree.branch, tree.cousin, actor=root_admin, reason="划转")
    actions.change_settings(tree.branch, actor=branch_admin, rankings_shown=None)
    assert queries.setting_of(tree.branch, "rankings_shown")


def test_the_pages_say_who_forbade_it_and_an_empty_choice_lifts_nothing(
    tree, city_admin, branch_admin, client
):
    actions.change_settings(tree.branch, actor=city_admin, screenshot_codes=False)
    signed_in(client, branch_admin)
    url = f"/organizations/{tree.branch.uuid}/settings/"
    assert "由上级“太原市委”关闭" in client.get(url).content.decode()
    client.post(url, {"screenshot_codes": "", "rankings_shown": "no"})
    tree.branch.refresh_from_db()
    assert (tree.branch.screenshot_codes, tree.branch.rankings_shown) == (False, False)
    page = client.get(f"/organizations/{tree.branch.uuid}/").content.decode()
    assert "上级“太原市委”关闭" in page and "本组织关闭" in page
