"""Reviews of a profile and their answers; contacts, hand-overs and changes to look at (6 USC 961(b), 963(3))."""

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
    reminders = models.JSONField(default=list)

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


class Contact(StateModel):
    """A person whom the programme can write to. Live: confirmed, not bounced, not ended, the account still open.

    ``account_id`` is empty for one who is reached by email or telephone alone.
    """

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254)
    phone = models.CharField(max_length=40, blank=True)
    account_id = models.UUIDField(null=True)
    named_on = models.DateField()
    confirmed_on = models.DateField(null=True)
    bounced_on = models.DateField(null=True)
    bounced_how = models.TextField(blank=True)
    ended_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "ended_on"], name="contact_participant")]


class HandOver(StateModel):
    """An account handed over by a leaving officer to another person; open until it is accepted or withdrawn."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="hand_overs")
    leaving = models.UUIDField()
    leaving_name = models.CharField(max_length=200)
    to_account = models.UUIDField()
    to_name = models.CharField(max_length=200)
    reason = models.TextField()
    proof = models.JSONField()
    proposed_on = models.DateField()
    proposed_by = models.UUIDField(null=True)
    proposed_as = models.CharField(max_length=40)
    accepted_on = models.DateField(null=True)
    withdrawn_on = models.DateField(null=True)


class ChangeNotice(StateModel):
    """Changes of a certified company that a specialist is to look at; ``id`` is the id of its case."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="change_notices")
    opened_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.UUIDField(null=True)
    found = models.TextField(blank=True)


class NotedChange(StateModel):
    """One change in a notice: what it is, in the words of its entry, and the day from which it counts."""

    id = models.UUIDField(primary_key=True)
    notice = models.ForeignKey(ChangeNotice, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    changed_on = models.DateField()
    entry = models.UUIDField()


class ContactAlarm(StateModel):
    """A contact that could not be reached; ``id`` is the id of its case."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="contact_alarms")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="alarms")
    how = models.TextField()
    raised_on = models.DateField()
    cleared_on = models.DateField(null=True)
    cleared_because = models.TextField(blank=True)
