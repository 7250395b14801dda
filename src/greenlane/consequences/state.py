"""How consequences follow from the record until they are decided (6 USC 967(a)-(b))."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.consequences import entries
from greenlane.consequences.models import Consequence, EvidenceRow, FailureRow

MISINFORMATION = ""
"""The requirement of evidence for a finding of misinformation."""


def touch(one: Recorded, **values: Any) -> None:
    """Change the row of the entry's case; whoever acted for the programme before the decision took part in it."""
    row = Consequence.objects.get(pk=one.subject)
    for name, value in values.items():
        setattr(row, name, value)
    if one.actor and not one.office.startswith("applicant") and not row.decided_on:
        row.took_part = sorted({*row.took_part, str(one.actor)})
    row.save()


def texts(keys: tuple[UUID, ...]) -> list[str]:
    """Identifiers as a row keeps them."""
    return [str(key) for key in keys]


@applies(entries.ConsequenceOpened)
def consequence_opened(data: entries.ConsequenceOpened, one: Recorded) -> None:
    Consequence.objects.create(
        id=data.consequence_id,
        participant_id=data.participant_id,
        programme=data.programme,
        proposed=data.proposed,
        proposed_benefits=list(data.benefits),
        opened_by=one.actor,
        opened_on=one.on,
        because_of=data.because_of,
        misinformation=_misinformed(data.misinformation),
        took_part=[str(one.actor)] if one.actor else [],
    )
    for number, failure in enumerate(data.failures):
        _failure(failure, one, str(number))
    if data.misinformation and data.misinformation.documents:
        statement = data.misinformation.ground_of_knowledge
        _evidence(MISINFORMATION, statement, data.misinformation.documents, one, "misinformation")


def _misinformed(found: entries.Misinformed | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {**asdict(found), "given_on": found.given_on.isoformat(), "documents": texts(found.documents)}


def _failure(failure: entries.FailureFound, one: Recorded, number: str) -> None:
    FailureRow.objects.create(
        id=one.id_for("failure", number),
        consequence_id=one.subject,
        requirement=failure.requirement,
        found=failure.found,
        found_on=failure.found_on,
        recorded_on=one.on,
    )
    if failure.documents:
        _evidence(failure.requirement, failure.found, failure.documents, one, number)


def _evidence(requirement: str, statement: str, documents: tuple[UUID, ...], one: Recorded, number: str) -> None:
    EvidenceRow.objects.create(
        id=one.id_for("evidence", number),
        consequence_id=one.subject,
        requirement=requirement,
        statement=statement,
        documents=texts(documents),
        recorded_by=one.actor,
        recorded_on=one.on,
        recorded_at=one.at,
    )


@applies(entries.EvidenceRecorded)
def evidence_recorded(data: entries.EvidenceRecorded, one: Recorded) -> None:
    if data.failure:
        _failure(data.failure, one, "new")
    else:
        _evidence(data.requirement, data.statement, data.documents, one, "new")
    touch(one, **({"misinformation": _misinformed(data.misinformation)} if data.misinformation else {}))


@applies(entries.ConsequenceNoticed)
def consequence_noticed(data: entries.ConsequenceNoticed, one: Recorded) -> None:
    """A new notice begins the response period anew; what was answered before stays in the record."""
    FailureRow.objects.filter(consequence_id=one.subject).update(noticed=True)
    EvidenceRow.objects.filter(consequence_id=one.subject).update(noticed=True)
    touch(
        one,
        proposed=data.proposed,
        proposed_benefits=list(data.benefits),
        notice_on=one.on,
        notice=data.message,
        response_until=data.response_until,
        responded_on=None,
        response="",
        response_documents=[],
        response_ended_on=None,
        replied_on=None,
        reply="",
    )


@applies(entries.NoticeAnswered)
def notice_answered(data: entries.NoticeAnswered, one: Recorded) -> None:
    touch(one, responded_on=one.on, response=data.response, response_documents=texts(data.documents))


@applies(entries.ResponsePeriodExtended)
def response_period_extended(data: entries.ResponsePeriodExtended, one: Recorded) -> None:
    touch(one, response_until=data.response_until)


@applies(entries.ResponsePeriodEnded)
def response_period_ended(data: entries.ResponsePeriodEnded, one: Recorded) -> None:
    touch(one, response_ended_on=one.on)


@applies(entries.ResponseRepliedTo)
def response_replied_to(data: entries.ResponseRepliedTo, one: Recorded) -> None:
    touch(one, replied_on=one.on, reply=data.reply)


@applies(entries.ConsequenceRecommended)
def consequence_recommended(data: entries.ConsequenceRecommended, one: Recorded) -> None:
    touch(
        one,
        recommended=data.measure,
        recommended_benefits=list(data.benefits),
        recommended_until=data.period_until,
        recommended_by=data.by,
        recommended_on=one.on,
        note=data.note,
    )


@applies(entries.ConsequenceSentBack)
def consequence_sent_back(data: entries.ConsequenceSentBack, one: Recorded) -> None:
    touch(
        one,
        recommended="",
        recommended_benefits=[],
        recommended_until=None,
        recommended_by=None,
        recommended_on=None,
        note="",
    )


@applies(entries.ConsequenceDropped)
def consequence_dropped(data: entries.ConsequenceDropped, one: Recorded) -> None:
    touch(one, ended_on=one.on, ended_as="dropped", end_reason=data.reason)
