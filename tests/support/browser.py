"""A real browser on the real site: pages that report their own errors, screenshots, and the accessibility check."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.machine import chromium_path

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
failed = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once for all tests of a run."""
    # the driver keeps an event loop in this thread, in which Django would refuse to use the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        # the browser's own sandbox cannot be set up by root
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        opened = driver.chromium.launch(executable_path=chromium_path(), args=[*flags, "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """A fresh visitor: no cookies, addresses relative to the live server, times in UTC."""
    opened = browser.new_context(
        base_url=live_server.url, viewport={"width": 1280, "height": 900}, locale="en-US", timezone_id="UTC"
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of that visitor. Fails its test on a script error or a breach of the content security policy."""
    opened = context.new_page()
    errors = watch(opened)
    yield opened
    if request.node.stash.get(failed, False):
        picture(opened, f"failed-{request.node.nodeid}")
    assert not errors, "The page reported:\n" + "\n".join(errors)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Let fixtures know that their test failed."""
    report = yield
    if report.when == "call":
        item.stash[failed] = report.failed
    return report


def watch(page: Page) -> list[str]:
    """A list that grows with every script error and every breach of the content security policy on *page*."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    page.on(
        "console",
        lambda line: errors.append(f"policy: {line.text}") if "Content Security Policy" in line.text else None,
    )
    return errors


def screenshot(page: Page, name: str) -> None:
    """Save the whole page under test-results/ for people to look at, where SCREENSHOTS=1 asks for it."""
    if os.environ.get("SCREENSHOTS") == "1":
        picture(page, name)


def picture(page: Page, name: str) -> Path:
    """Save the whole page under test-results/ and return the file."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / (re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-") + ".png")
    page.screenshot(path=file, full_page=True)
    return file


def assert_accessible(page: Page, *, within: str | None = None) -> None:
    """No violation of WCAG 2.2 A or AA that axe can find, on the page or only *within* a CSS selector."""
    results = Axe().run(page, context=within, options={"runOnly": {"type": "tag", "values": WCAG}})
    if results.violations_count:
        picture(page, f"axe-{page.url}")
        raise AssertionError(f"{page.url} is not accessible:\n{results.generate_report()}")


def assert_fits(page: Page, *, width: int = 320) -> None:
    """At *width* CSS pixels nothing needs sideways scrolling (WCAG 1.4.10). Restores the window afterwards."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 900})
    needed = page.evaluate("document.documentElement.scrollWidth")
    if before:
        page.set_viewport_size(before)
    assert needed <= width, f"{page.url} is {needed} px wide in a window of {width} px"
