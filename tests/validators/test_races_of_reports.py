"""On PostgreSQL a report, a review, a pilot and an end are each decided once (6 USC 968, 971(b))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from greenlane.casework.models import Case
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validation.models import Visit
from greenlane.validators.commands import SurrenderCertificate
from greenlane.validators.commands_deciding import AuthorizeEngagement, EndEngagement, RefuseEngagement
from greenlane.validators.commands_engagement import DetermineNoConflict
from greenlane.validators.commands_monitoring import ReviewConductedValidation, RevokeCertificate
from greenlane.validators.commands_ownership import RecordHolding
from greenlane.validators.commands_pilot import CompletePilot, StartPilot
from greenlane.validators.commands_report import (
    AcceptThirdPartyReport,
    RejectThirdPartyReport,
    ReturnThirdPartyReport,
)
from greenlane.validators.models import ConductedReview, PilotProgramme
from greenlane.validators.queries import pilot_until
from tests.desk import Desk
from tests.support.racing import Turn, at_once, granted, the_only_one, told
from tests.validators.steps import engaged, planned_pilot, recommended, validators_desk
from tests.validators.test_pilot import WORDS
from tests.validators.test_races import shortcoming

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
Scene = tuple[UUID, list[Turn]]


@pytest.fixture
def desk() -> Desk:
    desk = validators_desk()
    desk.prove = False
    return desk


def report(desk: Desk) -> Scene:
    one = engaged(desk).ready().authorize().begin().submit()
    case = one.engagement
    return case, [
        (AcceptThirdPartyReport(case_id=case), "sam"),
        (RejectThirdPartyReport(case_id=case, reason="No photographs."), "sue"),
        (ReturnThirdPartyReport(case_id=case, reason="The photographs are missing."), "sam"),
    ]


def engagement(desk: Desk) -> Scene:
    case = engaged(desk).ready().authorize().engagement
    return case, [(EndEngagement(case_id=case, reason=f"It is over, says {by}."), by) for by in ("sam", "sue")]


def certificate(desk: Desk) -> Scene:
    one = engaged(desk).ready().authorize()
    case = one.certificate
    revoke = RevokeCertificate(case_id=case, shortcomings=shortcoming(desk, case))
    return case, [(SurrenderCertificate(case_id=case, reason="We close."), "val"), (revoke, "sue")]


def start(desk: Desk) -> Scene:
    case = planned_pilot(desk)
    return case, [(StartPilot(case_id=case), "max")]


def completion(desk: Desk) -> Scene:
    one = engaged(desk)
    pilot = PilotProgramme.objects.get()
    one.ready().authorize().begin()
    desk.today += timedelta(days=4)
    first = one.report().findings[0].number
    one.submit(unmet=first).accept()
    recommended(one, unmet=first)
    desk.must(ValidateTierTwo(case_id=one.validation), by="sue")
    desk.today = (pilot_until(pilot) or desk.today) + timedelta(days=30)
    return pilot.pk, [(CompletePilot(case_id=pilot.pk, **WORDS), "max")]


@pytest.mark.clause("6 USC 968(c)(2)")
@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize(
    ("scene", "ends"),
    [
        (report, {"accepted", "rejected", "under_way"}),
        (engagement, {"ended"}),
        (certificate, {"surrendered", "revoked"}),
        (start, {"running"}),
        (completion, {"completed"}),
    ],
)
def test_of_decisions_that_race_one_is_on_record(desk: Desk, scene: Callable[[Desk], Scene], ends: set[str]) -> None:
    case, turns = scene(desk)
    won = the_only_one(desk, *turns)
    state = Case.objects.get(pk=case).state
    assert state in ends
    kinds = {
        report: ("ThirdPartyReportDecided", "ThirdPartyReportReturned"),
        engagement: ("EngagementEnded",),
        certificate: ("CertificateSurrendered", "CertificateRevoked"),
        start: ("PilotStarted",),
        completion: ("PilotCompleted",),
    }[scene]  # type: ignore[index]
    assert sum(told(case, f"validators.{kind}") for kind in kinds) == 1
    if scene is report:
        assert Visit.objects.filter(engagement=case, counts=True).exists() is (won == "AcceptThirdPartyReport")
    if scene is certificate:
        assert not Case.objects.filter(kind="engagement").exclude(state="ended").exists()


@pytest.mark.clause("6 USC 968(g)(2)(B)")
@pytest.mark.clause("6 USC 971(b)")
def test_of_reviews_of_a_conducted_validation_that_race_one_is_on_record(desk: Desk) -> None:
    one = engaged(desk).ready().authorize().begin().submit()
    desk.must(
        RevokeCertificate(case_id=one.certificate, shortcomings=shortcoming(desk, one.certificate)),
        by="sue",
    )
    given = {"case_id": one.certificate, "validation_id": one.validation}
    turns = [(ReviewConductedValidation(found=f"Seals were seen, says {by}.", **given), by) for by in ("stu", "sue")]
    the_only_one(desk, *turns, refused="review_open")
    assert told(one.certificate, "validators.ConductedValidationReviewed") == 1
    assert ConductedReview.objects.get(validation_id=one.validation).found in {turn.found for turn, _by in turns}


@pytest.mark.clause("6 USC 968(f)(1)(B)")
@pytest.mark.clause("6 USC 971(b)")
@pytest.mark.parametrize("refused", [True, False])
def test_a_tie_is_cleared_before_the_engagement_is_decided_and_not_after(desk: Desk, refused: bool) -> None:
    one = engaged(desk).ready()
    case = one.engagement
    holding = {"basis_points": 20, "since": desk.today, "source": "A register."}
    desk.must(RecordHolding(owner="Orla Invented", owned="Blue Heron Validators", **holding), by="sam")  # type: ignore[arg-type]
    clear = DetermineNoConflict(case_id=case, party="Orla Invented", reason="A fifth of a percent.")
    decide = RefuseEngagement(case_id=case, reason="No.") if refused else AuthorizeEngagement(case_id=case)
    answers = at_once(desk, (clear, "sue"), (decide, "both"))
    names = granted(answers)
    decided, cleared = names.count(decide.spec.name), names.count("DetermineNoConflict")
    assert decided == 1 if refused else decided <= 1
    assert told(case, "validators.NoConflictDetermined") == cleared
    codes = {r.code for a in answers if not a.granted for r in a.verdict.failing}
    assert codes <= ({"procedure"} if refused else {"procedure", "no_common_owner"})
    if decided:
        assert Case.objects.get(pk=case).state == ("refused" if refused else "authorized")
        assert refused or cleared
    else:
        assert cleared == 3  # each authorization came before the first determination
        desk.must(decide, by="both")
