"""Rows of an application as the facts that 962 and 963 ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, UUIDField, Value

from greenlane.applications.models import AnswerRow, Application, RiskRow
from greenlane.criteria.queries import criterion_facts, edition_of
from greenlane.law.s961 import Attestation
from greenlane.law.s962 import EligibilityFacts
from greenlane.law.s963 import CargoHistory, SubmissionFacts
from greenlane.law.s963_assessment import Node, RiskAssessment
from greenlane.law.s963_measures import Answer
from greenlane.participants import queries
from greenlane.participants.models import Dated, Identifier, Leg, Participant, Partner, Site
from greenlane.participants.parts import title_of


@dataclass(frozen=True)
class ProfileParts:
    """What the company's profile says to 962 and 963(2): kinds of identifier on file, nodes, officers' accounts."""

    identifiers: frozenset[str]
    nodes: tuple[Node, ...]
    officers: frozenset[UUID]
    persons: int


def profile_parts(participant: UUID) -> ProfileParts:
    """Every live part of a profile, read at once; nodes by kind and in the order in which they were recorded."""

    def part(table: str, rows: QuerySet[Any], a: Any, b: Any = "", c: Any = "", account: Any = None) -> Any:
        columns = {
            "part": Value(table, CharField()),
            "a": a if isinstance(a, F) else Value(a, CharField()),
            "b": b if isinstance(b, F) else Value(b, CharField()),
            "c": c if isinstance(c, F) else Value(c, CharField()),
            "account": account if isinstance(account, F) else Value(None, UUIDField()),
        }
        return (
            rows.order_by().annotate(**columns).values_list("part", "series", "a", "b", "c", "account", "recorded_at")
        )

    person = part("person", queries.persons(participant), F("role"), account=F("account_id"))
    legs = part("leg", queries.legs(participant), F("mode"), F("port_of_lading"), F("port_of_unlading"))
    others = (
        part("identifier", queries.identifiers(participant), F("kind")),
        part("site", queries.sites(participant), F("name")),
        part("partner", queries.partners(participant), F("name")),
        legs,
    )
    rows = list(person.union(*others, all=True).order_by("recorded_at", "series"))
    order = {"site": 0, "partner": 1, "leg": 2}
    nodes = sorted((row for row in rows if row[0] in order), key=lambda row: order[row[0]])
    return ProfileParts(
        identifiers=frozenset(row[2] for row in rows if row[0] == "identifier"),
        nodes=tuple(Node(row[0], str(row[1]), _node_title(*row[2:5]) if row[0] == "leg" else row[2]) for row in nodes),
        officers=frozenset(row[5] for row in rows if row[0] == "person" and row[2] == "officer" and row[5]),
        persons=sum(row[0] == "person" for row in rows),
    )


def _node_title(mode: str, lading: str, unlading: str) -> str:
    return title_of(Leg(mode=mode, port_of_lading=lading, port_of_unlading=unlading))


def nodes_of(participant: Participant) -> tuple[Node, ...]:
    """The supply chain: sites, partners and legs, by the key of their series."""
    return profile_parts(participant.pk).nodes


def eligibility_facts(application: Application, parts: ProfileParts | None = None) -> EligibilityFacts:
    participant = application.participant
    parts = parts or profile_parts(participant.pk)
    return EligibilityFacts(
        business_type=application.business_type,
        answers=application.eligibility,
        identifiers=parts.identifiers,
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


def submission_facts(
    application: Application, submission: Attestation, parts: ProfileParts | None = None
) -> SubmissionFacts:
    """All that the application holds, for ``may_submit``. Assessments of nodes that have ended do not count."""
    parts = parts or profile_parts(application.participant_id)
    live = {node.key for node in parts.nodes}
    return SubmissionFacts(
        eligibility=eligibility_facts(application, parts),
        history=history_facts(application),
        nodes=parts.nodes,
        assessments=tuple(
            risk_facts(row) for row in application.risks.order_by("area", "node") if str(row.node) in live
        ),
        answers=tuple(answer_facts(row) for row in application.answers.order_by("number")),
        edition_criteria=criterion_facts(edition_of(application.edition_id)),
        cargo_kinds=tuple(application.participant.cargo_kinds),
        agreement=agreement_facts(application),
        submission=submission,
    )


def parts_on_record(participant: UUID) -> dict[UUID, str]:
    """The identifiers, sites, partners and legs of a profile now: row -> what people call it. Persons are vetted."""
    tables = (queries.identifiers, queries.sites, queries.partners, queries.legs)
    return {row.pk: title_of(row) for table in tables for row in table(participant)}


def changed_since_submission(application: Application) -> tuple[str, ...]:
    """What people call the parts of the profile, and the kinds of cargo, that are not as they were submitted."""
    now, then = parts_on_record(application.participant_id), {UUID(key) for key in application.parts}
    gone = [title_of(row) for table in (Identifier, Site, Partner, Leg) for row in _rows(table, then - now.keys())]
    fresh = [title for key, title in now.items() if key not in then]
    kinds = sorted(set(application.cargo_kinds) ^ set(application.participant.cargo_kinds))
    return tuple(dict.fromkeys([*gone, *fresh, *kinds]))


def _rows(table: type[Dated], keys: Iterable[UUID]) -> QuerySet[Dated]:
    return table._default_manager.filter(pk__in=keys).order_by("recorded_at", "id")


def signature(application: Application, account: object, office: str, on: date) -> Attestation:
    """The signature that the acting person would give now."""
    key = account if account is None else str(account)
    named = queries.named_officer(application.participant_id, account)  # type: ignore[arg-type]
    return Attestation(signed_by_office=office, named_officer=named, account=key or "", signed_on=on)
