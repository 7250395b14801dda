"""The company's side in a real browser: a whole application, by keyboard where it matters, on a desk and on a phone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from greenlane.applications.models import AnswerRow
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.models import Case, Notice
from greenlane.law.authority import Office
from greenlane.participants import queries
from tests.companies import Company
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.web.trader_stage import PASSWORD, colleague, company, give_password, returned, stage

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


FILL = """() => {
  for (const part of document.querySelectorAll("section.gl-criterion")) {
    part.querySelectorAll("details").forEach((one) => { one.open = true; });
    part.querySelector("input[type=radio][value=yes]").checked = true;
    part.querySelector("textarea").value = "Done as written in the manual.";
    const shown = part.querySelector("input[type=checkbox]");
    if (shown) { shown.checked = true; }
  }
}"""
ASSESS = """() => {
  for (const part of document.querySelectorAll("section.gl-criterion")) {
    part.querySelectorAll("input[type=radio][value='2']").forEach((one) => { one.checked = true; });
    part.querySelector("textarea").value = "Locked, watched and logged.";
  }
}"""


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue").click()


def choose(page: Page, words: str) -> None:
    """Press the tile whose label begins with these words."""
    page.locator(".usa-radio__label, .usa-checkbox__label").filter(has_text=re.compile(f"^{words}")).first.click()


def date_in(page: Page, question: str, day: date) -> None:
    group = page.get_by_role("group", name=question)
    for label, value in (("Month", day.month), ("Day", day.day), ("Year", day.year)):
        group.get_by_label(label, exact=True).fill(str(value))


def tab_to(page: Page, focused: str, most: int = 60) -> None:
    """Press Tab until the element with the focus matches a selector."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", focused):
            return
    raise AssertionError(f"Tab never reached {focused} on {page.url}")


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


def test_an_importer_goes_the_whole_way_from_a_new_account_to_submission(page: Page, tmp_path: Path) -> None:
    stage()
    cache.clear()
    page.goto("/sign-in/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your full name").fill("Ona Invented")
    page.get_by_label("Email address").fill("ona@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("The same password again").fill(PASSWORD)
    look(page, "join")
    page.get_by_role("button", name="Create the account").click()
    choose(page, "Importer")
    page.get_by_label("Legal name of the company").fill("Meridian Lantern Imports")
    page.get_by_label("Street address").fill("1 Invented Way")
    page.get_by_label("City").fill("Houston")
    page.get_by_label("Country").select_option("US")
    page.get_by_role("button", name="Register").click()
    page.get_by_role("link", name="Begin").click()
    choose(page, "Containers")
    page.get_by_role("button", name="Save").click()
    _profile(page)
    page.get_by_role("link", name="Application", exact=True).click()
    page.get_by_role("button", name="Begin the application").click()
    _first_steps(page, tmp_path)
    _risks(page)
    _criteria(page)
    page.get_by_text("The company takes part of its own will").click()
    page.get_by_role("button", name="Sign the agreement").click()
    expect(page.get_by_text("Everything is there")).to_be_visible()
    look(page, "check-whole")
    page.get_by_role("button", name="Submit the application").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The application is submitted")
    expect(page.get_by_text("90 days left")).to_be_visible()
    look(page, "submitted")
    assert Case.objects.get(kind="application").state == "submitted"
    page.get_by_role("link", name="Go to the overview").click()
    look(page, "home-submitted")


def _profile(page: Page) -> None:
    """Two numbers, the officer who signs, a site, a partner and the way between them."""
    for kind, value in (("Importer of record number", "12-345678900"), ("Continuous import bond", "991234567")):
        page.get_by_role("link", name="Company profile").first.click()
        page.get_by_role("link", name=re.compile("Add.*Identifier")).click()
        choose(page, kind)
        page.get_by_label("The number").fill(value)
        page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Company profile").first.click()
    page.get_by_role("link", name=re.compile("Add.*Owner")).click()
    choose(page, "Officer")
    page.get_by_label("Full name").fill("Ona Invented")
    date_in(page, "Date of birth", date(1980, 5, 4))
    page.get_by_label("Country of nationality or seat").select_option("US")
    page.get_by_label("Signs with the account of").select_option(label="Ona Invented (ona@example.org)")
    page.get_by_role("button", name="Save").click()
    own = page.url.partition("profile/")[0]
    page.goto(f"{own}profile/site/add/")
    page.get_by_label("Name of the site").fill("Dock Seven")
    choose(page, "Warehouse")
    page.get_by_label("Street address").fill("7 Dock")
    page.get_by_label("City").fill("Houston")
    page.get_by_label("Country").select_option("US")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{own}profile/partner/add/")
    page.get_by_label("Name of the partner").fill("Jade Kiln Works")
    page.get_by_label("What it does for you").select_option("manufacturer")
    page.get_by_label("City").fill("Shanghai")
    page.get_by_label("Country").select_option("CN")
    page.get_by_role("button", name="Save").click()
    page.goto(f"{own}profile/leg/add/")
    page.get_by_label("From").select_option(label="Jade Kiln Works (Manufacturer)")
    page.get_by_label("To", exact=True).select_option(label="Dock Seven")
    choose(page, "Sea")
    page.get_by_role("button", name="Save").click()


def _first_steps(page: Page, tmp_path: Path) -> None:
    """Eligibility, then the history with its document."""
    page.get_by_role("link", name="Eligibility questions").click()
    for group in page.locator("fieldset.usa-fieldset").all():
        expected = "No" if "owe the agency" in group.inner_text() or "security event" in group.inner_text() else "Yes"
        group.get_by_text(expected, exact=True).click()
    page.get_by_label("Which officer of the company").fill("Ona Invented")
    save(page)
    today = timezone.now().date()
    date_in(page, "First shipment", today - timedelta(days=300))
    date_in(page, "Last shipment", today - timedelta(days=5))
    page.get_by_label("Number of shipments").fill("120")
    bills = tmp_path / "bills.txt"
    bills.write_text("120 shipments, invented.")
    page.locator("input[type=file]").set_input_files(bills)
    save(page)


def _risks(page: Page) -> None:
    """Every place, one after the other."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Risk assessment")
    page.get_by_role("link", name="Dock Seven").click()
    for place in (1, 2, 3):
        expect(page.get_by_text(re.compile(rf"· {place} of 3$"))).to_be_visible()  # not the page before it
        page.evaluate(ASSESS)
        save(page)
    expect(page.get_by_text("3 of 3 completed")).to_be_visible()
    look(page, "risk-done")
    page.get_by_role("link", name="Continue to the criteria").click()


def _criteria(page: Page) -> None:
    """The first category by keyboard alone, the others as a person with a mouse would."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.")
    sections = page.locator("section.gl-criterion").count()
    assert sections >= 3
    page.locator("#main").focus()
    for number in range(sections):
        tab_to(page, f"section.gl-criterion:nth-of-type({number + 1}) input[type=radio]")
        page.keyboard.press("Space")
        tab_to(page, f"section.gl-criterion:nth-of-type({number + 1}) textarea")
        page.keyboard.type("Done as written in the manual.")
        tab_to(page, f"section.gl-criterion:nth-of-type({number + 1}) details:last-of-type > summary")
        page.keyboard.press("Enter")
        tab_to(page, f"section.gl-criterion:nth-of-type({number + 1}) input[type=checkbox]")
        page.keyboard.press("Space")
    tab_to(page, "button[name=then][value=on]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2.")
    assert AnswerRow.objects.count() == sections
    look(page, "category-two")
    while "/criteria/" in page.url:
        page.evaluate(FILL)
        save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Agreement")


