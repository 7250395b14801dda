"""The base in a real browser: nothing that axe finds, nothing that breaks the policy, all of it at 320 pixels."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from greenlane.law.authority import Office
from greenlane.web import vendoring
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.web.people import PASSWORD, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.base_urls")]
FIRST_PAGE = 190 * 1024
NEXT_PAGE = 20 * 1024
SIZES = [{"width": 1280, "height": 900}, {"width": 320, "height": 640}]


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> Iterator[None]:
    settings.DEMONSTRATION = True
    return


@pytest.mark.parametrize("size", SIZES, ids=["desktop", "phone"])
@pytest.mark.parametrize("address", ["/", "/style-guide/", "/sign-in/", "/nowhere/"])
def test_pages_are_accessible_and_fit(page: Page, address: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(address, wait_until="networkidle")
    assert_accessible(page)
    assert_fits(page, width=size["width"])
    screenshot(page, f"base-{address}-{size['width']}")


def test_open_details_and_errors_are_accessible_too(page: Page) -> None:
    page.goto("/style-guide/", wait_until="networkidle")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("details.gl-deadline summary").first.click()
    for summary in page.get_by_text("The data as a table").all():
        summary.click()
    assert_accessible(page)
    page.get_by_role("link", name="Fill in “Name of the company”.").click()
    expect(page.locator("#id_name")).to_be_focused()
    page.set_viewport_size({"width": 320, "height": 640})
    assert_accessible(page)


def test_a_deadline_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/style-guide/")
    summary = page.locator("details.gl-deadline summary").first
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.gl-deadline[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("details.gl-deadline[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_a_person_signs_in_by_keyboard_and_meets_a_closed_door(page: Page) -> None:
    person(Office.AUDITOR)
    page.goto("/desk/")
    page.get_by_label("Email address").fill("lee.marsh@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("You may not open this page")
    assert_accessible(page)
    page.goto("/home/")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_pages_work_without_scripts(browser: Any, live_server: Any) -> None:
    person(Office.SPECIALIST)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/?next=/mine/")
    page.get_by_label("Email address").fill("lee.marsh@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    assert page.text_content("body") == "mine"
    context.close()


def test_the_first_page_and_the_next_are_light(page: Page) -> None:
    """Text as gzip would send it, fonts and images as they are; what the browser keeps is not sent again."""
    sent: dict[str, int] = {}

    def weigh(response: Any) -> None:
        body = response.body() if response.status == 200 else b""
        packed = "font" in response.headers.get("content-type", "") or response.url.endswith(".woff2")
        sent[response.url] = len(body) if packed else len(gzip.compress(body, 6))

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto("/", wait_until="networkidle")
    first = sum(sent.values())
    known = set(sent)
    page.goto("/sign-in/", wait_until="networkidle")
    following = sum(size for address, size in sent.items() if address not in known)
    print(f"first page {first / 1024:.1f} KB, the next one {following / 1024:.1f} KB")  # noqa: T201
    assert first <= FIRST_PAGE, sorted(sent.items(), key=lambda pair: -pair[1])
    assert following <= NEXT_PAGE


def test_what_is_vendored_is_small_licensed_and_without_source_maps() -> None:
    files = [file for file in vendoring.TARGET.rglob("*") if file.is_file()]
    assert sum(file.stat().st_size for file in files) < 4 * 1024 * 1024
    assert {"LICENSE-USWDS.md", "LICENSE-htmx.txt", "LICENSE-Public-Sans.md"} <= {file.name for file in files}
    for file in files:
        if file.suffix in (".css", ".js"):
            assert b"sourceMappingURL" not in file.read_bytes(), file


def test_every_address_in_the_style_sheets_exists() -> None:
    import re

    static = vendoring.TARGET.parent
    for sheet in (static / "greenlane.css", vendoring.TARGET / "css" / "uswds.min.css"):
        for name in set(re.findall(r"url\(([^)\"']+)\)", sheet.read_text(encoding="utf-8"))):
            if not name.startswith("data:"):
                assert (Path(sheet.parent) / name).exists(), f"{sheet.name}: {name}"
