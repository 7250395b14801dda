"""The statuses of the parties of entries, by the numbers that entries name them by, in both times (6 USC 964-967).

The same standing, tier and denials give the same status to everybody (RC-19): nothing else is read.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from greenlane.law.s965_benefits import may_extend_benefit
from greenlane.law.terms import Terms
from greenlane.participants.models import DeniedBenefits, Identifier, MovedPart, Standing
from greenlane.programs.models import TermsVersion
from greenlane.programs.queries import terms_at_hand
from greenlane.records.models import Entry
from greenlane.release.engine.asof import FOREVER, Period
from greenlane.release.engine.entries import instant
from greenlane.release.engine.statuses import NO_STATUS, Status
from greenlane.release.histories import Said, Span, dated, holding, midnight, said
from greenlane.release.models import RecognisedManufacturer

KINDS: Mapping[str, tuple[str, ...]] = {
    "importer": ("ior",),
    "carrier": ("scac", "iata"),
    "broker": ("filer_code",),
    "maker": ("mid",),
}
"""By which kinds of number an entry names each of its parties."""
CLAIM = "claim"
"""Who is only said to be trusted abroad, by its number there."""
BARRING = frozenset({"suspended", "expelled"})
Wanted = Mapping[str, Iterable[str]]


def key(role: str, number: str) -> str:
    """How the register names a party: numbers of different kinds can look alike."""
    return f"{role}:{number}"


@dataclass
class History:
    """All that was said of one participant."""

    programme: str = ""
    standings: list[Said] = field(default_factory=list)
    denials: dict[UUID, list[Said]] = field(default_factory=dict)

    def times(self) -> Iterator[Said]:
        yield from self.standings
        for one in self.denials.values():
            yield from one


@dataclass
class Party:
    """One number: the accounts that it names and the recognitions abroad, each with its times."""

    accounts: list[tuple[Span, UUID]] = field(default_factory=list)
    recognised: list[Span] = field(default_factory=list)


def periods(
    programme: str, wanted: Wanted | None = None, joined: Mapping[str, Sequence[str]] | None = None
) -> list[Period]:
    """The statuses of the parties of a programme; *wanted*: only of these numbers by role. A constant number of reads.

    Parties are named by ``key(role, number)``. *joined*: further names of a party that is several of those at once, as
    one that an entry says is trusted abroad under another number; of the others, only that they are recognised counts.
    """
    parties = _parties(programme, wanted)
    for name, (first, *others) in (joined or {}).items():
        recognised = [span for one in (first, *others) if one in parties for span in parties[one].recognised]
        accounts = parties[first].accounts if first in parties else []
        if recognised or accounts:
            parties[name] = Party(accounts, recognised)
    named = {account for party in parties.values() for _span, account in party.accounts}
    histories = _histories(programme, named, everybody=wanted is None)
    terms, changes = _terms(programme)
    made = _Statuses(terms, changes)
    return [one for name, party in sorted(parties.items()) for one in made.of(name, party, histories)]


def _parties(programme: str, wanted: Wanted | None) -> dict[str, Party]:
    found: dict[str, Party] = defaultdict(Party)
    roles = {kind: role for role, kinds in KINDS.items() for kind in kinds}
    rows = Identifier.objects.filter(participant__programme=programme, kind__in=roles).select_related("participant")
    if wanted is not None:
        numbers = {number for role in KINDS for number in wanted.get(role, ())}
        rows = rows.filter(value__in=numbers)
    known, at_hand = list(rows.order_by("recorded_at", "id")), terms_at_hand()
    ends = _ends([row for row in known if row.effective_to is not None])
    for row in known:
        if not _goes_with(at_hand(programme, row.effective_from), row):
            continue
        name = key(roles[row.kind], row.value)
        ended_at = ends.get(row.pk)
        for span in dated(row.effective_from, row.recorded_at, row.effective_to, ended_at, None):
            found[name].accounts.append((span, row.participant_id))
    _recognised(programme, wanted, found)
    return found


def _goes_with(terms: Terms, row: Identifier) -> bool:
    """Does the business type of the account name itself by this kind of number?"""
    kind = terms.business_type(row.participant.business_type)
    return kind is not None and any(row.kind in group for group in kind.identifiers)


def _ends(rows: list[Identifier]) -> dict[UUID, datetime]:
    """When it was learnt that each of these rows ended: by the row that took its place, a merger, or an ending."""
    series = {row.series for row in rows}
    if not series:
        return {}
    found: dict[UUID, datetime] = {}
    following = list(Identifier.objects.filter(series__in=series).order_by("recorded_at"))
    moved = {part.series: part.to_row for part in MovedPart.objects.filter(series__in=series, part="identifier")}
    moved_at = dict(Identifier.objects.filter(pk__in=moved.values()).values_list("pk", "recorded_at"))
    participants = {row.participant_id for row in rows}
    told = Entry.objects.filter(kind="participants.PartEnded", participant__in=participants)
    ended = {UUID(one.data["what"]["series"]): one.recorded_at for one in told}
    for row in rows:
        after = [o.recorded_at for o in following if o.series == row.series and o.recorded_at > row.recorded_at]
        times = [*after[:1], *([moved_at[moved[row.series]]] if moved.get(row.series) in moved_at else [])]
        times += [ended[row.series]] if row.series in ended else []
        if times:
            found[row.pk] = min(times)
    return found


def _recognised(programme: str, wanted: Wanted | None, found: dict[str, Party]) -> None:
    rows = RecognisedManufacturer.objects.filter(arrangement__programme=programme).select_related("arrangement")
    makers = None if wanted is None else set(wanted.get("maker", ())) | set(wanted.get(CLAIM, ()))
    if makers is not None:
        rows = (rows.filter(mid__in=makers) | rows.filter(foreign_number__in=makers)).distinct()
    for row in rows:
        ends = [
            (on, at)
            for on, at in ((row.ended_on, row.ended_at), (row.arrangement.ended_on, row.arrangement.ended_at))
            if on is not None
        ]
        until, ended_at = min(ends) if ends else (None, None)
        for name in (key("maker", row.mid), key(CLAIM, row.mid), key(CLAIM, row.foreign_number)):
            found[name].recognised += dated(row.since, row.recorded_at, until, ended_at, True)


def _histories(programme: str, accounts: set[UUID], *, everybody: bool) -> dict[UUID, History]:
    found: dict[UUID, History] = defaultdict(lambda: History(programme))
    standings = Standing.objects.filter(participant__programme=programme)
    denials = DeniedBenefits.objects.filter(participant__programme=programme)
    if not everybody:
        standings, denials = standings.filter(participant__in=accounts), denials.filter(participant__in=accounts)
    stood: dict[UUID, list[Standing]] = defaultdict(list)
    for row in standings:
        stood[row.participant_id].append(row)
    for account, rows in stood.items():
        found[account].standings = list(said(rows, [(row.standing, row.tier) for row in rows]))
    denied: dict[tuple[UUID, UUID], list[DeniedBenefits]] = defaultdict(list)
    for denial in denials:
        denied[denial.participant_id, denial.because].append(denial)
    for (account, because), cases in denied.items():
        found[account].denials[because] = list(said(cases, [frozenset(row.benefits) for row in cases]))
    return found


def _terms(programme: str) -> tuple[Callable[[int], Terms], list[int]]:
    """The terms in force at an instant, and the instants at which they change."""
    at_hand = terms_at_hand()
    versions = TermsVersion.objects.filter(programme__code=programme)
    days = sorted(set(versions.values_list("effective_from", flat=True)))
    changes = [midnight(day) for day in days]
    in_force = {change: at_hand(programme, day) for change, day in zip(changes, days, strict=True)}

    def terms(at: int) -> Terms:
        return in_force[max((change for change in changes if change <= at), default=changes[0])]

    return terms, changes


class _Statuses:
    """Puts the statuses of a party together from all that was said of its accounts."""

    def __init__(self, terms: Callable[[int], Terms], changes: list[int]) -> None:
        self.terms, self.changes = terms, changes
        self._earned: dict[tuple[int, int], frozenset[str]] = {}

    def of(self, name: str, party: Party, histories: Mapping[UUID, History]) -> Iterator[Period]:
        """The periods of one party, as few as say it."""
        spans = [*(span for span, _account in party.accounts), *party.recognised]
        told = [one for _span, account in party.accounts for one in histories[account].times()]
        valid = {t for s in spans for t in (s.valid_from, s.valid_to)} | {one.start for one in told}
        first = min(valid)
        valid |= {change for change in self.changes if change > first}
        known = {t for s in spans for t in (s.known_from, s.known_to)}
        known |= {t for one in told for t in (one.known_from, one.known_to)}
        yield from _rectangles(
            name,
            sorted(valid | {FOREVER}),
            sorted(known | {FOREVER}),
            lambda at, seen: self.status(party, histories, at, seen),
        )

    def status(self, party: Party, histories: Mapping[UUID, History], at: int, known: int) -> int:
        """The packed status at an instant, as known at another: barred wins, then the highest tier."""
        accounts = {account for span, account in party.accounts if span.holds(at, known)}
        each = [self.account(histories[account], at, known) for account in sorted(accounts)]
        best = max(each, key=lambda one: (one.tier, one.packed), default=Status())
        recognised = any(span.holds(at, known) for span in party.recognised)
        barred = any(one.barred for one in each)
        return Status(best.tier, best.benefits, recognised, barred).packed

    def account(self, history: History, at: int, known: int) -> Status:
        """One account's status: its tier and benefits while it is certified, less those that are denied."""
        standing, tier = holding(history.standings, at, known) or ("none", 0)
        rank = tier if standing == "certified" else 0
        denied = frozenset().union(*(holding(one, at, known) or () for one in history.denials.values()))
        benefits = self.earned(at, rank) - denied if rank else frozenset()
        return Status(rank, benefits, barred=standing in BARRING)

    def earned(self, at: int, rank: int) -> frozenset[str]:
        terms = self.terms(at)
        if (id(terms), rank) not in self._earned:
            given = (b.code for b in terms.benefits if may_extend_benefit(b.code, rank, terms).granted)
            self._earned[id(terms), rank] = frozenset(given)
        return self._earned[id(terms), rank]


