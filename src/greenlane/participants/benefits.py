"""Which standing, tier and benefits a participant had on a day, as they were known at an instant (964-967)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.law.s965_benefits import may_extend_benefit
from greenlane.law.terms import Benefit
from greenlane.law.verdicts import Verdict
from greenlane.participants.models import DeniedBenefits, Participant, Standing, Superseded
from greenlane.programs.queries import terms_of

S = TypeVar("S", bound=Superseded)

NONE = "none"
"""The standing of one of whom nothing was known yet."""


@dataclass(frozen=True)
class Stood:
    """The standing on a day. ``tier`` 0: it takes no part. ``because``: the case that decided it."""

    standing: str
    tier: int
    since: date | None = None
    because: UUID | None = None


@dataclass(frozen=True)
class BenefitStatus:
    """One benefit of the programme and whether the participant has it on the day; ``denied_by`` are the cases."""

    benefit: Benefit
    earned: Verdict
    denied_by: tuple[UUID, ...] = ()

    @property
    def given(self) -> bool:
        return self.earned.granted and not self.denied_by


def known(rows: QuerySet[S], on: date, at: datetime | None = None) -> QuerySet[S]:
    """The rows that begin by a day, as they were known at an instant (None: now), the one that holds last."""
    seen = (
        Q(superseded_at=None)
        if at is None
        else Q(recorded_at__lte=at) & (Q(superseded_at=None) | Q(superseded_at__gt=at))
    )
    return rows.filter(seen, effective_from__lte=on).order_by("effective_from", "recorded_at", "id")


def stood_on(participant_id: UUID, on: date, at: datetime | None = None) -> Stood:
    """The standing on a day, as known at an instant (None: now)."""
    row = known(Standing.objects.filter(participant_id=participant_id), on, at).last()
    return Stood(row.standing, row.tier, row.effective_from, row.because) if row else Stood(NONE, 0)


def denied_on(participant_id: UUID, on: date, at: datetime | None = None) -> dict[str, tuple[UUID, ...]]:
    """Each benefit that is denied on a day, with the cases that deny it."""
    rows = known(DeniedBenefits.objects.filter(participant_id=participant_id), on, at)
    return _denied(rows)


def _denied(rows: Iterable[DeniedBenefits]) -> dict[str, tuple[UUID, ...]]:
    last = {row.because: row.benefits for row in rows}
    found: dict[str, tuple[UUID, ...]] = {}
    for because, codes in last.items():
        for code in codes:
            found[code] = (*found.get(code, ()), because)
    return found


def benefits_on(participant: Participant, on: date, at: datetime | None = None) -> tuple[BenefitStatus, ...]:
    """Every benefit of the programme, and whether the participant has it on a day: by tier and denials alone."""
    stood = stood_on(participant.pk, on, at)
    return statuses(participant.programme, stood, denied_on(participant.pk, on, at), on)


def statuses(
    programme: str, stood: Stood, denied: Mapping[str, tuple[UUID, ...]], on: date
) -> tuple[BenefitStatus, ...]:
    """The benefits that go with a standing: the same standing and denials give the same benefits to everybody."""
    terms = terms_of(programme, on)
    rank = stood.tier if stood.standing == "certified" else 0
    return tuple(
        BenefitStatus(benefit, may_extend_benefit(benefit.code, rank, terms), denied.get(benefit.code, ()))
        for benefit in terms.benefits
    )
