"""A person at a browser: signs in, fills in what stands under a label, and takes pictures of invented data."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.listed import listed_person
from tests.support.browser import watch

PASSWORD = "a long invented phrase"
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
LARGEST_PICTURE = 200_000
SIZE = {"width": 1120, "height": 820}


@dataclass
class Visit:
    """One visit of one person, in a browser of its own."""

    page: Page

    def go(self, address: str) -> int:
        """Open a page; the status with which the site answers."""
        response = self.page.goto(address)
        assert response is not None
        return response.status

    def fill(self, **fields: object) -> None:
        """Fill in fields by the name under which the form sends them."""
        for name, value in fields.items():
            self.page.locator(f'[name="{name}"]').fill(str(value))

    def choose(self, name: str, value: str) -> None:
        """Press the tile of one value, or choose it in a list."""
        found = self.page.locator(f'[name="{name}"]')
        if found.first.evaluate("one => one.tagName") == "SELECT":
            found.select_option(value)
            return
        key = self.page.locator(f'[name="{name}"][value="{value}"]').get_attribute("id")
        self.page.locator(f'label[for="{key}"]').click()

    def day(self, question: str, day: date) -> None:
        group = self.page.get_by_role("group", name=question)
        for label, value in (("Month", day.month), ("Day", day.day), ("Year", day.year)):
            group.get_by_label(label, exact=True).fill(str(value))

    def press(self, button: str) -> None:
        """Send a form, and wait until the page that answers is there, whole."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def follow(self, link: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=link, exact=True).first.click()

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def picture(self, name: str, part: str = "body") -> None:
        """With GREENLANE_PICTURES=1, put a picture of the screen, or of one part, into the walk-through.

        Never of a page part on which a listed person is named: everything in the project is invented.
        """
        if os.environ.get("GREENLANE_PICTURES") != "1":
            return
        shown = self.page.locator(part)
        words = shown.inner_text().casefold()
        assert not set(listed_person().name.casefold().split()) & set(words.split()), f"{name} would name a real person"
        PICTURES.mkdir(exist_ok=True)
        file = PICTURES / f"{name}.png"
        if part == "body":
            self.page.screenshot(path=file, animations="disabled")
        else:
            shown.screenshot(path=file, animations="disabled")
        assert file.stat().st_size <= LARGEST_PICTURE, f"{file.name} is too large for the repository"


@contextmanager
def visit(browser: Browser, site: str, email: str = "") -> Iterator[Visit]:
    """A visit that begins with signing in, where *email* is given; it fails on script errors and policy breaches."""
    context = browser.new_context(base_url=site, viewport=SIZE, locale="en-US", timezone_id="UTC")  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    errors = watch(page)
    try:
        if email:
            page.goto("/sign-in/")
            page.get_by_label("Email address").fill(email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        yield Visit(page)
        assert not errors, "The page reported:\n" + "\n".join(errors)
    finally:
        context.close()
