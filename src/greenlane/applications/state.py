"""How applications follow from the record (6 USC 963)."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid5

from greenlane.applications import entries
from greenlane.applications.models import AnswerRow, Application, RiskRow
from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies


@applies(entries.ApplicationOpened)
def application_opened(data: entries.ApplicationOpened, one: Recorded) -> None:
    Application.objects.create(
        id=data.application_id,
        participant_id=data.participant_id,
        programme=data.programme,
        business_type=data.business_type,
        edition_id=data.edition_id,
        opened_on=one.on,
        history_evidence=[],
        eligibility={},
    )


@applies(entries.EligibilityAnswered)
def eligibility_answered(data: entries.EligibilityAnswered, one: Recorded) -> None:
    row = Application.objects.get(pk=one.subject)
    row.eligibility = {**row.eligibility, **data.answers}
    row.save(update_fields=["eligibility"])


@applies(entries.EligibilityDetermined)
def eligibility_determined(data: entries.EligibilityDetermined, one: Recorded) -> None:
    Application.objects.filter(pk=one.subject).update(
        determination=data.outcome, determination_by=data.by_office, determination_reason=data.reason
    )


@applies(entries.CargoHistoryRecorded)
def cargo_history_recorded(data: entries.CargoHistoryRecorded, one: Recorded) -> None:
    Application.objects.filter(pk=one.subject).update(
        moved_from=data.moved_from,
        moved_to=data.moved_to,
        shipments=data.shipments,
        history_source=data.source,
        history_evidence=[str(key) for key in data.evidence],
    )


@applies(entries.RiskAssessed)
def risk_assessed(data: entries.RiskAssessed, one: Recorded) -> None:
    RiskRow.objects.bulk_create(
        (
            RiskRow(
                id=uuid5(one.subject, f"risk/{risk.area}/{risk.node}"),
                application_id=one.subject,
                reviewed_on=one.on,
                **asdict(risk),
            )
            for risk in data.risks
        ),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            "threat",
            "vulnerability",
            "consequence",
            "existing_control",
            "residual",
            "action",
            "reviewed_on",
        ],
    )


@applies(entries.CriteriaAnswered)
def criteria_answered(data: entries.CriteriaAnswered, one: Recorded) -> None:
    taken_back = [answer.number for answer in data.answers if answer.value == "unanswered"]
    AnswerRow.objects.filter(application_id=one.subject, number__in=taken_back).delete()
    AnswerRow.objects.bulk_create(
        (
            AnswerRow(
                id=uuid5(one.subject, f"answer/{answer.number}"),
                application_id=one.subject,
                number=answer.number,
                value=answer.value,
                narrative=answer.narrative,
                not_applicable_reason=answer.not_applicable_reason,
                evidence=[str(key) for key in answer.evidence],
                answered_on=one.on,
            )
            for answer in data.answers
            if answer.value != "unanswered"
        ),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["value", "narrative", "not_applicable_reason", "evidence", "answered_on"],
    )


@applies(entries.AgreementSigned)
def agreement_signed(data: entries.AgreementSigned, one: Recorded) -> None:
    Application.objects.filter(pk=one.subject).update(
        agreement_signed_on=one.on,
        agreement_by=data.signed_by,
        agreement_office=data.signed_as,
        agreement_named_officer=data.named_officer,
    )


@applies(entries.ApplicationSubmitted)
def application_submitted(data: entries.ApplicationSubmitted, one: Recorded) -> None:
    Application.objects.filter(pk=one.subject).update(
        received_on=data.received_on,
        submitted_on=one.on,
        submissions=data.submission,
        cargo_kinds=list(data.cargo_kinds),
        parts=[str(key) for key in data.parts],
    )


@applies(entries.ApplicationReturned)
def application_returned(data: entries.ApplicationReturned, one: Recorded) -> None:
    """The company works on it again: what it will submit is its profile of that day."""
    Application.objects.filter(pk=one.subject).update(cargo_kinds=[], parts=[])
