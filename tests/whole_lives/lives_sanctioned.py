"""What is decided against a company, what it appeals, and how it makes good (6 USC 967)."""

from __future__ import annotations

from datetime import timedelta

from greenlane.appeals.commands import FileAppeal, WithdrawAppeal
from greenlane.appeals.commands_list import PublishFederalRegisterList
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview
from greenlane.appeals.models import Appeal
from greenlane.casework.models import Case
from greenlane.consequences.commands_decision import (
    DenyBenefits,
    ExpelParticipant,
    RecommendConsequence,
    SuspendParticipant,
)
from greenlane.consequences.commands_emergency import (
    ConfirmEmergencyAction,
    GiveEmergencyNotice,
    LiftEmergencyAction,
    RespondToEmergencyNotice,
)
from greenlane.consequences.commands_notice import EndResponsePeriod, GiveConsequenceNotice
from greenlane.consequences.commands_plan import AcceptGoal, ReportGoalDone
from greenlane.consequences.commands_remanded import DecideAnew
from greenlane.consequences.commands_return import (
    EndConsequence,
    PublishConsequence,
    ReinstateParticipant,
    RestoreBenefits,
)
from greenlane.consequences.models import Consequence
from tests.appeals import scenes
from tests.consequences import steps as consequences
from tests.whole_lives.desk_of_lives import LATE, Led, as_far_as_it_goes

DECIDE = {"denial": DenyBenefits, "suspension": SuspendParticipant, "expulsion": ExpelParticipant}


class Sanctioned(Led):
    """Each method does the next thing against one company, or of it, as far as it goes."""

    def consequence(self, name: str) -> Case | None:
        rows = Case.objects.filter(participant_id=self.key(name), kind="consequence")
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
                desk.must(DECIDE[row.proposed](case_id=case.pk, reasons="It was found and shown."), by="sue")
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
            desk.must(back(case_id=case.pk, reason="The plan was kept."), by="both")

    def let_end(self, name: str) -> None:
        case = self.consequence(name)
        if case is not None:
            with as_far_as_it_goes():
                self.desk.must(EndConsequence(case_id=case.pk, reason="The period is over."), by="sue")

    def publish(self, *, alone: bool) -> None:
        """Whoever was sanctioned, all at once or each alone: whoever may not be named must be refused."""
        rows = list(Consequence.objects.filter(decision="967(b)").order_by("pk"))
        for named in [[row] for row in rows] if alone else [rows]:
            keys = tuple(row.pk for row in named)
            listed = PublishFederalRegisterList(programme="ctpat", consequences=keys, published_on=self.desk.today)
            self.desk.give(listed, by="pam")
        for row in rows:
            self.desk.give(PublishConsequence(case_id=row.pk, publication="An invented page"), by="pam")
