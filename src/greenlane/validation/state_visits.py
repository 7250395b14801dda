"""How visits, findings, inspections and blocks follow from the record (6 USC 965(a))."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid5

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.validation import entries_visits as entries
from greenlane.validation.models import Action, CriterionFinding, Inspection, Validation, Visit


@applies(entries.ValidationBlocked)
def validation_blocked(data: entries.ValidationBlocked, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(
        blocked_on=one.on,
        blocked_reason=data.reason,
        refused_by=data.refused_by,
        blocked_evidence=[str(key) for key in data.evidence],
        review_set_on=one.on,
        review_on=data.review_on,
        notice_on=None,
        confirmed_on=None,
    )


@applies(entries.BlockedValidationReviewed)
def block_reviewed(data: entries.BlockedValidationReviewed, one: Recorded) -> None:
    row = Validation.objects.get(pk=one.subject)
    row.blocked_reason, row.review_set_on, row.review_on = data.reason, one.on, data.review_on
    row.blocked_evidence = [*row.blocked_evidence, *(str(key) for key in data.evidence)]
    row.save(update_fields=["blocked_reason", "review_set_on", "review_on", "blocked_evidence"])


@applies(entries.ValidationUnblocked)
def validation_unblocked(data: entries.ValidationUnblocked, one: Recorded) -> None:
    Validation.objects.filter(pk=one.subject).update(blocked_on=None, review_set_on=None, review_on=None)


@applies(entries.VisitRecorded)
def visit_recorded(data: entries.VisitRecorded, one: Recorded) -> None:
    Visit.objects.filter(pk=data.visit_id).update(
        mode=data.mode,
        visited_on=data.visited_on,
        visited_to=data.visited_to,
        persons_met=list(data.persons_met),
        note=data.note,
        documents=[str(key) for key in data.documents],
    )


@applies(entries.CriteriaFound)
def criteria_found(data: entries.CriteriaFound, one: Recorded) -> None:
    CriterionFinding.objects.bulk_create(
        (
            CriterionFinding(
                id=uuid5(one.subject, f"finding/{found.number}"),
                validation_id=one.subject,
                number=found.number,
                finding=found.finding,
                mandatory=found.mandatory,
                note=found.note,
                evidence=[str(key) for key in found.evidence],
                found_on=one.on,
                found_by=one.actor,
            )
            for found in data.findings
        ),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["finding", "mandatory", "note", "evidence", "found_on", "found_by"],
    )


@applies(entries.InspectionRecorded)
def inspection_recorded(data: entries.InspectionRecorded, one: Recorded) -> None:
    Inspection.objects.create(
        id=data.inspection_id,
        validation_id=one.subject,
        visit_id=data.visit_id,
        kind=data.kind,
        what=data.what,
        points=[asdict(point) for point in data.points],
        documents=[str(key) for key in data.documents],
        inspected_on=data.inspected_on,
        inspected_by=one.actor,
    )


@applies(entries.ActionRequired)
def action_required(data: entries.ActionRequired, one: Recorded) -> None:
    """An action that is written anew keeps its number and row."""
    Action.objects.update_or_create(
        id=uuid5(one.subject, f"action/{data.number}"),
        defaults={
            "validation_id": one.subject,
            "number": data.number,
            "kind": data.kind,
            "criterion": data.criterion,
            "text": data.text,
            "owner": data.owner,
            "due_on": data.due_on,
            "set_on": one.on,
        },
    )


@applies(entries.ThirdPartyVisitRecorded)
def third_party_visit(data: entries.ThirdPartyVisitRecorded, one: Recorded) -> None:
    row = Validation.objects.get(pk=one.subject)
    row.guidelines, row.schedule = row.guidelines or data.guidelines, row.schedule or data.schedule
    row.save(update_fields=["guidelines", "schedule"])
    Visit.objects.bulk_create(
        Visit(
            id=made.visit_id,
            validation_id=one.subject,
            node=made.node,
            place=made.place,
            country=made.country,
            foreign=made.foreign,
            mode=made.mode,
            conducted_by="validator",
            engagement=data.engagement,
            appropriate=made.appropriate,
            visited_on=made.visited_on,
            visited_to=made.visited_to,
            persons_met=list(made.persons_met),
            note=made.note,
        )
        for made in data.visits
    )


@applies(entries.VisitDiscounted)
def visit_discounted(data: entries.VisitDiscounted, one: Recorded) -> None:
    Visit.objects.filter(pk__in=data.visits).update(counts=False, discounted_on=one.on, discounted_reason=data.reason)
