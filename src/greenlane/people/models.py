"""Accounts, offices held, assignments, delegations and tokens, each with its dates (6 USC 971(c))."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from greenlane.casework.models import Case, StateModel


class AccountManager(BaseUserManager["Account"]):
    """Accounts are opened by command only; this manager finds them."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email__iexact=username)


class Account(StateModel, AbstractBaseUser):
    """A person who signs in. The password is kept apart from the record."""

    NOT_FOLDED: ClassVar[frozenset[str]] = frozenset({"password", "last_login"})

    id = models.UUIDField(primary_key=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = AccountManager()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.closed_on is None

    def get_full_name(self) -> str:
        return self.name

    def __str__(self) -> str:
        return self.name


class OfficeHolding(StateModel):
    """An office held by a person from a day, until a day, for one participant where the office is a company's."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="offices")
    office = models.CharField(max_length=40)
    participant_id = models.UUIDField(null=True)
    agency = models.CharField(max_length=100, blank=True)
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "office"], name="holding_account"),
            models.Index(fields=["participant_id"], name="holding_participant"),
        ]


class Assignment(StateModel):
    """A case given to a person, from a day until a day."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    account = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "effective_to"], name="assignment_account")]


class Delegation(StateModel):
    """An office lent by its holder to another person for some days, with the reason."""

    id = models.UUIDField(primary_key=True)
    holder = models.ForeignKey(Account, models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey(Account, models.PROTECT, related_name="delegations_held")
    office = models.CharField(max_length=40)
    effective_from = models.DateField()
    effective_to = models.DateField()
    ended_on = models.DateField(null=True)
    reason = models.TextField()
    recorded_at = models.DateTimeField()


class Token(StateModel):
    """A key for programs. Only its hash is kept."""

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=100)
    hash = models.CharField(max_length=64, unique=True)
    issued_on = models.DateField()
    expires_on = models.DateField()
    revoked_on = models.DateField(null=True)
