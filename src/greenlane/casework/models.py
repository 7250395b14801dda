"""The state of cases now, their dated history, their deadlines, documents and notices (6 USC 971(b))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class StateModel(models.Model):
    """A row that follows from the record and can be thrown away and rebuilt from it.

    Its key comes from the entry that made it; columns named in ``NOT_FOLDED`` are kept apart from the record (a
    password is not an event).
    """

    NOT_FOLDED: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True


class Case(StateModel):
    """A case of one procedure, or a register (participant, account, programme) that commands are given to."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=40)
    state_since = models.DateField()
    programme = models.CharField(max_length=40, blank=True)
    participant_id = models.UUIDField(null=True)
    opened_on = models.DateField()
    reference = models.CharField(max_length=20, unique=True)
    changes = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "state", "opened_on", "id"], name="case_queue"),
            models.Index(fields=["participant_id", "kind"], name="case_participant"),
        ]

    def __str__(self) -> str:
        return self.reference


class StateRow(StateModel):
    """One dated row of a case's history: in force from, to, and when the system learnt it."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="history")
    state = models.CharField(max_length=40)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "effective_from"], name="staterow_case")]


class Deadline(StateModel):
    """A clock of a case, refolded from the record. Whether it is overdue is computed when asked, never stored."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    participant_id = models.UUIDField(null=True)
    clock = models.CharField(max_length=60)
    citation = models.CharField(max_length=40)
    started_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True)
    fact = models.JSONField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["met_on", "due_on", "id"], name="deadline_due"),
            models.Index(fields=["case", "met_on", "due_on"], name="deadline_case"),
            models.Index(fields=["participant_id", "met_on", "due_on"], name="deadline_participant"),
        ]


class Document(StateModel):
    """One version of an uploaded document; the bytes lie in the store under their hash."""

    id = models.UUIDField(primary_key=True)
    series = models.UUIDField()
    version = models.PositiveIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    participant_id = models.UUIDField(null=True)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_on = models.DateField()
    uploaded_by = models.UUIDField(null=True)
    audience = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "version"], name="document_version")]
        indexes: ClassVar = [models.Index(fields=["participant_id", "uploaded_on"], name="document_participant")]


class Notice(StateModel):
    """A notice or letter as it was served: the exact words, frozen. An obligation comes from one of these only."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices")
    participant_id = models.UUIDField(null=True)
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=400)  # a title, with the name of a company in it
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    served_on = models.DateField()
    entry = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant_id", "served_on"], name="notice_participant")]


class GivenAnswer(models.Model):
    """The answer given to a command id: a double click or a repeated request gets the same one again."""

    command_id = models.UUIDField(primary_key=True)
    command = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    actor = models.UUIDField(null=True)
    at = models.DateTimeField()
    body = models.JSONField()


class OutboxMessage(models.Model):
    """Work that follows a commit: a reaction of the platform or a notice to render and serve."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    entry = models.UUIDField()
    entry_number = models.BigIntegerField(default=0)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["done_at", "next_at"], name="outbox_due")]
