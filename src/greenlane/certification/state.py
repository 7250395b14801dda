"""How certifications follow from the record (6 USC 964)."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid5

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.certification import entries
from greenlane.certification.models import Certification, FindingRow, Guidelines


@applies(entries.GuidelinesPublished)
def guidelines_published(data: entries.GuidelinesPublished, one: Recorded) -> None:
    Guidelines.objects.create(
        id=data.guidelines_id,
        programme=data.programme,
        version=data.version,
        title=data.title,
        text=data.text,
        parts=list(data.parts),
        in_force_from=data.in_force_from,
    )


@applies(entries.CertificationOpened)
def certification_opened(data: entries.CertificationOpened, one: Recorded) -> None:
    Certification.objects.create(
        id=data.certification_id,
        application_id=data.application_id,
        participant_id=data.participant_id,
        received_on=data.received_on,
        grounds=[],
    )


@applies(entries.CriteriaReviewed)
def criteria_reviewed(data: entries.CriteriaReviewed, one: Recorded) -> None:
    taken_back = [f.number for f in data.findings if f.finding == "unreviewed"]
    FindingRow.objects.filter(certification_id=one.subject, number__in=taken_back).delete()
    FindingRow.objects.bulk_create(
        (
            FindingRow(
                id=uuid5(one.subject, f"finding/{found.number}"),
                certification_id=one.subject,
                number=found.number,
                finding=found.finding,
                note=found.note,
                found_by=one.actor,
                found_on=one.on,
                found_at=one.at,
            )
            for found in data.findings
            if found.finding != "unreviewed"
        ),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["finding", "note", "found_by", "found_on", "found_at"],
    )


@applies(entries.ReviewResumed)
def review_resumed(data: entries.ReviewResumed, one: Recorded) -> None:
    FindingRow.objects.filter(certification_id=one.subject, number__in=data.reopened).delete()


@applies(entries.DecisionRecommended)
def decision_recommended(data: entries.DecisionRecommended, one: Recorded) -> None:
    Certification.objects.filter(pk=one.subject).update(
        recommended=data.decision,
        recommended_by=data.by,
        recommended_on=one.on,
        note=data.note,
        grounds=[asdict(ground) for ground in data.grounds],
    )


@applies(entries.RecommendationSentBack)
def recommendation_sent_back(data: entries.RecommendationSentBack, one: Recorded) -> None:
    Certification.objects.filter(pk=one.subject).update(
        recommended="", recommended_by=None, recommended_on=None, note="", grounds=[]
    )


@applies(entries.CertificationDecided)
def certification_decided(data: entries.CertificationDecided, one: Recorded) -> None:
    Certification.objects.filter(pk=one.subject).update(
        outcome=data.outcome,
        decided_by=one.actor,
        decided_on=one.on,
        guidelines=data.guidelines,
        late=data.late,
        lateness_reason=data.lateness_reason,
    )
