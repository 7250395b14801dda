"""Screening lists by version, investigations, screenings, hits and what people decided on them (6 USC 964(b))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class ListVersion(StateModel):
    """One import of an official list. The latest of a kind is the one that parties are screened against.

    ``retrieved_on`` is the day on which a person last saw that the publisher offers exactly these files.
    ``files`` names each file with its SHA-256; ``sha256`` is that of the canonical entries, kept in the store.
    """

    id = models.UUIDField(primary_key=True)
    register_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    list_code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    published_on = models.DateField(null=True)
    retrieved_on = models.DateField()
    imported_on = models.DateField()
    superseded_on = models.DateField(null=True)
    source = models.CharField(max_length=500)
    parser = models.CharField(max_length=60)
    files = models.JSONField()
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField()
    entries = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()
    accepted = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "number"], name="list_version_number")]

    def __str__(self) -> str:
        return f"{self.list_code} {self.number}"


class ListedEntry(StateModel):
    """What a list says of one party, from one version on until another; unchanged entries keep their row."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    list_code = models.CharField(max_length=40)
    entry_key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    party_type = models.CharField(max_length=20)
    primary_name = models.TextField()
    body = models.JSONField()
    from_number = models.PositiveIntegerField()
    to_number = models.PositiveIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "to_number"], name="listed_current"),
            models.Index(fields=["kind", "from_number"], name="listed_added"),
            models.Index(fields=["kind", "list_code", "entry_key"], name="listed_key"),
        ]

    def __str__(self) -> str:
        return f"{self.list_code} {self.entry_key}"


class Investigation(StateModel):
    """A background investigation of one participant. ``id`` is the id of its case, which holds its state."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="investigations")
    application_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=20)
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    completed_on = models.DateField(null=True)
    completed_by = models.UUIDField(null=True)
    expires_on = models.DateField(null=True)
    summary = models.TextField(blank=True)
    adverse_grounds = models.TextField(blank=True)
    screening = models.OneToOneField("Screening", models.PROTECT, null=True, related_name="latest_of")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "opened_at"], name="investigation_of")]


class Screening(StateModel):
    """One run of the parties against the lists: which, how, and what it found."""

    id = models.UUIDField(primary_key=True)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="screenings")
    screened_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    model_version = models.CharField(max_length=80)
    lists = models.JSONField()
    parties = models.JSONField()
    hits = models.PositiveIntegerField()
    remembered = models.PositiveIntegerField()
    reopened = models.PositiveIntegerField()


class ScreeningHit(StateModel):
    """One likeness of a party with a listed entry, as last screened: open, false_match, true_match or gone.

    ``party`` and ``entry`` are the two sides as they were compared; ``evidence`` is their fingerprint, by which a page
    and a command know that they speak of the same; ``remembered`` says that ``decision`` was made on an earlier
    screening of the same sides. ``parts`` sum to the score and ``words`` align both names (hits found before these
    were kept have none); ``grounds`` are the codes of the reasons, by which patterns are found; ``gone_because`` says
    why the latest screening does not show it.
    """

    id = models.UUIDField(primary_key=True)
    investigation = models.ForeignKey(Investigation, models.PROTECT, related_name="hits")
    participant_id = models.UUIDField()
    party_key = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    party_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    list_code = models.CharField(max_length=40)
    entry_key = models.CharField(max_length=200)
    listed_name = models.TextField()
    name_kind = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=20)
    reasons = models.JSONField()
    parts = models.JSONField()
    words = models.JSONField()
    grounds = models.TextField(blank=True)
    party = models.JSONField()
    entry = models.JSONField()
    evidence = models.CharField(max_length=64)
    version_id = models.UUIDField()
    status = models.CharField(max_length=20)
    gone_because = models.CharField(max_length=20, blank=True)
    remembered = models.BooleanField(default=False)
    decision = models.ForeignKey("Adjudication", models.PROTECT, null=True, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["status", "-score", "first_on", "id"], name="hit_queue"),
            models.Index(fields=["participant_id", "status"], name="hit_participant"),
            models.Index(fields=["kind", "list_code", "entry_key"], name="hit_entry"),
        ]


class FalsePattern(StateModel):
    """Why many hits were closed at once: what they share, the written reason, and how many there were."""

    id = models.UUIDField(primary_key=True)
    ground = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    list_code = models.CharField(max_length=40, blank=True)
    entry_key = models.CharField(max_length=200, blank=True)
    listed_name = models.TextField(blank=True)
    party_name = models.CharField(max_length=200, blank=True)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField()
    hits = models.PositiveIntegerField()
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    office = models.CharField(max_length=40)


class Adjudication(StateModel):
    """What a person decided on a hit, and on which evidence. A second look is a new row; the old one stays.

    ``party``, ``entry`` and ``score`` are the hit as it was decided: what a later screening is held against. ``nth``
    counts the decisions on one hit, for two of one instant.
    """

    id = models.UUIDField(primary_key=True)
    hit = models.ForeignKey(ScreeningHit, models.PROTECT, related_name="adjudications")
    nth = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=20)
    reason_code = models.CharField(max_length=40)
    reason = models.TextField()
    evidence = models.CharField(max_length=64)
    party = models.JSONField()
    entry = models.JSONField()
    score = models.PositiveSmallIntegerField()
    pattern = models.ForeignKey(FalsePattern, models.PROTECT, null=True, related_name="adjudications")
    decided_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    office = models.CharField(max_length=40)
