"""The pages, interface and tools of revalidation and of the third tier (6 USC 966, 969)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from greenlane.casework.models import Case, Deadline
from greenlane.casework.queue import soonest
from greenlane.cli.machine import Output
from greenlane.cli.revalidation import revalidation
from greenlane.people.models import Account
from greenlane.revalidation.commands_selecting import SelectForRevalidation
from greenlane.validation.models import Validation
from greenlane.web.words import long_date
from tests.companies import Company
from tests.desk import Desk
from tests.revalidation import stage
from tests.validation import steps
from tests.validation.test_tier_three import designate, evaluate, evaluate_all, planned, practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = stage.validating_desk()
    monkeypatch.setattr("django.utils.timezone.now", lambda: desk.at + timedelta(minutes=30))
    return desk


def client(desk: Desk, name: str) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(pk=desk.people[name]))
    return browser


def text(desk: Desk, who: str, address: str) -> str:
    response = client(desk, who).get(address)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def measured(desk: Desk) -> Company:
    company = stage.tier_two(desk)
    stage.publish_framework(desk)
    stage.measure(desk, company.participant, 40, 20)
    return company


@pytest.mark.clause("6 USC 969(2)")
def test_rc_02_the_due_page_is_the_same_for_every_office(desk: Desk) -> None:
    company = measured(desk)
    address = reverse("web:revalidation")
    bodies = {who: text(desk, who, address) for who in ("sam", "sue", "mona")}
    lists = {body[body.index("<tbody>") : body.index("</tbody>")] for body in bodies.values()}
    assert len(lists) == 1
    assert company.name in next(iter(lists))
    assert "days left" in next(iter(lists))
    assert client(desk, company.officer).get(address).status_code == 403
    narrowed = text(desk, "sam", address + "?urgency=overdue&page=99999999999999&q=nobody")
    assert "Nobody stands here" in narrowed
    assert company.name not in narrowed


@pytest.mark.clause("6 USC 969(2)")
def test_the_end_of_the_period_stands_at_home_and_in_the_queue(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    company = measured(desk)
    ends = Deadline.objects.get(participant_id=company.participant, clock="revalidation").due_on
    home = reverse("web:trader-home", args=[company.participant])
    assert "Periods that end within a year" in text(desk, "sam", reverse("web:staff-home"))
    assert long_date(ends) in text(desk, company.officer, home)
    soon = datetime.combine(ends - timedelta(days=300), desk.at.timetz())
    monkeypatch.setattr("django.utils.timezone.now", lambda: soon)
    figure = r'<a class="gl-figure__link" href="/revalidation/"><span class="gl-figure__count">1</span>'
    assert re.search(figure, text(desk, "sam", reverse("web:staff-home")))
    select = SelectForRevalidation(participant_id=company.participant, basis="risk", reason="Two broken seals.")
    case = Case.objects.get(pk=desk.must(select, by="sam").case_id)
    assert soonest([case], desk.today)[case.pk].due_on == ends


@pytest.mark.clause("6 USC 969(2)")
def test_the_ranking_page_draws_each_contribution_and_opens_its_record(desk: Desk) -> None:
    empty = text(desk, "sam", reverse("web:revalidation-ranking"))
    assert "No framework is published" in empty
    company = measured(desk)
    page = text(desk, "sam", reverse("web:revalidation-ranking"))
    assert "<svg" in page
    assert "80 = 2 × 40" in page
    entry = page[page.index("/records/entries/") :].split('"')[0]
    assert "40 of 100" in text(desk, "sam", entry)
    assert company.name in page


@pytest.mark.clause("6 USC 969(1)")
def test_the_case_shows_period_and_place_to_staff_and_not_the_reason_to_the_company(desk: Desk) -> None:
    company = measured(desk)
    select = SelectForRevalidation(participant_id=company.participant, basis="risk", reason="Two broken seals.")
    case = desk.must(select, by="sam").case_id
    staff = text(desk, "sam", reverse("web:case", args=[case]))
    assert "Two broken seals." in staff
    assert "Place 1 of 1" in staff
    own = text(desk, company.officer, reverse("web:trader-case", args=[company.participant, case]))
    assert "Two broken seals." not in own
    assert "Place 1 of 1" not in own
    register = text(desk, "sam", reverse("web:case", args=[stage.periods(company).pk]))
    assert "Period 1" in register


@pytest.mark.clause("6 USC 966(a)")
def test_a_third_tier_validation_shows_its_practices_and_criteria(desk: Desk) -> None:
    designate(desk)
    company, case = planned(desk)
    steps.noticed(desk, company, case)
    key = practice(desk, company, case)
    steps.reported(desk, company, case)
    evaluate(desk, case, key, but="innovation")
    evaluate_all(desk, case, but="seal_sensors")
    assert Validation.objects.get(pk=case).purpose == "tier_three"
    pages = [text(desk, "sam", reverse("web:case", args=[case]))]
    pages.append(text(desk, company.officer, reverse("web:trader-case", args=[company.participant, case])))
    for page in pages:
        assert "Seal ledger" in page
        assert "Not shown" in page
        assert "seal_sensors" in page


@pytest.mark.clause("6 USC 969(2)")
def test_pages_of_revalidation_take_few_queries(desk: Desk, django_assert_max_num_queries: object) -> None:
    measured(desk)
    desk.today += timedelta(days=1)
    browser = client(desk, "sam")
    for name in ("web:revalidation", "web:revalidation-ranking"):
        with django_assert_max_num_queries(14):  # type: ignore[operator]
            browser.get(reverse(name))


@pytest.mark.clause("6 USC 969(2)")
def test_the_interface_lists_who_is_due_and_the_ranking_for_staff_alone(desk: Desk) -> None:
    company = measured(desk)
    api = "/api/v1/revalidation/"
    due = client(desk, "sam").get(api + "due").json()
    assert [row["company"] for row in due["items"]] == [company.name]
    assert due["items"][0]["days_left"] > 1400
    ranked = client(desk, "sam").get(api + "ranking?programme=ctpat").json()["items"]
    assert [part["points"] for part in ranked[0]["contributions"]] == [80, 100, 0]
    assert client(desk, company.officer).get(api + "due").status_code == 403
    assert client(desk, "sam").get(api + "due?urgency=soon").status_code == 422
    assert client(desk, "sam").get(api + "due?cursor=rubbish").status_code == 422
    frameworks = Client().get(api + "frameworks").json()["items"]
    assert [row["version"] for row in frameworks] == [1]
    designate(desk)
    criteria = Client().get("/api/v1/designated-criteria").json()["items"]
    assert [row["code"] for row in criteria] == ["cargo_access", "cargo_other", "data_early", "seal_sensors"]


@pytest.mark.clause("6 USC 969(2)")
def test_the_command_line_lists_who_is_due_and_ranks(desk: Desk) -> None:
    company = measured(desk)
    for words in (["due"], ["due", "--urgency", "later", "--on", str(desk.today)], ["ranking", "ctpat"]):
        result = CliRunner().invoke(revalidation, words, obj=Output(as_json=False), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        assert company.name in result.output
    assert "anomalies 100" in result.output
