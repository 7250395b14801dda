"""The page of screening names in a real browser: axe, the content policy, a phone, screenshots (6 USC 964(b))."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from greenlane.people.models import Account
from tests.desk import Desk
from tests.support.browser import assert_accessible, assert_fits, screenshot
from tests.vetting.office import FILLER, VOLKANIK, sdn, staffed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})


def test_one_name_and_a_file_are_screened_and_the_page_is_accessible(
    page: Page, transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk = staffed(Desk(prove=False))
    desk.must(sdn(tmp_path / "lists", [VOLKANIK], desk.today), by="ana_analyst")
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.at)
    who = Client()
    who.force_login(Account.objects.get(pk=desk.people["ana_analyst"]))
    cookie = who.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    names = tmp_path / "names.csv"
    names.write_text(f"name,city\nIlse Volkanik,x\n{FILLER[0][1]},y\nTrading Company Ltd,z\n", encoding="utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text("name,type\nA Co,ghost\n12345,\n", encoding="utf-8")
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for number, (field, value) in enumerate(
            [("name", ""), ("name", "Ilse Volkanik"), ("name", "12345"), ("file", str(names)), ("file", str(bad))]
        ):
            page.goto(live_server.url + reverse("web:screening-names"))
            if value and field == "file":
                page.set_input_files("input[name=file]", value)
            elif value:
                page.fill("input[name=name]", value)
            if value:
                page.get_by_role("button", name="Screen", exact=True).click()
                page.wait_for_load_state()
            page.evaluate("document.querySelectorAll('article details').forEach(one => { one.open = true })")
            screenshot(page, f"screening-names-{number}-{size['width']}")
            assert_fits(page)
            assert_accessible(page)
    assert page.locator(".gl-problems li").count() == 2
