"""The law pages in a real browser: accessible, readable at 320 pixels, usable without scripts, fit to print."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible, assert_fits, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.base_urls")]
SIZES = [{"width": 1280, "height": 900}, {"width": 320, "height": 640}]
ADDRESSES = [
    "/law/",
    "/law/?status=works",
    "/law/6-usc-964/",
    "/law/6-usc-968/",
    "/law/6-usc-964-b/",
    "/law/6-usc-968-d-2-b/",
    "/law/procedures/",
    "/law/964(z)/",
]


@pytest.mark.parametrize("size", SIZES, ids=["desktop", "phone"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_law_pages_are_accessible_and_fit(page: Page, address: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(address, wait_until="networkidle")
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert_accessible(page)
    assert_fits(page, width=size["width"])
    screenshot(page, f"law-{address}-{size['width']}")


def test_a_lawyer_finds_a_clause_without_scripts(browser: Any, live_server: Any) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/law/")
    page.get_by_label("Go to a clause").fill("967 (c)(1)")
    page.get_by_role("button", name="Go").click()
    expect(page).to_have_url(f"{live_server.url}/law/6-usc-967-c-1/")
    expect(page.locator(".law-own")).to_contain_text("not later than 90 days after the date of the decision")
    context.close()


def test_a_section_prints_its_text_and_not_the_navigation(page: Page) -> None:
    page.goto("/law/6-usc-964/")
    page.emulate_media(media="print")
    expect(page.get_by_text("within 90 days of receipt")).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    screenshot(page, "law-printed")
