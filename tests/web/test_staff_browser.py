"""The staff's pages in a real browser: the keyboard alone, axe, the content policy, phones, no scripts (971)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from greenlane.certification.models import FindingRow, Guidelines
from greenlane.criteria.models import EditionRow
from greenlane.records.models import Entry
from greenlane.vetting.models import ScreeningHit
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.web.staff_office import VILLAIN, StaffOffice, case_paths, found_office, set_the_clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})


@pytest.fixture
def office(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> StaffOffice:
    set_the_clock(monkeypatch)
    return found_office()


def enter(context: BrowserContext, office: StaffOffice, name: str, address: str) -> None:
    """Sign in as a person by the session's cookie."""
    cookie = office.client(name).cookies[settings.SESSION_COOKIE_NAME].value
    context.clear_cookies()
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def paths_of(office: StaffOffice, case: UUID) -> dict[str, list[str]]:
    """Every page of the staff's, under a person who may open it."""
    decided = office.certified(10, name="Amber Mill Importers")
    office.sealed()
    entry = Entry.objects.get(subject=decided, kind="certification.CertificationDecided").uid
    hit = ScreeningHit.objects.get(status="open").pk
    sam, edition = office.desk.people["sam"], EditionRow.objects.get().pk
    return {
        "sam": [
            reverse("web:staff-home"),
            *case_paths(case),
            reverse("web:case-grounds", args=[case]),
            reverse("web:lend"),
        ],
        "sue": [
            reverse("web:staff-home"),
            reverse("web:work"),
            reverse("web:work") + "?q=amber&due=late",
            reverse("web:case", args=[case]),
            reverse("web:case-give", args=[case, "AssignCase"]),
            reverse("web:decision", args=[decided]),
            reverse("web:entry", args=[entry]),
        ],
        "vera": [
            reverse("web:staff-home"),
            reverse("web:screening"),
            reverse("web:screening-hits"),
            reverse("web:screening-hit", args=[hit]),
            reverse("web:screening-list", args=["ofac_sdn"]),
            reverse("web:case-checks", args=[case]),
        ],
        "max": [
            reverse("web:staff-home"),
            reverse("web:manage-people"),
            reverse("web:manage-person-new"),
            reverse("web:manage-person", args=[sam]),
            reverse("web:manage-grant", args=[sam]),
            reverse("web:manage-key-new", args=[sam]),
            reverse("web:manage-programmes"),
            reverse("web:manage-terms", args=["ctpat"]),
            reverse("web:manage-edition", args=[edition]),
            reverse("web:manage-official", args=[edition]),
            reverse("web:manage-guidelines-new"),
            reverse("web:manage-guidelines", args=[Guidelines.objects.get().pk]),
        ],
        "ada_auditor": [reverse("web:staff-home"), reverse("web:audit"), reverse("web:audit-refusals")],
        "opal": [reverse("web:staff-home")],
        "val": [reverse("web:staff-home")],
    }


def test_every_page_is_accessible_and_fits_a_phone(page: Page, office: StaffOffice, live_server: Any) -> None:
    case = office.under_review(100, owner=VILLAIN)
    office.accept_all(case, but="2.1")
    for name, paths in paths_of(office, case).items():
        enter(page.context, office, name, live_server.url)
        for path in paths:
            for size in SIZES:
                page.set_viewport_size(size)  # type: ignore[arg-type]
                answer = page.goto(path, wait_until="load")
                assert answer is not None
                assert answer.status == 200, path
                assert_accessible(page)
                assert_fits(page, width=size["width"])


def test_a_category_of_criteria_is_reviewed_with_the_keyboard_alone(
    page: Page, office: StaffOffice, live_server: Any
) -> None:
    """Tab to the next criterion, an arrow to find, words where it goes back, Enter on the button."""
    case = office.under_review(20)
    enter(page.context, office, "sam", live_server.url)
    page.goto(reverse("web:case-criteria", args=[case]) + "?category=7")
    numbers = [text.split()[0] for text in page.locator(".gl-criterion__number").all_inner_texts()]
    assert len(numbers) >= 15
    page.locator(f"[id='f-{numbers[0]}-unreviewed']").focus()
    presses = 0
    for place, number in enumerate(numbers):
        name = f"finding-{number}"
        while page.evaluate("document.activeElement.name") != name:
            page.keyboard.press("Tab")
            presses += 1
        page.keyboard.press("ArrowRight")
        if place == 2:
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Tab")
            page.keyboard.type("Show the seal log.")
    assert presses <= 3 * len(numbers), "between two criteria stand only the links to the evidence"
    while page.evaluate("document.activeElement.name") != "next":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{len(numbers)} findings saved.")).to_be_visible()
    found = dict(FindingRow.objects.filter(certification_id=case).values_list("number", "finding"))
    assert found == {number: "sent_back" if place == 2 else "accepted" for place, number in enumerate(numbers)}


def test_a_note_that_is_missing_is_led_to_by_the_summary(page: Page, office: StaffOffice, live_server: Any) -> None:
    case = office.under_review(20)
    enter(page.context, office, "sam", live_server.url)
    page.goto(reverse("web:case-criteria", args=[case]) + "?category=1")
    page.locator("[id='f-1.2-sent_back']").check(force=True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert_accessible(page)
    page.get_by_role("link", name="Write what the company has to change in 1.2.").click()
    expect(page.locator("[id='note-1.2']")).to_be_focused()


def test_a_case_is_assigned_from_the_queue_without_scripts(browser: Any, office: StaffOffice, live_server: Any) -> None:
    office.received(5)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    enter(context, office, "sue", live_server.url)
    page = context.new_page()
    page.goto(reverse("web:work") + "?kind=certification")
    page.get_by_label("Select Meridian Lantern Imports").focus()
    page.keyboard.press("Space")
    page.get_by_label("Assign the ticked cases to").select_option(label="Sam (Supply chain security specialist)")
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.get_by_text("Assigned.")).to_be_visible()
    context.close()


def test_an_overdue_case_is_opened_in_two_presses_after_signing_in(
    page: Page, office: StaffOffice, live_server: Any
) -> None:
    office.under_review(100)
    enter(page.context, office, "sue", live_server.url)
    page.goto("/home/")
    screenshot(page, "staff-home")
    page.get_by_role("link", name="Meridian Lantern Imports").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meridian Lantern Imports")
    expect(page.get_by_text("10 days overdue").first).to_be_visible()
