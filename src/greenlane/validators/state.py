"""How validators and certificates follow from the record (6 USC 968(d)-(g))."""

from __future__ import annotations

from dataclasses import asdict

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.validators import entries
from greenlane.validators.checks import key_of
from greenlane.validators.entries_ownership import HoldingRecorded
from greenlane.validators.models import (
    Certificate,
    ConductedReview,
    Demonstration,
    Holding,
    Inspection,
    InsuranceLimit,
    Policy,
    Procedure,
    ProcedureAgreement,
    Validator,
    ValidatorPerson,
)


@applies(entries.CertificateSought)
def certificate_sought(data: entries.CertificateSought, one: Recorded) -> None:
    if data.is_new:
        Validator.objects.create(
            id=data.validator_id,
            programme=data.programme,
            name=data.name,
            key=data.key,
            country=data.country,
            address=data.address,
            registered_on=one.on,
            registered_by=data.account_id,
        )
    Certificate.objects.create(id=data.certificate_id, validator_id=data.validator_id, sought_on=one.on)
    if data.account_id is not None:
        ValidatorPerson.objects.create(
            id=one.id_for("person"),
            certificate_id=data.certificate_id,
            account_id=data.account_id,
            name=data.person,
            since=one.on,
        )


@applies(entries.ValidatorPersonRecorded)
def validator_person_recorded(data: entries.ValidatorPersonRecorded, one: Recorded) -> None:
    ValidatorPerson.objects.create(
        id=one.id_for("person"),
        certificate_id=data.certificate_id,
        account_id=data.account_id,
        name=data.name,
        since=one.on,
    )


@applies(entries.ProcedurePublished)
def procedure_published(data: entries.ProcedurePublished, one: Recorded) -> None:
    Procedure.objects.create(
        id=data.procedure_id,
        programme=data.programme,
        code=data.code,
        version=data.number,
        title=data.title,
        text=data.text,
        published_on=one.on,
        in_force_from=data.in_force_from,
    )


@applies(entries.ProceduresAgreed)
def procedures_agreed(data: entries.ProceduresAgreed, one: Recorded) -> None:
    ProcedureAgreement.objects.bulk_create(
        ProcedureAgreement(
            id=one.id_for(key),
            certificate_id=data.certificate_id,
            procedure_id=key,
            agreed_on=one.on,
            agreed_by=one.actor,
        )
        for key in data.procedures
    )


@applies(entries.AbilityDemonstrated)
def ability_demonstrated(data: entries.AbilityDemonstrated, one: Recorded) -> None:
    Demonstration.objects.create(
        id=data.demonstration_id,
        certificate_id=data.certificate_id,
        code=data.code,
        shown_on=data.shown_on,
        satisfied=data.satisfied,
        note=data.note,
        evidence=[str(key) for key in data.evidence],
    )


@applies(entries.InsuranceInformationSubmitted)
def information_submitted(data: entries.InsuranceInformationSubmitted, one: Recorded) -> None:
    Certificate.objects.filter(pk=data.certificate_id).update(
        submission=data.information,
        submission_on=one.on,
        submission_documents=[str(key) for key in data.documents],
    )


@applies(entries.InsuranceLimitsSet)
def limits_set(data: entries.InsuranceLimitsSet, one: Recorded) -> None:
    InsuranceLimit.objects.create(
        id=data.limit_id,
        certificate_id=data.certificate_id,
        limit_usd=data.limit_usd,
        conditions=data.conditions,
        reason=data.reason,
        since=data.since,
        recorded_at=one.at,
    )


@applies(entries.InsuranceRecorded)
def insurance_recorded(data: entries.InsuranceRecorded, one: Recorded) -> None:
    Policy.objects.filter(series=data.series, superseded_at=None).update(superseded_at=one.at)
    Policy.objects.create(
        id=data.policy_id,
        series=data.series,
        certificate_id=data.certificate_id,
        insurer=data.insurer,
        number=data.number,
        limit_usd=data.limit_usd,
        since=data.since,
        until=data.until,
        meets_conditions=data.meets_conditions,
        cancelled_on=data.cancelled_on,
        document=data.document,
        recorded_at=one.at,
    )


@applies(entries.ProtectionAgreementSigned)
def protection_signed(data: entries.ProtectionAgreementSigned, one: Recorded) -> None:
    Certificate.objects.filter(pk=data.certificate_id).update(
        protection_signed_on=one.on, protection_signed_by=data.name
    )


@applies(entries.CertificateDecided)
def certificate_decided(data: entries.CertificateDecided, one: Recorded) -> None:
    rows = Certificate.objects.filter(pk=data.certificate_id)
    if data.outcome == "certified":
        rows.update(outcome="certified", certified_on=one.on, certified_by=one.actor)
    else:
        rows.update(outcome="refused", ended_on=one.on, reason=data.reason)


@applies(entries.ValidatorInspected)
def validator_inspected(data: entries.ValidatorInspected, one: Recorded) -> None:
    Inspection.objects.create(
        id=data.inspection_id,
        certificate_id=data.certificate_id,
        inspected_on=data.inspected_on,
        inspector=one.actor,
        requirements_met=data.requirements_met,
        looked_at=data.looked_at,
        shortcomings=[_plain(one) for one in data.shortcomings],
    )


@applies(entries.CertificateRevoked)
def certificate_revoked(data: entries.CertificateRevoked, one: Recorded) -> None:
    Certificate.objects.filter(pk=data.certificate_id).update(
        outcome="revoked",
        ended_on=one.on,
        shortcomings=[_plain(one) for one in data.shortcomings],
    )
    ConductedReview.objects.bulk_create(
        ConductedReview(
            id=one.id_for("review", conducted.validation_id),
            certificate_id=data.certificate_id,
            validation_id=conducted.validation_id,
            participant_id=conducted.participant_id,
            opened_on=one.on,
        )
        for conducted in data.conducted
    )


@applies(entries.ConductedValidationReviewed)
def conducted_validation_reviewed(data: entries.ConductedValidationReviewed, one: Recorded) -> None:
    ConductedReview.objects.filter(certificate_id=data.certificate_id, validation_id=data.validation_id).update(
        reviewed_on=one.on, reviewed_by=one.actor, found=data.found
    )


@applies(entries.CertificateSurrendered)
def certificate_surrendered(data: entries.CertificateSurrendered, one: Recorded) -> None:
    Certificate.objects.filter(pk=data.certificate_id).update(
        outcome="surrendered", ended_on=one.on, reason=data.reason
    )


@applies(HoldingRecorded)
def holding_recorded(data: HoldingRecorded, one: Recorded) -> None:
    Holding.objects.filter(series=data.series, superseded_at=None).update(superseded_at=one.at)
    Holding.objects.create(
        id=data.holding_id,
        series=data.series,
        owner_id=data.owner_id,
        owner_name=data.owner_name,
        owner_key=key_of(data.owner_name),
        owned_id=data.owned_id,
        owned_name=data.owned_name,
        owned_key=key_of(data.owned_name),
        basis_points=data.basis_points,
        control=data.control,
        since=data.since,
        until=data.until,
        source=data.source,
        engagement_id=data.engagement_id,
        recorded_at=one.at,
    )


def _plain(found: entries.ShortcomingFound) -> dict[str, object]:
    return {**asdict(found), "evidence": [str(key) for key in found.evidence]}
