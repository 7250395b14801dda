"""The two sides of a hit as they were kept, and what differs between then and now (6 USC 964(b)).

A decision rests on what was known of the party, what the list said, and the band of the score. It stands while none of
these changed; what is compared are the kept sides themselves, so that the difference can be shown and a new version of
the engine alone asks nobody again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from greenlane.law.sentences import N_
from greenlane.vetting.lists.entries import NameKind, PartyType
from greenlane.vetting.matching.names import fold_letters, prepare
from greenlane.vetting.matching.parties import score_band

Body = Mapping[str, Any]
"""A party or an entry of a list as plain JSON data, as a screening kept it."""

Side = Literal["party", "entry", "score"]


@dataclass(frozen=True)
class Sides:
    """What a decision on a hit rests on: both sides as compared, and the score (0-100)."""

    party: Body
    entry: Body
    score: int


@dataclass(frozen=True)
class Difference:
    """One fact that changed on one side: what stood only before, and what stands only now."""

    side: Side
    fact: str
    gone: tuple[str, ...]
    new: tuple[str, ...]


FACTS: Mapping[str, str] = {
    "names": N_("Name"),
    "weak_names": N_("Weak name"),
    "party_type": N_("Kind"),
    "countries": N_("Country"),
    "birth_date": N_("Born"),
    "birth_dates": N_("Born"),
    "identifiers": N_("Numbers"),
    "addresses": N_("Address"),
    "band": N_("Band of the score"),
}
"""What is compared, in the words of the pages. Programmes and remarks of an entry are not compared."""


def differences(before: Sides, now: Sides) -> tuple[Difference, ...]:
    """What changed between two keepings of the same pair, party first, then entry, then the band of the score.

    A fact that one of the two did not keep was not compared then, and is no change.
    """
    return tuple(_differences(before, now))


def _differences(before: Sides, now: Sides) -> Iterator[Difference]:
    yield from _of_side("party", before.party, now.party)
    yield from _of_side("entry", before.entry, now.entry)
    bands = score_band(before.score), score_band(now.score)
    if bands[0] != bands[1]:
        yield Difference("score", "band", bands[:1], bands[1:])


def _of_side(side: Side, before: Body, now: Body) -> Iterator[Difference]:
    for fact in FACTS:
        if fact not in before or fact not in now:
            continue
        was, there = _keyed(fact, before), _keyed(fact, now)
        gone = tuple(text for key, text in was.items() if key not in there)
        new = tuple(text for key, text in there.items() if key not in was)
        if gone or new:
            yield Difference(side, fact, gone, new)


def _keyed(fact: str, body: Body) -> dict[str, str]:
    """The values of one fact: under what makes two of them the same, the text that a person reads."""
    value, read = body[fact], _READ.get(fact, _plain)
    values: Sequence[Any] = value if isinstance(value, list | tuple) else [value] if value else []
    return dict(read(one, body) for one in values)


LISTED: Mapping[str, str] = {
    **{fact: FACTS[fact] for fact in ("names", "party_type", "countries", "birth_dates", "identifiers", "addresses")},
    "programmes": N_("Programme"),
    "remarks": N_("Remarks"),
    "listed_on": N_("Listed on"),
}
"""Everything that an entry of a list says, in the words of the pages."""


def listed_changes(before: Body, now: Body) -> tuple[Difference, ...]:
    """What a list says otherwise of one entry, letter by letter. Empty when only the order changed."""
    return tuple(_listed_changes(before, now))


def _listed_changes(before: Body, now: Body) -> Iterator[Difference]:
    for fact in LISTED:
        was, there = (list(_keyed(fact, body).values()) for body in (before, now))
        gone, new = (tuple(t for t in one if t not in other) for one, other in ((was, there), (there, was)))
        if gone or new:
            yield Difference("entry", fact, gone, new)


def _plain(value: Any, _body: Body) -> tuple[str, str]:
    return str(value), str(value)


def _name(value: Any, body: Body) -> tuple[str, str]:
    """Of a party a text; of an entry a text with its kind: a strong alias that becomes weak is a change."""
    if isinstance(value, str):
        return name_key(value, body["party_type"]), value
    kind, text = str(value["kind"]), str(value["text"])
    key = f"{kind}/{name_key(text, body['party_type'])}"
    return key, text if kind == NameKind.PRIMARY else f"{text} ({kind.replace('_', ' ')})"


def _born(value: Any, _body: Body) -> tuple[str, str]:
    text = str(value["text"]) if isinstance(value, Mapping) else str(value)
    return text, text


def _number(value: Any, _body: Body) -> tuple[str, str]:
    text = " ".join(part for part in (value["kind"], value["value"], value["country"]) if part)
    return text, text


def _address(value: Any, _body: Body) -> tuple[str, str]:
    text = str(value)
    return " ".join(re.findall(r"\w+", fold_letters(text))), text


_READ: Mapping[str, Callable[[Any, Body], tuple[str, str]]] = {
    "names": _name,
    "weak_names": _name,
    "birth_dates": _born,
    "identifiers": _number,
    "addresses": _address,
}


def name_key(text: str, party_type: str) -> str:
    """What makes two spellings one name: the words in any order, and the legal forms. Ltd and Inc are two companies.

    Words count in their own script: 张伟 and 章伟 sound alike and are two names.
    """
    name = prepare(text, PartyType(party_type))
    words = sorted(token.original or token.text for token in name.tokens)
    return "|".join((" ".join(words) or text.strip().casefold(), *name.forms))


def same_by_name(one: Body, other: Body) -> bool:
    """May two entries of a list be one party under another number? A firm name is shared, and no birth date differs."""
    return bool(_firm(one) & _firm(other)) and _same_birth(one, other)


def _firm(entry: Body) -> set[str]:
    kinds = (NameKind.PRIMARY, NameKind.ALIAS)
    return {name_key(name["text"], entry["party_type"]) for name in entry["names"] if name["kind"] in kinds}


def _same_birth(one: Body, other: Body) -> bool:
    born, again = ({date["text"] for date in entry["birth_dates"]} for entry in (one, other))
    return not born or not again or bool(born & again)
