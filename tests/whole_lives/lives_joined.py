"""Third party validators, and accounts that leave, merge and split (6 USC 961(a), 962, 968)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.commands_merging import ConsentToAccountChange, MergeAccounts
from greenlane.participants.commands_splitting import SplitAccount
from greenlane.participants.models import Merger
from greenlane.validators.commands_deciding import AuthorizeEngagement, BeginThirdPartyValidation
from greenlane.validators.commands_engagement import DeclareConflict
from greenlane.validators.commands_insurance import RecordInsurance
from greenlane.validators.commands_monitoring import RevokeCertificate
from greenlane.validators.commands_report import AcceptThirdPartyReport
from greenlane.validators.entries import ShortcomingFound
from greenlane.validators.models import Engagement, Policy
from tests.validation import steps
from tests.validators import steps as validators
from tests.whole_lives.desk_of_lives import as_far_as_it_goes
from tests.whole_lives.lives_validated import Validated


class Joined(Validated):
    """Each method does the next thing between two companies, as far as it goes."""

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
                self.insure(cancelled_on=self._policy().since)
            elif how == "conflict" and case is not None:
                last = Engagement.objects.filter(validation_id=case.pk).order_by("proposed_on", "pk").last()
                if last is not None:
                    said = DeclareConflict(case_id=last.pk, kind="family", detail="Two directors are sisters.")
                    desk.must(said, by=name)
            elif how == "revoked":
                paper = steps.upload(desk, self.certificate, "Inspection", by="sue")
                fault = ShortcomingFound(procedure="on-site-visits", found="No photographs.", evidence=(paper,))
                desk.must(RevokeCertificate(case_id=self.certificate, shortcomings=(fault,)), by="sue")

    def _policy(self) -> Policy:
        return Policy.objects.filter(certificate_id=self.certificate, superseded_at=None).latest("recorded_at")

    def insure(self, until: date | None = None, cancelled_on: date | None = None) -> None:
        """The policy as it is corrected: it ends on another day, or was cancelled."""
        policy = self._policy()
        kept = {name: getattr(policy, name) for name in ("insurer", "number", "limit_usd", "since", "document")}
        corrected = RecordInsurance(
            case_id=self.certificate,
            meets_conditions=True,
            until=until or policy.until,
            cancelled_on=cancelled_on,
            corrects=policy.series,
            **kept,
        )
        self.desk.must(corrected, by="max")

    # --- accounts ---------------------------------------------------------------------------------------------------

    def leave(self, name: str, *, sure: bool = True) -> None:
        with as_far_as_it_goes():
            self.desk.must(WithdrawFromProgramme(participant_id=self.key(name), sure=sure), by=name)

    def merge(self, survivor: str, merged: str) -> None:
        """One account goes on in another, with the consent of both."""
        with as_far_as_it_goes():
            self._consent(survivor, "survive", merged)
            self._consent(merged, "merge", survivor)
            more: dict[str, Any] = {"participant_id": self.key(survivor), "merged_id": self.key(merged)}
            self.desk.must(MergeAccounts(takeover=True, reason="Bought.", **more), by="max")

    def split(self) -> None:
        """The merger that was first is undone, with the consent of both."""
        merger = Merger.objects.filter(split_on=None).order_by("merged_on", "pk").first()
        if merger is None:
            return
        names = {self.key(name): name for name in self.companies}
        sides = names[merger.survivor_id], names[merger.merged_id]
        with as_far_as_it_goes():
            self._consent(sides[0], "split", sides[1])
            self._consent(sides[1], "split", sides[0])
            self.desk.must(SplitAccount(merger_id=merger.pk, reason="Sold again."), by="max")

    def _consent(self, name: str, act: str, other: str) -> None:
        """The consent of the officer; one that was given before and is not used yet is enough."""
        more: dict[str, Any] = {"participant_id": self.key(name), "act": act, "other_id": self.key(other)}
        self.desk.give(ConsentToAccountChange(reason="We want to.", **more), by=name)
