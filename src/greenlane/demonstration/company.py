"""One invented company's life, from registration to a decision, told as commands with days between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from uuid import UUID

from greenlane.applications.commands import OpenApplication, SignAgreement, SubmitApplication, WithdrawApplication
from greenlane.applications.parts import (
    AnswerCriteria,
    AnswerEligibility,
    AssessRisk,
    DetermineEligibility,
    RecordCargoHistory,
)
from greenlane.applications.queries import application_of
from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Document
from greenlane.demonstration import cast, filling
from greenlane.demonstration.geography import Route, route_for
from greenlane.demonstration.papers import paper
from greenlane.demonstration.stage import Stage, Story
from greenlane.law.authority import Office
from greenlane.participants import queries
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import AmendProfile, InviteParticipant, RegisterParticipant
from greenlane.participants.parts import RecordIdentifier, RecordPerson
from greenlane.people.commands import GrantOffice, OpenAccount
from greenlane.programs.queries import terms_of

FATES = (
    "registered", "drafting", "ready", "received", "under_review", "returned", "recommended",
    "certified", "certified_late", "refused_match", "refused_unmet", "withdrawn",
)  # fmt: skip


NONE_YET = UUID(int=0)


@dataclass
class Company:
    """Who the company is and what becomes of it (one of FATES)."""

    stage: Stage
    serial: int
    business_type: str
    fate: str
    random: Random
    owner: str = ""
    life: str = ""
    participant: UUID = NONE_YET
    application: UUID = NONE_YET

    @property
    def officer(self) -> str:
        return f"officer{self.serial}"

    @property
    def name(self) -> str:
        return cast.company_name(self.business_type, self.serial)

    def live(self) -> Story:
        """The company's side; the programme's side is told in ``office``."""
        from greenlane.demonstration.office import review

        self.register()
        yield self.random.randint(0, 3)
        self.fill_profile()
        if self.fate == "registered":
            return
        yield self.random.randint(1, 6)
        self.map_chain()
        self.open()
        yield self.random.randint(1, 5)
        self.fill_application(half=self.fate == "drafting")
        if self.fate == "drafting":
            return
        yield self.random.randint(1, 10)
        self.stage.give(SignAgreement(case_id=self.application, agreed=True), by=self.officer)
        if self.fate == "ready":
            return
        self.submit()
        if self.fate == "withdrawn":
            yield self.random.randint(5, 40)
            self.stage.give(WithdrawApplication(case_id=self.application), by=self.officer)
            return
        yield from review(self)
        if self.life:
            from greenlane.demonstration.lives.lives import after_certification

            yield from after_certification(self, self.life)

    def register(self) -> None:
        give = self.stage.give
        name = cast.person_name(self.random)
        address = f"{self.officer}@{'-'.join(self.name.lower().split())}.example"
        opened = give(OpenAccount(email=address, name=name))
        self.stage.people[self.officer] = _made(opened.case_id)
        registered = give(
            RegisterParticipant(
                programme="ctpat",
                business_type=self.business_type,
                legal_name=self.name,
                country=self.route.site_country,
                address=f"{self.serial + 1} Invented Way",
                city=self.route.site_city,
            ),
            by=self.officer,
        )
        self.participant = _made(registered.case_id)
        kind = terms_of("ctpat", self.stage.today).business_type(self.business_type)
        if kind and kind.by_invitation:
            give(
                InviteParticipant(participant_id=self.participant, reason="Ships to certified importers."), by="manager"
            )

    @property
    def route(self) -> Route:
        return route_for(self.business_type, Random(self.serial))

    def fill_profile(self) -> None:
        give, key = self.stage.give, self.participant
        give(
            AmendProfile(
                participant_id=key,
                legal_name=self.name,
                country=self.route.site_country,
                address=f"{self.serial + 1} Invented Way",
                city=self.route.site_city,
                cargo_kinds=("containerized",) if self.serial % 5 else ("containerized", "break_bulk"),
                phone="+1 555 0100",
            ),
            by=self.officer,
        )
        kind = terms_of("ctpat", self.stage.today).business_type(self.business_type)
        for number in filling.numbers_for(kind, self.serial) if kind else ():
            give(RecordIdentifier(participant_id=key, kind=number.kind, value=number.value), by=self.officer)
        self.record_people()

    def record_people(self) -> None:
        give, key = self.stage.give, self.participant
        give(
            RecordPerson(
                participant_id=key,
                role="officer",
                name=cast.person_name(self.random),
                title="Vice President for Operations",
                birth_date=filling.birth_date(self.random),
                country="US",
                account_id=self.stage.people[self.officer],
            ),
            by=self.officer,
        )
        give(
            RecordPerson(
                participant_id=key,
                role="owner",
                name=self.owner or cast.person_name(self.random),
                birth_date=filling.birth_date(self.random),
                country="US",
                share_percent=100,
            ),
            by=self.officer,
        )
        if self.serial % 4 == 0:
            helper = f"helper{self.serial}"
            address = f"{helper}@{'-'.join(self.name.lower().split())}.example"
            opened = give(OpenAccount(email=address, name=cast.person_name(self.random)))
            self.stage.people[helper] = _made(opened.case_id)
            office = Office.CONSULTANT if self.serial % 8 == 0 else Office.APPLICANT_STAFF
            give(GrantOffice(account_id=_made(opened.case_id), office=office, participant_id=key), by=self.officer)

    def map_chain(self) -> None:
        give, key, route = self.stage.give, self.participant, self.route
        sites = ((f"{route.site_city} depot", "warehouse"), (f"{route.site_city} office", "office"))
        for name, use in sites[: 1 + self.serial % 2]:
            give(
                RecordSite(
                    participant_id=key,
                    name=name,
                    use=use,  # type: ignore[arg-type]
                    address=f"{self.serial + 10} Depot Road",
                    city=route.site_city,
                    country=route.site_country,
                ),
                by=self.officer,
            )
        give(
            RecordPartner(
                participant_id=key,
                name=f"{cast.FRONT[(self.serial * 7 + 3) % len(cast.FRONT)]} {route.partner_city} Works",
                does="manufacturer",
                city=route.partner_city,
                country=route.partner_country,
            ),
            by=self.officer,
        )
        site, [partner] = queries.sites(key)[0], queries.partners(key)
        give(
            RecordLeg(
                participant_id=key,
                origin=partner.series,
                destination=site.series,
                mode=route.mode,  # type: ignore[arg-type]
                port_of_lading=route.lading,
                port_of_unlading=route.unlading,
            ),
            by=self.officer,
        )

    def open(self) -> None:
        answer = self.stage.give(OpenApplication(participant_id=self.participant), by=self.officer)
        self.application = _made(answer.case_id)

    def upload(self, title: str) -> UUID:
        """Store an invented paper and add it to the application."""
        stored = paper(title, self.name)
        self.stage.give(
            UploadDocument(
                case_id=self.application,
                title=title,
                file_name=stored.file_name,
                media_type=stored.media_type,
                size=stored.size,
                sha256=stored.sha256,
            ),
            by=self.officer,
        )
        return Document.objects.get(case_id=self.application, title=title).pk

    def fill_application(self, *, half: bool = False) -> None:
        give = self.stage.give
        application = application_of(self.application)
        terms = terms_of(application.programme, self.stage.today)
        answers = filling.eligibility_answers(self.business_type, terms)
        give(AnswerEligibility(case_id=self.application, answers=answers), by=self.officer)
        kind = terms.business_type(self.business_type)
        if kind and kind.needs_determination:
            determination = DetermineEligibility(
                case_id=self.application,
                outcome="eligible",
                reason="Surveys containers at sea ports; part of the chain.",
            )
            give(determination, by="supervisor")
        evidence = (self.upload("Security manual"), self.upload("Bills of lading"))
        give(
            RecordCargoHistory(
                case_id=self.application,
                moved_from=self.stage.today - timedelta(days=330),
                moved_to=self.stage.today - timedelta(days=6),
                shipments=self.random.randint(12, 900),
                evidence=(evidence[1],),
            ),
            by=self.officer,
        )
        risks = filling.risks_of(application.participant, terms, self.random)
        give(AssessRisk(case_id=self.application, risks=risks[: len(risks) // 2] if half else risks), by=self.officer)
        given = filling.answers_of(application, evidence, self.random)
        if self.fate == "refused_unmet":
            given = filling.with_unmet_must(application, given)
        give(
            AnswerCriteria(case_id=self.application, answers=given[: len(given) // 3] if half else given),
            by=self.officer,
        )

    def submit(self) -> None:
        self.stage.give(SubmitApplication(case_id=self.application), by=self.officer)


def _made(key: UUID | None) -> UUID:
    """The id of what a command opened."""
    if key is None:
        raise LookupError("the command opened nothing")
    return key
