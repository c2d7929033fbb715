"""Upwards: the direct superior committee, and settings that a superior forbids."""

import pytest

from organizations import actions, queries


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
