"""Whatever people try in whatever order: no state outside the procedures, no tier that was not earned (961(a), 964)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from greenlane.applications.commands import OpenApplication, SignAgreement, SubmitApplication, WithdrawApplication
from greenlane.applications.queries import questionnaire
from greenlane.casework import replay
from greenlane.casework.models import Case
from greenlane.certification.commands import (
    CertifyTierOne,
    RecommendCertification,
    RecommendRefusal,
    RefuseCertification,
    SendBackRecommendation,
)
from greenlane.certification.entries import CriterionReview, RefusalGround
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview, ReturnForCorrection, ReviewCriteria
from greenlane.law.procedures_registry import procedure_of, procedures
from greenlane.participants.models import Participant
from greenlane.people.commands import AssignCase
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from greenlane.vetting.models import ScreeningHit
from tests.companies import Company
from tests.lives import founded_desk

PEOPLE = st.sampled_from(("ada", "carl", "sam", "vera", "sue", "both", None))
REACHED: set[tuple[str, str]] = set()
PROCEDURES = {table.kind for table in procedures()}


class Lives(RuleBasedStateMachine):
    """Two companies, six people, and every command of the main job in any order."""

    @initialize()
    def found(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.desk = founded_desk()
        self.desk.prove = False
        self.desk.person("carl")
        self.company = Company(self.desk, "ada").ready()

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            replay.check()
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def case(self) -> UUID | None:
        row = (
            Certification.objects.filter(participant_id=self.company.participant).order_by("-received_on", "pk").first()
        )
        return row.pk if row else None

    @rule(by=PEOPLE, choice=st.sampled_from((SignAgreement, SubmitApplication, WithdrawApplication, OpenApplication)))
    def apply(self, by: str | None, choice: Any) -> None:
        values: dict[str, Any] = {"case_id": self.company.application}
        if choice is SignAgreement:
            values["agreed"] = True
        if choice is OpenApplication:
            values = {"participant_id": self.company.participant}
        answer = self.desk.give(choice(**values), by=by)
        if choice is OpenApplication and answer.granted and answer.case_id:
            self.company.application = answer.case_id
            self.company.fill_application()

    @precondition(lambda self: self.case() is not None)
    @rule(by=PEOPLE, who=st.sampled_from(("sam", "both")))
    def assign(self, by: str | None, who: str) -> None:
        self.desk.give(AssignCase(case_id=self.case(), account_id=self.desk.people[who]), by=by)

    @precondition(lambda self: self.case() is not None)
    @rule(by=PEOPLE, finding=st.sampled_from(("accepted", "accepted", "sent_back")), half=st.booleans())
    def review(self, by: str | None, finding: str, half: bool) -> None:
        case = Certification.objects.select_related("application__participant").get(pk=self.case())
        numbers = [c.number for c in questionnaire(case.application)]
        chosen = numbers[: len(numbers) // 2] if half else numbers
        note = "Mend it." if finding == "sent_back" else ""
        self.desk.give(BeginReview(case_id=case.pk), by=by)
        findings = tuple(CriterionReview(number=n, finding=finding, note=note) for n in chosen)  # type: ignore[arg-type]
        self.desk.give(ReviewCriteria(case_id=case.pk, findings=findings), by=by)

    @precondition(lambda self: latest_investigation(self.company.participant) is not None)
    @rule(by=PEOPLE, outcome=st.sampled_from(("true_match", "false_match")))
    def investigate(self, by: str | None, outcome: Any) -> None:
        case = latest_investigation(self.company.participant)
        for hit in ScreeningHit.objects.filter(investigation_id=case, status="open"):
            reason = "Compared with the papers on file."
            code = "same_birth_date" if outcome == "true_match" else "different_name"
            command = AdjudicateHit(case_id=case, hit_id=hit.pk, outcome=outcome, reason_code=code, reason=reason)
            self.desk.give(command, by=by)
        self.desk.give(CompleteInvestigation(case_id=case, summary="All compared."), by=by)

    @precondition(lambda self: self.case() is not None)
    @rule(by=PEOPLE, choice=st.integers(0, 5))
    def decide(self, by: str | None, choice: int) -> None:
        case = self.case()
        ground = RefusalGround(cite="6 USC 964(b)", kind="true_match", statement="Found on a list.")
        late = "It could not be done before."
        command = (
            RecommendCertification(case_id=case),
            RecommendRefusal(case_id=case, grounds=(ground,)),
            SendBackRecommendation(case_id=case, reason="Look again."),
            ReturnForCorrection(case_id=case, message="Please mend."),
            CertifyTierOne(case_id=case, lateness_reason=late),
            RefuseCertification(case_id=case, lateness_reason=late),
        )[choice]
        self.desk.give(command, by=by)

    @rule()
    def go_the_right_way(self) -> None:
        """The next right step by the right person, so that late states are reached too."""
        case = Case.objects.filter(pk=self.case()).first()
        if case is None or case.state in ("returned", "withdrawn"):
            self.apply("ada", SignAgreement)
            self.apply("ada", SubmitApplication)
        elif case.state == "received":
            self.assign("sue", "sam")
            self.review("sam", "accepted", False)
        elif case.state == "under_review":
            self.review("sam", "accepted", False)
            self.investigate("vera", "false_match")
            self.decide("sam", 0)
        elif case.state == "recommended":
            self.decide("sue", 4)

    @rule(days=st.integers(1, 60))
    def wait(self, days: int) -> None:
        self.desk.today += timedelta(days=days)

    @invariant()
    def every_case_is_in_a_state_of_its_procedure(self) -> None:
        if hasattr(self, "desk"):
            for kind, state in Case.objects.filter(kind__in=PROCEDURES).values_list("kind", "state"):
                assert state in procedure_of(kind).states
                REACHED.add((kind, state))

    @invariant()
    def no_tier_exceeds_what_was_earned(self) -> None:
        if hasattr(self, "desk"):
            for row in Participant.objects.all():
                decided = Case.objects.filter(participant_id=row.pk, kind="certification", state="certified")
                assert row.tier <= decided.count()
                for case in decided:
                    certification = Certification.objects.get(pk=case.pk)
                    assert certification.recommended_by not in (None, certification.decided_by)


@pytest.mark.django_db
@pytest.mark.clause("6 USC 961(a)")
@pytest.mark.clause("6 USC 964(a)")
def test_no_order_of_commands_leaves_the_procedures_or_gives_an_unearned_tier() -> None:
    profile = settings(
        max_examples=10,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    REACHED.clear()
    run_state_machine_as_test(Lives, settings=profile)
    late = {("certification", "certified"), ("application", "accepted")}
    assert late <= REACHED, f"the machine stayed near the beginning: {sorted(REACHED)}"
