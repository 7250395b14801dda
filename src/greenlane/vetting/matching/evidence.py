"""What else is known of two parties: country, birth date, numbers, addresses, types (6 USC 964(b))."""

from __future__ import annotations

import re
from functools import lru_cache

from greenlane.law.sentences import N_, Sentence, Value
from greenlane.vetting.lists.entries import BirthDate, Identifier, ListEntry, PartyType
from greenlane.vetting.matching.names import fold_letters
from greenlane.vetting.matching.parties import MatchReason, Party

_ONLY_ONE = ("imo", "lei")  # kinds of numbers of which a party has only one
_ADDRESS_WORD = re.compile(r"[^\W_]+")
_ADDRESS_ALIKE, _LEAST_SHARED = 2 / 3, 3
WEAK = Sentence(N_("The list marks this alias as weak: it confirms other grounds and proves little alone."))
_YEARS_ABOUT = 2  # 'circa 1960' may be 1958 to 1962
_SHORTEST_NUMBER = 5  # shorter numbers are shared by chance


def compare_countries(party: Party, entry: ListEntry) -> MatchReason:
    """Same, unknown or in conflict; a conflict is shown and never hides a hit."""
    return _countries(party.countries, entry.countries)


@lru_cache(maxsize=4096)
def _countries(our: tuple[str, ...], their: tuple[str, ...]) -> MatchReason:
    ours, theirs = set(our), {country for country in their if len(country) == 2}
    if not ours or not theirs:
        return MatchReason("country_unknown", None, Sentence(N_("The country is not known on both sides.")))
    both = sorted(ours & theirs)
    values: dict[str, Value] = {
        "ours": ", ".join(sorted(ours)),
        "theirs": ", ".join(sorted(theirs)),
        "both": ", ".join(both),
    }
    if both:
        return MatchReason("country_same", True, Sentence(N_("Both have to do with %(both)s."), values))
    text = N_("The countries differ: %(ours)s here, %(theirs)s on the list.")
    return MatchReason("country_conflict", False, Sentence(text, values))


def compare_birth_dates(party: Party, entry: ListEntry) -> MatchReason | None:
    """Same day, same year, in conflict or unknown; None where neither side has a date of birth."""
    if party.birth_date is None and not entry.birth_dates:
        return None
    if party.birth_date is None or not any(born.first_year for born in entry.birth_dates):
        text = N_("The date of birth is not known on both sides.")
        return MatchReason("birth_date_unknown", None, Sentence(text))
    values: dict[str, Value] = {"ours": party.birth_date, "theirs": " / ".join(born.text for born in entry.birth_dates)}
    if any(born.exact == party.birth_date for born in entry.birth_dates):
        return MatchReason("birth_date_same", True, Sentence(N_("Both are born on %(ours)s."), values))
    if any(_may_be(born, party.birth_date.year) for born in entry.birth_dates):
        text = N_("The year of birth agrees: %(ours)s here, %(theirs)s on the list.")
        return MatchReason("birth_year_same", True, Sentence(text, values))
    text = N_("The dates of birth differ: %(ours)s here, %(theirs)s on the list.")
    return MatchReason("birth_date_conflict", False, Sentence(text, values))


def _may_be(born: BirthDate, year: int) -> bool:
    if born.first_year is None or born.last_year is None:
        return False
    about = _YEARS_ABOUT if "circa" in born.text.lower() else 0
    return born.first_year - about <= year <= born.last_year + about


def number_key(number: Identifier) -> str | None:
    """Letters and digits of the number in one form; None when it is too short or has no digit and so proves nothing."""
    bare = re.sub(r"[\W_]+", "", number.value).upper()
    return bare if len(bare) >= _SHORTEST_NUMBER and any(c.isdigit() for c in bare) else None


def same_number(ours: Identifier, theirs: Identifier) -> bool:
    """True when kind and value agree, and the issuing countries do not contradict each other."""
    same = number_key(ours) is not None and number_key(ours) == number_key(theirs) and ours.kind == theirs.kind
    return same and (not ours.country or not theirs.country or ours.country == theirs.country)


def number_reason(number: Identifier) -> MatchReason:
    """The reason of a hit by an equal identifier."""
    text = N_("The number is the same: %(kind)s %(value)s.")
    return MatchReason("identifier_same", True, Sentence(text, {"kind": number.kind, "value": number.value}))


def compare_identifiers(party: Party, entry: ListEntry) -> MatchReason | None:
    """None where no number contradicts; a conflict where both have a number that a party has only one of."""
    for kind in _ONLY_ONE:
        ours = {number_key(number) for number in party.identifiers if number.kind == kind} - {None}
        theirs = {number_key(number) for number in entry.identifiers if number.kind == kind} - {None}
        if ours and theirs and not ours & theirs:
            text = N_("The %(kind)s numbers differ: %(ours)s here, %(theirs)s on the list.")
            both: dict[str, Value] = {
                "kind": kind.upper(),
                "ours": ", ".join(sorted(map(str, ours))),
                "theirs": ", ".join(sorted(map(str, theirs))),
            }
            return MatchReason("identifier_conflict", False, Sentence(text, both))
    return None


def compare_addresses(party: Party, entry: ListEntry) -> MatchReason | None:
    """The address most alike, when at least two thirds of the words of the shorter agree and a number is among them."""
    best = max(
        ((_shared(ours, theirs), ours, theirs) for ours in party.addresses for theirs in entry.addresses),
        default=(0.0, "", ""),
    )
    if best[0] < _ADDRESS_ALIKE:
        return None
    text = N_("The addresses are alike: %(ours)s here, %(theirs)s on the list.")
    return MatchReason("address_same", True, Sentence(text, {"ours": best[1], "theirs": best[2]}))


def _shared(one: str, two: str) -> float:
    ours, theirs = (frozenset(_ADDRESS_WORD.findall(fold_letters(text))) for text in (one, two))
    both = ours & theirs
    if len(both) < _LEAST_SHARED or not any(any(c.isdigit() for c in word) for word in both):
        return 0.0
    return len(both) / min(len(ours), len(theirs))


def compare_types(party: Party, entry: ListEntry) -> MatchReason | None:
    """Said where a number joins a party and an entry of different types; None where the types may agree."""
    if PartyType.UNKNOWN in (party.party_type, entry.party_type) or party.party_type is entry.party_type:
        return None
    text = N_("The kinds differ: %(ours)s here, %(theirs)s on the list.")
    values: dict[str, Value] = {"ours": str(party.party_type), "theirs": str(entry.party_type)}
    return MatchReason("kind_conflict", False, Sentence(text, values))