def _rectangles(name: str, valid: list[int], known: list[int], status: Callable[[int, int], int]) -> Iterator[Period]:
    """The greatest rectangles of both times in which nothing changes; what is no status is left out."""
    open_: dict[tuple[int, int, int], int] = {}
    for seen in known:
        now = _line(valid, lambda at, seen=seen: status(at, seen)) if seen != FOREVER else set()  # type: ignore[misc]
        for gone in [one for one in open_ if one not in now]:
            yield _period(name, gone, open_.pop(gone), seen)
        for one in now:
            open_.setdefault(one, seen)


def _period(name: str, one: tuple[int, int, int], known_from: int, known_to: int) -> Period:
    begin, end, packed = one
    return Period(
        name, begin, None if end == FOREVER else end, known_from, None if known_to == FOREVER else known_to, packed
    )


def _line(valid: list[int], status: Callable[[int], int]) -> set[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for begin, end in itertools.pairwise(valid):
        packed = status(begin)
        if packed == NO_STATUS:
            continue
        if found and found[-1][1] == begin and found[-1][2] == packed:
            found[-1] = (found[-1][0], end, packed)
        else:
            found.append((begin, end, packed))
    return set(found)


def known_at(at: datetime | None) -> int | None:
    """An instant of knowledge as the store takes it."""
    return instant(at) if at else None
