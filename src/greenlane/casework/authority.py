"""Where the facts about an acting person come from; the people room says, casework only asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from greenlane.casework.context import Actor
from greenlane.casework.models import Case
from greenlane.law.authority import STAFF, ActorFacts, Holding, Office

Source = Callable[[UUID, date, UUID | None, UUID | None], ActorFacts]
_SOURCE: list[Source] = []


def authority_source(source: Source) -> Source:
    """Register the one source: ``source(account, on, case, participant) -> ActorFacts``."""
    _SOURCE[:] = [source]
    return source


def actor_facts(actor: Actor, on: date, *, case: Case | None, participant: UUID | None) -> ActorFacts:
    """What authority needs to know. The platform holds the office of SYSTEM and no other."""
    if actor.account is None:
        return ActorFacts(holdings=(Holding(Office.SYSTEM),), participant=str(participant or ""))
    return _SOURCE[0](actor.account, on, case.id if case else None, participant)


def within(facts: ActorFacts) -> bool:
    """Does the person act from within the programme: as its staff, or as the platform itself?"""
    return any(holding.office in STAFF or holding.office is Office.SYSTEM for holding in facts.holdings)
