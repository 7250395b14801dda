"""The pages of any kind of case, for staff and for the company: who sees what, in how many queries (6 USC 971)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greenlane.casework.models import Case, Deadline, Document, OutboxMessage
from greenlane.casework.registry import COMMANDS
from greenlane.law.authority import ActorFacts, Holding, may_command
from greenlane.law.procedures_registry import procedure_of
from greenlane.people.models import Token
from greenlane.people.queries import account_of_token
from greenlane.records.models import Entry
from greenlane.validation.models import Action, Visit
from greenlane.web.choices import VOCABULARIES
from greenlane.web.command_forms import command_form
from greenlane.web.panels import registry
from greenlane.web.staff.waiting import WAITS
from tests.validation.steps import locations, team
from tests.web.lives_stage import Lives, lives

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.base_urls")]
CASE_QUERIES = 26
"""A case gathers its drawing, periods, events, letters, documents, and its panel (six of its own)."""
MONTH_QUERIES = 12


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Lives:
    return lives(monkeypatch)


def key() -> dict[str, str]:
    return {"_key": str(uuid4())}


def counted(client: object, path: str) -> int:
    client.get(path)  # type: ignore[attr-defined] # what is read once a day is read
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)  # type: ignore[attr-defined]
    assert answer.status_code == 200, path
    return len(asked)


# --- commands and their forms ----------------------------------------------------------------------------------------


class Anywhere:
    """A scene that knows every vocabulary and nobody in it."""

    def pairs(self, word: str) -> list[tuple[str, str]]:
        registry.discover()
        assert word in VOCABULARIES, word
        return []


OWN_PAGES = {
    "LoadProgramme",
    "LoadOfficialText",
    "AnswerEligibility",
    "ImportList",
    "DecideEntries",
    "RecordAgencyAnswer",
}
"""Commands with an own page because no plain form can ask for them."""


def test_every_command_that_a_person_may_give_can_be_asked_for() -> None:
    wrong = []
    for spec in COMMANDS.values():
        if spec.internal or spec.name in OWN_PAGES:
            continue
        try:
            command_form(spec.cls, scene=Anywhere(), may_upload=True)()  # type: ignore[arg-type]
        except (TypeError, AssertionError) as error:
            wrong.append(f"{spec.name}: {error}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.clause("6 USC 971(a)")
def test_what_waits_for_an_office_is_a_step_that_it_may_take() -> None:
    for office, kinds in WAITS.items():
        actor = ActorFacts((Holding(office),))
        for kind, states in kinds.items():
            for state in states:
                names = procedure_of(kind).open_commands(state)
                assert any(may_command(name, actor).granted for name in names), (office, kind, state)


# --- the page of a case ----------------------------------------------------------------------------------------------


def test_staff_and_company_each_see_the_case_and_what_they_may_do(told: Lives) -> None:
    path = reverse("web:case", args=[told.validation])
    page = told.client("sam").get(path).content.decode()
    assert "The case over time" in page
    assert reverse("web:case-give", args=[told.validation, "RecordVisit"]) in page
    assert reverse("web:case-give", args=[told.validation, "ValidateTierTwo"]) not in page
    where = {"participant": told.company.participant, "key": told.validation}
    own = told.client(told.company.officer).get(reverse("web:trader-case", kwargs=where)).content.decode()
    confirm = reverse("web:trader-case-give", kwargs={**where, "command": "ConfirmVisit"})
    assert confirm in own
    assert reverse("web:trader-case-give", kwargs={**where, "command": "RecordVisit"}) not in own


def test_the_drawing_says_in_words_what_it_shows(told: Lives) -> None:
    page = told.client("sam").get(reverse("web:case", args=[told.validation])).content.decode()
    described = re.search(r"<desc[^>]*>(.*?)</desc>", page, re.S)
    assert described is not None
    assert "Planned" in described[1]
    assert "Notice given" in described[1]
    assert "Last days:" in described[1]
    assert "style=" not in page[page.index('<svg class="gl-svg gl-casepic"') :].split("</svg>")[0]


@pytest.mark.clause("6 USC 971(c)")
def test_nobody_else_finds_the_case(told: Lives) -> None:
    where = {"participant": told.company.participant, "key": told.validation}
    told.desk.person("dora")
    for name, status in (("dora", 403), ("val", 403)):
        assert told.client(name).get(reverse("web:trader-case", kwargs=where)).status_code == status
    assert told.client("val").get(reverse("web:case", args=[told.validation])).status_code == 404
    assert told.client("pat").get(reverse("web:case", args=[told.validation])).status_code == 404
    assert told.client(told.company.officer).get(reverse("web:case", args=[told.validation])).status_code == 403


def test_the_pages_take_few_queries(told: Lives) -> None:
    participant = told.company.participant
    where = {"participant": participant, "key": told.validation}
    assert counted(told.client("sam"), reverse("web:case", args=[told.validation])) <= CASE_QUERIES
    assert counted(told.client(told.company.officer), reverse("web:trader-case", kwargs=where)) <= CASE_QUERIES
    assert counted(told.client(told.company.officer), reverse("web:trader-cases", args=[participant])) <= 12
    assert counted(told.client("sam"), reverse("web:staff-companies")) <= 12
    assert counted(told.client("sam"), reverse("web:staff-company", args=[participant])) <= 14
    assert counted(told.client("sam"), reverse("web:work")) <= 12
    assert counted(told.client("max"), reverse("web:audit-undone")) <= 12
    month = f"?month={Visit.objects.latest('planned_from').planned_from:%Y-%m}"
    assert counted(told.client("sam"), reverse("web:calendar") + month) <= MONTH_QUERIES
    calendar = reverse("web:trader-calendar", args=[participant]) + month
    assert counted(told.client(told.company.officer), calendar) <= MONTH_QUERIES


def test_a_command_is_given_from_its_plain_form_and_refused_beside_the_field(told: Lives) -> None:
    client = told.client("sam")
    path = reverse("web:case-give", args=[told.validation, "BlockValidation"])
    page = client.get(path)
    assert page.status_code == 200
    refused = client.post(path, {**key(), "case_id": str(told.validation)})
    assert refused.status_code == 422
    assert "usa-error-message" in refused.content.decode()
    assert Case.objects.get(pk=told.validation).state == "noticed"


def test_a_command_that_is_not_open_says_why_and_shows_no_form(told: Lives) -> None:
    page = told.client("sam").get(reverse("web:case-give", args=[told.validation, "ValidateTierTwo"])).content.decode()
    assert "This is not open to you now" in page
    assert "gl-form--command" not in page
    other = reverse("web:case-give", args=[told.validation, "CloseValidation"])
    assert told.client("sam").get(other).status_code == 404, "the platform's own commands have no page"


# --- rows ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Lives:
    """The validation is planned, the team assigned; the locations are not chosen yet."""
    quiet = lives(monkeypatch, told=False)
    team(quiet.desk, quiet.validation)
    return quiet


def rows_of(planned: Lives, **changes: str) -> dict[str, str]:
    """The form of ``ChooseLocations`` with its first two rows filled, as a browser sends it."""
    sent = {"locations-count": "3"}
    for number, one in enumerate(locations(planned.company, planned.desk.today + timedelta(days=40))):
        row = f"locations-{number}"
        sent |= {
            f"{row}-node": str(one.node),
            f"{row}-mode": one.mode,
            f"{row}-appropriate": one.appropriate,
            f"{row}-purpose": one.purpose,
            **dated(f"{row}-planned_from", one.planned_from),
            **dated(f"{row}-planned_to", one.planned_to),
        }
    return {**key(), **sent, **changes}


def dated(name: str, day: date) -> dict[str, str]:
    return {f"{name}_month": str(day.month), f"{name}_day": str(day.day), f"{name}_year": str(day.year)}


def test_a_row_is_added_without_a_script_and_nothing_typed_is_lost(planned: Lives) -> None:
    path = reverse("web:case-give", args=[planned.validation, "ChooseLocations"])
    page = planned.client("sam").post(path, rows_of(planned, _more="locations"))
    text = page.content.decode()
    assert page.status_code == 200, "asking for a row is no mistake"
    assert "usa-error-message" not in text
    assert 'name="locations-3-purpose"' in text
    assert 'name="locations-4-purpose"' not in text
    assert text.count("See the seals and the yard.") == 2
    assert not Visit.objects.filter(validation_id=planned.validation).exists()


def test_rows_become_the_values_of_the_command_and_an_empty_one_does_not_count(planned: Lives) -> None:
    path = reverse("web:case-give", args=[planned.validation, "ChooseLocations"])
    page = planned.client("sam").post(path, rows_of(planned))
    assert page.status_code == 302, page.content.decode()
    assert Visit.objects.filter(validation_id=planned.validation).count() == 2


def test_a_mistake_in_a_row_is_said_in_the_row(planned: Lives) -> None:
    path = reverse("web:case-give", args=[planned.validation, "ChooseLocations"])
    page = planned.client("sam").post(path, rows_of(planned, **{"locations-1-planned_to_month": "13"}))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Row 2: The month must be a number from 1 to 12 or its name." in text
    assert 'href="#id_locations-1-planned_to_month"' in text
    assert not Visit.objects.filter(validation_id=planned.validation).exists()


def test_a_document_that_is_added_is_chosen_and_kept_whatever_the_law_answers(told: Lives, tmp_path: Path) -> None:
    visit = Visit.objects.filter(validation_id=told.validation).earliest("planned_from")
    path = reverse("web:case-give", args=[told.validation, "RecordVisit"])
    paper = SimpleUploadedFile("gate.txt", b"The gate, closed.", "text/plain")
    sent = {**key(), "visit_id": str(visit.pk), "mode": "on_site", "documents__file": paper, "documents__title": "Gate"}
    page = told.client("sam").post(path, {**sent, "_add": "1"})
    text = page.content.decode()
    kept = Document.objects.get(case_id=told.validation, title="Gate")
    assert page.status_code == 200
    assert re.search(rf'value="{kept.pk}" checked', text)
    hostile = SimpleUploadedFile("gate.txt", b"MZ\x90\x00\x03" + bytes(80), "text/plain")
    refused = told.client("sam").post(path, {**sent, **key(), "documents__file": hostile})
    assert refused.status_code == 422
    assert "documents__file_error" in refused.content.decode()
    assert Document.objects.filter(case_id=told.validation).count() == 1


# --- dashboards ------------------------------------------------------------------------------------------------------


@pytest.mark.clause("6 USC 971(d)")
def test_every_number_of_a_home_leads_to_a_list_of_as_many(told: Lives) -> None:
    for name in ("sam", "sue", "max", "ada_auditor", "opal", "vera"):
        client = told.client(name)
        page = client.get(reverse("web:staff-home")).content.decode()
        figures = re.findall(
            r'<a class="gl-figure__link" href="([^"]*)"><span class="gl-figure__count">([\d,]+)</span>', page
        )
        assert figures, name
        for href, number in figures:
            if not href.startswith(reverse("web:work")):
                continue
            listed = client.get(href.replace("&amp;", "&")).context["total"]
            assert listed == int(number.replace(",", "")), (name, href)


def test_outsiders_have_a_home_of_their_own(told: Lives) -> None:
    for name in ("val", "pat"):
        page = told.client(name).get(reverse("web:staff-home"))
        assert page.status_code == 200
        assert told.company.name not in page.content.decode()
    begin = told.client("val").get(reverse("web:staff-home")).content.decode()
    assert reverse("web:staff-give", args=["SeekCertificate"]) in begin


@pytest.mark.clause("6 USC 965(a)")
def test_rc_21_blocked_validations_are_counted_on_the_managers_home(told: Lives) -> None:
    Case.objects.filter(pk=told.validation).update(state="blocked")
    page = told.client("max").get(reverse("web:staff-home")).content.decode()
    assert re.search(r'state=blocked"><span class="gl-figure__count">1<', page)


def test_the_company_reads_how_it_stands(told: Lives) -> None:
    page = told.client(told.company.officer).get(reverse("web:trader-home", args=[told.company.participant]))
    text = page.content.decode()
    assert "How you stand" in text
    assert "Benefits" in text
    assert "Given" in text
    assert "Not at this tier" in text
    assert reverse("web:trader-case", kwargs={"participant": told.company.participant, "key": told.validation}) in text


def test_what_the_platform_could_not_do_is_shown(told: Lives) -> None:
    entry = Entry.objects.filter(subject=told.validation).latest("id")
    OutboxMessage.objects.create(
        id=uuid4(), kind="reaction", name="greenlane.x.reactions.follow", entry=entry.uid, payload={},
        created_at=entry.recorded_at, next_at=entry.recorded_at, done_at=entry.recorded_at, error="Refused: too late.",
    )  # fmt: skip
    address = reverse("web:audit-undone")
    for name in ("max", "ada_auditor"):
        assert "Refused: too late." in told.client(name).get(address).content.decode()
    assert told.client("sam").get(address).status_code == 403


# --- calendar --------------------------------------------------------------------------------------------------------


def feed_of(told: Lives, name: str) -> str:
    """The address that a person opened, as the page shows it once."""
    client = told.client(name)
    client.post(reverse("web:calendar-feed-open"), {**key(), "participant": str(told.company.participant)})
    where = (
        reverse("web:trader-calendar", args=[told.company.participant])
        if name == told.company.officer
        else reverse("web:calendar")
    )
    first, second = client.get(where).content.decode(), client.get(where).content.decode()
    found = re.search(r"<code>http://testserver(/calendar/feed/[\w-]+\.ics)</code>", first)
    assert found is not None
    assert found[1] not in second, "an address is shown once"
    return found[1]


def test_the_calendar_shows_visits_and_last_days(told: Lives) -> None:
    visit = Visit.objects.filter(validation_id=told.validation).earliest("planned_from")
    month = f"?month={visit.planned_from:%Y-%m}"
    for name, where in (
        ("sam", reverse("web:calendar")),
        (told.company.officer, reverse("web:trader-calendar", args=[told.company.participant])),
    ):
        page = told.client(name).get(where + month).content.decode()
        assert visit.place in page, name
    due = Deadline.objects.filter(case_id=told.validation, met_on=None).latest("due_on")
    assert (
        "Last day:" in told.client("sam").get(reverse("web:calendar") + f"?month={due.due_on:%Y-%m}").content.decode()
    )
    assert told.client("sam").get(reverse("web:calendar") + "?month=nonsense").status_code == 200


@pytest.mark.clause("6 USC 965(c)")
def test_a_visit_is_not_in_the_companys_calendar_before_its_notice(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = lives(monkeypatch)
    Case.objects.filter(pk=quiet.validation).update(state="planned")
    visit = Visit.objects.filter(validation_id=quiet.validation).earliest("planned_from")
    month = f"?month={visit.planned_from:%Y-%m}"
    own = quiet.client(quiet.company.officer).get(
        reverse("web:trader-calendar", args=[quiet.company.participant]) + month
    )
    assert visit.place not in own.content.decode()
    assert visit.place in quiet.client("sam").get(reverse("web:calendar") + month).content.decode()


def test_a_feed_keeps_its_events_and_counts_their_changes(told: Lives) -> None:
    address = feed_of(told, told.company.officer)
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    visit = Visit.objects.filter(validation_id=told.validation).earliest("planned_from")
    assert f"UID:visit-{visit.pk}@greenlane" in text
    assert f"DTSTART;VALUE=DATE:{visit.planned_from:%Y%m%d}" in text
    assert f"DTEND;VALUE=DATE:{visit.planned_to + timedelta(days=1):%Y%m%d}" in text
    case = Case.objects.get(pk=told.validation)
    assert f"SEQUENCE:{case.changes}\r\n" in text


@pytest.mark.clause("6 USC 971(c)")
def test_an_address_that_is_closed_or_replaced_opens_nothing(told: Lives) -> None:
    first = feed_of(told, "sam")
    second = feed_of(told, "sam")
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    told.client("sam").post(reverse("web:calendar-feed-close"), key())
    assert Client().get(second).status_code == 404
    assert Client().get("/calendar/feed/guess.ics").status_code == 404


@pytest.mark.clause("6 USC 971(c)")
def test_the_secret_of_a_calendar_is_no_key_of_the_interface(told: Lives) -> None:
    address = feed_of(told, "sam")
    secret = address.removeprefix("/calendar/feed/").removesuffix(".ics")
    row = Token.objects.get(account_id=told.desk.people["sam"])
    assert secret not in row.hash
    for key_of in (secret, row.hash, f"calendar{secret}"):
        assert account_of_token(key_of, told.desk.today) is None


def test_open_actions_stand_on_the_companys_home(told: Lives) -> None:
    Action.objects.create(
        id=uuid4(), validation_id=told.validation, number=1, kind="required", text="Mend the fence.", owner="Yard",
        due_on=told.desk.today - timedelta(days=1), set_on=told.desk.today - timedelta(days=9),
    )  # fmt: skip
    page = told.client(told.company.officer).get(reverse("web:trader-home", args=[told.company.participant]))
    assert "Mend the fence." in page.content.decode()
    assert "Overdue" in page.content.decode()
