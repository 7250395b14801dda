"""On PostgreSQL two filings, or two determinations, at once leave one of each (6 USC 967(c), 971(b))."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.appeals.models import Appeal, RecordOfAppeal
from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case
from greenlane.records.models import Entry
from tests.appeals.scenes import determination, filing, scene
from tests.casework.test_races import RACERS, race

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
