"""The reviews of a security profile after certification, and the answers given in them (6 USC 961(b), 963(3))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class ProfileReview(StateModel):
    """One review; ``id`` is the id of its case. Whether it is overdue is computed when asked, never stored.

    ``purpose`` 'annual': every answer, in the window from ``opens_on`` to ``due_on``, the anniversary. 'edition': what
    changed from ``from_edition_id`` to ``edition_id``; ``asked`` holds the numbers, and is empty for an annual review,
    which asks for all. ``cargo_kinds`` are those of the company on the day it was submitted.
    """

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="profile_reviews")
    programme = models.CharField(max_length=40)
    purpose = models.CharField(max_length=20)
    edition_id = models.UUIDField(null=True)
    from_edition_id = models.UUIDField(null=True)
    asked = models.JSONField(default=list)
    opens_on = models.DateField()
    due_on = models.DateField()
    opened_on = models.DateField()
    submitted_on = models.DateField(null=True)
    submitted_by = models.UUIDField(null=True)
    late = models.BooleanField(default=False)
    cargo_kinds = models.JSONField(default=list)
    closed_because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "due_on"],
                condition=models.Q(purpose="annual", closed_because=""),
                name="annual_review_once",
            ),
            models.UniqueConstraint(
                fields=["participant", "edition_id"],
                condition=models.Q(purpose="edition", closed_because=""),
                name="edition_review_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["participant", "submitted_on"], name="profile_review_submitted")]


class ReviewAnswer(StateModel):
    """The answer to one criterion as it was affirmed or changed in a review. A criterion without a row is not yet."""

    id = models.UUIDField(primary_key=True)
    review = models.ForeignKey(ProfileReview, models.PROTECT, related_name="answers")
    number = models.CharField(max_length=12)
    value = models.CharField(max_length=20)
    narrative = models.TextField(blank=True)
    not_applicable_reason = models.TextField(blank=True)
    evidence = models.JSONField()
    changed = models.BooleanField()
    affirmed_on = models.DateField()
    affirmed_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["review", "number"], name="review_answer_once")]
