"""Company groups, participant accounts, identifiers, persons, sites, partners and legs (6 USC 962, 963(2))."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from greenlane.casework.models import StateModel


class Group(StateModel):
    """A group of companies under one name; each business type has its own account in it."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Participant(StateModel):
    """One account: one company, one business type, one programme. ``id`` is the id of its register case."""

    id = models.UUIDField(primary_key=True)
    group = models.ForeignKey(Group, models.PROTECT, related_name="accounts")
    programme = models.CharField(max_length=40)
    business_type = models.CharField(max_length=60)
    legal_name = models.CharField(max_length=200)
    trade_name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2)
    address = models.CharField(max_length=300)
    city = models.CharField(max_length=100)
    website = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    cargo_kinds = models.JSONField()
    standing = models.CharField(max_length=20)
    tier = models.PositiveSmallIntegerField(default=0)
    certified_on = models.DateField(null=True)
    registered_on = models.DateField()
    invited_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["programme", "business_type", "standing"], name="participant_kind"),
            models.Index(fields=["legal_name"], name="participant_name"),
        ]

    def __str__(self) -> str:
        return self.legal_name


class Superseded(StateModel):
    """A row that says what holds from a day on; a later decision may put another in its place, and it stays on record.

    Of the rows that were known at an instant and not yet superseded then, the one that begins last holds on a day.
    """

    effective_from = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Standing(Superseded):
    """The standing and tier of a participant, by dated rows. ``because`` is the case that decided it."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="standings")
    standing = models.CharField(max_length=20)
    tier = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    because = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "effective_from"], name="standing_day")]


class DeniedBenefits(Superseded):
    """The benefits denied to a participant because of one case, from a day on; none once it gives all back (967(a))."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="denials")
    because = models.UUIDField()
    benefits = models.JSONField()
    reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["participant", "effective_from"], name="denial_day")]


class Dated(StateModel):
    """A part of a participant, in force from a day until a day; a correction is a new row with the same series."""

    id = models.UUIDField(primary_key=True)
    series = models.UUIDField()
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class Identifier(Dated):
    """A number by which the trade knows the company, checked for its format."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=40)
    value = models.CharField(max_length=60)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "value"], name="identifier_value")]


class Person(Dated):
    """An owner or an officer of the company. ``account`` links the officer to the account that signs."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="persons")
    role = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True)
    country = models.CharField(max_length=2, blank=True)
    share_percent = models.PositiveSmallIntegerField(null=True)
    account_id = models.UUIDField(null=True)
    is_company = models.BooleanField(default=False)


class Site(Dated):
    """A place of the company's own in its supply chain. Coordinates are in millionths of a degree."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="sites")
    name = models.CharField(max_length=200)
    use = models.CharField(max_length=40)
    address = models.CharField(max_length=300)
    city = models.CharField(max_length=100)
    country = models.CharField(max_length=2)
    latitude_e6 = models.IntegerField(null=True)
    longitude_e6 = models.IntegerField(null=True)


class Partner(Dated):
    """A business partner in the supply chain."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="partners")
    name = models.CharField(max_length=200)
    does = models.CharField(max_length=40)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2)
    trusted_as = models.CharField(max_length=100, blank=True)
    latitude_e6 = models.IntegerField(null=True)
    longitude_e6 = models.IntegerField(null=True)


class Leg(Dated):
    """A movement of cargo between two nodes. ``origin`` and ``destination`` are series of sites or partners."""

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="legs")
    origin = models.UUIDField()
    destination = models.UUIDField()
    mode = models.CharField(max_length=20)
    carrier = models.CharField(max_length=200, blank=True)
    port_of_lading = models.CharField(max_length=10, blank=True)
    port_of_unlading = models.CharField(max_length=10, blank=True)


class ChangeConsent(StateModel):
    """The consent of a company's officer to a merger, a split or an extract of its account, with one other or none."""

    id = models.UUIDField(primary_key=True)
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="change_consents")
    act = models.CharField(max_length=20)
    other = models.ForeignKey(Participant, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
    given_by = models.UUIDField(null=True)
    given_on = models.DateField()
    ended_on = models.DateField(null=True)
    used_by = models.UUIDField(null=True)


class Merger(StateModel):
    """One account merged into another, until a split; ``id`` is the id of its register. Tiers are those of that day."""

    id = models.UUIDField(primary_key=True)
    survivor = models.ForeignKey(Participant, models.PROTECT, related_name="mergers")
    merged = models.ForeignKey(Participant, models.PROTECT, related_name="merged_into")
    takeover = models.BooleanField()
    reason = models.TextField()
    merged_on = models.DateField()
    split_on = models.DateField(null=True)
    survivor_tier = models.PositiveSmallIntegerField()
    standing_before = models.CharField(max_length=20)
    tier_before = models.PositiveSmallIntegerField()
    holdings = models.JSONField()
    cases = models.JSONField()


class MovedPart(StateModel):
    """Which part went where: ``series`` of one account continues as ``to_series`` of another (RC-16)."""

    id = models.UUIDField(primary_key=True)
    change = models.UUIDField()
    part = models.CharField(max_length=20)
    name = models.CharField(max_length=300)
    source = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    series = models.UUIDField()
    target = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    to_row = models.UUIDField()
    to_series = models.UUIDField()
    moved_on = models.DateField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["change", "part"], name="movedpart_change")]
