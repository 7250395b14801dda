"""On PostgreSQL two decisions at once on a validation leave one (6 USC 971(b))."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework import outbox, replay
from greenlane.casework.context import Actor
from greenlane.casework.execution import execute
from greenlane.casework.models import Case, Deadline
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.validation.commands_blocked import BlockValidation, ReviewBlockedValidation, UnblockValidation
from greenlane.validation.commands_decision import (
    RecommendRefusalOfValidation,
    RefuseValidation,
    SendBackValidation,
    ValidateTierTwo,
)
from greenlane.validation.commands_locations import DetermineNoForeignLocation
from greenlane.validation.commands_planning import PlanValidation
from greenlane.validation.models import Validation
from greenlane.validation.queries import criteria_asked, validation_of
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit
from tests.casework.test_races import RACERS, race
from tests.companies import Company
from tests.desk import Desk
from tests.lives import founded_desk, received
from tests.support.kept import kept
from tests.support.racing import at_once, granted, the_only_one, told
from tests.validation.steps import certified, noticed, recommended, reported, team, upload, validation_desk

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_decisions_that_race_one_counts() -> None:
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    recommended(desk, company, case)
    desk.person("sid", Office.SUPERVISOR)
    ways: list[Command] = [
        ValidateTierTwo(case_id=case),
        ValidateTierTwo(case_id=case),
        SendBackValidation(case_id=case, reason="Look again."),
        RefuseValidation(case_id=case),
        ValidateTierTwo(case_id=case),
        SendBackValidation(case_id=case, reason="Look again."),
    ]
    people = [desk.people["sue"], desk.people["sid"]]
    answers = race(lambda n: execute(ways[n], actor=Actor(people[n % 2]), at=desk.at, command_id=uuid4()))
    granted = [answer.command for answer in answers if answer.granted]
    assert len(granted) == 1
    assert granted[0] in {"ValidateTierTwo", "SendBackValidation"}
    outbox.deliver(desk.at)
    validated = granted == ["ValidateTierTwo"]
    assert Case.objects.get(pk=case).state == ("validated" if validated else "answered")
    assert Participant.objects.get(pk=company.participant).tier == (2 if validated else 1)
    replay.check()


@pytest.mark.clause("6 USC 965(a)")
def test_racing_plans_open_one_validation() -> None:
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    desk.today = desk.today.replace(year=desk.today.year + 1)
    _close(company.participant)
    plan = PlanValidation(participant_id=company.participant)
    answers = race(lambda n: execute(plan, actor=Actor(desk.people["sam"]), at=desk.at, command_id=uuid4()))
    assert [answer.granted for answer in answers].count(True) == 1
    assert Validation.objects.filter(participant_id=company.participant).exclude(pk=case).count() == 1
    assert RACERS > 1


def _close(participant: object) -> None:
    """As if the first validation had ended, so that a new one may be planned."""
    Case.objects.filter(participant_id=participant, kind="validation").update(state="refused")


@kept
def refusable(desk: Desk) -> tuple[Company, UUID]:
    """A company whose refusal is recommended: one criterion that must be met is not."""
    desk.prove = False
    desk.person("sid", Office.SUPERVISOR)
    company, case = certified(desk)
    noticed(desk, company, case)
    must = next(c.number for c in criteria_asked(validation_of(case), desk.today) if c.level == "must")
    reported(desk, company, case, unmet=must)
    desk.must(RecommendRefusalOfValidation(case_id=case, grounds="The log has gaps."), by="sam")
    return company, case


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize("against", [None, "sent back", "validated"])
def test_of_refusals_that_race_one_is_given_and_takes_no_tier(against: str | None) -> None:
    desk = validation_desk()
    company, case = refusable(desk)
    refuse, back = RefuseValidation(case_id=case), SendBackValidation(case_id=case, reason="Look again.")
    other: Command = {None: refuse, "sent back": back, "validated": ValidateTierTwo(case_id=case)}[against]
    answers = at_once(desk, (refuse, "sue"), (other, "sid"))
    [won] = granted(answers)
    assert won in ({"RefuseValidation"} if against != "sent back" else {"RefuseValidation", "SendBackValidation"})
    if against != "validated":  # a tier on a recommended refusal is refused by the law, before and after
        assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    refused = won == "RefuseValidation"
    assert Case.objects.get(pk=case).state == ("refused" if refused else "answered")
    assert told(case, "validation.ValidationDecided") == int(refused)
    row = Participant.objects.get(pk=company.participant)
    assert (row.standing, row.tier) == ("certified", 1)


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_a_visit_is_blocked_once_and_taken_up_again_once() -> None:
    desk = validation_desk()
    desk.prove = False
    company, case = certified(desk)
    noticed(desk, company, case)
    paper, day = upload(desk, case, "Note of the ministry"), desk.today + timedelta(days=90)
    blocks = [
        BlockValidation(
            case_id=case, reason=f"Nobody may enter, says {n}.", refused_by=n, evidence=(paper,), review_on=day
        )
        for n in ("the ministry", "the port")
    ]
    assert the_only_one(desk, (blocks[0], "sam"), (blocks[1], "sue")) == "BlockValidation"
    assert (Case.objects.get(pk=case).state, told(case, "validation.ValidationBlocked")) == ("blocked", 1)
    desk.today = day
    review = ReviewBlockedValidation(case_id=case, reason="Still refused.", review_on=day + timedelta(days=60))
    answers = at_once(desk, (review, "sam"), (UnblockValidation(case_id=case, reason="It is allowed now."), "sue"))
    names = granted(answers)
    assert names.count("UnblockValidation") == 1
    assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    assert told(case, "validation.BlockedValidationReviewed") == names.count("ReviewBlockedValidation")
    assert Case.objects.get(pk=case).state == "planned"
    assert not Deadline.objects.filter(case_id=case, clock="blocked_review", met_on=None).exists()


@pytest.mark.clause("6 USC 965(a)")
@pytest.mark.clause("6 USC 971(b)")
def test_no_location_is_determined_after_the_visit_is_blocked_and_the_last_determination_stands() -> None:
    desk = validation_desk()
    desk.prove = False
    _company, case = certified(desk)
    team(desk, case)
    paper, day = upload(desk, case, "Note of the ministry"), desk.today + timedelta(days=90)
    block = BlockValidation(case_id=case, reason="Nobody may enter.", refused_by="M", evidence=(paper,), review_on=day)
    determine = DetermineNoForeignLocation(case_id=case, reason="All its goods are made in Houston.")
    answers = at_once(desk, (determine, "sue"), (block, "sam"), (determine, "both"))
    names = granted(answers)
    assert names.count("BlockValidation") == 1
    assert {answer.step for answer in answers if not answer.granted} == {"procedure"}
    count = names.count("DetermineNoForeignLocation")
    assert told(case, "validation.NoForeignLocationDetermined") == count
    assert bool(Validation.objects.get(pk=case).determined_by) is bool(count)
    assert Case.objects.get(pk=case).state == "blocked"


@pytest.mark.clause("6 USC 964(b)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_completions_of_an_investigation_that_race_one_counts() -> None:
    desk = founded_desk()
    company, _certification = received(desk)
    desk.prove = False
    case = latest_investigation(company.participant)
    assert case is not None
    for hit in ScreeningHit.objects.filter(investigation_id=case, status="open"):
        different = {
            "outcome": "false_match",
            "reason_code": "different_name",
            "reason": "Compared with the documents.",
        }
        desk.must(AdjudicateHit(case_id=case, hit_id=hit.pk, **different), by="vera")  # type: ignore[arg-type]
    clear = CompleteInvestigation(case_id=case, summary="Every party compared.")
    adverse = CompleteInvestigation(case_id=case, summary="Every party compared.", adverse_grounds="A conviction.")
    assert the_only_one(desk, (clear, "vera"), (adverse, "sue")) == "CompleteInvestigation"
    assert told(case, "vetting.InvestigationCompleted") == 1
    assert Case.objects.get(pk=case).state in {"cleared", "adverse"}
