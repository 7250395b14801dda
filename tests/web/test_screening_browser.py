"""The queue of hits in a real browser: by single keys, without scripts, with axe, on a phone (6 USC 964(b))."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from greenlane.vetting.models import FalsePattern, ScreeningHit
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.vetting.office import decide
from tests.web.screening_stage import AGAIN, OTHER, Stage, stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("6 USC 964(b)"),
]
QUEUE = "/screening/hits/"
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})
WHY = "Another company; the registry extract was compared."


@pytest.fixture
def office(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return stage(tmp_path, monkeypatch)


def enter(context: BrowserContext, office: Stage, address: str) -> None:
    cookie = office.client("ana_analyst").cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def test_the_queue_is_worked_by_single_keys(page: Page, office: Stage, live_server: Any) -> None:
    enter(page.context, office, live_server.url)
    page.goto(QUEUE)
    press, rows = page.keyboard.press, page.locator("[data-gl-row]")
    press("j")
    expect(rows.nth(0)).to_be_focused()
    press("j")
    press("j")
    press("k")
    expect(rows.nth(1)).to_be_focused()
    press("/")
    page.keyboard.type("jkf")
    expect(page.locator("#hits-name")).to_have_value("jkf")
    press("Escape")
    press("j")
    with page.expect_navigation():
        press("Enter")
    first = page.url
    with page.expect_navigation():
        press("j")
    assert page.url != first
    with page.expect_navigation():
        press("k")
    assert page.url == first
    press("t")
    expect(page.locator("[name=outcome][value=true_match]")).to_be_checked()
    press("u")
    expect(page.locator("[name=outcome][value=unresolved]")).to_be_checked()
    press("f")
    expect(page.locator("[name=outcome][value=false_match]")).to_be_checked()
    press("g")
    expect(page.locator("[name=reason_code]")).to_be_focused()
    page.locator("[name=reason_code]").select_option("different_name")
    press("Escape")
    press("r")
    page.keyboard.type(WHY + " jkq")
    with page.expect_navigation():
        press("Control+Enter")
    assert page.url != first
    decided = ScreeningHit.objects.get(status="false_match")
    assert str(decided.pk) in first
    assert decided.decision is not None
    assert decided.decision.reason == WHY + " jkq"
    with page.expect_navigation():
        press("q")
    expect(rows).to_have_count(3)


def test_single_keys_can_be_turned_off_and_stay_off(page: Page, office: Stage, live_server: Any) -> None:
    """WCAG 2.1.4: who speaks to the machine, or presses keys by chance, can do without them."""
    enter(page.context, office, live_server.url)
    page.goto(QUEUE)
    page.get_by_text("Single keys work on this page").click()
    page.locator("h1").click()
    page.keyboard.press("j")
    expect(page.locator("[data-gl-row]").first).not_to_be_focused()
    page.reload()
    expect(page.locator("#keys-on")).not_to_be_checked()
    page.keyboard.press("j")
    expect(page.locator("[data-gl-row]").first).not_to_be_focused()


def test_without_scripts_everything_is_a_form_or_a_link(browser: Any, office: Stage, live_server: Any) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    enter(context, office, live_server.url)
    page = context.new_page()
    page.goto(QUEUE)
    expect(page.locator("[data-gl-keys]")).to_be_hidden()
    page.locator("[data-gl-row]").first.click()
    page.get_by_role("link", name="Next").click()
    page.get_by_text("False match: another party").click()
    page.locator("[name=reason_code]").select_option("different_name")
    page.locator("[name=reason]").fill(WHY)
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("is on record")).to_be_visible()
    page.get_by_role("link", name="The same entry of the list (2)").click()
    page.get_by_text("Another name").click()
    page.locator("[name=reason]").fill(WHY)
    page.get_by_role("button", name="Close the chosen hits").click()
    expect(page.get_by_text("2 hits are closed as one false pattern.")).to_be_visible()
    assert FalsePattern.objects.get().hits == 2
    context.close()


def test_every_page_of_screening_is_accessible_and_fits_a_phone(page: Page, office: Stage, live_server: Any) -> None:
    decide(office.desk, office.hit("Amber Heron 2"))
    decide(office.desk, office.hit("Amber Heron 1", "8"), "true_match")
    office.relist(AGAIN, OTHER, (9, "QUITE NEW INVENTION", "", ""))
    enter(page.context, office, live_server.url)
    paths = {
        "queue": QUEUE,
        "hit": f"{QUEUE}{office.hit('Amber Heron 1').pk}/?queue=1",
        "hit-again": f"{QUEUE}{office.hit('Amber Heron 2').pk}/?queue=1",
        "hit-decided": f"{QUEUE}{office.hit('Amber Heron 1', '8').pk}/",
        "patterns": reverse("web:screening-patterns") + "?ground=name_generic",
        "version": reverse("web:screening-version", args=["ofac_sdn", 2]) + "?what=changed",
        "list": reverse("web:screening-list", args=["ofac_sdn"]),
    }
    for name, path in paths.items():
        for size in SIZES:
            page.set_viewport_size(size)  # type: ignore[arg-type]
            answer = page.goto(path, wait_until="load")
            assert answer is not None
            assert answer.status == 200, path
            screenshot(page, f"screening-{name}-{size['width']}")
            assert_accessible(page)
            assert_fits(page, width=size["width"])
