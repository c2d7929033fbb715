"""`make promise`: which rows of the promise hold, by the tests marked `@pytest.mark.promise("F26")`.

A row holds when at least one of its tests passed, none failed, and nothing of it is missing (`PARTLY`). A marker may
name several rows.
"""

from collections import defaultdict

import pytest

from tests.promise.rows import PARTLY, ROWS

PROPERTY = "promise"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promise", action="store_true", help="print the promise, row by row")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "promise(*rows): the test holds these rows of the promise (F01–F50)")
    if config.getoption("--promise") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(PromiseReport(), "promise-report")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker in item.iter_markers("promise"):
            unknown = set(marker.args) - ROWS.keys()
            if unknown or not marker.args:
                raise pytest.UsageError(f"{item.nodeid}: no such row of the promise: {sorted(unknown)}")
            item.user_properties.extend((PROPERTY, row) for row in marker.args)


class PromiseReport:
    """Collects outcomes (from xdist's workers too) and prints one line a row."""

    def __init__(self) -> None:
        self.passed: dict[str, int] = defaultdict(int)
        self.failed: dict[str, int] = defaultdict(int)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, row in report.user_properties:
            if name == PROPERTY:
                self.passed[row] += report.when == "call" and report.passed
                self.failed[row] += report.failed

    def state(self, row: str) -> str:
        """pass: the whole row holds; part: what is built of it does; —: nothing of it is tested."""
        if self.failed[row]:
            return "FAIL"
        if not self.passed[row]:
            return "—"
        return "part" if row in PARTLY else "pass"

    def pytest_terminal_summary(self, terminalreporter) -> None:
        write = terminalreporter.write_line
        terminalreporter.section("promise")
        for row, title in ROWS.items():
            state = self.state(row)
            count = self.passed[row] + self.failed[row]
            lacks = f"，还缺：{PARTLY[row]}" if state == "part" else ""
            write(f"{row}  {state:<4}  {title}{lacks}{f'  ({count} tests)' if count else ''}")
        states = [self.state(row) for row in ROWS]
        write(f"promise: {states.count('pass')} of {len(ROWS)} rows hold, {states.count('part')} in part")
