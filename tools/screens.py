"""`.venv/bin/python tools/screens.py FOLDER [account …]`: a picture of every screen of the running demo, for eyes to look at.

Signs in with each sample account, follows the links, and takes each route once per account, at a desk's and a phone's
size. Says which pages have script errors, broken answers or are wider than the window. Nothing is written: the only buttons
pressed are those that sign in and, in the app, agree to the first login's documents. It needs the tests' requirements
(playwright), which `make test` or `make check` installs.
"""

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
LOCAL = Path(os.environ.get("LOCAL_DIR", ROOT / ".local"))
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Error, Page, sync_playwright  # noqa: E402  after the path

from sanjin.local import demo  # noqa: E402  as above
from sanjin.local.servers import Postgres  # noqa: E402  as above
from tests.plugins.browser import ARGUMENTS, find_chromium  # noqa: E402  as above

SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 375, "height": 812}}
LINKS = "[...document.querySelectorAll('a[href^=\"/\"]:not([download])')].map(a => a.getAttribute('href'))"
SKIPPED = ("/logout", "/media/", "/static/", "/app/", "/api/")
APP = (
    "/",
    "/branch",
    "/branch/members",
    "/me",
    "/me/record",
    "/points",
    "/points/rules",
    "/ranking",
    "/total",
    "/messages",
    "/settings",
    "/settings/devices",
    "/scan",
    "/meetings",
    "/meetings/new",
)
MEETINGS = 3
MEETING = ("", "/code", "/people", "/minutes")


def main(folder: Path, *names: str) -> int:
    """Number of complaints. names: of accounts, all if none is given."""
    folder.mkdir(parents=True, exist_ok=True)
    _, base = demo.LOCK.holder()
    set_up_django()
    complaints: list[str] = []
    with sync_playwright() as playwright:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in this thread
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        accounts = json.loads((LOCAL / "accounts.json").read_text())
        for account in [each for each in accounts if not names or each["name"] in names]:
            look = app_screens if account["url"].startswith("/app") else desk_screens
            for size in ("phone",) if look is app_screens else SIZES:
                page = new_page(browser, base, size, complaints)
                for name in look(page, account):
                    page.screenshot(path=folder / f"{account['name']}.{size}.{name}.png", full_page=True)
                    complaints += [f"{size} {page.url}: wider than the window"] if too_wide(page) else []
                page.context.close()
    print("\n".join(dict.fromkeys(complaints)) or "nothing to complain of")
    return len(complaints)


def set_up_django() -> None:
    """On the demo's database: the answer to the login's picture stands there, and nowhere else."""
    demo.prepare_environment()
    server = Postgres(LOCAL / "postgres")
    server.port = int((LOCAL / "postgres" / "port").read_text())
    os.environ.setdefault("DATABASE_URL", server.url)
    os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
    import django  # noqa: PLC0415  needs the environment above

    django.setup()


def new_page(browser: Browser, base: str, size: str, complaints: list[str]) -> Page:
    context = browser.new_context(
        viewport=SIZES[size],
        base_url=base,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=size == "phone",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: complaints.append(f"{size} {page.url}: {error}"))
    page.on(
        "response",
        lambda answer: (
            complaints.append(f"{size} {answer.url}: {answer.status}")
            if answer.status >= 400 and answer.status != 403
            else None
        ),
    )
    return page


def too_wide(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")


def desk_screens(page: Page, account: dict[str, str]) -> Iterator[str]:
    """Names of routes; at each, the page shows it."""
    from captcha.models import CaptchaStore  # noqa: PLC0415  needs Django
    from django.urls import Resolver404, resolve  # noqa: PLC0415  as above

    page.goto("/login/")
    key = page.input_value('input[name="captcha_key"]')
    page.fill('input[name="name"]', account["name"])
    page.fill('input[name="password"]', account["password"])
    page.fill('input[name="captcha"]', CaptchaStore.objects.get(hashkey=key).response)
    page.click('form button[type="submit"]')
    page.wait_for_load_state("networkidle")
    waiting, seen = [urlsplit(page.url).path], set()
    while waiting:
        address = waiting.pop(0)
        try:
            name = resolve(urlsplit(address).path).view_name
        except Resolver404:
            continue
        if name in seen or address.startswith(SKIPPED):
            continue
        seen.add(name)
        if show(page, address):
            yield name.replace(":", ".")
            waiting += page.evaluate(LINKS)


def app_screens(page: Page, account: dict[str, str]) -> Iterator[str]:
    page.goto("/app/")
    page.wait_for_load_state("networkidle")
    yield "login"
    page.fill("input >> nth=0", account["name"])
    page.fill("input[type=password]", account["password"])
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: "#/login" not in address)
    page.wait_for_load_state("networkidle")
    while "#/consent" in page.url:
        yield "consent"
        title = page.text_content(".van-nav-bar__title")
        page.click("button:has-text('我已阅读并同意')")
        page.locator(".van-nav-bar__title", has_text=title).wait_for(state="detached")
        page.wait_for_load_state("networkidle")
    for path in APP:
        if show(page, f"/app/#{path}"):
            yield path.strip("/").replace("/", ".") or "home"
    yield from meeting_screens(page)


def meeting_screens(page: Page) -> Iterator[str]:
    """The first meetings of the list, which has one of each phase on top."""
    for place in range(MEETINGS):
        show(page, "/app/#/meetings")
        cards = page.locator("button.row-card, section.running button.plain")
        if place >= cards.count():
            return
        cards.nth(place).click()
        page.wait_for_url(re.compile("#/meetings/[0-9a-f]"))
        address = urlsplit(page.url)
        for part in MEETING:
            show(page, f"/app/#{address.fragment}{part}")
            if page.url.endswith(f"{address.fragment}{part}"):
                yield f"meeting{place}{part.replace('/', '.')}"


def show(page: Page, address: str) -> bool:
    """Whether a page stands there: where a file to save begins, the page stays."""
    try:
        page.goto(address)
        if "#" in address:  # else only the hash would change, and nothing says when the page has come
            page.reload()
        page.wait_for_load_state("networkidle")
    except Error as error:
        if "Download is starting" not in error.message and "ERR_ABORTED" not in error.message:
            raise
        return False
    return True


if __name__ == "__main__":
    sys.exit(bool(main(Path(sys.argv[1]), *sys.argv[2:])))
