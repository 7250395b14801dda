"""How appeals and lists follow from the record (6 USC 967(b)-(c))."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid5

from greenlane.appeals import entries
from greenlane.appeals.models import Appeal, ListedName, RecordOfAppeal, RegisterList, Statement
from greenlane.casework.context import Recorded
from greenlane.casework.registry import adapter_of, applies


@applies(entries.AppealFiled)
def appeal_filed(data: entries.AppealFiled, one: Recorded) -> None:
    Appeal.objects.create(
        id=data.appeal_id,
        consequence_id=data.consequence_id,
        participant_id=data.participant_id,
        programme=data.programme,
        decision=data.decision,
        measure=data.measure,
        decision_entry=data.decision_entry,
        decided_on=data.decided_on,
        filed_on=data.filed_on,
        filed_by=one.actor,
        last_day=data.last_day,
        due_on=data.due_on,
        grounds=[asdict(ground) for ground in data.grounds],
        documents=[str(key) for key in data.documents],
        relief=data.relief,
    )


@applies(entries.AppealOfficerAssigned)
def officer_assigned(data: entries.AppealOfficerAssigned, one: Recorded) -> None:
    Appeal.objects.filter(pk=one.subject).update(
        officer=data.officer, officer_name=data.name, officer_since=one.on, review_on=None, record_sha256=""
    )


@applies(entries.StatementSubmitted)
def statement_submitted(data: entries.StatementSubmitted, one: Recorded) -> None:
    Statement.objects.create(
        id=data.statement_id,
        appeal_id=one.subject,
        side=data.side,
        text=data.text,
        documents=[str(key) for key in data.documents],
        submitted_on=one.on,
        submitted_at=one.at,
        submitted_by=one.actor,
    )


@applies(entries.AppealReviewBegun)
def review_begun(data: entries.AppealReviewBegun, one: Recorded) -> None:
    RecordOfAppeal.objects.create(
        id=data.record_id,
        appeal_id=one.subject,
        number=data.number,
        frozen_on=one.on,
        sha256=data.sha256,
        items=[adapter_of(entries.RecordItem).dump_python(item, mode="json") for item in data.items],
    )
    Appeal.objects.filter(pk=one.subject).update(review_on=one.on, record_sha256=data.sha256)


@applies(entries.AppealDetermined)
def appeal_determined(data: entries.AppealDetermined, one: Recorded) -> None:
    Appeal.objects.filter(pk=one.subject).update(
        outcome=data.outcome.value,
        reasons=data.reasons,
        modified_to=data.modified_to,
        benefits=list(data.benefits),
        period_until=data.period_until,
        new_measure=data.measure,
        determined_by=one.actor,
        determined_on=data.determined_on,
        restored_from=data.restored_from,
        late=data.late,
        lateness_reason=data.lateness_reason,
    )


@applies(entries.AppealWithdrawn)
def appeal_withdrawn(data: entries.AppealWithdrawn, one: Recorded) -> None:
    Appeal.objects.filter(pk=one.subject).update(withdrawn_on=one.on, withdrawal_reason=data.reason)


@applies(entries.FederalRegisterListPublished)
def list_published(data: entries.FederalRegisterListPublished, one: Recorded) -> None:
    RegisterList.objects.create(
        id=data.list_id,
        programme=data.programme,
        number=data.number,
        issued_on=data.issued_on,
        published_on=data.published_on,
        note=data.note,
        sha256=data.sha256,
    )
    ListedName.objects.bulk_create(
        ListedName(
            id=uuid5(data.list_id, str(listed.consequence_id)),
            list_id=data.list_id,
            position=position,
            consequence_id=listed.consequence_id,
            participant_id=listed.participant_id,
            name=listed.name,
            city=listed.city,
            country=listed.country,
            business_type=listed.business_type,
            measure=listed.measure,
            decided_on=listed.decided_on,
            period_until=listed.period_until,
            appeal_id=listed.appeal_id,
            basis=list(listed.basis),
        )
        for position, listed in enumerate(data.names, 1)
    )
