"""On PostgreSQL two submissions of one review at once are received once (6 USC 963(3))."""

from __future__ import annotations

from uuid import uuid4

import pytest

from greenlane.casework.context import SYSTEM
from greenlane.casework.execution import execute
from greenlane.casework.models import Case
from greenlane.profiles.commands import OpenProfileReview
from greenlane.profiles.commands_answers import SubmitReview
from greenlane.profiles.commands_handover import AcceptHandOver, ProposeHandOver, open_hand_overs
from greenlane.profiles.models import ProfileReview
from greenlane.records.models import Entry
from tests.casework.test_races import giver, race
from tests.lives import founded_desk
from tests.profiles.stage import affirm_all, certified_company, opened_review

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("6 USC 963(3)")
def test_racing_submissions_of_a_review_are_received_once() -> None:
    desk = founded_desk()
    desk.prove = False
    _company, review = opened_review(desk)
    affirm_all(desk, review)
    answers = race(giver(desk, SubmitReview(case_id=review.pk), desk.people["ada"]))
    assert [answer.granted for answer in answers].count(True) == 1
    assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    assert Entry.objects.filter(kind="profiles.ReviewSubmitted").count() == 1
    assert Case.objects.get(pk=review.pk).state == "submitted"


@pytest.mark.clause("6 USC 963(3)")
def test_a_window_that_is_opened_many_times_at_once_is_open_once() -> None:
    desk = founded_desk()
    desk.prove = False
    company, review = opened_review(desk)
    ProfileReview.objects.filter(pk=review.pk)
    again = OpenProfileReview(participant_id=company.participant, purpose="annual")
    answers = race(lambda _n: execute(again, actor=SYSTEM, at=desk.at, command_id=uuid4()))
    assert not any(answer.granted for answer in answers)
    assert ProfileReview.objects.count() == 1


@pytest.mark.clause("6 USC 963(3)")
def test_a_hand_over_that_is_accepted_many_times_at_once_makes_one_officer() -> None:
    from datetime import date

    from greenlane.casework.problems import Missing

    desk = founded_desk()
    desk.prove = False
    company = certified_company(desk)
    desk.person("eve")
    propose = ProposeHandOver(participant_id=company.participant, email="eve@example.org", reason="I retire.")
    desk.must(propose, by="ada")
    [row] = open_hand_overs(company.participant)
    accept = AcceptHandOver(
        participant_id=company.participant,
        hand_over_id=row.pk,
        birth_date=date(1985, 4, 3),
        country="US",
        signed=True,
    )
    key = uuid4()
    answers = race(giver(desk, accept, desk.people["eve"], key))
    assert all(answer.granted for answer in answers)
    assert Entry.objects.filter(kind="profiles.HandOverAccepted").count() == 1
    with pytest.raises(Missing):
        desk.give(accept, by="eve")
