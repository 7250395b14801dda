"""On PostgreSQL of filings, reviews, determinations and withdrawals at once one counts (6 USC 967(b)-(c), 971(b))."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from greenlane.appeals.commands import WithdrawAppeal
from greenlane.appeals.commands_list import PublishFederalRegisterList
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview
from greenlane.appeals.models import Appeal, ListedName, RecordOfAppeal, RegisterList
from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case
from greenlane.consequences.models import Consequence
from greenlane.law.authority import Office
from greenlane.people.queries import is_assigned
from greenlane.records.models import Entry
from tests.appeals.scenes import determination, filing, scene
from tests.casework.test_races import RACERS, race
from tests.support.racing import at_once, granted, the_only_one, told

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_racing_filings_leave_one_appeal() -> None:
    one = scene()
    case = one.act_at_once()
    ada = Actor(one.desk.people["ada"])
    answers = race(lambda _n: execute(filing(case), actor=ada, at=one.desk.at, command_id=uuid4()))
    assert [answer.granted for answer in answers].count(True) == 1
    assert {r.code for a in answers for r in a.verdict.failing} == {"first_appeal"}
    assert Appeal.objects.filter(consequence_id=case).count() == 1
    outbox.deliver(one.desk.at)
    replay.check()


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_racing_determinations_leave_one_outcome() -> None:
    one = scene()
    case = one.act_at_once()
    appeal = one.review(one.file(case))
    outcomes = ["upheld", "reversed", "remanded"] * (RACERS // 3)
    olga = Actor(one.desk.people["olga"])
    answers = race(
        lambda n: execute(determination(appeal, outcomes[n]), actor=olga, at=one.desk.at, command_id=uuid4())
    )
    assert [answer.granted for answer in answers].count(True) == 1
    assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    won = next(answer for answer in answers if answer.granted)
    assert Appeal.objects.get(pk=appeal).outcome == won.state == Case.objects.get(pk=appeal).state
    assert Entry.objects.filter(subject=appeal, kind="appeals.AppealDetermined").count() == 1
    assert RecordOfAppeal.objects.filter(appeal_id=appeal).count() == 1
    outbox.deliver(one.desk.at)
    after = {"upheld": "emergency", "reversed": "reversed", "remanded": "remanded"}
    assert Case.objects.get(pk=case).state == after[won.state]
    replay.check()


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize("outcome", ["upheld", "reversed"])
def test_an_appeal_is_withdrawn_or_determined_and_never_both(outcome: str) -> None:
    one = scene()
    case = one.act_at_once()
    appeal = one.review(one.file(case))
    won = the_only_one(one.desk, (WithdrawAppeal(case_id=appeal), "ada"), (determination(appeal, outcome), "olga"))
    row = Appeal.objects.get(pk=appeal)
    determined = won == "DetermineAppeal"
    assert Case.objects.get(pk=appeal).state == (outcome if determined else "withdrawn")
    assert (row.determined_on is not None, row.withdrawn_on is not None) == (determined, not determined)
    assert told(appeal, "appeals.AppealDetermined") + told(appeal, "appeals.AppealWithdrawn") == 1
    assert Case.objects.get(pk=case).state == ("reversed" if determined and outcome == "reversed" else "emergency")


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 971(b)")
def test_a_review_that_is_begun_many_times_at_once_freezes_one_record() -> None:
    one = scene()
    appeal = one.file(one.act_at_once())
    one.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people["olga"]), by="pam")
    assert the_only_one(one.desk, (BeginAppealReview(case_id=appeal), "olga")) == "BeginAppealReview"
    assert RecordOfAppeal.objects.filter(appeal_id=appeal).count() == 1
    assert Case.objects.get(pk=appeal).state == "under_review"


@pytest.mark.clause("6 USC 967(c)")
def test_of_officers_who_are_assigned_at_once_the_last_has_the_appeal_alone() -> None:
    one = scene()
    appeal = one.file(one.act_at_once())
    one.desk.person("pim", Office.PROGRAMME_MANAGER)
    ways = [AssignAppealOfficer(case_id=appeal, officer_id=one.desk.people[name]) for name in ("olga", "otto")]
    assert the_only_one(one.desk, (ways[0], "pam"), (ways[0], "pim"), refused="officer_is_new") == ways[0].spec.name
    answers = at_once(one.desk, *((way, by) for way in ways for by in ("pam", "pim")))
    assert granted(answers)
    assert {r.code for a in answers if not a.granted for r in a.verdict.failing} <= {"officer_is_new"}
    held = {name for name in ("olga", "otto") if is_assigned(one.desk.people[name], appeal, one.desk.today)}
    assert {one.desk.people[name] for name in held} == {Appeal.objects.get(pk=appeal).officer}


@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("6 USC 971(b)")
def test_lists_that_are_published_at_once_are_numbered_and_note_the_publication_once() -> None:
    one = scene()
    case = one.suspend(days=900)
    one.desk.today += timedelta(days=40)
    publish = PublishFederalRegisterList(programme="ctpat", consequences=(case,), published_on=one.desk.today)
    assert len(granted(at_once(one.desk, (publish, "pam")))) == RACERS
    numbers = RegisterList.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, RACERS + 1))
    assert told(case, "consequences.ConsequencePublished") == 1
    assert Consequence.objects.get(pk=case).published_on == one.desk.today


@pytest.mark.clause("6 USC 967(b)")
@pytest.mark.clause("6 USC 967(c)(2)")
def test_no_list_that_is_published_at_once_with_a_reversal_names_the_company() -> None:
    one = scene()
    case = one.suspend(days=900)
    appeal = one.review(one.file(case))
    one.desk.today += timedelta(days=40)
    publish = PublishFederalRegisterList(programme="ctpat", consequences=(case,), published_on=one.desk.today)
    answers = at_once(one.desk, (publish, "pam"), (determination(appeal, "reversed"), "olga"))
    assert granted(answers) == ["DetermineAppeal"]
    assert not ListedName.objects.exists()
    assert Consequence.objects.get(pk=case).published_on is None
