"""The pages of any case in a real browser: axe, phones, a form with rows by keyboard and without scripts (971)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from greenlane.validation.models import Visit
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.validation.steps import team
from tests.web.lives_stage import Lives, lives

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.GREENLANE_DOCUMENTS = tmp_path / "documents"


def enter(context: BrowserContext, told: Lives, name: str, address: str) -> None:
    """Sign in as a person by the session's cookie."""
    cookie = told.client(name).cookies[django_settings.SESSION_COOKIE_NAME].value
    context.clear_cookies()
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def paths_of(told: Lives) -> dict[str, dict[str, str]]:
    """The new pages by person and by a name for their pictures."""
    participant, case = told.company.participant, told.validation
    where = {"participant": participant, "key": case}
    month = f"?month={Visit.objects.earliest('planned_from').planned_from:%Y-%m}"
    return {
        "sam": {
            "staff-case": reverse("web:case", args=[case]),
            "staff-give-rows": reverse("web:case-give", args=[case, "ChooseLocations"]),
            "staff-give-visit": reverse("web:case-give", args=[case, "RecordVisit"]),
            "staff-closed": reverse("web:case-give", args=[case, "ValidateTierTwo"]),
            "staff-companies": reverse("web:staff-companies"),
            "staff-company": reverse("web:staff-company", args=[participant]),
            "staff-open": reverse("web:staff-company-give", args=[participant, "OpenConsequence"]),
            "staff-calendar": reverse("web:calendar") + month,
            "staff-timeline": reverse("web:case-timeline", args=[case]),
            "staff-home-sam": reverse("web:staff-home"),
        },
        "sue": {"staff-home-sue": reverse("web:staff-home"), "staff-work": reverse("web:work")},
        "max": {"staff-home-max": reverse("web:staff-home"), "staff-undone": reverse("web:audit-undone")},
        "ada_auditor": {"staff-home-auditor": reverse("web:staff-home")},
        "opal": {"staff-home-opal": reverse("web:staff-home")},
        "val": {
            "staff-home-val": reverse("web:staff-home"),
            "staff-give": reverse("web:staff-give", args=["SeekCertificate"]),
        },
        told.company.officer: {
            "trader-home": reverse("web:trader-home", args=[participant]),
            "trader-cases": reverse("web:trader-cases", args=[participant]),
            "trader-case": reverse("web:trader-case", kwargs=where),
            "trader-give": reverse("web:trader-case-give", kwargs={**where, "command": "ConfirmVisit"}),
            "trader-calendar": reverse("web:trader-calendar", args=[participant]) + month,
        },
    }


def test_every_page_is_accessible_and_fits_a_phone(
    page: Page, monkeypatch: pytest.MonkeyPatch, live_server: Any
) -> None:
    told = lives(monkeypatch)
    for name, paths in paths_of(told).items():
        enter(page.context, told, name, live_server.url)
        for title, path in paths.items():
            for size in SIZES:
                page.set_viewport_size(size)  # type: ignore[arg-type]
                answer = page.goto(path, wait_until="load")
                assert answer is not None
                assert answer.status == 200, path
                screenshot(page, f"lives-{title}-{size['width']}")
                assert_accessible(page)
                assert_fits(page, width=size["width"])


def test_a_row_is_added_without_scripts(browser: Any, monkeypatch: pytest.MonkeyPatch, live_server: Any) -> None:
    told = lives(monkeypatch, told=False)
    team(told.desk, told.validation)
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    try:
        enter(context, told, "sam", live_server.url)
        page = context.new_page()
        page.goto(reverse("web:case-give", args=[told.validation, "ChooseLocations"]))
        first = page.get_by_role("group", name="row 1").first
        first.get_by_label("purpose", exact=False).first.fill("See the yard at night.")
        page.get_by_role("button", name="Add a row").click()
        expect(page.get_by_role("group", name="row 3").last).to_be_visible()
        again = page.get_by_role("group", name="row 1").first.get_by_label("purpose", exact=False).first
        expect(again).to_have_value("See the yard at night.")
        screenshot(page, "lives-rows-without-scripts")
    finally:
        context.close()


def test_a_month_is_walked_with_the_keyboard(page: Page, monkeypatch: pytest.MonkeyPatch, live_server: Any) -> None:
    told = lives(monkeypatch)
    enter(page.context, told, "sam", live_server.url)
    visit = Visit.objects.earliest("planned_from")
    page.goto(reverse("web:calendar"))
    for _press in range(12):
        if page.get_by_role("link", name=visit.place).count():
            break
        page.get_by_role("link", name="Later").focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state("load")
    page.get_by_role("link", name=visit.place).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(told.company.name)
