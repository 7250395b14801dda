"""How much a word of a name tells: by how many names have it, frozen under the version of the model (964(b))."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.screening import sources
from benchmarks.screening.sets import Sets, kind_of, teaches
from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.names import Mark, prepare

PERSONS = 16_000
"""Synthetic persons, so that names that are common outside lists are common in the model too."""
LEAST_SEEN = 6
"""Words in fewer names tell as much as any; they are not written, so that the file stays small and names nobody."""
_SURE = 1000


@dataclass(frozen=True)
class Scale:
    """Shares of all names: a word in ``rare`` or less tells all, in ``common`` or more only ``least`` (thousandths)."""

    rare: float
    common: float
    least: int

    def weight(self, seen: int, names: int) -> int:
        share = math.log(seen / names / self.rare) / math.log(self.common / self.rare)
        return max(self.least, min(_SURE, round(_SURE - (_SURE - self.least) * share)))


SCALES = {"person": Scale(2e-4, 0.05, 300), "organisation": Scale(2e-4, 0.03, 80)}


def learn(sets: Sets, kinds: Sequence[str] = tuple(SCALES)) -> dict[str, dict[str, int]]:
    """Words with less than full weight, by kind, those of most names first."""
    corpora = _corpora(sets)
    return {kind: _weights(corpora[kind], kind) for kind in kinds}


def _corpora(sets: Sets) -> dict[str, list[str]]:
    """The names of the learning side: of listed parties (one for each spelling), companies, persons."""
    found: dict[str, dict[str, None]] = {"person": {}, "organisation": {}}
    for entry, family in zip(sets.entries, sets.families, strict=True):
        if sets.teaching[family] and entry.party_type not in (PartyType.VESSEL, PartyType.AIRCRAFT):
            found[kind_of(entry)].update(dict.fromkeys(sources.names_of(entry)))
    for query in sets.learning.queries:
        if query.truth < 0 and query.kind == "organisation":
            found["organisation"][query.text] = None
    persons = (name for name in sources.persons() if teaches(name.split()[-1].lower()))
    found["person"].update(dict.fromkeys(itertools.islice(persons, PERSONS)))
    return {kind: list(names) for kind, names in found.items()}


def _weights(names: Iterable[str], kind: str) -> dict[str, int]:
    seen, number = Counter[str](), 0
    for name in names:
        number += 1
        prepared = prepare(name, PartyType(kind))
        seen.update({token.text for token in prepared.tokens if not token.marks & (Mark.NUMERAL | Mark.INITIAL)})
    scale = SCALES[kind]
    ranked = sorted(seen.items(), key=lambda item: (-item[1], item[0]))
    weights = {word: scale.weight(count, number) for word, count in ranked if count >= LEAST_SEEN}
    return {word: weight for word, weight in weights.items() if weight < _SURE}
