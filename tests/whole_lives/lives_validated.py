"""What happens to a company on its way up: certification, validation, the third tier, revalidation (964-966, 969)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.certification.commands import (
    CertifyTierOne,
    RecommendCertification,
    RecommendRefusal,
    RefuseCertification,
)
from greenlane.certification.entries import RefusalGround
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview
from greenlane.people.commands import AssignCase
from greenlane.revalidation.commands_deciding import ConfirmTier, RefuseRevalidation
from greenlane.revalidation.commands_selecting import SelectForRevalidation
from greenlane.validation import queries
from greenlane.validation.commands_blocked import BlockValidation, UnblockValidation
from greenlane.validation.commands_decision import (
    RecommendRefusalOfValidation,
    RecommendValidation,
    RefuseValidation,
    ValidateTierTwo,
)
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.commands_tier_three import (
    EvaluateBestPractice,
    EvaluateDesignatedCriterion,
    PlanTierThreeValidation,
    PutForwardBestPractice,
)
from greenlane.validation.commands_tier_three_decision import ValidateTierThree
from greenlane.validation.entries_tier_three import PARTS, PartFound
from greenlane.validation.models import Validation
from greenlane.validation.models_tier_three import Practice
from greenlane.validation.queries_tier_three import designations_on
from greenlane.vetting.facts import latest_investigation
from tests.companies import Company
from tests.lives import accept_all, investigate
from tests.validation import steps
from tests.whole_lives.desk_of_lives import LATE, Led, as_far_as_it_goes

GROUND = RefusalGround(cite="6 USC 963", kind="other_requirement", statement="The seal log was never shown.")


class Validated(Led):
    """Each method does the next thing of one company, as far as it goes."""

    # --- certification ----------------------------------------------------------------------------------------------

    def apply(self, name: str) -> None:
        """An application anew of a company that takes no part any more, up to its review."""
        company = self.companies[name]
        with as_far_as_it_goes():
            steps.relist(self.desk)
            company.open().fill_application().sign().submit()
            case = Certification.objects.get(application_id=company.application).pk
            self.desk.must(AssignCase(case_id=case, account_id=self.desk.people["sam"]), by="sue")
            self.desk.must(BeginReview(case_id=case), by="sam")

    def certify(self, name: str, outcome: str) -> None:
        """The certification that is open, up to its decision."""
        case = self.case_of(name, "certification", but=("certified", "refused", "closed"))
        if case is None:
            return
        company = self.companies[name]
        refuse = outcome == "refuse"
        recommend: Command = RecommendCertification(case_id=case.pk)
        decide: Command = CertifyTierOne(case_id=case.pk, lateness_reason=LATE)
        if refuse:
            recommend = RecommendRefusal(case_id=case.pk, grounds=(GROUND,))
            decide = RefuseCertification(case_id=case.pk, lateness_reason=LATE)
        with as_far_as_it_goes():
            steps.relist(self.desk)
            self.vet(company)
            if case.state == "under_review":
                accept_all(self.desk, company, case.pk)
                self.desk.must(recommend, by="sam")
            self.desk.must(decide, by="sue")

    # --- validation -------------------------------------------------------------------------------------------------

    def validation(self, name: str) -> Case | None:
        return self.case_of(name, "validation", "revalidation", but=queries.FINAL)

    def validate(self, name: str, unmet: bool, decision: str, *, hasty: bool = False) -> None:
        """The next right step of the validation that is open, by the right person; *hasty*: short of a criterion."""
        case, company, desk = self.validation(name), self.companies[name], self.desk
        if case is None:
            return
        act: dict[str, Callable[[], object]] = {
            "planned": lambda: steps.noticed(desk, company, case.pk),
            "selected": lambda: steps.noticed(desk, company, case.pk),
            "noticed": lambda: steps.visited(desk, case.pk),
            "visited": lambda: self._report(company, case.pk, unmet, hasty),
            "reported": lambda: self._after_report(company, case.pk, decision),
            "answered": lambda: self._after_answer(company, case.pk, decision),
            "blocked": lambda: desk.must(UnblockValidation(case_id=case.pk, reason="The visit is allowed."), by="sam"),
            "recommended": lambda: self.decide(case.pk, decision),
        }
        with as_far_as_it_goes():
            steps.relist(desk)
            act[case.state]()

    def _report(self, company: Company, case: UUID, unmet: bool, hasty: bool) -> None:
        asked = queries.criteria_asked(queries.validation_of(case), self.desk.today)
        number = next((c.number for c in asked if c.level == "must"), "") if unmet else ""
        steps.team(self.desk, case)
        steps.found(self.desk, company, case, unmet=number, leave_out=(asked[-1].number,) if hasty else ())
        if number:
            steps.require(self.desk, case, number)
        self.desk.must(IssueValidationReport(case_id=case, summary="A sound supply chain."), by="sam")

    def _after_report(self, company: Company, case: UUID, decision: str) -> None:
        waits = Validation.objects.get(pk=case).actions.filter(kind="required", closed_on=None).exists()
        if waits and decision != "refuse":
            steps.answered(self.desk, company, case)
        else:
            self._recommend(company, case, decision)

    def _after_answer(self, company: Company, case: UUID, decision: str) -> None:
        if decision != "refuse":
            steps.accepted(self.desk, case)
        self._recommend(company, case, decision)

    def _recommend(self, company: Company, case: UUID, decision: str) -> None:
        row = queries.validation_of(case)
        if decision == "refuse":
            refusal = RecommendRefusalOfValidation(case_id=case, grounds="The log has gaps.")
            self.desk.must(refusal, by="sam")
            return
        if row.purpose == "tier_two":
            self.vet(company)
            if row.letter_signed_on is None:
                self.desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
        elif row.purpose == "tier_three":
            self._exceed(company, row)
        self.desk.must(RecommendValidation(case_id=case), by="sam")

    def vet(self, company: Company) -> None:
        latest = latest_investigation(company.participant)
        if latest is not None and Case.objects.filter(pk=latest, state="open").exists():
            investigate(self.desk, company)

    def decide(self, case: UUID, decision: str, by: str = "sue") -> None:
        row = Validation.objects.get(pk=case)
        refuse = row.recommended == "fail" or decision == "refuse"
        command: Command
        if row.purpose == "revalidation":
            command = (RefuseRevalidation if refuse else ConfirmTier)(case_id=case, lateness_reason=LATE)
        elif refuse:
            command = RefuseValidation(case_id=case, lateness_reason=LATE)
        elif row.purpose == "tier_three":
            command = ValidateTierThree(case_id=case)
        else:
            command = ValidateTierTwo(case_id=case, lateness_reason=LATE)
        self.desk.must(command, by=by)

    def block(self, name: str) -> None:
        case = self.validation(name)
        if case is None:
            return
        with as_far_as_it_goes():
            if case.state == "blocked":
                self.desk.must(UnblockValidation(case_id=case.pk, reason="The visit is allowed."), by="sam")
                return
            steps.team(self.desk, case.pk)
            paper = steps.upload(self.desk, case.pk, "Letter of refusal")
            until = self.desk.today + timedelta(days=60)
            refused = {"reason": "No visit is allowed.", "refused_by": "An invented ministry", "evidence": (paper,)}
            self.desk.must(BlockValidation(case_id=case.pk, review_on=until, **refused), by="sam")  # type: ignore[arg-type]

    def jump(self, name: str, number: int, by: str | None) -> None:
        """A step of a validation out of its order, or by a person whom it does not belong to."""
        row = Validation.objects.filter(participant_id=self.key(name)).order_by("planned_on", "pk").last()
        if row is None:
            return
        with as_far_as_it_goes():
            if number == 0:
                self.desk.must(RecommendValidation(case_id=row.pk), by=by)
            elif number == 1:
                self.desk.must(IssueValidationReport(case_id=row.pk, summary="In short."), by=by)
            else:
                self.decide(row.pk, "validate" if number == 2 else "refuse", by or "sam")

    # --- the third tier, and revalidation ---------------------------------------------------------------------------

    def aim_higher(self, name: str) -> None:
        with as_far_as_it_goes():
            self.desk.must(PlanTierThreeValidation(participant_id=self.key(name)), by="sam")

    def _exceed(self, company: Company, row: Validation) -> None:
        """A practice that exceeds the guidelines in every part, and each designated criterion met."""
        desk, case = self.desk, row.pk
        proof = steps.upload(desk, case, "How we count seals", by=company.officer)
        put = PutForwardBestPractice(case_id=case, title="Seal ledger", description="Twice.", documents=(proof,))
        desk.must(put, by=company.officer)
        seen = steps.upload(desk, case, "Seen in the yard")
        parts = tuple(PartFound(part=part, shown=True, evidence=(seen,)) for part in PARTS)
        practice = Practice.objects.filter(validation_id=case).latest("put_forward_on").pk
        desk.must(EvaluateBestPractice(case_id=case, practice_id=practice, parts=parts), by="sam")
        for one in designations_on("ctpat", desk.today):
            met = EvaluateDesignatedCriterion(case_id=case, designation_id=one.pk, met=True, evidence=(seen,))
            desk.must(met, by="sam")

    def select(self, name: str) -> None:
        """The revalidation of the period that runs."""
        with as_far_as_it_goes():
            self.desk.must(SelectForRevalidation(participant_id=self.key(name)), by="sam")
