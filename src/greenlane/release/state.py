"""How filed entries, decisions, answers and messages follow from the record (19 USC 4311(b)(4)(A))."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.release import entries
from greenlane.release.engine.entries import CargoEntry
from greenlane.release.models import AgencyAnswer, CurrentEntry, FiledEntry, ReleaseDecision, ReleaseMessage

FILED: TypeAdapter[CargoEntry] = TypeAdapter(CargoEntry)


@applies(entries.EntriesDecided)
def entries_decided(data: entries.EntriesDecided, one: Recorded) -> None:
    FiledEntry.objects.bulk_create(
        FiledEntry(
            id=filed.filed_id,
            number=filed.entry.entry_number,
            version=filed.version,
            programme=data.programme,
            filed_at=filed.entry.filed_at,
            filed=FILED.dump_python(filed.entry, mode="json"),
            recorded_at=one.at,
        )
        for filed in data.filed
    )
    _decided(data.decisions, one, "filed", data.programme)


@applies(entries.AgencyAnswered)
def agency_answered(data: entries.AgencyAnswered, one: Recorded) -> None:
    AgencyAnswer.objects.create(
        id=data.answer_id,
        number=data.number,
        agency_id=data.agency_id,
        answer=data.answer,
        program=data.program,
        note=data.note,
        answered_at=data.answered_at,
        recorded_at=one.at,
        given_by=one.actor,
        entry=one.uid,
    )
    _decided((data.decision,), one, "answered", data.programme)


@applies(entries.ReleaseAnnounced)
def release_announced(data: entries.ReleaseAnnounced, one: Recorded) -> None:
    ReleaseMessage.objects.create(
        id=data.message_id,
        number=data.number,
        decision_id=data.decision_id,
        kind=data.kind_of,
        text=data.text,
        made_at=one.at,
    )


def _decided(decisions: Sequence[entries.Decided], one: Recorded, because: str, programme: str) -> None:
    ReleaseDecision.objects.bulk_create(
        ReleaseDecision(
            id=made.decision_id,
            filed_id=made.filed_id,
            number=made.number,
            place=made.place,
            because=because,
            known_at=one.at,
            policy_id=made.policy_id,
            basis=made.basis,
            inputs=made.inputs,
            score_before=made.inputs["score"],
            score_after=made.outputs["score_after"],
            examination=made.outputs["examination"],
            priority=made.outputs["priority"],
            customs_release=bool(made.outputs["customs_release"]),
            government=made.outputs["government"],
            pathway=made.outputs["pathway"],
            reasons=made.outputs["reasons"],
            entry=one.uid,
        )
        for made in decisions
    )
    _current(decisions, one, programme)


def _current(decisions: Sequence[entries.Decided], one: Recorded, programme: str) -> None:
    CurrentEntry.objects.filter(number__in=[made.number for made in decisions]).delete()
    CurrentEntry.objects.bulk_create(
        CurrentEntry(
            number=made.number,
            programme=programme,
            decision_id=made.decision_id,
            government=made.outputs["government"],
            waiting=made.waiting,
            decided_at=one.at,
        )
        for made in decisions
    )
