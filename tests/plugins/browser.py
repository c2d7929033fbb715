"""A real Chromium for the tests marked `browser`: found on the machine, never downloaded.

Without one the browser tests are skipped and the run's last line says so; with REQUIRE_BROWSER=1 (CI) they
fail.
"""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NOT_RUN = "browser tests NOT run: no Chromium found; install chromium or set CHROMIUM=/path/to/it"
# One process, no sandbox as root; nothing of the browser's own that talks to the network.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-sync"]


# How long a page may take on a busy machine, in milliseconds: only a failure waits that long.
PATIENCE = 60_000


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome: $CHROMIUM, then the usual names."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None) or (str(MAC) if MAC.exists() else None)


def required() -> bool:
    return os.environ.get("REQUIRE_BROWSER") == "1"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: drives a real Chromium")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if find_chromium():
        return
    for item in items:
        if item.get_closest_marker("browser") and not required():
            item.add_marker(pytest.mark.skip(reason="no Chromium found"))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if not find_chromium() and not hasattr(config, "workerinput") and not config.option.collectonly:
        print(NOT_RUN)


@pytest.fixture(scope="session")
def chromium():
    """Playwright's browser object, one for the run. Pages belong to contexts: `chromium.new_context(...)`."""
    path = find_chromium()
    if path is None:
        pytest.fail(NOT_RUN)
    from playwright.sync_api import (  # noqa: PLC0415  slow to import, and only browser tests need it
        expect,
        sync_playwright,
    )

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, and Django would refuse the ORM in it.
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def desk(chromium, live_server):
    """A page at the back office's size. `desk.goto(live_server.url + "/")`."""
    yield from _page(chromium, live_server, width=1440, height=900)


@pytest.fixture
def phone(chromium, live_server):
    """A page at a phone's size, with touch."""
    yield from _page(chromium, live_server, width=375, height=812, is_mobile=True, has_touch=True)


def _page(chromium, live_server, *, width: int, height: int, **options):
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        base_url=live_server.url,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        **options,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.errors = []
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    yield page
    # what a test still fetches for the page fails when the context closes: not in the hands of the next test
    page.unroute_all(behavior="ignoreErrors")
    context.close()
