"""How the designated criteria and the findings of the third tier follow from the record (6 USC 966)."""

from __future__ import annotations

from uuid import uuid5

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.validation import entries_tier_three as entries
from greenlane.validation.models_tier_three import DesignatedFinding, Designation, Practice


@applies(entries.CriterionDesignated)
def criterion_designated(data: entries.CriterionDesignated, one: Recorded) -> None:
    Designation.objects.create(
        id=data.designation_id,
        programme=data.programme,
        code=data.code,
        kind=data.kind_of,
        text=data.text,
        exceeds=data.exceeds,
        standard=data.standard,
        before_loading=data.before_loading,
        designated_on=one.on,
        first=data.first,
    )


@applies(entries.DesignationWithdrawn)
def designation_withdrawn(data: entries.DesignationWithdrawn, one: Recorded) -> None:
    Designation.objects.filter(pk=one.subject).update(withdrawn_on=one.on)


@applies(entries.BestPracticePutForward)
def practice_put_forward(data: entries.BestPracticePutForward, one: Recorded) -> None:
    Practice.objects.create(
        id=data.practice_id,
        validation_id=one.subject,
        title=data.title,
        description=data.description,
        documents=[str(key) for key in data.documents],
        put_forward_on=one.on,
        put_forward_by=one.actor,
    )


@applies(entries.BestPracticeEvaluated)
def practice_evaluated(data: entries.BestPracticeEvaluated, one: Recorded) -> None:
    parts = {
        found.part: {"shown": found.shown, "note": found.note, "evidence": [str(key) for key in found.evidence]}
        for found in data.parts
    }
    Practice.objects.filter(pk=data.practice_id).update(
        parts=parts, note=data.note, evaluated_on=one.on, evaluated_by=one.actor
    )


@applies(entries.DesignatedCriterionEvaluated)
def criterion_evaluated(data: entries.DesignatedCriterionEvaluated, one: Recorded) -> None:
    DesignatedFinding.objects.update_or_create(
        id=uuid5(one.subject, f"designated/{data.designation_id}"),
        defaults={
            "validation_id": one.subject,
            "designation_id": data.designation_id,
            "met": data.met,
            "note": data.note,
            "evidence": [str(key) for key in data.evidence],
            "found_on": one.on,
            "found_by": one.actor,
        },
    )
