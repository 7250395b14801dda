"""Facts of invented companies that meet every rule of sections 962 to 966; a test spoils one at a time."""

from __future__ import annotations

from datetime import date

from greenlane.law.s961 import Attestation
from greenlane.law.s962 import EligibilityFacts
from greenlane.law.s963 import Answer, CargoHistory, CriterionFact, Node, RiskAssessment, SubmissionFacts
from greenlane.law.s964 import CertificationFacts, CriterionFinding, DocumentReview, GuidelinesFact
from greenlane.law.s964_investigation import InvestigationFacts, ListUsed
from greenlane.law.s965 import MeasureFinding, ValidationFacts, Visit
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Verdict

RECEIVED = date(2026, 1, 15)
DECIDED = date(2026, 4, 14)

TERMS = Terms.from_mapping(
    {
        "code": "lantern",
        "title": "Lantern Scheme",
        "agency": "Invented Coast Office",
        "citations": ["6 USC 961(a)"],
        "tiers": [
            {"rank": 1, "code": "lit", "title": "Lit", "citations": ["6 USC 964"]},
            {"rank": 2, "code": "bright", "title": "Bright", "citations": ["6 USC 965"]},
            {"rank": 3, "code": "beacon", "title": "Beacon", "citations": ["6 USC 966"]},
        ],
        "business_types": [
            {
                "code": "porter",
                "title": "Porter",
                "questions": [
                    {"key": "carries", "text": "Does it carry?", "citation": "6 USC 962"},
                    {"key": "since", "text": "Since when?", "citation": "6 USC 963(4)", "kind": "date"},
                ],
                "identifiers": [["badge", "plate"], ["bond"]],
            },
            {"code": "other", "title": "Other", "needs_determination": True},
        ],
        "areas": [
            {"code": "partners", "title": "Partners", "citation": "6 USC 963(2)(A)", "nodes": ["partner"]},
            {"code": "boxes", "title": "Boxes", "citation": "6 USC 963(2)(B)", "nodes": ["site", "leg"]},
        ],
        "benefits": [
            {"code": "lower_score", "title": "Lower score", "from_rank": 1, "citation": "6 USC 964(a)"},
            {"code": "fewer_looks", "title": "Fewer looks", "from_rank": 2, "citation": "6 USC 965(b)(2)"},
        ],
        "common_questions": [{"key": "debt", "text": "Any debt?", "citation": "6 USC 963(4)", "expects": "no"}],
    }
)

OFFICER = Attestation("applicant_officer", True, "account-1", date(2026, 1, 10))
CONSULTANT = Attestation("consultant", False, "account-2", date(2026, 1, 10))
STAFF = Attestation("applicant_staff", False, "account-3", date(2026, 1, 10))

ELIGIBILITY = EligibilityFacts(
    "porter", {"debt": "no", "carries": "yes", "since": "2019-05-01"}, frozenset({"plate", "bond"})
)
HISTORY = CargoHistory(date(2025, 6, 1), date(2026, 1, 2), 7, "release_data")
NODES = (Node("site", "yard", "Yard"), Node("partner", "mill", "Mill"), Node("leg", "ferry", "Ferry"))


def assessed(area: str, node: str) -> RiskAssessment:
    return RiskAssessment(area, node, 2, 2, 2, "Locked and logged.", 2, "", date(2026, 1, 5))


ASSESSMENTS = (assessed("partners", "mill"), assessed("boxes", "yard"), assessed("boxes", "ferry"))
EDITION = (
    CriterionFact("1.1", "should"),
    CriterionFact("3.1", "must"),
    CriterionFact("5.9", "must", cargo_kinds=("bulk",)),
)
ANSWERS = (Answer("1.1", "no"), Answer("3.1", "yes", "Screened yearly.", evidence=("document-1",)))
SUBMISSION = SubmissionFacts(
    ELIGIBILITY, HISTORY, NODES, ASSESSMENTS, ANSWERS, EDITION, ("container",), OFFICER, OFFICER
)

INVESTIGATION = InvestigationFacts(
    "cleared", 3, 3, 6, 6, (ListUsed("invented", date(2026, 2, 1), "Office"),), date(2026, 2, 10), date(2027, 2, 10)
)
REVIEW = DocumentReview(
    (CriterionFinding("1.1", "should", "no", "accepted"), CriterionFinding("3.1", "must", "yes", "accepted"))
)
GUIDELINES = GuidelinesFact("2026.1", date(2026, 1, 1))
CERTIFICATION = CertificationFacts(
    RECEIVED, INVESTIGATION, REVIEW, GUIDELINES, "certify", "specialist-1", "supervisor-1"
)

VALIDATION = ValidationFacts(
    rank=1,
    certified_on=DECIDED,
    letter_signed_on=DECIDED,
    nodes=frozenset({"mill"}),
    visits=(Visit("mill", True, "on_site", date(2026, 9, 1), "Most cargo starts there.", date(2026, 9, 20)),),
    determination=None,
    measures=(MeasureFinding("3.1", True),),
    second_vetting=InvestigationFacts("cleared", 3, 3, 6, 6, INVESTIGATION.lists, date(2026, 8, 1), date(2027, 8, 1)),
    guidelines=GuidelinesFact("2026.1", date(2026, 1, 1), None, ("on_site_assessment",)),
    schedule="2026",
    recommended="validate",
    recommended_by="specialist-1",
    decided_by="supervisor-1",
)


def failing(verdict: Verdict) -> set[tuple[str, str, str]]:
    """Code, clause and place of each reason that does not hold."""
    return {(reason.code, reason.citation.cite, reason.where) for reason in verdict.failing}
