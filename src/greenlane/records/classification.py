"""Who may see what: each kind of entry and each field has an audience (6 USC 971(c))."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Audience(StrEnum):
    """Audiences from the widest to the narrowest; each one includes the people of all narrower ones."""

    PUBLIC = "public"
    PARTICIPANT = "participant"
    """The participant that it concerns, and the staff."""
    STAFF = "staff"
    RESTRICTED = "restricted"
    """Staff whose office needs to know: vetting and supervision."""


ORDER: tuple[Audience, ...] = tuple(Audience)


class Unclassified(LookupError):
    """Raised when something without a declared audience is about to be shown: it is then shown to nobody."""


class ClassificationClash(ValueError):
    """Raised when one name is declared with two audiences."""


_KINDS: dict[str, Audience] = {}
_FIELDS: dict[tuple[str, str], Audience] = {}


def may_see(audience: str, viewer: str) -> bool:
    """May a viewer cleared up to *viewer* see what is meant for *audience*? Raises ValueError on an unknown name.

    A viewer 'participant' must also be of the participant concerned; that is the caller's question.
    """
    return ORDER.index(Audience(audience)) <= ORDER.index(Audience(viewer))


def visible_to(viewer: str) -> tuple[Audience, ...]:
    """Every audience that a viewer cleared up to *viewer* may see, widest first."""
    return ORDER[: ORDER.index(Audience(viewer)) + 1]


def narrowest(audiences: Iterable[str]) -> Audience:
    """The narrowest of the audiences: what a whole made of several parts must be. Restricted when there are none."""
    found = [ORDER.index(Audience(audience)) for audience in audiences]
    return ORDER[max(found)] if found else Audience.RESTRICTED


def classify_kind(kind: str, audience: str) -> None:
    """Declare the audience of a kind of ledger entry. Raises ClassificationClash when it was declared otherwise."""
    if _KINDS.setdefault(kind, Audience(audience)) is not Audience(audience):
        raise ClassificationClash(f"{kind} is declared as {_KINDS[kind]} and as {audience}")


def classify_fields(owner: str, **audiences: str) -> None:
    """Declare the audience of fields of *owner* (a model label such as 'participants.Organisation', or a schema)."""
    for name, audience in audiences.items():
        if _FIELDS.setdefault((owner, name), Audience(audience)) is not Audience(audience):
            raise ClassificationClash(f"{owner}.{name} is declared as {_FIELDS[owner, name]} and as {audience}")


def audience_of_kind(kind: str) -> Audience:
    """The declared audience of a kind of entry. Raises Unclassified."""
    try:
        return _KINDS[kind]
    except KeyError:
        raise Unclassified(f"the kind of entry {kind!r} has no audience (6 USC 971(c))") from None


def audience_of_field(owner: str, name: str) -> Audience:
    """The declared audience of a field. Raises Unclassified."""
    try:
        return _FIELDS[owner, name]
    except KeyError:
        raise Unclassified(f"the field {owner}.{name} has no audience (6 USC 971(c))") from None


def visible_fields(owner: str, names: Iterable[str], viewer: str) -> tuple[str, ...]:
    """Those of *names* that *viewer* may see; a field without an audience raises Unclassified."""
    return tuple(name for name in names if may_see(audience_of_field(owner, name), viewer))


def unclassified_kinds(kinds: Iterable[str]) -> list[str]:
    """For tests: the kinds of entry that have no audience."""
    return sorted(set(kinds) - set(_KINDS))


def unclassified_fields(owner: str, names: Iterable[str]) -> list[str]:
    """For tests: the fields of *owner* that have no audience."""
    return sorted(name for name in set(names) if (owner, name) not in _FIELDS)
