"""What the commands of an appeal refuse beyond the usual way, each under its clause (6 USC 967(b)-(c))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.appeals import record
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview
from greenlane.appeals.models import Appeal, RecordOfAppeal, RegisterList
from greenlane.casework import timers
from greenlane.casework.models import Case
from greenlane.consequences.commands_return import EndConsequence
from greenlane.consequences.models import Consequence
from tests.appeals.scenes import Scene, filing, proved_scene
from tests.appeals.test_register_list import listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Iterator[Scene]:
    yield from proved_scene()


@pytest.mark.clause("6 USC 967(c)(2)")
def test_a_review_does_not_begin_on_a_record_without_the_decision(one: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    appeal = one.file(one.suspend())
    one.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["olga"]), by="pam")
    begin = BeginAppealReview(case_id=appeal)
    with monkeypatch.context() as lost:
        lost.setattr(record, "assemble", lambda *_: ())
        one.desk.refused(begin, by="olga", code="record_holds_the_decision", cite="6 USC 967(c)(2)")
    assert not RecordOfAppeal.objects.exists()
    one.desk.must(begin, by="olga")


@pytest.mark.clause("6 USC 967(b)")
def test_whose_sanction_is_over_is_on_no_list_of_the_suspended(one: Scene) -> None:
    case = _ended(one)
    one.desk.refused(listing(one.desk.today, case), by="pam", code="in_force_on_the_day", cite="6 USC 967(b)")
    assert not RegisterList.objects.exists()


@pytest.mark.clause("6 USC 967(c)(2)")
def test_the_arithmetic_of_the_last_day_is_shown_of_a_case_that_is_closed_as_well(one: Scene) -> None:
    case = _ended(one)
    _says_how_late(one, case)
    timers.ask(one.desk.at, strict=True)
    assert Case.objects.get(pk=case).state == "closed"
    _says_how_late(one, case)


def _says_how_late(one: Scene, case: UUID) -> None:
    """The refusal names the decision's day, the last day, and by how much it is past."""
    answer = one.desk.refused(filing(case), by="ada", code="filed_in_time", cite="6 USC 967(c)(2)")
    values = next(r.sentence.values for r in answer.verdict.failing if r.code == "filed_in_time")
    decided = Consequence.objects.get(pk=case).decided_on
    assert decided is not None
    day = (one.desk.today - decided).days
    assert (values["decided"], values["n"], values["day"], values["late"]) == (decided, 30, day, day - 30)
    assert values["last"] == decided + timedelta(days=30)
    assert not Appeal.objects.exists()


def _ended(one: Scene) -> UUID:
    """A suspension whose period, and the time for a plan, are over."""
    case = one.suspend(days=20)
    one.desk.today += timedelta(days=135)
    one.desk.must(EndConsequence(case_id=case, reason="The period is over."), by="sue")
    return case
