"""Consents to status verification, who monitors whom, agreements with agencies, shared assessments (6 USC 971(c))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class VerificationConsent(StateModel):
    """What a participant lets others see of its status, from a day until a day; ``number`` is what they look up."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="verification_consents")
    number = models.CharField(max_length=20)
    with_participants = models.BooleanField()
    with_agencies = models.BooleanField()
    show_tier = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)
    given_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["number", "until"], name="verification_number"),
            models.Index(fields=["participant", "until"], name="verification_participant"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant"], condition=models.Q(until=None), name="verification_one_in_force"
            )
        ]


class Monitor(StateModel):
    """A participant that is told when the standing of another one changes. ``told`` is what it was told last."""

    id = models.UUIDField(primary_key=True)
    watcher = models.ForeignKey(Participant, models.PROTECT, related_name="monitors")
    watched = models.ForeignKey(Participant, models.PROTECT, related_name="monitored_by")
    since = models.DateField()
    until = models.DateField(null=True)
    told = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["watcher", "until"], name="monitor_watcher"),
            models.Index(fields=["watched", "until"], name="monitor_watched"),
        ]


class SharingAgreement(StateModel):
    """An agreement with an agency: which kinds of record, for which purpose, from a day to another, both included."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    agency = models.CharField(max_length=100)
    kinds = models.JSONField()
    purpose = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    published_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["agency", "until"], name="agreement_agency")]


class SharedAssessment(StateModel):
    """Answers of a participant as they were on a day, shared with named participants until a day (RC-26)."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="shared_assessments")
    answers = models.JSONField()
    shared_on = models.DateField()
    expires_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "expires_on"], name="assessment_participant")]


class SharedWith(StateModel):
    """One participant with whom an assessment is shared."""

    id = models.UUIDField(primary_key=True)
    assessment = models.ForeignKey(SharedAssessment, models.PROTECT, related_name="receivers")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="received_assessments")


class PartnerRequest(StateModel):
    """Criteria that a participant asked a partner to answer."""

    id = models.UUIDField(primary_key=True)
    asker = models.ForeignKey(Participant, models.PROTECT, related_name="requests_made")
    partner = models.ForeignKey(Participant, models.PROTECT, related_name="requests_received")
    criteria = models.JSONField()
    message = models.TextField()
    asked_on = models.DateField()
