"""Beneficial interest, control and other conflicts between validator and participant: 968(f)(1)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import listed, written
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class Holding:
    """*owner* has an interest in *owned*, in basis points (10,000 is all), or controls it, from a day until another."""

    owner: str
    owned: str
    basis_points: int
    control: bool
    since: date
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """Does it tie the two on *on* (last day included)? An interest of nothing without control ties nobody."""
        return (self.basis_points > 0 or self.control) and self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True)
class DeclaredConflict:
    """A tie that validator or participant declared, of any other kind (employment, advice, family, money owed)."""

    kind: str
    detail: str
    ended_on: date | None = None


@dataclass(frozen=True)
class Clearance:
    """An officer's written finding that a tie through a common owner is no conflict of interest."""

    party: str
    reason: str
    officer: str


@dataclass(frozen=True)
class OwnershipFacts:
    """Validator and participant, every holding known, what they declared, and what was cleared.

    ``declaration_signed_on`` is when the validator signed its declaration of conflicts for this participant.
    """

    validator: str
    participant: str
    holdings: tuple[Holding, ...]
    declared: tuple[DeclaredConflict, ...]
    declaration_signed_on: date | None
    cleared: tuple[Clearance, ...] = ()


def conflict(owner: str, owned: str, holdings: Iterable[Holding], on: date) -> tuple[Holding, ...]:
    """The shortest chain of holdings in force on *on* from *owner* to *owned*, or (); rings are harmless."""
    onward: dict[str, list[Holding]] = {}
    for holding in sorted((h for h in holdings if h.in_force(on)), key=lambda h: (h.owner, h.owned)):
        onward.setdefault(holding.owner, []).append(holding)
    waiting: deque[tuple[str, tuple[Holding, ...]]] = deque([(owner, ())])
    seen = {owner}
    while waiting:
        at, chain = waiting.popleft()
        for holding in onward.get(at, ()):
            if holding.owned == owned:
                return (*chain, holding)
            if holding.owned not in seen:
                seen.add(holding.owned)
                waiting.append((holding.owned, (*chain, holding)))
    return ()


def common_owners(first: str, second: str, holdings: Iterable[Holding], on: date) -> tuple[str, ...]:
    """Every other party that stands above both, directly or through chains, in order of name."""
    known = tuple(holdings)
    others = {h.owner for h in known} - {first, second}
    return tuple(sorted(o for o in others if conflict(o, first, known, on) and conflict(o, second, known, on)))


@rule("6 USC 968(f)(1)", "6 USC 968(f)(1)(A)", "6 USC 968(f)(1)(B)")
def is_free_of_conflict(facts: OwnershipFacts, on: date) -> Verdict:
    """No beneficial interest, no direct or indirect control through any chain, and no other conflict of interest."""
    return all_of((*_interest(facts, on), *_other(facts, on)))


def _interest(facts: OwnershipFacts, on: date) -> Iterator[Reason]:
    chain = conflict(facts.validator, facts.participant, facts.holdings, on)
    yield finding(
        "6 USC 968(f)(1)(A)",
        "no_interest_or_control",
        facts.validator != facts.participant and not chain,
        N_("%(validator)s has no interest in and no control over %(participant)s on %(day)s."),
        N_("%(validator)s has an interest in or control over %(participant)s: %(chain)s."),
        mend=N_("Engage another validator."),
        where=facts.validator,
        validator=facts.validator,
        participant=facts.participant,
        chain=_drawn(chain) if chain else facts.validator,
        day=on,
    )


def _other(facts: OwnershipFacts, on: date) -> Iterator[Reason]:
    cite = "6 USC 968(f)(1)(B)"
    back = conflict(facts.participant, facts.validator, facts.holdings, on)
    cleared = {c.party for c in facts.cleared if written(c.reason) and written(c.officer)}
    common = [o for o in common_owners(facts.validator, facts.participant, facts.holdings, on) if o not in cleared]
    standing = [d for d in facts.declared if d.ended_on is None or d.ended_on >= on]
    signed = facts.declaration_signed_on
    yield finding(
        cite,
        "declaration_signed",
        signed is not None and signed <= on,
        N_("%(validator)s signed its declaration of conflicts on %(signed)s."),
        N_("%(validator)s has not signed a declaration of conflicts for %(participant)s."),
        mend=N_("Ask %(validator)s to sign its declaration for %(participant)s."),
        validator=facts.validator,
        participant=facts.participant,
        signed=signed or "-",
    )
    yield finding(
        cite,
        "not_owned_by_participant",
        not back,
        N_("%(participant)s has no interest in and no control over %(validator)s."),
        N_("%(participant)s has an interest in or control over its own validator: %(chain)s."),
        mend=N_("Engage another validator."),
        participant=facts.participant,
        validator=facts.validator,
        chain=_drawn(back),
    )
    yield finding(
        cite,
        "no_common_owner",
        not common,
        N_("Nobody stands above both %(validator)s and %(participant)s without an officer's written clearance."),
        N_("Above both %(validator)s and %(participant)s stands: %(owners)s."),
        mend=N_("Engage another validator, or have an officer write why this tie is no conflict of interest."),
        where=common[0] if common else "",
        validator=facts.validator,
        participant=facts.participant,
        owners=listed(common),
    )
    yield finding(
        cite,
        "no_declared_conflict",
        not standing,
        N_("No declared conflict of interest stands on %(day)s."),
        N_("Declared conflicts of interest: %(kinds)s."),
        mend=N_("Engage another validator, or end the tie first."),
        kinds=listed(f"{d.kind} ({d.detail})" for d in standing),
        day=on,
    )


def _drawn(chain: tuple[Holding, ...]) -> str:
    """'A > B > C', each step with its share or 'control'."""
    steps = [f"{h.owned} ({'control' if h.control else f'{h.basis_points / 100:g} %'})" for h in chain]
    return " > ".join((chain[0].owner, *steps)) if chain else "-"
