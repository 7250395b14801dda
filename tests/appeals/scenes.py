"""Decisions under 967(a) and 967(b) reached by commands, and the steps of an appeal against them, for tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from greenlane.appeals.commands import FileAppeal
from greenlane.appeals.commands_review import AssignAppealOfficer, BeginAppealReview, DetermineAppeal
from greenlane.appeals.entries import AppealGround
from greenlane.casework import replay
from greenlane.casework.answers import Answer
from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Case, Document
from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from greenlane.consequences.commands import OpenConsequence, RecordEvidence
from greenlane.consequences.commands_decision import (
    DenyBenefits,
    ExpelParticipant,
    RecommendConsequence,
    SuspendParticipant,
)
from greenlane.consequences.commands_emergency import TakeEmergencyAction
from greenlane.consequences.commands_notice import EndResponsePeriod, GiveConsequenceNotice
from greenlane.consequences.entries import FailureFound, Misinformed
from greenlane.consequences.queries import consequence_of
from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetStanding
from greenlane.people.commands import AssignCase
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, founded_desk, investigate, received
from tests.support.kept import kept

GROUND = AppealGround(title="The facts are wrong", statement="The seal log of that day was on file.")


@dataclass
class Scene:
    """A certified company whose validation is open, with the people of an appeal at the desk."""

    desk: Desk
    company: Company

    @property
    def participant(self) -> UUID:
        return self.company.participant

    def document(self, case: UUID, title: str, by: str = "sue") -> UUID:
        """A document on file in a case."""
        text = f"{title} {case}".encode()
        self.desk.must(
            UploadDocument(
                case_id=case,
                title=title,
                file_name="paper.txt",
                media_type="text/plain",
                size=len(text),
                sha256=hashlib.sha256(text).hexdigest(),
            ),
            by=by,
        )
        return Document.objects.filter(case_id=case, title=title).latest("version").pk

    def propose(self, proposed: str, benefits: tuple[str, ...] = ()) -> UUID:
        """A consequence with evidence and notice whose response period is over; it waits for a recommendation."""
        give, today = self.desk.must, self.desk.today
        sanction = proposed != "denial"
        failure = FailureFound(requirement="6 USC 963(2)", found="No assessment of the chain.", found_on=today)
        false = Misinformed(
            said="The gate is watched day and night.",
            found="Nobody was at the gate for a month.",
            given_on=today,
            ground_of_knowledge="The manager signed the empty rosters himself.",
        )
        opened = OpenConsequence(
            participant_id=self.participant,
            proposed=proposed,  # type: ignore[arg-type]
            benefits=benefits,
            failures=() if sanction else (failure,),
            misinformation=false if sanction else None,
        )
        case = give(opened, by="sue").case_id
        assert case is not None
        give(AssignCase(case_id=case, account_id=self.desk.people["sam"]), by="sue")
        paper = self.document(case, "Photo of the gate")
        requirement = "" if sanction else "6 USC 963(2)"
        give(
            RecordEvidence(case_id=case, requirement=requirement, statement="Taken on the spot.", documents=(paper,)),
            by="sam",
        )
        give(GiveConsequenceNotice(case_id=case, message="We propose the following."), by="sam")
        until = consequence_of(case).response_until
        assert until is not None
        self.desk.today = until + timedelta(days=1)
        give(EndResponsePeriod(case_id=case), by="sue")
        return case

    def suspend(self, days: int = 365, measure: str = "suspension") -> UUID:
        """A suspension or expulsion decided today by Sue; Sam recommended it."""
        case, give = self.propose(measure), self.desk.must
        until = self.desk.today + timedelta(days=days)
        give(RecommendConsequence(case_id=case, measure=measure, period_until=until), by="sam")  # type: ignore[arg-type]
        decide = SuspendParticipant if measure == "suspension" else ExpelParticipant
        give(decide(case_id=case, reasons="Knowingly false information was given in the validation."), by="sue")
        return case

    def deny(self, *benefits: str) -> UUID:
        """Benefits denied today by Sue; Sam recommended it."""
        case, give = self.propose("denial", benefits), self.desk.must
        give(RecommendConsequence(case_id=case, measure="denial", benefits=benefits), by="sam")
        give(DenyBenefits(case_id=case, reasons="A requirement is not met."), by="sue")
        return case

    def act_at_once(self) -> UUID:
        """An emergency action of today."""
        act = TakeEmergencyAction(participant_id=self.participant, grounds="A threat that cannot wait.")
        case = self.desk.must(act, by="sue").case_id
        assert case is not None
        return case

    def file(self, case: UUID, **more: object) -> UUID:
        """An appeal filed today by the company."""
        answer = self.desk.must(filing(case, **more), by="ada")
        assert answer.case_id is not None
        return answer.case_id

    def review(self, appeal: UUID, officer: str = "olga") -> UUID:
        """The appeal in the hands of an officer, with its record frozen."""
        self.desk.must(AssignAppealOfficer(case_id=appeal, officer_id=self.desk.people[officer]), by="pam")
        self.desk.must(BeginAppealReview(case_id=appeal), by=officer)
        return appeal

    def determine(self, appeal: UUID, outcome: str, officer: str = "olga", **more: object) -> Answer:
        """The determination of an appeal that is under review."""
        return self.desk.must(determination(appeal, outcome, **more), by=officer)


def filing(case: UUID, **more: object) -> FileAppeal:
    return FileAppeal(consequence_id=case, **{"grounds": (GROUND,), **more})  # type: ignore[arg-type]


def determination(appeal: UUID, outcome: str, **more: object) -> DetermineAppeal:
    values = {"reasons": "The rosters bear the decision out.", **more}
    return DetermineAppeal(case_id=appeal, outcome=outcome, **values)  # type: ignore[arg-type]


def appeal_people(desk: Desk) -> None:
    """Two appeal officers and a programme manager."""
    desk.person("olga", Office.APPEAL_OFFICER)
    desk.person("otto", Office.APPEAL_OFFICER)
    desk.person("pam", Office.PROGRAMME_MANAGER)


def scene() -> Scene:
    """A company certified today by the whole procedure, its validation planned, and the people of an appeal."""
    desk = founded_desk()
    return Scene(desk, _certified(desk))


@kept
def _certified(desk: Desk) -> Company:
    desk.prove = False
    appeal_people(desk)
    company, case = received(desk)
    desk.prove = False
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.must(CertifyTierOne(case_id=case), by="sue")
    assert Case.objects.filter(participant_id=company.participant, kind="validation").exists()
    return company


def proved_scene() -> Iterator[Scene]:
    """The same for a fixture: after the test the whole state is held against the record, once."""
    yield scene()
    replay.check()


def another(desk: Desk, number: int) -> Scene:
    """One more participant, in standing by the platform's own word: only denials can be decided against it."""
    company = Company(desk, "ada", name=f"Invented Trader {number:02}").register()
    desk.must(
        SetStanding(participant_id=company.participant, standing="certified", tier=2, reason="an earlier programme")
    )
    return Scene(desk, company)
