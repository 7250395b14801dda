"""Rows of a certificate as the facts that 968(d)-(e) and (g) ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from greenlane.law.s968 import (
    Agreed,
    CertificateFacts,
    Conducted,
    Demonstration,
    Inspection,
    MonitoringFacts,
    Policy,
    ProcedureVersion,
    RevocationFacts,
    Shortcoming,
    ValidatorFacts,
)
from greenlane.validators.models import Certificate, ConductedReview, Engagement, Procedure


def procedure_facts(programme: str) -> tuple[ProcedureVersion, ...]:
    rows = Procedure.objects.filter(programme=programme).order_by("code", "version")
    return tuple(ProcedureVersion(*row) for row in rows.values_list("code", "version", "in_force_from"))


def limit_on(certificate: Certificate, on: date) -> int | None:
    """The insurance limit set for the entity on a day, in whole dollars; None: the programme's own holds."""
    set_by_then = [row for row in certificate.limits.all() if row.since <= on]
    last = max(set_by_then, key=lambda row: (row.since, row.recorded_at, row.pk), default=None)
    return last.limit_usd if last else None


def validator_facts(
    certificate: Certificate, on: date, procedures: Callable[[str], tuple[ProcedureVersion, ...]] = procedure_facts
) -> ValidatorFacts:
    """The entity as it stands, with the limit that is set for it on that day."""
    return ValidatorFacts(
        entity=certificate.validator.name,
        procedures=procedures(certificate.validator.programme),
        demonstrations=tuple(
            Demonstration(row.code, row.shown_on, str(row.satisfied or "")) for row in certificate.demonstrations.all()
        ),
        agreements=tuple(
            Agreed(row.procedure.code, row.procedure.version, row.agreed_on) for row in certificate.agreements.all()
        ),
        submission_on=certificate.submission_on,
        limit=limit_on(certificate, on),
        policies=tuple(
            Policy(row.insurer, row.limit_usd, row.since, row.until, row.meets_conditions, row.cancelled_on)
            for row in sorted(certificate.policies.all(), key=lambda row: (row.since, row.recorded_at, row.pk))
            if row.superseded_at is None
        ),
        confidentiality_signed_on=certificate.protection_signed_on,
        confidentiality_signed_by=certificate.protection_signed_by,
    )


def certificate_facts(
    certificate: Certificate, on: date, procedures: Callable[[str], tuple[ProcedureVersion, ...]] = procedure_facts
) -> CertificateFacts:
    """The certificate on a day; *procedures*: those of a programme, for who asks of many certificates."""
    ended = certificate.ended_on
    return CertificateFacts(
        certified_on=certificate.certified_on,
        revoked_on=ended if certificate.outcome == "revoked" else None,
        validator=validator_facts(certificate, on, procedures),
        surrendered_on=ended if certificate.outcome == "surrendered" else None,
    )


def monitoring_facts(certificate: Certificate) -> MonitoringFacts | None:
    """The inspections of a certified entity; None while it is not certified."""
    if certificate.certified_on is None:
        return None
    rows = certificate.inspections.order_by("inspected_on", "id")
    return MonitoringFacts(
        certificate.validator.name,
        certificate.certified_on,
        tuple(Inspection(row.inspected_on, str(row.inspector or "-"), row.requirements_met) for row in rows),
    )


def conducted_facts(validator_id: UUID) -> tuple[Conducted, ...]:
    """Every validation that the entity ever conducted: it reported visits to it, whatever became of the report."""
    rows = Engagement.objects.filter(validator_id=validator_id, reports__gt=0).order_by("proposed_on", "pk")
    reviews = ConductedReview.objects.filter(certificate__validator_id=validator_id).exclude(reviewed_on=None)
    by = dict(reviews.values_list("validation_id", "reviewed_by"))
    return tuple(
        Conducted(str(row.validation_id), str(row.participant_id), row.ended_on, str(by.get(row.validation_id) or ""))
        for row in rows
    )


def revocation_facts(certificate: Certificate, shortcomings: tuple[Shortcoming, ...]) -> RevocationFacts:
    return RevocationFacts(
        entity=certificate.validator.name,
        certified=certificate.certified_on is not None and certificate.ended_on is None,
        shortcomings=shortcomings,
        conducted=conducted_facts(certificate.validator_id),
    )
