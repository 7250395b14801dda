"""Names that are no participant's record, screened against the lists on record; nothing is kept (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from uuid import UUID

from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_, Sentence
from greenlane.programs.queries import terms_of
from greenlane.records.reads import log_read
from greenlane.vetting.facts import required_kinds
from greenlane.vetting.matching.parties import score_band
from greenlane.vetting.models import ListVersion
from greenlane.vetting.naming.problems import NamesRefused
from greenlane.vetting.naming.rows import Named
from greenlane.vetting.queries import ListState, lists_on_record
from greenlane.vetting.screening import Found, model_version, screen

CITE = "6 USC 964(b)"
BLOCK = 5_000
"""Parties that are compared at once."""
BANDS = tuple(dict.fromkeys(score_band(score) for score in range(100, 0, -1)))


@dataclass(frozen=True)
class Lists:
    """The lists on record on a day: those that names are compared with, and those that the programme wants besides."""

    on: date
    states: tuple[ListState, ...]
    missing: tuple[str, ...]
    most_days: int

    @property
    def versions(self) -> list[ListVersion]:
        return [state.version for state in self.states]

    @cached_property
    def model(self) -> str:
        """The version of the engine. The lists are read and prepared when it is first asked for."""
        return model_version(self.versions)

    @cached_property
    def by_version(self) -> dict[UUID, ListState]:
        return {state.version.pk: state for state in self.states}

    @property
    def complete(self) -> bool:
        """Is every list that the programme wants there, and none too old? Otherwise 'no hit' does not mean clean."""
        return not self.missing and not any(state.too_old for state in self.states)

    def warnings(self) -> tuple[Sentence, ...]:
        """Why an answer is not to be relied on."""
        found = []
        if self.missing:
            text = N_(
                "Lists that the programme requires are not on record, so nobody was compared with them: %(lists)s."
            )
            found.append(Sentence(text, {"lists": ", ".join(self.missing)}))
        if old := [state for state in self.states if state.too_old]:
            text = N_("These lists were last retrieved more than %(days)d days ago, so the answer is stale: %(lists)s.")
            said = ", ".join(f"{one.version.kind} ({one.version.retrieved_on.isoformat()})" for one in old)
            found.append(Sentence(text, {"days": self.most_days, "lists": said}))
        return tuple(found)


def lists_for(programme: str, on: date) -> Lists:
    """The lists of a programme on a day. Raises BadInput where there is none at all, Missing for the programme."""
    terms = terms_of(programme, on)
    states = lists_on_record(on, terms)
    if not states:
        raise bad_input(
            "lists",
            N_("No official list is on record, so there is nothing to compare names with."),
            N_("Import the lists first: greenlane lists import, or on the pages under Screening."),
            CITE,
        )
    kinds = {state.version.kind for state in states}
    missing = tuple(kind for kind in required_kinds(programme, on) if kind not in kinds)
    return Lists(on, states, missing, parameter("list_age_days", on, terms).number)


@dataclass(frozen=True)
class Kept:
    """Which hits are told: those of at least *threshold* points and, where bands are named, of these bands."""

    threshold: int = 0
    bands: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        if not 0 <= self.threshold <= 100:
            what, mend = N_("The threshold is from 0 to 100 points."), N_("Leave it out to see every hit.")
            raise bad_input("threshold", what, mend, CITE)
        for band in sorted(self.bands - set(BANDS)):
            what, mend = N_("'%(band)s' is no band of scores."), N_("Use one of: %(bands)s.")
            raise bad_input("band", what, mend, CITE, band=band[:20], bands=", ".join(BANDS))

    def keeps(self, score: int) -> bool:
        return score >= self.threshold and (not self.bands or score_band(score) in self.bands)


EVERY_HIT = Kept()


@dataclass(frozen=True)
class Screened:
    """A party and its hits, the most alike first."""

    named: Named
    hits: tuple[Found, ...]


def screen_named(
    named: Iterable[Named], lists: Lists, kept: Kept = EVERY_HIT, *, block: int = BLOCK
) -> Iterator[Screened]:
    """Each party with its hits, in the order of the parties, by the very call that investigations are screened with."""
    running = iter(named)
    while batch := list(islice(running, block)):
        hits: dict[str, list[Found]] = {}
        for found in screen([one.party for one in batch], lists.versions):
            if kept.keeps(found.hit.candidate.score):
                hits.setdefault(found.hit.party_key, []).append(found)
        for one in batch:
            ordered = sorted(hits.get(one.party.party_key, ()), key=lambda found: -found.hit.candidate.score)
            yield Screened(one, tuple(ordered))


def note_screened(account: UUID | None, office: str, count: int, lists: Lists, at: datetime) -> None:
    """Keep in the log of reads that somebody compared names with the lists; the names themselves are not kept."""
    versions = ", ".join(f"{version.kind} {version.number}" for version in lists.versions)
    log_read(account, office, None, f"{count} names compared with {versions}"[:200], "screen names", at)


def as_bad_input(refused: NamesRefused, file: str = "") -> BadInput:
    """A refused file as the doors tell it: where, what, what to do."""
    told = [
        Problem(", ".join(part for part in (file, one.where) if part), one.what, one.mend, CITE)
        for one in refused.problems
    ]
    if refused.found > len(told):
        told.append(Problem(file, Sentence(N_("%(count)d problems in all."), {"count": refused.found})))
    return BadInput(told)