def test_the_other_states_are_accessible_and_fit_too(page: Page) -> None:
    desk = stage("importer", "customs_broker")
    made = company(desk).fill_profile().map_chain().open().fill_application().sign().submit()
    company(desk, "olga", business_type="customs_broker")
    number = next(c.number for c in questionnaire(application_of(made.application)) if c.category == 4)
    returned(made, number)
    colleague(desk, made, "cora", Office.CONSULTANT)
    sign_in(page, give_password(desk, "cora"))
    app = f"/application/{made.application}"
    page.goto(f"{app}/check/")
    page.get_by_role("button", name="Submit the corrected application").click()
    expect(page.locator("#refusal")).to_be_focused()
    look(page, "refused")
    page.goto(f"{app}/agreement/")
    look(page, "agreement-consultant")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, give_password(desk, "olga"))
    letter = Notice.objects.get().pk
    own = f"/trader/{made.participant}"
    pages = {
        "companies": "/trader/",
        "home-returned": f"{own}/",
        "overview-returned": f"{app}/",
        "category-returned": f"{app}/criteria/4/",
        "letter": f"/letters/{letter}/",
        "letters-one": f"{own}/letters/",
        "story-long": f"/story/{made.application}/",
    }
    for name, address in pages.items():
        page.goto(address, wait_until="networkidle")
        look(page, name)
    page.goto(f"{own}/people/add/")
    page.get_by_label("Email address of the person").fill("nils@example.org")
    page.get_by_label("Full name").fill("Nils Invented")
    choose(page, "Company staff")
    page.get_by_role("button", name="Give the office").click()
    look(page, "people-invited")


def test_the_application_works_without_scripts(browser: Any, live_server: Any) -> None:
    desk = stage()
    made = company(desk).fill_profile().map_chain().open()
    email = give_password(desk, "olga")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, email)
    page.goto(f"/application/{made.application}/eligibility/")
    page.locator("label[for=id_active_in_trade_0]").click()
    page.get_by_role("button", name="Save and come back later").click()
    assert page.url.endswith(f"/application/{made.application}/")
    assert application_of(made.application).eligibility == {"active_in_trade": "yes"}
    context.close()
