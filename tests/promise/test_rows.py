"""The table itself: a row that is held in part is a row, and has a test that holds the part."""

from pathlib import Path

from tests.promise.rows import PARTLY, ROWS

TESTS = Path(__file__).resolve().parents[1]


def test_rows_held_in_part_are_rows_with_tests():
    assert set(PARTLY) <= set(ROWS)
    marked = " ".join(
        path.read_text() for path in TESTS.rglob("test_*.py") if path.name != Path(__file__).name
    )
    assert [row for row in PARTLY if f'"{row}"' not in marked] == []
