"""Periods as numbers."""

from datetime import date, timedelta

import pytest

from points.periods import codes_of, is_period, label, span, window_code


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2026, 1, 1), [202600, 202601, 202621]),
        (date(2026, 3, 31), [202600, 202603, 202621]),
        (date(2026, 4, 1), [202600, 202604, 202622]),
        (date(2026, 12, 31), [202600, 202612, 202624]),
    ],
)
def test_a_day_belongs_to_three_periods(day, codes):
    assert codes_of(day) == codes
    assert all(span(code)[0] <= day <= span(code)[1] for code in codes)


def test_months_and_quarters_fill_the_year_without_gap():
    for parts in (range(1, 13), range(21, 25)):
        spans = [span(202600 + part) for part in parts]
        assert (spans[0][0], spans[-1][1]) == span(202600)
        assert all(
            last + timedelta(days=1) == first for (_, last), (first, _) in zip(spans, spans[1:], strict=False)
        )


def test_words_and_windows():
    assert [label(code) for code in (202600, 202611, 202624)] == ["2026年", "2026年11月", "2026年第四季度"]
    assert window_code("day", date(2026, 11, 5)) == 20261105
    assert [is_period(code) for code in (202600, 202612, 202613, 202624, 202625)] == [
        True,
        True,
        False,
        True,
        False,
    ]
