"""The pages of release in a real browser: axe, the content policy, a phone, screenshots (6 USC 971)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page

from greenlane.people.models import Account
from greenlane.release.models import Agency
from tests.release import room
from tests.release.clocked import ClockedDesk
from tests.release.test_room_entries import cargo_desk, entry, file, says, undrawn
from tests.support.browser import assert_accessible, assert_fits, screenshot

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 320, "height": 640})


def sign_in(page: Page, desk: ClockedDesk, name: str, address: str) -> None:
    who = Client()
    who.force_login(Account.objects.get(pk=desk.people[name]))
    cookie = who.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])


def test_the_pages_of_release_are_accessible_and_fit(
    page: Page, transactional_db: None, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, _who = cargo_desk()
    desk.prove = False
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.at + timedelta(seconds=1))
    one, other = undrawn(desk, 2, authority=("FDA", "EPA"), score=150)
    file(desk, one, other, *(entry(desk, f"ROW-{n}", score=60 + 9 * n) for n in range(25)))
    for agency, who in (("EPA", "eli"), ("FDA", "fay")):
        desk.must(says(desk, one.entry_number, agency, "proceed"), by=who)
    draft = room.drafted(desk, desk.today + timedelta(days=5), tier_two_permille=300)
    numbers = "&".join(f"{name}={value}" for name, value in {**vars(room.NUMBERS), "tier_two_permille": 400}.items())
    fda = Agency.objects.get(code="FDA").pk
    paths = {
        "cleo": [
            reverse("web:release"),
            reverse("web:release-entry", args=[one.entry_number]),
            reverse("web:release-what-if") + f"?threshold=190&{numbers}",
            reverse("web:release-decide"),
        ],
        "mona": [
            reverse("web:release-policies"),
            reverse("web:release-policy", args=[draft]),
            reverse("web:release-give", args=[fda, "AdoptAgencyCriteria"]),
            reverse("web:release-give-at-large", args=["DraftReleasePolicy"]),
        ],
        "fay": [reverse("web:agency-release"), reverse("web:agency-release-entry", args=[other.entry_number])],
    }
    for name, addresses in paths.items():
        sign_in(page, desk, name, live_server.url)
        for number, address in enumerate(addresses):
            for size in SIZES:
                page.set_viewport_size(size)  # type: ignore[arg-type]
                answer = page.goto(address)
                assert answer is not None
                assert answer.status == 200, address
                screenshot(page, f"release-{name}-{number}-{size['width']}")
                assert_fits(page)
                assert_accessible(page)
