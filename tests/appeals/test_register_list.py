"""The list for the Federal Register: only those whose appeal process is complete, each with its arithmetic (967(b))."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenlane.appeals import register
from greenlane.appeals.commands import WithdrawAppeal
from greenlane.appeals.commands_list import PublishFederalRegisterList
from greenlane.appeals.decisions import decided
from greenlane.appeals.facts import process_complete
from greenlane.appeals.models import Appeal, ListedName, RegisterList
from greenlane.appeals.register_pdf import list_pdf
from greenlane.casework.models import Case
from greenlane.consequences.commands_return import PublishConsequence
from greenlane.consequences.models import Consequence
from greenlane.consequences.queries import sanctioned
from greenlane.law import s967
from greenlane.law.s967_appeals import Outcome
from tests.appeals.scenes import Scene, filing, proved_scene, scene
from tests.law.terms_for_tests import terms_with

pytestmark = pytest.mark.django_db
TERMS = terms_with()


@pytest.fixture
def one() -> Iterator[Scene]:
    yield from proved_scene()


def listing(day: date, *cases: UUID, note: str = "") -> PublishFederalRegisterList:
    return PublishFederalRegisterList(programme="ctpat", consequences=cases, published_on=day, note=note)


@pytest.mark.clause("6 USC 967(b)")
def test_rc_25_a_name_is_listed_from_the_day_after_the_time_to_appeal_and_not_before(one: Scene) -> None:
    case = one.suspend()
    [candidate] = register.draft("ctpat", one.desk.today)
    last = max(r.sentence.values["last"] for r in candidate.verdict.failing)
    assert isinstance(last, date)
    one.desk.today = last
    one.desk.refused(listing(last, case), by="pam", code="time_to_appeal_over", cite="6 USC 967(c)(2)")
    one.desk.refused(PublishConsequence(case_id=case, publication="By hand"), by="pam", code="time_to_appeal_over")
    one.desk.today = last + timedelta(days=1)
    one.desk.must(listing(one.desk.today, case, note="The first list."), by="pam")
    [row] = RegisterList.objects.all()
    assert (row.number, row.published_on, Consequence.objects.get(pk=case).published_on) == (
        1, one.desk.today, one.desk.today,
    )  # fmt: skip
    [name] = ListedName.objects.all()
    assert last.isoformat() in str(register.row_of(name)["appeal_process"])


@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.parametrize(
    ("outcome", "publishable"),
    [
        ("open", False),
        ("upheld", True),
        ("modified", True),
        ("reversed", False),
        ("remanded", False),
        ("withdrawn", True),
    ],
)
def test_rc_25_what_becomes_of_the_appeal_says_whether_the_name_may_be_published(
    one: Scene, outcome: str, publishable: bool
) -> None:
    case = one.suspend(days=900)
    appeal = one.file(case)
    if outcome == "withdrawn":
        one.desk.must(WithdrawAppeal(case_id=appeal), by="ada")
    elif outcome != "open":
        one.review(appeal)
        shorter = one.desk.today + timedelta(days=600)
        more = {"modified_to": "Shorter.", "period_until": shorter} if outcome == "modified" else {}
        one.determine(appeal, outcome, **more)
    one.desk.today += timedelta(days=300)
    answer = one.desk.give(listing(one.desk.today, case), by="pam")
    assert answer.granted is publishable
    if not publishable:
        assert {"6 USC 967(b)", "6 USC 967(c)(2)"} & {r.citation.cite for r in answer.verdict.failing}
        assert not RegisterList.objects.exists()
        assert Consequence.objects.get(pk=case).published_on is None


@pytest.mark.clause("6 USC 967(b)")
def test_only_sanctions_are_listed_and_one_name_that_is_not_ready_holds_back_all(one: Scene) -> None:
    denied = one.deny("score_reduction")
    ready = one.suspend(days=900)
    one.desk.today += timedelta(days=40)
    day = one.desk.today
    one.desk.refused(listing(day, denied), by="pam", code="suspended_or_expelled", cite="6 USC 967(b)")
    one.desk.refused(listing(day, ready, denied), by="pam", code="suspended_or_expelled")
    one.desk.refused(listing(day), by="pam", code="somebody_listed", cite="6 USC 967(b)")
    one.desk.refused(listing(day, ready, ready), by="pam", code="decisions_on_record")
    one.desk.refused(listing(day, ready, uuid4()), by="pam", code="decisions_on_record")
    one.desk.refused(listing(day - timedelta(days=1), ready), by="pam", code="published_on_a_day_to_come")
    one.desk.refused(listing(day, ready, note="x" * 20_001), by="pam", code="note_fits")
    for name in ("sue", "sam", "olga", "ada"):
        one.desk.refused(listing(day, ready), by=name, code="authority", cite="6 USC 967(b)")
    one.desk.must(listing(day, ready), by="pam")
    one.desk.must(listing(day, ready), by="pam")  # a later list may name it again; it was published once
    assert list(RegisterList.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


@pytest.mark.clause("6 USC 967(b)")
def test_a_list_is_for_participants_until_it_is_printed_and_then_for_everybody(one: Scene) -> None:
    case = one.suspend(days=900)
    one.desk.today += timedelta(days=40)
    printed = one.desk.today + timedelta(days=7)
    one.desk.must(listing(printed, case), by="pam")
    row = RegisterList.objects.get()
    assert register.may_see(row, 1, one.desk.today).granted
    assert not register.may_see(row, 0, one.desk.today).granted
    assert not register.may_see(row, 0, printed - timedelta(days=1)).granted
    assert register.may_see(row, 0, printed).granted


@pytest.mark.clause("6 USC 967(b)")
def test_the_list_is_the_same_on_paper_and_as_data(one: Scene) -> None:
    case = one.suspend(days=900)
    one.desk.today += timedelta(days=40)
    one.desk.must(listing(one.desk.today, case, note="=SUM(A1)"), by="pam")
    row = RegisterList.objects.get()
    data = register.data_of(row)
    [name] = data["participants"]
    assert (name["participant"], name["measure"], data["sha256"]) == (one.company.name, "suspension", row.sha256)
    [line] = csv.DictReader(io.StringIO(register.csv_of(row)))
    assert line["participant"] == one.company.name
    ListedName.objects.update(name="=cmd|' /C calc'!A0")
    [line] = csv.DictReader(io.StringIO(register.csv_of(row)))
    assert line["participant"].startswith("'=")
    ListedName.objects.update(name=one.company.name)
    pdf = list_pdf(row)
    assert pdf.startswith(b"%PDF")
    assert pdf == list_pdf(row)


# ------------------------------------------------------------------- a published name has a complete process

DAYS = st.integers(0, 250)


@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("6 USC 967(c)")
@given(
    decided_on=st.dates(date(2007, 1, 1), date(2050, 1, 1)),
    filed=st.none() | DAYS,
    outcome=st.none() | st.sampled_from(Outcome),
    determined=DAYS,
    withdrawn=st.none() | DAYS,
    on=DAYS,
)
def test_rc_25_whoever_may_be_published_has_a_complete_appeal_process(
    decided_on: date, filed: int | None, outcome: Outcome | None, determined: int, withdrawn: int | None, on: int
) -> None:
    """Reckoned here from first principles, for every history of one decision."""

    def day(number: int) -> date:
        return decided_on + timedelta(days=number)

    appeal = None
    if filed is not None:
        done = day(filed + determined) if outcome is not None else None
        gone = day(filed + withdrawn) if withdrawn is not None else None
        appeal = s967.Appeal(day(filed), outcome, done, gone)
    one = s967.ListedParticipant("Invented Imports", "967(b)", decided_on, appeal)
    published = s967.may_publish_in_federal_register(s967.FederalRegisterList((one,)), day(on), TERMS).granted
    could_appeal = s967.may_appeal_suspension(s967.AppealFacts("967(b)", decided_on, "A", "A", day(on)), TERMS).granted
    if appeal is None or appeal.filed_on > day(on):
        complete = not could_appeal
    else:
        over = appeal.withdrawn_on is not None and appeal.withdrawn_on <= day(on)
        determined_by_then = appeal.determined_on is not None and appeal.determined_on <= day(on)
        complete = over or (determined_by_then and outcome in (Outcome.UPHELD, Outcome.MODIFIED))
    assert published is complete


STEPS = st.sampled_from(
    ["wait", "wait long", "file", "withdraw", "upheld", "modified", "reversed", "remanded", "publish"]
)


class _Undo(Exception):
    """Takes back one example."""


@pytest.mark.clause("6 USC 967(b)")
def test_rc_25_no_course_of_commands_publishes_a_name_before_its_process_is_complete() -> None:
    one = scene()
    case = one.suspend(days=2000)
    start = one.desk.today

    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(steps=st.lists(STEPS, min_size=2, max_size=7))
    def courses(steps: list[str]) -> None:
        one.desk.today = start
        try:
            with transaction.atomic():
                for step in steps:
                    _take(one, case, step)
                    _published_only_when_complete(one)
                raise _Undo
        except _Undo:
            pass

    courses()


def _take(one: Scene, case: UUID, step: str) -> None:
    """Try one step; many are refused, which is part of the course."""
    if step.startswith("wait"):
        one.desk.today += timedelta(days=31 if step == "wait" else 200)
    elif step == "file":
        one.desk.give(filing(case), by="ada")
    elif step == "publish":
        one.desk.give(listing(one.desk.today, case), by="pam")
    else:
        appeal = Appeal.objects.filter(determined_on=None, withdrawn_on=None).first()
        if appeal is None:
            return
        if step == "withdraw":
            one.desk.give(WithdrawAppeal(case_id=appeal.pk), by="ada")
            return
        one.review(appeal.pk)
        until = start_of(case) + timedelta(days=1000)
        more = {"modified_to": "Shorter.", "period_until": until} if step == "modified" else {}
        one.determine(appeal.pk, step, lateness_reason="Much to do.", **more)


def start_of(case: UUID) -> date:
    found = decided(case)
    assert found is not None
    return found.decided_on


def _published_only_when_complete(one: Scene) -> None:
    for row in sanctioned("ctpat"):
        found = decided(row.pk)
        listed = ListedName.objects.filter(consequence_id=row.pk).exists()
        if found is not None and (listed or row.published_on is not None):
            assert process_complete(found, one.desk.today).granted
    for name in ListedName.objects.all():
        assert Case.objects.get(pk=name.consequence_id).state not in ("reversed", "remanded")
