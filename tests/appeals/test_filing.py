"""An appeal is filed in time, against a decision that stands, by the company, on grounds (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from greenlane.appeals.commands import SubmitStatement, WithdrawAppeal
from greenlane.appeals.entries import AppealGround
from greenlane.appeals.models import Appeal, Statement
from greenlane.appeals.queries import appeals_against, appeals_of
from greenlane.casework.answers import Answer
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, Deadline, Notice
from greenlane.consequences.models import Consequence
from greenlane.law.calendar import is_business_day
from tests.appeals.scenes import Scene, filing, proved_scene, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Iterator[Scene]:
    yield from proved_scene()


def last_day(decided_on: date, days: int) -> date:
    """Reckoned by hand: so many days, then forward over weekends and federal holidays."""
    day = decided_on + timedelta(days=days)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def arithmetic(answer: Answer) -> str:
    return " ".join(str(reason.sentence) for reason in answer.verdict.reasons)


@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.clause("6 USC 967(c)")
def test_an_appeal_of_a_suspension_is_filed_noted_and_confirmed_by_letter(one: Scene) -> None:
    case = one.suspend()
    decided = one.desk.today
    paper = one.document(case, "Rosters", by="ada")
    one.desk.today += timedelta(days=3)
    appeal = one.file(case, documents=(paper,), relief="Reverse it.")
    row = Appeal.objects.get(pk=appeal)
    assert (row.decision, row.decided_on, row.filed_on, row.last_day) == (
        "967(b)", decided, one.desk.today, last_day(decided, 30),
    )  # fmt: skip
    assert row.due_on == one.desk.today + timedelta(days=180)
    [deadline] = Deadline.objects.filter(case_id=appeal)
    assert (deadline.clock, deadline.due_on, deadline.citation) == (
        "sanction_appeal_determination", row.due_on, "6 USC 967(c)(2)",
    )  # fmt: skip
    assert Consequence.objects.get(pk=case).appeal_id == appeal
    [met] = Deadline.objects.filter(case_id=case, clock="sanction_appeal_filing")
    assert met.met_on == one.desk.today
    letter = Notice.objects.get(case_id=appeal, template="appeal_filed")
    assert row.due_on.isoformat() in str(letter.body)
    assert list(appeals_of(one.participant)) == list(appeals_against(case)) == [row]


@pytest.mark.clause("6 USC 967(c)(1)")
@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.parametrize(("measure", "days"), [("denial", 90), ("suspension", 30), ("expulsion", 30)])
@pytest.mark.parametrize("start", [date(2026, 3, 2), date(2026, 10, 12), date(2027, 11, 29)], ids=str)
def test_rc_25_the_last_day_is_in_time_and_the_next_is_not_with_the_arithmetic(
    measure: str, days: int, start: date
) -> None:
    """The starts put the last day on weekdays, weekends, federal holidays, and across 29 February 2028."""
    one = scene()
    one.desk.today = start
    case = one.deny("score_reduction") if measure == "denial" else one.suspend(measure=measure)
    decided = one.desk.today
    last = last_day(decided, days)
    one.desk.today = last + timedelta(days=1)
    cite = "6 USC 967(c)(1)" if measure == "denial" else "6 USC 967(c)(2)"
    answer = one.desk.refused(filing(case), by="ada", code="filed_in_time", cite=cite)
    said = arithmetic(answer)
    for shown in (decided.isoformat(), f"{days} days", last.isoformat(), one.desk.today.isoformat(), "days late: 1"):
        assert shown in said, said
    if last != decided + timedelta(days=days):
        assert "last_day_moved" in [reason.code for reason in answer.verdict.reasons]
    assert not Appeal.objects.exists()
    one.desk.today = last
    assert "in time" in arithmetic(one.desk.must(filing(case), by="ada"))


@pytest.mark.clause("6 USC 967(c)(1)")
def test_rc_25_an_emergency_action_is_appealed_as_a_denial_within_ninety_days(one: Scene) -> None:
    case = one.act_at_once()
    one.desk.today += timedelta(days=31)
    appeal = one.file(case)
    row = Appeal.objects.get(pk=appeal)
    assert (row.decision, row.measure) == ("967(a)", "emergency")
    assert Deadline.objects.get(case_id=appeal).clock == "denial_appeal_determination"


@pytest.mark.clause("6 USC 967(c)(2)")
def test_rc_25_the_longer_period_of_a_denial_never_serves_a_suspension(one: Scene) -> None:
    case = one.suspend()
    one.desk.today += timedelta(days=60)
    answer = one.desk.refused(filing(case), by="ada", code="filed_in_time", cite="6 USC 967(c)(2)")
    assert "6 USC 967(c)(1)" not in {reason.citation.cite for reason in answer.verdict.failing}


@pytest.mark.clause("6 USC 967(c)(2)")
@pytest.mark.parametrize(
    ("hour", "minute", "granted"),
    [(3, 30, True), (3, 59, True), (4, 0, False), (4, 30, False)],
    ids=["2330-at-the-seat", "2359-at-the-seat", "midnight-at-the-seat", "0030-at-the-seat"],
)
def test_rc_25_the_day_of_filing_is_that_of_the_programmes_seat(hour: int, minute: int, granted: bool) -> None:
    """In summer the seat is four hours behind UTC: 03:30 UTC of the next day is 23:30 of the last day."""
    one = scene()
    one.desk.today = date(2026, 4, 6)
    case = one.suspend()
    last = last_day(one.desk.today, 30)
    assert date(2026, 4, 1) < last < date(2026, 10, 1)
    at = datetime.combine(last + timedelta(days=1), datetime.min.time(), UTC).replace(hour=hour, minute=minute)
    answer = execute(filing(case), actor=Actor(one.desk.people["ada"]), at=at, command_id=uuid4())
    assert answer.granted is granted
    if granted:
        assert Appeal.objects.get().filed_on == last


@pytest.mark.clause("6 USC 967(c)")
def test_only_a_decision_that_stands_is_appealed_once_and_by_the_company_itself(one: Scene) -> None:
    open_case = one.propose("denial", ("score_reduction",))
    one.desk.refused(filing(open_case), by="ada", code="decision_stands", cite="6 USC 967(c)")
    case = one.suspend()
    one.desk.person("eve")
    for stranger in ("eve", "sam", "sue", "olga", "pam"):
        one.desk.refused(filing(case), by=stranger, code="authority", cite="6 USC 967(c)")
    appeal = one.file(case)
    one.desk.refused(filing(case), by="ada", code="first_appeal", cite="6 USC 967(c)(2)")
    one.desk.must(WithdrawAppeal(case_id=appeal), by="ada")
    one.desk.refused(filing(case), by="ada", code="first_appeal", cite="6 USC 967(c)(2)")


@pytest.mark.clause("6 USC 967(c)(2)")
def test_an_appeal_states_its_grounds_and_names_documents_that_are_on_file(one: Scene) -> None:
    case = one.suspend()
    cite = "6 USC 967(c)(2)"
    for grounds, code in (
        ((), "grounds_given"),
        ((AppealGround(title="Wrong", statement="So."),) * 51, "grounds_given"),
        ((AppealGround(title=" ", statement="So."),), "ground_named"),
        ((AppealGround(title="W" * 201, statement="So."),), "ground_named"),
        ((AppealGround(title="Wrong", statement=" "),), "ground_explained"),
        ((AppealGround(title="Wrong", statement="x" * 20_001),), "ground_explained"),
    ):
        one.desk.refused(filing(case, grounds=grounds), by="ada", code=code, cite=cite)
    one.desk.refused(filing(case, documents=(uuid4(),)), by="ada", code="documents_on_file", cite=cite)
    one.desk.refused(filing(case, relief="x" * 20_001), by="ada", code="relief_fits", cite=cite)
    assert not Appeal.objects.exists()


@pytest.mark.clause("6 USC 967(c)")
def test_both_sides_submit_statements_that_both_read(one: Scene) -> None:
    appeal = one.file(one.suspend())
    one.desk.must(SubmitStatement(case_id=appeal, text="The rosters were found."), by="ada")
    one.desk.must(SubmitStatement(case_id=appeal, text="They were signed later."), by="sam")
    sides = list(Statement.objects.order_by("submitted_at", "side").values_list("side", "text"))
    assert set(sides) == {("company", "The rosters were found."), ("programme", "They were signed later.")}
    one.desk.refused(SubmitStatement(case_id=appeal, text=" "), by="ada", code="statement_given")
    strange = SubmitStatement(case_id=appeal, text="See this.", documents=(uuid4(),))
    one.desk.refused(strange, by="ada", code="documents_on_file", cite="6 USC 967(c)(2)")
    one.desk.refused(SubmitStatement(case_id=appeal, text="I agree."), by="olga", code="authority")


@pytest.mark.clause("6 USC 967(c)")
def test_a_withdrawn_appeal_has_no_clock_and_leaves_the_decision_standing(one: Scene) -> None:
    case = one.suspend()
    appeal = one.file(case)
    one.desk.refused(WithdrawAppeal(case_id=appeal), by="sue", code="authority")
    one.desk.refused(WithdrawAppeal(case_id=appeal, reason="x" * 20_001), by="ada", code="reason_fits")
    one.desk.must(WithdrawAppeal(case_id=appeal, reason="We settled it."), by="ada")
    assert Case.objects.get(pk=appeal).state == "withdrawn"
    assert Case.objects.get(pk=case).state == "in_force"
    assert not Deadline.objects.filter(case_id=appeal).exists()
    assert Notice.objects.filter(case_id=appeal, template="appeal_withdrawn").count() == 1
    one.desk.refused(SubmitStatement(case_id=appeal, text="Wait."), by="ada", code="procedure")
