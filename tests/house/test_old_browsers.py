"""F19: the back office works from Chrome 86 on, and keeps its style sheets free of gradients and other hosts."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "static/css").glob("*.css"))
SCRIPTS = sorted((Path(settings.BASE_DIR) / "static/js").glob("*.js"))

# What came after Chrome 86, with the version that brought it.
NEWER_CSS = {
    ":has(": 105,
    ":is(": 88,
    ":where(": 88,
    "@container": 105,
    "@layer": 99,
    "aspect-ratio:": 88,
    "color-mix(": 111,
    "inset:": 87,
    "&": 112,
}
NEWER_JS = {
    ".at(": 92,
    ".findLast(": 97,
    ".hasOwn(": 93,
    ".toSorted(": 110,
    "structuredClone(": 98,
    "crypto.randomUUID": 92,
    "AbortSignal.timeout": 103,
    "static {": 94,
}


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.S)


@pytest.mark.promise("F19")
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheet_uses_nothing_newer_than_chrome_86(sheet):
    text = without_comments(sheet)
    assert [word for word in NEWER_CSS if word in text] == []


@pytest.mark.promise("F19")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_script_uses_nothing_newer_than_chrome_86(script):
    text = without_comments(script)
    assert [word for word in NEWER_JS if word in text] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_style_sheet_has_no_gradient_and_asks_no_other_host(sheet):
    text = without_comments(sheet)
    assert "gradient(" not in text
    assert "//" not in text
