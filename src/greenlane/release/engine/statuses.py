"""What an entry needs to know of a party, in one small number: tier, benefits given, recognised abroad, barred."""

from __future__ import annotations

from dataclasses import dataclass

from greenlane.release.engine.expressions import Node, bit, no

BENEFITS = (
    "score_reduction",
    "dedicated_lanes",
    "validated_score_reduction",
    "reduced_examinations",
    "stratified_exemption",
    "priority_searches",
    "expedited_release",
    "further_reduced_examinations",
    "priority_examinations",
    "further_score_reduction",
)
"""The benefits of a programme that act on cargo, by their place in the mask."""

TIERS = 4
RECOGNISED = (1 << len(BENEFITS)) * TIERS
BARRED = 2 * RECOGNISED
GREATEST_STATUS = 2 * BARRED - 1
NO_STATUS = 0
"""Who takes no part: never in a programme, withdrawn, or not yet known."""


@dataclass(frozen=True)
class Status:
    """A party on a day. ``benefits``: those of ``BENEFITS`` that it has; ``tier``: 0 (takes no part) to 3.

    ``recognised``: a partner programme abroad vouches for it under an arrangement in force. ``barred``: suspended or
    expelled, so that its own entries get no benefit at all, not even one that a partner brings.
    """

    tier: int = 0
    benefits: frozenset[str] = frozenset()
    recognised: bool = False
    barred: bool = False

    @property
    def packed(self) -> int:
        """In one number. Raises ValueError for an unknown tier; leaves out benefits that do not act on cargo."""
        if not 0 <= self.tier < TIERS:
            raise ValueError(f"there is no tier {self.tier}")
        mask = sum(1 << place for place, code in enumerate(BENEFITS) if code in self.benefits)
        return self.tier + TIERS * mask + RECOGNISED * self.recognised + BARRED * self.barred

    @classmethod
    def unpacked(cls, status: int) -> Status:
        """The status that a number holds."""
        mask = status // TIERS
        benefits = frozenset(code for place, code in enumerate(BENEFITS) if mask >> place & 1)
        return cls(status % TIERS, benefits, bool(status // RECOGNISED % 2), bool(status // BARRED))


def tier_of(status: Node) -> Node:
    """The tier in a status, as an expression."""
    return status % TIERS


def has(status: Node, benefit: str) -> Node:
    """Whether a status holds a benefit, as an expression."""
    return bit(status // TIERS, BENEFITS.index(benefit))


def recognised(status: Node) -> Node:
    """Whether a partner programme abroad vouches for the party, as an expression."""
    return (status // RECOGNISED) % 2


def enrolled(status: Node) -> Node:
    """Whether the party takes part and is neither suspended nor expelled, as an expression."""
    return (tier_of(status) >= 1) & no(barred(status))


def barred(status: Node) -> Node:
    """Whether the party is suspended or expelled, as an expression."""
    return status // BARRED
