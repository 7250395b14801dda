"""The company's side in a real browser: a whole application, by keyboard where it matters, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from greenlane.participants import queries
from tests.companies import Company
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.web.trader_stage import PASSWORD, company, give_password, stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.web.base_urls")]
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.GREENLANE_DOCUMENTS = tmp_path / "documents"


def sign_in(page: Page, email: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def look(page: Page, name: str) -> None:
    """Both widths: nothing that axe finds, nothing that does not fit; a picture of each."""
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert_accessible(page)
        screenshot(page, f"trader-{name}-{size['width']}")
    assert_fits(page)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def addresses(made: Company) -> dict[str, str]:
    """Every page of a company by a short name."""
    site = queries.sites(made.participant)[0].series
    own, app = f"/trader/{made.participant}", f"/application/{made.application}"
    return {
        "home": f"{own}/",
        "profile": f"{own}/profile/",
        "company": f"{own}/profile/company/",
        "parts-identifier": f"{own}/profile/identifier/",
        "add-identifier": f"{own}/profile/identifier/add/",
        "parts-person": f"{own}/profile/person/",
        "add-person": f"{own}/profile/person/add/",
        "correct-site": f"{own}/profile/site/{site}/",
        "end-site": f"{own}/profile/site/{site}/end/",
        "add-leg": f"{own}/profile/leg/add/",
        "letters": f"{own}/letters/",
        "people": f"{own}/people/",
        "add-office": f"{own}/people/add/",
        "overview": f"{app}/",
        "eligibility": f"{app}/eligibility/",
        "history": f"{app}/history/",
        "risk": f"{app}/risk/",
        "risk-node": f"{app}/risk/{site}/",
        "category": f"{app}/criteria/4/",
        "documents": f"{app}/documents/",
        "agreement": f"{app}/agreement/",
        "check": f"{app}/check/",
        "withdraw": f"{app}/withdraw/",
        "story": f"/story/{made.application}/",
        "register": f"/register/?of={made.participant}",
    }


def test_every_page_is_accessible_and_fits(page: Page) -> None:
    desk = stage()
    made = company(desk).fill_profile().map_chain().open()
    manual = made.upload()
    assert manual
    sign_in(page, give_password(desk, "olga"))
    for name, address in addresses(made).items():
        response = page.goto(address, wait_until="networkidle")
        assert response is not None
        assert response.status == 200, address
        look(page, name)
