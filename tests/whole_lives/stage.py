"""Three companies at one desk and the next step in any of their affairs, granted or refused, for the machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.appeals.commands import FileAppeal, WithdrawAppeal
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview
from greenlane.appeals.models import Appeal
from greenlane.casework.answers import Answer
from greenlane.casework.models import Case
from greenlane.casework.problems import BadInput, Missing
from greenlane.casework.registry import Command
from greenlane.consequences.commands_decision import DenyBenefits, RecommendConsequence, SuspendParticipant
from greenlane.consequences.commands_emergency import (
    ConfirmEmergencyAction,
    GiveEmergencyNotice,
    LiftEmergencyAction,
    RespondToEmergencyNotice,
)
from greenlane.consequences.commands_notice import EndResponsePeriod, GiveConsequenceNotice
from greenlane.consequences.commands_plan import AcceptGoal, ReportGoalDone
from greenlane.consequences.commands_remanded import DecideAnew
from greenlane.consequences.commands_return import EndConsequence, ReinstateParticipant, RestoreBenefits
from greenlane.consequences.models import Consequence
from greenlane.participants.benefits import benefits_on
from greenlane.participants.queries import participant_of
from greenlane.validation import queries
from greenlane.validation.commands_blocked import BlockValidation, UnblockValidation
from greenlane.validation.commands_decision import RecommendValidation, RefuseValidation, ValidateTierTwo
from greenlane.validation.commands_letter import SignCertificationLetter
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.validation.models import Validation, Visit
from greenlane.validators.commands_deciding import AuthorizeEngagement, BeginThirdPartyValidation
from greenlane.validators.commands_engagement import DeclareConflict
from greenlane.validators.commands_insurance import RecordInsurance
from greenlane.validators.commands_monitoring import RevokeCertificate
from greenlane.validators.commands_report import AcceptThirdPartyReport
from greenlane.validators.entries import ShortcomingFound
from greenlane.validators.models import Certificate, Engagement, Policy
from greenlane.vetting.facts import latest_investigation
from tests.appeals import scenes
from tests.companies import Company
from tests.consequences import steps as consequences
from tests.desk import Desk
from tests.lives import investigate
from tests.validation import steps
from tests.validators import steps as validators

LATE = "It could not be done before."
NAMES = {"ada": "Meridian Lantern Imports", "ben": "Ben Invented Imports"}


class Stopped(Exception):
    """A step was refused; what was done before it stays, and life goes on."""


@dataclass
class LifeDesk(Desk):
    """A desk whose 'must' stops the step without failing the test: in a whole life much is refused, and rightly."""

    refusals: list[str] = field(default_factory=list)

    def must(self, command: Command, by: str | None = None, **more: Any) -> Answer:
        answer = self.give(command, by, **more)
        if not answer.granted:
            self.refusals += [r.code for r in answer.verdict.failing]
            raise Stopped(type(command).__name__)
        return answer


@contextmanager
def as_far_as_it_goes() -> Iterator[None]:
    """A step may stop at a refusal, or at something that is not there; never at an error of the platform."""
    try:
        yield
    except (Stopped, Missing, BadInput):
        return


@dataclass
class World:
    """What every example begins with: two companies at Tier 1, a certified validator and a running pilot."""

    desk: Desk
    companies: dict[str, Company]
    certificate: UUID


def founded() -> World:
    desk = validators.validators_desk()
    desk.prove = False
    scenes.appeal_people(desk)
    ada, _ = steps.certified(desk)
    certificate = validators.certificate(desk)
    validators.running_pilot(desk)
    ben, _ = validators.certified_beside(desk, "ben")
    return World(desk, {"ada": ada, "ben": ben}, certificate)


@dataclass
class Affairs:
    """The affairs of one example: each method does the next thing of one company, as far as it goes."""

    desk: LifeDesk
    companies: dict[str, Company]
    certificate: UUID

    @classmethod
    def of(cls, world: World) -> Affairs:
        desk = LifeDesk(today=world.desk.today, prove=False, given=world.desk.given, people=dict(world.desk.people))
        companies = {name: replace(company, desk=desk) for name, company in world.companies.items()}
        return cls(desk, companies, world.certificate)

    # --- validation -------------------------------------------------------------------------------------------------

    def validation(self, name: str) -> Case | None:
        rows = Case.objects.filter(participant_id=self.companies[name].participant, kind="validation")
        return rows.exclude(state__in=queries.FINAL).order_by("opened_on", "pk").first()

    def validate(self, name: str, unmet: bool, decision: str) -> None:
        """The next right step of the open validation, by the right person."""
        case, company, desk = self.validation(name), self.companies[name], self.desk
        if case is None:
            return
        act: dict[str, Callable[[], object]] = {
            "planned": lambda: steps.noticed(desk, company, case.pk),
            "noticed": lambda: steps.visited(desk, case.pk),
            "visited": lambda: self._report(company, case.pk, unmet),
            "reported": lambda: self._after_report(company, case.pk),
            "answered": lambda: self._after_answer(company, case.pk),
            "blocked": lambda: desk.must(UnblockValidation(case_id=case.pk, reason="The visit is allowed."), by="sam"),
            "recommended": lambda: self.decide(case.pk, decision),
        }
        with as_far_as_it_goes():
            steps.relist(desk)
            act[case.state]()

    def _report(self, company: Company, case: UUID, unmet: bool) -> None:
        asked = queries.criteria_asked(queries.validation_of(case), self.desk.today)
        number = next(c.number for c in asked) if unmet and asked else ""
        steps.team(self.desk, case)
        steps.found(self.desk, company, case, unmet=number)
        if number:
            steps.require(self.desk, case, number)
        self.desk.must(IssueValidationReport(case_id=case, summary="A sound supply chain."), by="sam")

    def _after_report(self, company: Company, case: UUID) -> None:
        if Validation.objects.get(pk=case).actions.filter(kind="required", closed_on=None).exists():
            steps.answered(self.desk, company, case)
        else:
            self._recommend(company, case)

    def _after_answer(self, company: Company, case: UUID) -> None:
        steps.accepted(self.desk, case)
        self._recommend(company, case)

    def _recommend(self, company: Company, case: UUID) -> None:
        self.vet(company)
        if queries.validation_of(case).letter_signed_on is None:
            self.desk.must(SignCertificationLetter(case_id=case, agreed=True), by=company.officer)
        self.desk.must(RecommendValidation(case_id=case), by="sam")

    def vet(self, company: Company) -> None:
        latest = latest_investigation(company.participant)
        if latest is not None and Case.objects.filter(pk=latest, state="open").exists():
            investigate(self.desk, company)

    def decide(self, case: UUID, decision: str, by: str = "sue") -> None:
        command: Command = ValidateTierTwo(case_id=case, lateness_reason=LATE)
        if decision == "refuse":
            command = RefuseValidation(case_id=case, lateness_reason=LATE)
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
        row = Validation.objects.filter(participant_id=self.companies[name].participant).order_by("planned_on").last()
        if row is None:
            return
        with as_far_as_it_goes():
            if number == 0:
                self.desk.must(RecommendValidation(case_id=row.pk), by=by)
            elif number == 1:
                self.desk.must(IssueValidationReport(case_id=row.pk, summary="In short."), by=by)
            else:
                self.decide(row.pk, "validate" if number == 2 else "refuse", by or "sam")

    # --- consequences and appeals -----------------------------------------------------------------------------------

    def consequence(self, name: str) -> Case | None:
        rows = Case.objects.filter(participant_id=self.companies[name].participant, kind="consequence")
        return rows.exclude(state__in=("dropped", "reversed", "closed")).order_by("-opened_on", "-reference").first()

    def punish(self, name: str, measure: str, benefits: tuple[str, ...], days: int) -> None:
        """Open a consequence, or take the next step towards the decision of the one that is open."""
        company, desk, case = self.companies[name], self.desk, self.consequence(name)
        with as_far_as_it_goes():
            if case is None or case.state in ("in_force", "ended"):
                if measure == "emergency":
                    consequences.acted(desk, company, *benefits)
                else:
                    consequences.opened(desk, company, measure, benefits if measure == "denial" else ())
                return
            row = Consequence.objects.get(pk=case.pk)
            if case.state == "opened":
                desk.must(GiveConsequenceNotice(case_id=case.pk, message="We propose the following."), by="sam")
            elif case.state == "noticed":
                desk.today = max(desk.today, (row.response_until or desk.today) + timedelta(days=1))
                desk.must(EndResponsePeriod(case_id=case.pk), by="sue")
            elif case.state == "responded":
                until = None if row.proposed == "denial" else desk.today + timedelta(days=days)
                same = {"measure": row.proposed, "benefits": tuple(row.proposed_benefits), "period_until": until}
                desk.must(RecommendConsequence(case_id=case.pk, **same), by="sam")  # type: ignore[arg-type]
            elif case.state == "recommended":
                decide = DenyBenefits if row.proposed == "denial" else SuspendParticipant
                desk.must(decide(case_id=case.pk, reasons="It was found and shown."), by="sue")
            elif case.state == "emergency":
                desk.must(GiveEmergencyNotice(case_id=case.pk, message="We acted at once."), by="sue")
            elif case.state == "emergency_noticed":
                answer = RespondToEmergencyNotice(case_id=case.pk, response="It is a mistake.")
                desk.must(answer, by=company.officer)
                desk.must(ConfirmEmergencyAction(case_id=case.pk, reasons="It stands."), by="both")
            elif case.state == "remanded":
                self.anew(row)

    def anew(self, row: Consequence) -> None:
        """Decide anew what an appeal sent back: reversed where few benefits were denied, confirmed otherwise."""
        outcome = "reversed" if len(row.benefits) == 1 else "confirmed"
        if row.measure == "emergency":
            self.desk.give(GiveEmergencyNotice(case_id=row.pk, message="We look at it anew."), by="sue")
        self.desk.must(DecideAnew(case_id=row.pk, outcome=outcome, reasons="Looked at anew."), by="sue")  # type: ignore[arg-type]

    def appeal(self, name: str, outcome: str) -> None:
        """File an appeal of the latest decision, or take the next step of the appeal that is open."""
        company, desk = self.companies[name], self.desk
        open_one = Appeal.objects.filter(
            participant_id=company.participant, determined_on=None, withdrawn_on=None
        ).first()
        with as_far_as_it_goes():
            if open_one is None:
                decided = Consequence.objects.filter(participant_id=company.participant).exclude(decision="")
                row = decided.order_by("-decided_on", "-pk").first()
                if row is not None:
                    desk.must(FileAppeal(consequence_id=row.pk, grounds=(scenes.GROUND,)), by=name)
            elif not outcome:
                return
            elif outcome == "withdrawn":
                desk.must(WithdrawAppeal(case_id=open_one.pk), by=name)
            elif open_one.officer is None:
                desk.must(AssignAppealOfficer(case_id=open_one.pk, officer_id=desk.people["olga"]), by="pam")
                desk.must(BeginAppealReview(case_id=open_one.pk), by="olga")
            else:
                desk.must(scenes.determination(open_one.pk, outcome, **self._modified(open_one, outcome)), by="olga")

    def _modified(self, appeal: Appeal, outcome: str) -> dict[str, object]:
        """What a modified decision becomes: one benefit less, or a shorter period."""
        more: dict[str, object] = {"lateness_reason": LATE}
        if outcome == "modified":
            row = Consequence.objects.get(pk=appeal.consequence_id)
            more["modified_to"] = "Something less."
            if appeal.decision == "967(b)":
                more["period_until"] = (row.period_until or self.desk.today) - timedelta(days=1)
            else:
                more["benefits"] = tuple(row.benefits[1:])
        return more

    def make_good(self, name: str) -> None:
        """A corrective plan that is kept, and what it leads to: benefits restored, or reinstatement."""
        case, company, desk = self.consequence(name), self.companies[name], self.desk
        if case is None:
            return
        row = Consequence.objects.get(pk=case.pk)
        with as_far_as_it_goes():
            if case.state in ("emergency", "emergency_noticed"):
                desk.must(LiftEmergencyAction(case_id=case.pk, reason="The threat is over."), by="sue")
                return
            if row.plan_accepted_on is None:
                consequences.planned(desk, company, case.pk, 3)
            if row.goals.filter(done_on=None).exists():
                paper = consequences.upload(desk, case.pk, "Log", by=name)
                done = ReportGoalDone(case_id=case.pk, number=1, report="Done.", documents=(paper,))
                desk.must(done, by=name)
                desk.must(AcceptGoal(case_id=case.pk, number=1), by="sue")
            back = ReinstateParticipant if row.measure == "suspension" else RestoreBenefits
            desk.must(back(case_id=case.pk, reason="The plan was kept."), by="sue")

    def let_end(self, name: str) -> None:
        case = self.consequence(name)
        if case is not None:
            with as_far_as_it_goes():
                self.desk.must(EndConsequence(case_id=case.pk, reason="The period is over."), by="sue")

    # --- third parties ----------------------------------------------------------------------------------------------

    def engage(self, name: str) -> None:
        """The next step of a validation by the third party, up to an accepted report."""
        case = self.validation(name)
        if case is None:
            return
        last = Engagement.objects.filter(validation_id=case.pk).order_by("proposed_on", "pk").last()
        one = validators.Engaged(
            self.desk, self.companies[name], case.pk, self.certificate, last.pk if last else UUID(int=0)
        )
        state = Case.objects.get(pk=last.pk).state if last else ""
        with as_far_as_it_goes():
            if last is None:
                one.ready()
                self.desk.must(AuthorizeEngagement(case_id=one.engagement), by="sue")
                self.desk.must(BeginThirdPartyValidation(case_id=one.engagement), by="val")
            elif state == "authorized":
                one.begin()
            elif state == "under_way":
                self.desk.today += timedelta(days=1)
                one.submit()
            elif state == "reported":
                self.desk.must(AcceptThirdPartyReport(case_id=last.pk), by="sam")
                steps.team(self.desk, case.pk)

    def spoil(self, name: str, how: str) -> None:
        """What is found out about a validator: no insurance, a conflict, a shortcoming that costs the certificate."""
        desk, case = self.desk, self.validation(name)
        with as_far_as_it_goes():
            if how == "insurance":
                self._cancel()
            elif how == "conflict" and case is not None:
                last = Engagement.objects.filter(validation_id=case.pk).order_by("proposed_on", "pk").last()
                if last is not None:
                    said = DeclareConflict(case_id=last.pk, kind="family", detail="Two directors are sisters.")
                    desk.must(said, by=name)
            elif how == "revoked":
                paper = steps.upload(desk, self.certificate, "Inspection", by="sue")
                fault = ShortcomingFound(procedure="on-site-visits", found="No photographs.", evidence=(paper,))
                desk.must(RevokeCertificate(case_id=self.certificate, shortcomings=(fault,)), by="sue")

    def _cancel(self) -> None:
        policy = Policy.objects.filter(certificate_id=self.certificate, superseded_at=None).latest("recorded_at")
        kept = {
            name: getattr(policy, name) for name in ("insurer", "number", "limit_usd", "since", "until", "document")
        }
        ended = RecordInsurance(
            case_id=self.certificate, meets_conditions=True, cancelled_on=policy.since, corrects=policy.series, **kept
        )
        self.desk.must(ended, by="max")

    # --- what can be seen -------------------------------------------------------------------------------------------

    def given(self, name: str, on: date) -> set[str]:
        """The benefits that the platform gives to a company on a day."""
        participant = participant_of(self.companies[name].participant)
        return {status.benefit.code for status in benefits_on(participant, on) if status.given}


def engagements() -> dict[UUID, UUID]:
    """The certificate of each engagement."""
    return dict(Engagement.objects.values_list("pk", "certificate_id"))


DATES: dict[type[Any], tuple[str, ...]] = {
    Validation: ("certified_on", "planned_on", "letter_signed_on", "first_notice_on", "decided_on"),
    Visit: ("visited_on", "visited_to"),
    Appeal: ("decided_on", "filed_on", "last_day", "due_on", "determined_on", "withdrawn_on"),
    Engagement: ("proposed_on", "consent_on", "authorized_on", "accepted_on"),
    Certificate: ("sought_on", "certified_on"),
    Consequence: ("opened_on", "taken_on"),
    Case: ("opened_on",),
}
"""The legal dates that the state shows; a consequence is decided anew after a remand, and its record keeps both."""
