"""Rows of an application as the facts that 962 and 963 ask for."""

from __future__ import annotations

from datetime import date

from greenlane.applications.models import AnswerRow, Application, RiskRow
from greenlane.criteria.queries import criterion_facts, edition_of
from greenlane.law.s961 import Attestation
from greenlane.law.s962 import EligibilityFacts
from greenlane.law.s963 import CargoHistory, SubmissionFacts
from greenlane.law.s963_assessment import Node, RiskAssessment
from greenlane.law.s963_measures import Answer
from greenlane.participants import queries
from greenlane.participants.models import Participant
from greenlane.participants.parts import title_of


def nodes_of(participant: Participant) -> tuple[Node, ...]:
    """The supply chain: sites, partners and legs, by the key of their series."""
    rows = [
        *(("site", row) for row in queries.sites(participant.pk)),
        *(("partner", row) for row in queries.partners(participant.pk)),
        *(("leg", row) for row in queries.legs(participant.pk)),
    ]
    return tuple(Node(kind, str(row.series), title_of(row)) for kind, row in rows)


def eligibility_facts(application: Application) -> EligibilityFacts:
    participant = application.participant
    return EligibilityFacts(
        business_type=application.business_type,
        answers=application.eligibility,
        identifiers=frozenset(queries.identifiers(participant.pk).values_list("kind", flat=True)),
        invited=participant.invited_on is not None,
        determination=application.determination,
        determination_by=application.determination_by,
        determination_reason=application.determination_reason,
    )


def history_facts(application: Application) -> CargoHistory | None:
    if application.shipments is None:
        return None
    return CargoHistory(
        moved_from=application.moved_from,
        moved_to=application.moved_to,
        shipments=application.shipments,
        source=application.history_source,
        evidence=tuple(application.history_evidence),
    )


def risk_facts(row: RiskRow) -> RiskAssessment:
    return RiskAssessment(
        area=row.area,
        node=str(row.node),
        threat=row.threat,
        vulnerability=row.vulnerability,
        consequence=row.consequence,
        existing_control=row.existing_control,
        residual=row.residual,
        action=row.action,
        reviewed_on=row.reviewed_on,
    )


def answer_facts(row: AnswerRow) -> Answer:
    return Answer(row.number, row.value, row.narrative, row.not_applicable_reason, tuple(row.evidence))


def agreement_facts(application: Application) -> Attestation | None:
    if application.agreement_signed_on is None:
        return None
    return Attestation(
        signed_by_office=application.agreement_office,
        named_officer=application.agreement_named_officer,
        account=str(application.agreement_by),
        signed_on=application.agreement_signed_on,
    )


def submission_facts(application: Application, submission: Attestation) -> SubmissionFacts:
    """All that the application holds, for ``may_submit``. Assessments of nodes that have ended do not count."""
    participant = application.participant
    nodes = nodes_of(participant)
    live = {node.key for node in nodes}
    return SubmissionFacts(
        eligibility=eligibility_facts(application),
        history=history_facts(application),
        nodes=nodes,
        assessments=tuple(
            risk_facts(row) for row in application.risks.order_by("area", "node") if str(row.node) in live
        ),
        answers=tuple(answer_facts(row) for row in application.answers.order_by("number")),
        edition_criteria=criterion_facts(edition_of(application.edition_id)),
        cargo_kinds=tuple(participant.cargo_kinds),
        agreement=agreement_facts(application),
        submission=submission,
    )


def signature(application: Application, account: object, office: str, on: date) -> Attestation:
    """The signature that the acting person would give now."""
    key = account if account is None else str(account)
    named = queries.named_officer(application.participant_id, account)  # type: ignore[arg-type]
    return Attestation(signed_by_office=office, named_officer=named, account=key or "", signed_on=on)
