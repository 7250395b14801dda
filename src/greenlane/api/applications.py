"""An application with its answers, risks, and what it still lacks, each with its clause (6 USC 963)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_read, visible_case
from greenlane.api.giving import ReasonShape
from greenlane.api.participants import Purpose
from greenlane.api.problems import reason_json
from greenlane.api.shapes import PARTICIPANT, Shape, clearance, of, reply, show
from greenlane.applications.models import Application
from greenlane.applications.queries import application_of, questionnaire, readiness
from greenlane.law.authority import Office

router = Router(tags=["applications"])


class RiskShape(Shape):
    """The assessment of one area at one node, on scales of 1 to 5."""

    area: Annotated[str, PARTICIPANT]
    node: Annotated[UUID, PARTICIPANT]
    threat: Annotated[int, PARTICIPANT]
    vulnerability: Annotated[int, PARTICIPANT]
    consequence: Annotated[int, PARTICIPANT]
    existing_control: Annotated[str, PARTICIPANT]
    residual: Annotated[int, PARTICIPANT]
    action: Annotated[str, PARTICIPANT]
    reviewed_on: Annotated[date, PARTICIPANT]


class CriterionAnswerShape(Shape):
    """The answer to one criterion; one without an answer has the value 'unanswered'."""

    number: Annotated[str, PARTICIPANT]
    level: Annotated[str, PARTICIPANT]
    value: Annotated[str, PARTICIPANT]
    narrative: Annotated[str, PARTICIPANT]
    not_applicable_reason: Annotated[str, PARTICIPANT]
    evidence: Annotated[list[UUID], PARTICIPANT]
    answered_on: Annotated[date | None, PARTICIPANT]


class ApplicationShape(Shape):
    """One application: what was told, and what submission would be answered now."""

    id: Annotated[UUID, PARTICIPANT]
    reference: Annotated[str, PARTICIPANT]
    state: Annotated[str, PARTICIPANT]
    participant_id: Annotated[UUID, PARTICIPANT]
    programme: Annotated[str, PARTICIPANT]
    business_type: Annotated[str, PARTICIPANT]
    edition_id: Annotated[UUID, PARTICIPANT]
    opened_on: Annotated[date, PARTICIPANT]
    received_on: Annotated[date | None, PARTICIPANT]
    submitted_on: Annotated[date | None, PARTICIPANT]
    submissions: Annotated[int, PARTICIPANT]
    agreement_signed_on: Annotated[date | None, PARTICIPANT]
    determination: Annotated[str, PARTICIPANT]
    determination_reason: Annotated[str, PARTICIPANT]
    moved_from: Annotated[date | None, PARTICIPANT]
    moved_to: Annotated[date | None, PARTICIPANT]
    shipments: Annotated[int | None, PARTICIPANT]
    eligibility: Annotated[dict[str, str], PARTICIPANT]
    ready: Annotated[bool, PARTICIPANT]
    readiness: Annotated[list[ReasonShape], PARTICIPANT]
    answers: Annotated[list[CriterionAnswerShape], PARTICIPANT]
    risks: Annotated[list[RiskShape], PARTICIPANT]


@operation(
    router,
    "GET",
    "/applications/{uuid:application_id}",
    access=Access.SIGNED_IN,
    citations=("6 USC 963",),
    response=ApplicationShape,
)
def one_application(request: HttpRequest, application_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """An application with everything in it.

    'readiness' is what SubmitApplication would be answered today, reason by reason. Every read is logged.
    """
    case = visible_case(request, application_id)
    application = application_of(case.pk)
    note_read(request, application.participant_id, f"application {case.reference}", purpose)
    cleared = clearance(viewer(request))
    columns = [name for name in ApplicationShape.model_fields if hasattr(application, name) and name not in _PARTS]
    verdict = readiness(application, viewer(request).account, _office(request, application), authority.today())
    values = {
        **of(application, *columns),
        "reference": case.reference,
        "state": case.state,
        "eligibility": {key: str(value) for key, value in application.eligibility.items()},
        "ready": verdict.granted,
        "readiness": [show(ReasonShape, reason_json(reason), cleared) for reason in verdict.reasons],
        "answers": _answers(application, cleared),
        "risks": [
            show(RiskShape, of(row, *RiskShape.model_fields), cleared)
            for row in application.risks.order_by("area", "node")
        ],
    }
    return reply(request, show(ApplicationShape, values, cleared))


_PARTS = frozenset({"answers", "risks", "eligibility"})


def _office(request: HttpRequest, application: Application) -> Office:
    """The office in which the reader would submit; whoever could not is told so by the verdict."""
    who = viewer(request)
    own = Office.APPLICANT_OFFICER in who.offices_for(application.participant_id)
    return Office.APPLICANT_OFFICER if own else Office.PUBLIC


def _answers(application: Application, cleared: str) -> list[dict[str, Any]]:
    rows = {row.number: row for row in application.answers.all()}
    found = []
    for criterion in questionnaire(application):
        row = rows.get(criterion.number)
        values = {
            "number": criterion.number,
            "level": criterion.level,
            "value": row.value if row else "unanswered",
            "narrative": row.narrative if row else "",
            "not_applicable_reason": row.not_applicable_reason if row else "",
            "evidence": row.evidence if row else [],
            "answered_on": row.answered_on if row else None,
        }
        found.append(show(CriterionAnswerShape, values, cleared))
    return found
