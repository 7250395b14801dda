"""What several hits can share that speaks against a match, and which of them are too like a match (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import QuerySet

from greenlane.law.sentences import N_
from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.models import ScreeningHit

Ground = Literal[
    "", "name_generic", "numbers_differ", "kind_conflict", "country_conflict", "birth_date_conflict", "weak_alias"
]
GROUNDS: Mapping[str, str] = {
    "name_generic": N_("Only legal forms, numbers and common words are alike"),
    "numbers_differ": N_("The numbers in the names differ"),
    "kind_conflict": N_("One is a person, the other a company, a ship or an aircraft"),
    "country_conflict": N_("The countries differ"),
    "birth_date_conflict": N_("The dates of birth differ"),
    "weak_alias": N_("Only an alias that the list marks as weak is alike"),
}
"""What hits can share, by the codes of the engine's reasons."""

LIKE_A_MATCH = frozenset({"identifier_same", "birth_date_same", "birth_year_same"})
"""Reasons to look at a hit by itself: a number or a birth date that is the same, as far as the list states it."""


def grounds_of(reasons: Iterable[Mapping[str, Any]], ours: str, theirs: str) -> tuple[str, ...]:
    """The codes of a hit's reasons, each once, but those of single words.

    'kind_conflict' where known types differ; 'name_same' where every word is the same, and not only generic ones are.
    """
    codes = {str(reason["code"]) for reason in reasons}
    words = {code for code in codes if code.startswith("word")}
    found = codes - words
    if PartyType.UNKNOWN not in (ours, theirs) and ours != theirs:
        found.add("kind_conflict")
    if words == {"word_same"} and "name_generic" not in codes:
        found.add("name_same")
    return tuple(sorted(found))


def written(grounds: Iterable[str]) -> str:
    """The grounds as a column keeps them, each between strokes, so that one can be sought."""
    return "".join(f"|{ground}|" for ground in grounds)


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """What open hits have in common: the entry of a list, the name of the party, a ground against them, or several."""

    ground: str = ""
    list_kind: str = ""
    list_code: str = ""
    entry_key: str = ""
    party_name: str = ""

    @property
    def stated(self) -> bool:
        """Does it say anything? An entry is named by all three of its parts."""
        return bool(self.ground or self.party_name.strip() or self.names_entry)

    @property
    def names_entry(self) -> bool:
        return bool(self.list_kind and self.list_code and self.entry_key)


def sharing(pattern: Pattern) -> QuerySet[ScreeningHit]:
    """The open hits that share *pattern*, the most alike first, with their company and without the large columns."""
    rows = ScreeningHit.objects.filter(status="open", investigation_id__in=_open_cases())
    if pattern.ground:
        rows = rows.filter(grounds__contains=f"|{pattern.ground}|")
    if pattern.party_name.strip():
        rows = rows.filter(party_name__iexact=pattern.party_name.strip())
    if pattern.names_entry:
        rows = rows.filter(kind=pattern.list_kind, list_code=pattern.list_code, entry_key=pattern.entry_key)
    return (
        rows.select_related("investigation__participant")
        .defer("reasons", "parts", "words", "party", "entry")
        .order_by("-score", "first_on", "id")
    )


def _open_cases() -> QuerySet[Any]:
    from greenlane.casework.models import Case

    return Case.objects.filter(kind="investigation", state="open").values("pk")


def shares(hit: ScreeningHit, pattern: Pattern) -> bool:
    """Does this one hit share the pattern?"""
    named = pattern.party_name.strip().casefold()
    return (
        (not pattern.ground or f"|{pattern.ground}|" in hit.grounds)
        and (not named or hit.party_name.strip().casefold() == named)
        and (not pattern.names_entry or (hit.kind, hit.list_code, hit.entry_key) == _entry(pattern))
    )


def _entry(pattern: Pattern) -> tuple[str, str, str]:
    return (pattern.list_kind, pattern.list_code, pattern.entry_key)


TOP = 85
"""From here up a score is in the highest bands: all of a firm name is the same, and nothing speaks against it."""


PLACED = frozenset({"country_same", "address_same"})
"""Reasons that make one of two names that are the same in every word."""


def like_a_match(hit: ScreeningHit) -> bool:
    """Is it too like a true match to be closed with others?

    The same number or birth date, every word the same in the same country or at the same address, or a top band.
    """
    grounds = set(hit.grounds.split("|"))
    same = "name_same" in grounds and not grounds.isdisjoint(PLACED)
    return same or hit.method == "identifier" or hit.score >= TOP or not grounds.isdisjoint(LIKE_A_MATCH)
