"""Thresholds, policies, agencies, arrangements, and the entries of cargo with their decisions (964(a), 4311(b)(4))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.participants.models import Participant


class Threshold(StateModel):
    """The high-risk threshold in points, as the Secretary established it, from a day until the next one begins."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    points = models.PositiveIntegerField()
    in_force_from = models.DateField()
    basis = models.CharField(max_length=300)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "in_force_from"], name="release_threshold_day")
        ]


class ReleasePolicy(StateModel):
    """A policy of benefits on cargo; ``id`` is the id of its case, ``numbers`` are what it sets.

    ``simulation``: what it would have changed, as it was recorded last. ``salt``: what chance is drawn with; it is set
    when the policy is published, and no page and no answer shows it.
    """

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    why = models.TextField()
    numbers = models.JSONField()
    effective_from = models.DateField()
    status = models.CharField(max_length=12)
    drafted_by = models.UUIDField(null=True)
    drafted_on = models.DateField()
    commercial_consulted_on = models.DateField(null=True)
    commercial_advice = models.TextField(blank=True)
    maritime_consulted_on = models.DateField(null=True)
    maritime_advice = models.TextField(blank=True)
    simulation = models.JSONField(null=True)
    published_on = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    salt = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "version"], name="release_policy_version"),
            models.UniqueConstraint(
                fields=["programme", "effective_from"],
                condition=models.Q(status="published"),
                name="release_policy_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Agency(StateModel):
    """An agency with authority to detain and release; ``place`` is its bit in every mask, for ever."""

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=100, unique=True)
    place = models.PositiveSmallIntegerField(unique=True)
    registered_on = models.DateField()

    def __str__(self) -> str:
        return self.code


class AgencyProgramme(StateModel):
    """A partnership programme of an agency, held against our criteria for a business type (19 USC 4311(b)(4)(B))."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="programmes")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    programme = models.CharField(max_length=40)
    business_type = models.CharField(max_length=60)
    recorded_on = models.DateField()
    recorded_at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "code"], name="release_agency_programme")]

    def __str__(self) -> str:
        return self.name


class RequirementExamined(StateModel):
    """What an examination found of one requirement; the one with the greatest ``number`` counts. None: not examined."""

    id = models.UUIDField(primary_key=True)
    agency_programme = models.ForeignKey(AgencyProgramme, models.PROTECT, related_name="examined")
    number = models.PositiveIntegerField()
    requirement = models.CharField(max_length=40)
    theirs = models.CharField(max_length=500, blank=True)
    compatible = models.BooleanField(null=True)
    ground = models.TextField(blank=True)
    examined_on = models.DateField()
    recorded_at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency_programme", "number", "requirement"], name="release_requirement_examined"
            )
        ]


class AgencyCriteria(StateModel):
    """A version of an agency's criteria for expedited release; an empty list lets any port, origin or heading meet.

    ``rests_on``: the agency's programme that they rest on; they count while it is compatible with ours.
    """

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="criteria")
    version = models.PositiveIntegerField()
    document = models.CharField(max_length=200)
    agreed_with = models.CharField(max_length=200)
    rests_on = models.ForeignKey(AgencyProgramme, models.PROTECT, null=True, related_name="criteria")
    ports = models.JSONField()
    origins = models.JSONField()
    headings = models.JSONField()
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True)
    adopted_on = models.DateField()
    recorded_at = models.DateTimeField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["agency", "version"], name="release_criteria_version")]


class Arrangement(StateModel):
    """An arrangement of mutual recognition with a programme abroad. ``ended_at``: when it was learnt that it ended."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    country = models.CharField(max_length=2)
    partner_programme = models.CharField(max_length=200)
    since = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.partner_programme


class RecognisedManufacturer(StateModel):
    """A manufacturer for whom the programme abroad vouches, by its manufacturer id."""

    id = models.UUIDField(primary_key=True)
    arrangement = models.ForeignKey(Arrangement, models.PROTECT, related_name="manufacturers")
    mid = models.CharField(max_length=15)
    name = models.CharField(max_length=200)
    foreign_number = models.CharField(max_length=64)
    since = models.DateField()
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mid"], name="release_recognised_mid")]


class FiledEntry(StateModel):
    """An entry of cargo as it was filed; filing the same number again makes the next ``version``."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    programme = models.CharField(max_length=40)
    filed_at = models.DateTimeField()
    filed = models.JSONField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "version"], name="release_entry_version")]
        indexes: ClassVar = [models.Index(fields=["filed_at"], name="release_entry_filed")]


class AgencyAnswer(StateModel):
    """What an agency said of an entry, and when it acted. The one that acted last counts, whenever it arrived."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=64)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=20)
    program = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    given_by = models.UUIDField(null=True)
    entry = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["number", "answered_at"], name="release_answer_entry")]


class ReleaseDecision(StateModel):
    """What was decided of an entry, as everything was known at an instant. Later decisions do not alter it.

    ``inputs`` are the whole numbers that the policy read, ``basis`` says which threshold and criteria it was decided
    with, ``because`` whether the entry was filed or an agency answered.
    """

    id = models.UUIDField(primary_key=True)
    filed = models.ForeignKey(FiledEntry, models.PROTECT, related_name="decisions")
    number = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    because = models.CharField(max_length=12)
    known_at = models.DateTimeField()
    policy = models.ForeignKey(ReleasePolicy, models.PROTECT, related_name="+")
    basis = models.JSONField()
    inputs = models.JSONField()
    score_before = models.PositiveIntegerField()
    score_after = models.PositiveIntegerField()
    examination = models.PositiveSmallIntegerField()
    priority = models.PositiveSmallIntegerField()
    customs_release = models.BooleanField()
    government = models.PositiveSmallIntegerField()
    pathway = models.PositiveSmallIntegerField()
    reasons = models.BigIntegerField()
    entry = models.UUIDField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number", "place"], name="release_decision_place")]
        indexes: ClassVar = [models.Index(fields=["known_at"], name="release_decision_at")]


class CurrentEntry(StateModel):
    """How an entry stands now: its latest decision, and the bits of the agencies that it waits for."""

    number = models.CharField(primary_key=True, max_length=64)
    programme = models.CharField(max_length=40)
    decision = models.OneToOneField(ReleaseDecision, models.PROTECT, related_name="current")
    government = models.PositiveSmallIntegerField()
    waiting = models.BigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["government", "decided_at"], name="release_current_waiting"),
            models.Index(fields=["programme", "decided_at"], name="release_current_decided"),
        ]


class ReleaseMessage(StateModel):
    """A message of all of government that goes out: the entry is released, or what was released no longer is."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=64)
    decision = models.ForeignKey(ReleaseDecision, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=12)
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["number", "made_at"], name="release_message_entry")]


class Exercise(StateModel):
    """A joint incident management exercise; ``id`` is the id of its case. ``lessons``: what was learnt, once held."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200)
    scenario = models.TextField()
    held_on = models.DateField()
    planned_on = models.DateField()
    state = models.CharField(max_length=12)
    lessons = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class ExerciseInvitation(StateModel):
    """A participant that is invited to an exercise; ``id`` is the id of its case. ``attended`` None: not held yet."""

    id = models.UUIDField(primary_key=True)
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="invitations")
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    why = models.TextField()
    invited_on = models.DateField()
    answer = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    attended = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exercise", "participant"], name="release_invited_once")
        ]
