"""Validators, their certificates, what these rest on, and holdings of one party in another (6 USC 968(d)-(g))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel
from greenlane.validators.models_engagement import (
    DeclaredTie,
    Engagement,
    PilotConsultation,
    PilotProgramme,
    ReportedFinding,
    ReportedVisit,
    TieCleared,
)
from greenlane.validators.models_entity import Validator

__all__ = [
    "Certificate",
    "ConductedReview",
    "DeclaredTie",
    "Demonstration",
    "Engagement",
    "Holding",
    "Inspection",
    "InsuranceLimit",
    "PilotConsultation",
    "PilotProgramme",
    "Policy",
    "Procedure",
    "ProcedureAgreement",
    "ReportedFinding",
    "ReportedVisit",
    "TieCleared",
    "Validator",
    "ValidatorPerson",
]


class Certificate(StateModel):
    """A certificate sought, given, revoked or given up; ``id`` is the id of its case. Whether it is in force on a day
    is asked by date and never kept here."""

    id = models.UUIDField(primary_key=True)
    validator = models.ForeignKey(Validator, models.PROTECT, related_name="certificates")
    sought_on = models.DateField()
    submission = models.TextField(blank=True)
    submission_on = models.DateField(null=True)
    submission_documents = models.JSONField(default=list)
    protection_signed_on = models.DateField(null=True)
    protection_signed_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    certified_on = models.DateField(null=True)
    certified_by = models.UUIDField(null=True)
    ended_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    shortcomings = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.validator.name


class ValidatorPerson(StateModel):
    """A person who acts for a validator under a certificate."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="people")
    account_id = models.UUIDField()
    name = models.CharField(max_length=200)
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["certificate", "account_id"], name="validator_person")]


class Procedure(StateModel):
    """A version of a standard operating procedure or requirement that validators agree to, from a day."""

    id = models.UUIDField(primary_key=True)
    programme = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    published_on = models.DateField()
    in_force_from = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "code", "version"], name="validator_procedure_version")
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"


class ProcedureAgreement(StateModel):
    """An entity's agreement to one version of a procedure."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="agreements")
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="agreements")
    agreed_on = models.DateField()
    agreed_by = models.UUIDField(null=True)


class Demonstration(StateModel):
    """The entity showed its ability under a procedure; ``satisfied`` is the officer whom it satisfied, if it did."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="demonstrations")
    code = models.CharField(max_length=40)
    shown_on = models.DateField()
    satisfied = models.UUIDField(null=True)
    note = models.TextField()
    evidence = models.JSONField(default=list)


class InsuranceLimit(StateModel):
    """The limit and the conditions of insurance that were set for an entity, in whole dollars, from a day."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="limits")
    limit_usd = models.PositiveBigIntegerField()
    conditions = models.TextField(blank=True)
    reason = models.TextField()
    since = models.DateField()
    recorded_at = models.DateTimeField()


class Policy(StateModel):
    """A liability insurance policy. A correction is a new row of the same series; the last one recorded holds."""

    id = models.UUIDField(primary_key=True)
    series = models.UUIDField()
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="policies")
    insurer = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    limit_usd = models.PositiveBigIntegerField()
    since = models.DateField()
    until = models.DateField()
    meets_conditions = models.BooleanField()
    cancelled_on = models.DateField(null=True)
    document = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)


class Inspection(StateModel):
    """An inspection of a validator's operations, and whether the requirements were met."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="inspections")
    inspected_on = models.DateField()
    inspector = models.UUIDField(null=True)
    requirements_met = models.BooleanField()
    looked_at = models.TextField()
    shortcomings = models.JSONField(default=list)


class ConductedReview(StateModel):
    """The review of one validation that a revoked validator conducted; closed when an officer wrote what it found."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="reviews")
    validation_id = models.UUIDField()
    participant_id = models.UUIDField()
    opened_on = models.DateField()
    reviewed_on = models.DateField(null=True)
    reviewed_by = models.UUIDField(null=True)
    found = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["certificate", "validation_id"], name="conducted_review_once")
        ]


class Holding(StateModel):
    """*owner* has an interest in *owned* (basis points: 10,000 is all), or controls it, from a day to a last day.

    A party is a validator or participant by id, or a third person by name; ``*_key`` is the name as it is compared.
    A correction is a new row of the same series.
    """

    id = models.UUIDField(primary_key=True)
    series = models.UUIDField()
    owner_id = models.UUIDField(null=True)
    owner_name = models.CharField(max_length=200)
    owner_key = models.CharField(max_length=200)
    owned_id = models.UUIDField(null=True)
    owned_name = models.CharField(max_length=200)
    owned_key = models.CharField(max_length=200)
    basis_points = models.PositiveIntegerField()
    control = models.BooleanField()
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=400)
    engagement_id = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["owned_key"], name="holding_owned_key"),
            models.Index(fields=["owned_id"], name="holding_owned_id"),
        ]
