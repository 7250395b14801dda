"""The pages of the yearly review, the contacts and the hand-over, without JavaScript (6 USC 963(3); RC-17, RC-18)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from greenlane.people.commands import OpenAccount
from greenlane.profiles.commands_handover import ProposeHandOver, open_hand_overs
from greenlane.profiles.models import ProfileReview, ReviewAnswer
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import affirm_all, asked, certified_company
from tests.web.trader_stage import signed_in, today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.GREENLANE_DOCUMENTS = tmp_path


@pytest.fixture
def stage() -> tuple[Desk, Company, ProfileReview]:
    """A company that was certified three hundred days ago, with its window open today."""
    desk = founded_desk(today() - timedelta(days=300))
    desk.prove = False
    company = certified_company(desk)
    desk.today = today()
    desk.wake()
    return desk, company, ProfileReview.objects.get()


def test_rc_17_the_case_shows_the_window_and_what_counts(stage: tuple[Desk, Company, ProfileReview]) -> None:
    desk, company, review = stage
    page = signed_in(desk, "ada").get(f"/trader/{company.participant}/cases/{review.pk}/")
    words = page.content.decode()
    assert page.status_code == 200
    assert f"0 of {len(asked(desk, review))} answers count." in words
    assert "before the window opened" in words
    assert "<svg" in words
    staff = signed_in(desk, "sue").get(f"/cases/{review.pk}/")
    assert "Does not count yet" in staff.content.decode()


def test_answers_are_affirmed_and_changed_on_one_page(stage: tuple[Desk, Company, ProfileReview]) -> None:
    desk, company, review = stage
    client = signed_in(desk, "ada")
    start = client.get(f"/trader/{company.participant}/review/{review.pk}/")
    assert start.status_code == 302
    here = start["Location"]
    category = int(here.rstrip("/").rpartition("/")[2])
    numbers = [c.number for c in asked(desk, review) if c.category == category]
    form = fields(client.get(here))
    form |= {f"{prefix(number)}-does": "affirm" for number in numbers}
    changed = numbers[0]
    form |= {f"{prefix(changed)}-does": "change", f"{prefix(changed)}-narrative": "Now twice a year."}
    answer = client.post(here, form)
    assert answer.status_code == 302, answer.content.decode()
    rows = {row.number: row for row in ReviewAnswer.objects.filter(review=review)}
    assert set(rows) == set(numbers)
    assert (rows[changed].changed, rows[changed].narrative) == (True, "Now twice a year.")
    assert not any(row.changed for number, row in rows.items() if number != changed)


def test_a_change_that_is_written_and_not_chosen_is_named_and_nothing_is_saved(
    stage: tuple[Desk, Company, ProfileReview],
) -> None:
    desk, company, review = stage
    client = signed_in(desk, "ada")
    here = client.get(f"/trader/{company.participant}/review/{review.pk}/")["Location"]
    category = int(here.rstrip("/").rpartition("/")[2])
    number = next(c.number for c in asked(desk, review) if c.category == category)
    form = fields(client.get(here)) | {f"{prefix(number)}-narrative": "Otherwise.", f"{prefix(number)}-does": "affirm"}
    answer = client.post(here, form)
    assert answer.status_code == 422
    assert "You changed something below" in answer.content.decode()
    assert not ReviewAnswer.objects.exists()


def test_a_submission_lists_what_is_missing_and_then_goes_through(stage: tuple[Desk, Company, ProfileReview]) -> None:
    desk, company, review = stage
    client = signed_in(desk, "ada")
    here = f"/trader/{company.participant}/cases/{review.pk}/give/SubmitReview/"
    assert client.get(here).status_code == 200
    answer = client.post(here, {})
    assert answer.status_code == 422
    assert "does not count yet" in answer.content.decode()
    affirm_all(desk, review)
    assert "keeps at least two" in client.post(here, {}).content.decode()


def test_contacts_and_hand_over_have_pages(stage: tuple[Desk, Company, ProfileReview]) -> None:
    desk, company, _review = stage
    client = signed_in(desk, "ada")
    page = client.get(f"/trader/{company.participant}/contacts/").content.decode()
    assert "keeps at least two" in page
    assert "Ada" in page
    asked_of = client.get(f"/trader/{company.participant}/give/ProposeHandOver/").content.decode()
    assert "Email address of the new officer" in asked_of
    assert "For a supervisor only" not in asked_of
    desk.must(OpenAccount(email="eve@example.org", name="Eve Invented"))
    desk.person("finn")
    desk.must(
        ProposeHandOver(participant_id=company.participant, email="finn@example.org", reason="I retire."), by="ada"
    )
    [row] = open_hand_overs(company.participant)
    address = reverse("web:hand-over", kwargs={"hand_over": row.pk})
    assert address in client.get(f"/trader/{company.participant}/contacts/").content.decode()
    assert client.get(address).status_code == 404
    finn = signed_in(desk, "finn", Client())
    assert finn.get(address).status_code == 200
    given = {"birth_date_0": "1985", "country": "US", "title": "Director"}
    assert finn.post(address, given).status_code == 422


def prefix(number: str) -> str:
    return f"c{number.replace('.', '_')}"


def fields(response: Any) -> dict[str, Any]:
    """What a browser would send for the forms of the page as they are shown."""
    data: dict[str, Any] = {}
    for row in response.context["rows"]:
        for bound in row.form:
            value = bound.value()
            if value not in (None, "") and bound.name != "upload":
                data[bound.html_name] = value
    return data
