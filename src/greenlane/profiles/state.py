"""How the reviews of a profile follow from the record (6 USC 963(3), 961(b))."""

from __future__ import annotations

from uuid import uuid5

from greenlane.casework.context import Recorded
from greenlane.casework.registry import applies
from greenlane.profiles import entries
from greenlane.profiles.models import ProfileReview, ReviewAnswer


@applies(entries.ProfileReviewOpened)
def review_opened(data: entries.ProfileReviewOpened, one: Recorded) -> None:
    ProfileReview.objects.create(
        id=data.review_id,
        participant_id=data.participant_id,
        programme=data.programme,
        purpose=data.purpose,
        edition_id=data.edition_id,
        from_edition_id=data.from_edition_id,
        asked=list(data.asked),
        opens_on=data.opens_on,
        due_on=data.due_on,
        opened_on=one.on,
    )


@applies(entries.AnswersAffirmed)
def answers_affirmed(data: entries.AnswersAffirmed, one: Recorded) -> None:
    ReviewAnswer.objects.filter(review_id=one.subject, number__in=data.taken_back).delete()
    ReviewAnswer.objects.bulk_create(
        (
            ReviewAnswer(
                id=uuid5(one.subject, f"answer/{answer.number}"),
                review_id=one.subject,
                number=answer.number,
                value=answer.value,
                narrative=answer.narrative,
                not_applicable_reason=answer.not_applicable_reason,
                evidence=[str(key) for key in answer.evidence],
                changed=answer.changed,
                affirmed_on=one.on,
                affirmed_by=one.actor,
            )
            for answer in data.answers
        ),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            "value",
            "narrative",
            "not_applicable_reason",
            "evidence",
            "changed",
            "affirmed_on",
            "affirmed_by",
        ],
    )


@applies(entries.ReviewReminded)
def review_reminded(data: entries.ReviewReminded, one: Recorded) -> None:
    review = ProfileReview.objects.get(pk=one.subject)
    review.reminders = [*review.reminders, data.reminder]
    review.save(update_fields=["reminders"])


@applies(entries.ReviewSubmitted)
def review_submitted(data: entries.ReviewSubmitted, one: Recorded) -> None:
    ProfileReview.objects.filter(pk=one.subject).update(
        edition_id=data.edition_id,
        cargo_kinds=list(data.cargo_kinds),
        submitted_on=one.on,
        submitted_by=data.signed_by,
        late=data.late,
    )


@applies(entries.ProfileReviewClosed)
def review_closed(data: entries.ProfileReviewClosed, one: Recorded) -> None:
    ProfileReview.objects.filter(pk=one.subject).update(closed_because=data.reason)
