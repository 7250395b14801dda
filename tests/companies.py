"""Plainly invented companies for tests: registered, filled in and submitted by commands only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from greenlane.applications.commands import OpenApplication, SignAgreement, SubmitApplication
from greenlane.applications.entries import CriterionAnswer, NodeRisk
from greenlane.applications.facts import nodes_of
from greenlane.applications.parts import AnswerCriteria, AnswerEligibility, AssessRisk, RecordCargoHistory
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Document
from greenlane.criteria.catalogue import edition_to_json, load_catalogue
from greenlane.criteria.commands import PublishEdition
from greenlane.law.s962 import questions_for
from greenlane.participants import queries
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import AmendProfile, RegisterParticipant
from greenlane.participants.parts import RecordIdentifier, RecordPerson
from greenlane.participants.queries import participant_of
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack
from greenlane.programs.queries import terms_of
from tests.desk import Desk

BORN = date(2020, 1, 1)
IDENTIFIERS = {
    "importer": {"ior": "12-345678900", "import_bond": "991234567"},
    "highway_carrier_us_mexico": {"scac": "QZXV", "usdot": "1234567"},
    "customs_broker": {"broker_licence": "12345", "filer_code": "Q1Z"},
}
DATES_AND_TEXTS = {"date": "2015-01-05", "text": "Invented for this test."}


def found_programme(desk: Desk, *business_types: str) -> None:
    """Load C-TPAT and publish the criteria of these business types."""
    desk.must(LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml")), on=BORN)
    for business_type in business_types:
        edition = load_catalogue().edition(business_type, date(2026, 1, 1))
        desk.must(PublishEdition(edition=edition_to_json(edition), consulted_on=BORN), on=BORN)


@dataclass
class Company:
    """A company in the making; ``officer`` is the name of its person at the desk."""

    desk: Desk
    officer: str
    name: str = "Meridian Lantern Imports"
    business_type: str = "importer"
    participant: UUID = field(default=UUID(int=0))
    application: UUID = field(default=UUID(int=0))

    def register(self) -> Company:
        if self.officer not in self.desk.people:
            self.desk.person(self.officer)
        answer = self.desk.must(
            RegisterParticipant(
                business_type=self.business_type,
                legal_name=self.name,
                country="US",
                address="1 Invented Way",
                city="Houston",
            ),
            by=self.officer,
        )
        assert answer.case_id is not None
        self.participant = answer.case_id
        return self

    def fill_profile(self, owner: str = "Orla Invented", born: date = date(1970, 5, 17)) -> Company:
        give, key = self.desk.must, self.participant
        give(
            AmendProfile(
                participant_id=key,
                legal_name=self.name,
                country="US",
                address="1 Invented Way",
                city="Houston",
                cargo_kinds=("containerized",),
            ),
            by=self.officer,
        )
        for kind, value in IDENTIFIERS[self.business_type].items():
            give(RecordIdentifier(participant_id=key, kind=kind, value=value), by=self.officer)
        officer = RecordPerson(
            participant_id=key,
            role="officer",
            name=self.officer.title(),
            title="Vice President",
            birth_date=date(1980, 2, 29),
            country="US",
            account_id=self.desk.people[self.officer],
        )
        give(officer, by=self.officer)
        give(
            RecordPerson(
                participant_id=key, role="owner", name=owner, birth_date=born, country="US", share_percent=100
            ),
            by=self.officer,
        )
        return self

    def map_chain(self) -> Company:
        give, key = self.desk.must, self.participant
        give(
            RecordSite(
                participant_id=key, name="Dock Seven", use="warehouse", address="7 Dock", city="Houston", country="US"
            ),
            by=self.officer,
        )
        give(
            RecordPartner(
                participant_id=key, name="Jade Kiln Works", does="manufacturer", country="CN", city="Shanghai"
            ),
            by=self.officer,
        )
        [site], [partner] = queries.sites(key), queries.partners(key)
        give(
            RecordLeg(
                participant_id=key,
                origin=partner.series,
                destination=site.series,
                mode="sea",
                port_of_lading="CNSHA",
                port_of_unlading="5301",
            ),
            by=self.officer,
        )
        return self

    def open(self) -> Company:
        answer = self.desk.must(OpenApplication(participant_id=self.participant), by=self.officer)
        assert answer.case_id is not None
        self.application = answer.case_id
        return self

    def upload(self, title: str = "Security manual") -> UUID:
        text = f"{title} of {self.name}".encode()
        self.desk.must(
            UploadDocument(
                case_id=self.application,
                title=title,
                file_name="manual.txt",
                media_type="text/plain",
                size=len(text),
                sha256=hashlib.sha256(text).hexdigest(),
            ),
            by=self.officer,
        )
        return Document.objects.filter(case_id=self.application, title=title).latest("version").pk

    def fill_application(self) -> Company:
        application = application_of(self.application)
        terms = terms_of(application.programme, self.desk.today)
        manual = self.upload()
        answers = {
            q.key: q.expects if q.kind == "yes_no" else DATES_AND_TEXTS.get(q.kind, "Invented")
            for q in questions_for(self.business_type, terms)
        }
        give = self.desk.must
        give(AnswerEligibility(case_id=self.application, answers=answers), by=self.officer)
        give(
            RecordCargoHistory(
                case_id=self.application,
                moved_from=self.desk.today - timedelta(days=300),
                moved_to=self.desk.today - timedelta(days=5),
                shipments=120,
                evidence=(manual,),
            ),
            by=self.officer,
        )
        give(AssessRisk(case_id=self.application, risks=self.risks()), by=self.officer)
        give(AnswerCriteria(case_id=self.application, answers=self.answers(manual)), by=self.officer)
        return self

    def risks(self) -> tuple[NodeRisk, ...]:
        """A sound assessment of every area at every node that it concerns."""
        participant = participant_of(self.participant)
        terms = terms_of(participant.programme, self.desk.today)
        return tuple(
            NodeRisk(
                area=area.code,
                node=UUID(node.key),
                threat=2,
                vulnerability=2,
                consequence=3,
                existing_control="Locked, watched and logged.",
                residual=2,
            )
            for area in terms.areas
            for node in nodes_of(participant)
            if node.kind in area.nodes
        )

    def answers(self, evidence: UUID) -> tuple[CriterionAnswer, ...]:
        """Yes to every criterion that is asked, explained and evidenced."""
        asked = questionnaire(application_of(self.application))
        yes = CriterionAnswer(number="", value="yes", narrative="Done as written in the manual.", evidence=(evidence,))
        return tuple(replace(yes, number=criterion.number) for criterion in asked)

    def sign(self) -> Company:
        self.desk.must(SignAgreement(case_id=self.application, agreed=True), by=self.officer)
        return self

    def submit(self) -> Company:
        self.desk.must(SubmitApplication(case_id=self.application), by=self.officer)
        return self

    def ready(self) -> Company:
        """Everything but the signature and the submission."""
        return self.register().fill_profile().map_chain().open().fill_application()

    def submitted(self) -> Company:
        return self.ready().sign().submit()
