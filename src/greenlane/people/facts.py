"""Rows of people as the facts that authority asks for (6 USC 971(c))."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.law.authority import BY_ASSIGNMENT, ActorFacts
from greenlane.people import queries


def actor_facts(account: UUID, on: date, case: UUID | None, participant: UUID | None) -> ActorFacts:
    """The offices of the person, the participant concerned, and whether the case is assigned to the person."""
    holdings = queries.holdings_of(account, on)
    counts = case is not None and any(holding.office in BY_ASSIGNMENT for holding in holdings)
    return ActorFacts(
        holdings=holdings,
        participant=str(participant or ""),
        assigned=counts and case is not None and queries.is_assigned(account, case, on),
    )
