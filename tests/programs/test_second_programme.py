"""An invented programme of another agency runs the same rooms: nothing assumes C-TPAT (19 USC 4311(a))."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from greenlane.applications.commands import OpenApplication, SignAgreement, SubmitApplication
from greenlane.applications.entries import CriterionAnswer, NodeRisk
from greenlane.applications.facts import nodes_of
from greenlane.applications.parts import AnswerCriteria, AnswerEligibility, AssessRisk, RecordCargoHistory
from greenlane.applications.queries import application_of, questionnaire
from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Document, Notice
from greenlane.certification.commands import CertifyTierOne, PublishGuidelines, RecommendCertification
from greenlane.certification.entries import CriterionReview
from greenlane.certification.models import Certification
from greenlane.certification.review import BeginReview, ReviewCriteria
from greenlane.criteria.catalogue import edition_to_json, load_catalogue
from greenlane.criteria.commands import PublishEdition
from greenlane.law.authority import Office
from greenlane.law.s962 import questions_for
from greenlane.participants import queries
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import AmendProfile, RegisterParticipant
from greenlane.participants.models import Participant
from greenlane.participants.parts import RecordIdentifier, RecordPerson
from greenlane.participants.queries import participant_of
from greenlane.people.commands import AssignCase
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import load_pack
from greenlane.programs.queries import terms_of
from greenlane.vetting.commands_adjudication import CompleteInvestigation
from greenlane.vetting.facts import latest_investigation
from tests.desk import Desk
from tests.invented_lists import invented_list

pytestmark = pytest.mark.django_db
HARBOUR = Path(__file__).parent / "packs" / "harbour"
FOUNDED = date(2021, 3, 1)


@pytest.fixture
def desk() -> Desk:
    desk = Desk(prove=False)
    desk.must(LoadProgramme(pack=load_pack(HARBOUR / "pack.yaml")), on=FOUNDED)
    edition = load_catalogue(HARBOUR / "criteria.yaml").edition("bonded_warehouse", desk.today)
    desk.must(PublishEdition(edition=edition_to_json(edition), consulted_on=FOUNDED), on=FOUNDED)
    guidelines = PublishGuidelines(
        programme="harbour_trust", version="F-1", title="Freymark guidelines", text="Invented.", in_force_from=FOUNDED
    )
    desk.must(guidelines, on=FOUNDED)
    desk.must(invented_list(desk.today))
    for name, office in (("sam", Office.SPECIALIST), ("vera", Office.VETTING_ANALYST), ("sue", Office.SUPERVISOR)):
        desk.person(name, office)
    desk.person("ada")
    return desk


def profile(desk: Desk) -> UUID:
    answer = desk.must(
        RegisterParticipant(
            programme="harbour_trust",
            business_type="bonded_warehouse",
            legal_name="Freymark Bonded Store",
            country="IS",
            address="1 Quay",
            city="Reykjavik",
        ),
        by="ada",
    )
    key = answer.case_id
    assert key is not None
    give = desk.must
    give(
        AmendProfile(
            participant_id=key,
            legal_name="Freymark Bonded Store",
            country="IS",
            address="1 Quay",
            city="Reykjavik",
            cargo_kinds=("casks", "parcels"),
        ),
        by="ada",
    )
    give(RecordIdentifier(participant_id=key, kind="house_number", value="FH 77"), by="ada")
    give(
        RecordPerson(
            participant_id=key,
            role="officer",
            name="Ada Freymark",
            birth_date=date(1980, 1, 1),
            country="IS",
            account_id=desk.people["ada"],
        ),
        by="ada",
    )
    give(
        RecordSite(participant_id=key, name="Store", use="warehouse", address="1", city="Reykjavik", country="IS"),
        by="ada",
    )
    give(RecordPartner(participant_id=key, name="Cart and Oar", does="carrier", country="IS"), by="ada")
    [site], [partner] = queries.sites(key), queries.partners(key)
    give(RecordLeg(participant_id=key, origin=partner.series, destination=site.series, mode="road"), by="ada")
    return key


def apply(desk: Desk, key: UUID) -> UUID:
    case = desk.must(OpenApplication(participant_id=key), by="ada").case_id
    assert case is not None
    application = application_of(case)
    terms = terms_of("harbour_trust", desk.today)
    upload = UploadDocument(
        case_id=case, title="Log", file_name="log.txt", media_type="text/plain", size=3, sha256="a" * 64
    )
    desk.must(upload, by="ada")
    evidence = (Document.objects.get(case_id=case).pk,)
    eligibility = {q.key: q.expects for q in questions_for("bonded_warehouse", terms)}
    desk.must(AnswerEligibility(case_id=case, answers=eligibility), by="ada")
    long_ago = desk.today - timedelta(days=500)  # within this programme's 24 months, beyond the 12 of another
    desk.must(
        RecordCargoHistory(case_id=case, moved_from=long_ago, moved_to=long_ago, shipments=4, evidence=evidence),
        by="ada",
    )
    risks = tuple(
        NodeRisk(
            area=area.code,
            node=UUID(node.key),
            threat=1,
            vulnerability=1,
            consequence=1,
            existing_control="Locks.",
            residual=1,
        )
        for area in terms.areas
        for node in nodes_of(participant_of(key))
        if node.kind in area.nodes
    )
    desk.must(AssessRisk(case_id=case, risks=risks), by="ada")
    answers = tuple(
        CriterionAnswer(number=c.number, value="yes", narrative="Done.", evidence=evidence)
        for c in questionnaire(application)
    )
    desk.must(AnswerCriteria(case_id=case, answers=answers), by="ada")
    desk.must(SignAgreement(case_id=case, agreed=True), by="ada")
    desk.must(SubmitApplication(case_id=case), by="ada")
    return case


@pytest.mark.clause("19 USC 4311(a)")
def test_a_house_of_another_programme_is_listed_through_the_same_rooms(desk: Desk) -> None:
    key = profile(desk)
    application = apply(desk, key)
    case = Certification.objects.get(application_id=application).pk
    investigation = latest_investigation(key)
    assert investigation is not None
    desk.must(CompleteInvestigation(case_id=investigation, summary="All compared."), by="vera")
    desk.must(AssignCase(case_id=case, account_id=desk.people["sam"]), by="sue")
    desk.must(BeginReview(case_id=case), by="sam")
    findings = tuple(
        CriterionReview(number=c.number, finding="accepted") for c in questionnaire(application_of(application))
    )
    desk.must(ReviewCriteria(case_id=case, findings=findings), by="sam")
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.prove = True
    desk.must(CertifyTierOne(case_id=case), by="sue")
    row = Participant.objects.get(pk=key)
    assert (row.programme, row.standing, row.tier) == ("harbour_trust", "certified", 1)
    letter = str(Notice.objects.get(case_id=case).body)
    assert "F-1" in letter
    assert "C-TPAT" not in letter


@pytest.mark.clause("19 USC 4311(a)")
def test_the_business_types_of_one_programme_are_unknown_to_another(desk: Desk) -> None:
    importer = RegisterParticipant(
        programme="harbour_trust",
        business_type="importer",
        legal_name="Meridian",
        country="US",
        address="1 Way",
        city="Houston",
    )
    answer = desk.refused(importer, by="ada", code="business_type_known")
    assert "bonded_warehouse, courier" in str(answer.verdict.failing[0].sentence)


@pytest.mark.clause("19 USC 4311(a)")
def test_no_module_outside_the_pack_and_the_law_names_c_tpat_in_its_logic() -> None:
    """A default of a form or the demonstration may name it; a comparison never does."""
    source = Path(__file__).parents[2] / "src" / "greenlane"
    allowed = {"programs/packs", "law", "demonstration", "web/templates", "web/static", "criteria/data", "locale"}
    for path in source.rglob("*.py"):
        inside = path.relative_to(source).as_posix()
        if not any(inside.startswith(folder) for folder in allowed):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                compares = "ctpat" in line and any(sign in line for sign in ("==", "!=", " in ", " is "))
                assert not compares, f"{inside}:{number} decides by the name of a programme: {line.strip()}"
