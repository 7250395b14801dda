"""One hit side by side: what is alike, what each part counts, what was decided and what changed since (964(b))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from greenlane.casework.problems import Missing
from greenlane.law.sentences import N_, Sentence
from greenlane.vetting.matching.parties import MatchReason, Part, WordPair
from greenlane.vetting.memory import sides_of, since
from greenlane.vetting.models import Adjudication, ListedEntry, ListVersion, ScreeningHit
from greenlane.vetting.patterns import GROUNDS
from greenlane.vetting.queries import open_hits
from greenlane.vetting.sides import FACTS, Difference, same_by_name


@dataclass(frozen=True)
class Line:
    """One fact of the comparison: what we know, what the list says, and whether it speaks for (True) or against."""

    label: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    supports: bool | None = None


@dataclass(frozen=True)
class HitDetail:
    """A hit as a person decides it.

    ``parts`` sum to the score and ``words`` align the two names; both are empty for a hit found before they were kept.
    ``decisions`` are all on this pair, of any investigation, the oldest first. ``difference`` is what changed since the
    last of them, where it does not stand any more. ``proposal`` is a decision on an entry that left the list and may be
    the same party under another number: it is shown, and decides nothing.
    """

    hit: ScreeningHit
    version: ListVersion
    lines: tuple[Line, ...]
    reasons: tuple[MatchReason, ...]
    parts: tuple[Part, ...]
    words: tuple[WordPair, ...]
    decisions: tuple[Adjudication, ...]
    difference: tuple[Difference, ...]
    proposal: Adjudication | None

    @property
    def last(self) -> Adjudication | None:
        """The latest decision on the pair."""
        return self.decisions[-1] if self.decisions else None

    @property
    def remembered_from(self) -> Adjudication | None:
        return self.hit.decision if self.hit.remembered else None

    @property
    def asked_again(self) -> bool:
        """Was the pair decided before, and is asked again because something changed?"""
        return self.hit.status == "open" and bool(self.difference)


def hit_detail(hit_id: UUID) -> HitDetail:
    """Everything that is needed to decide one hit, in at most five queries. Raises Missing."""
    hit = ScreeningHit.objects.select_related("investigation__participant", "decision").filter(pk=hit_id).first()
    if hit is None:
        raise Missing("hit", hit_id)
    reasons = tuple(
        MatchReason(one["code"], one["supports"], Sentence.from_json(one["sentence"])) for one in hit.reasons
    )
    decisions = tuple(_of_the_pair(hit))
    return HitDetail(
        hit=hit,
        version=ListVersion.objects.get(pk=hit.version_id),
        lines=tuple(_side_by_side(hit, reasons)),
        reasons=reasons,
        parts=tuple(Part(one["code"], one["points"], Sentence.from_json(one["sentence"])) for one in hit.parts),
        words=tuple(WordPair(**one) for one in hit.words),
        decisions=decisions,
        difference=since(decisions[-1], sides_of(hit)) if decisions else (),
        proposal=_carried(hit) if hit.status == "open" and not decisions else None,
    )


def _of_the_pair(hit: ScreeningHit) -> Iterable[Adjudication]:
    """Every decision on this party and this entry, also of earlier investigations of the company."""
    pair = Q(hit__party_key=hit.party_key, hit__kind=hit.kind, hit__list_code=hit.list_code)
    rows = Adjudication.objects.filter(pair, hit__participant_id=hit.participant_id, hit__entry_key=hit.entry_key)
    return rows.order_by("decided_at", "nth")


def _carried(hit: ScreeningHit) -> Adjudication | None:
    """The latest decision on the same party and an entry that has left the list under a name that this one bears."""
    rows = Adjudication.objects.filter(hit__participant_id=hit.participant_id, hit__party_key=hit.party_key)
    rows = rows.filter(hit__kind=hit.kind, hit__list_code=hit.list_code).exclude(hit__entry_key=hit.entry_key)
    decided = list(rows.exclude(outcome="unresolved").select_related("hit").order_by("-decided_at", "-nth"))
    if not decided:
        return None
    here = ListedEntry.objects.filter(kind=hit.kind, list_code=hit.list_code, to_number=None)
    listed = set(here.filter(entry_key__in={row.hit.entry_key for row in decided}).values_list("entry_key", flat=True))
    gone = (row for row in decided if row.hit.entry_key not in listed)
    return next((row for row in gone if same_by_name(row.entry, hit.entry)), None)


def _side_by_side(hit: ScreeningHit, reasons: Iterable[MatchReason]) -> Iterator[Line]:
    party, entry = hit.party, hit.entry
    speaks: dict[str, bool | None] = {}
    for one in reasons:
        speaks[one.code.split("_")[0]] = one.supports
    born = (party["birth_date"],) if party["birth_date"] else ()
    ours = (*party["names"], *party.get("weak_names", ()))
    theirs = tuple(f"{name['text']} ({name['kind'].replace('_', ' ')})" for name in entry["names"])
    told = partial(_line, speaks)
    yield Line(N_("Name"), ours, theirs)
    yield Line(N_("Kind"), (party["party_type"],), (entry["party_type"],), speaks.get("kind"))
    yield told("country", N_("Country"), party["countries"], entry["countries"])
    yield told("birth", N_("Born"), born, [birth["text"] for birth in entry["birth_dates"]])
    yield told("identifier", N_("Numbers"), _numbers(party["identifiers"]), _numbers(entry["identifiers"]))
    yield told("address", N_("Address"), party.get("addresses", ()), entry["addresses"])
    yield Line(N_("Listed under"), (), (*entry["programmes"], *([entry["listed_on"]] if entry["listed_on"] else [])))
    yield Line(N_("Remarks"), (), (entry["remarks"],) if entry["remarks"] else ())


def _line(speaks: dict[str, bool | None], code: str, label: str, ours: Iterable[str], theirs: Iterable[str]) -> Line:
    return Line(label, tuple(ours), tuple(theirs), speaks.get(code))


def _numbers(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(" ".join(part for part in (row["kind"], row["value"], row["country"]) if part) for row in rows)


def fact_label(difference: Difference) -> str:
    """The name of the fact that changed, for pages."""
    return FACTS[difference.fact]


@dataclass(frozen=True)
class Neighbours:
    """Where a hit stands in the queue: how many are more alike, of how many, and the hits before and after it."""

    ahead: int
    total: int
    before: UUID | None
    after: UUID | None


def neighbours(hit: ScreeningHit, **wanted: str) -> Neighbours:
    """The place of a hit among the open ones that the queue shows (``queue(**wanted)``), in three queries."""
    rows = queue(**wanted).exclude(pk=hit.pk).values_list("pk", flat=True)
    alike, day = Q(score=hit.score), Q(first_on=hit.first_on)
    earlier = Q(score__gt=hit.score) | alike & (Q(first_on__lt=hit.first_on) | day & Q(pk__lt=hit.pk))
    later = Q(score__lt=hit.score) | alike & (Q(first_on__gt=hit.first_on) | day & Q(pk__gt=hit.pk))
    counted = rows.order_by().aggregate(total=Count("pk"), ahead=Count("pk", filter=earlier))
    before = rows.filter(earlier).order_by("score", "-first_on", "-id").first()
    return Neighbours(counted["ahead"], counted["total"] + (hit.status == "open"), before, rows.filter(later).first())


def queue(*, ground: str = "", kind: str = "", role: str = "", name: str = "") -> Any:
    """The open hits, of one ground, kind of list or role of the party, or with a word in one of the two names."""
    rows = open_hits()
    rows = rows.filter(grounds__contains=f"|{ground}|") if ground else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(role=role) if role else rows
    word = name.strip()
    return rows.filter(Q(party_name__icontains=word) | Q(listed_name__icontains=word)) if word else rows


def alike_counts(hit: ScreeningHit) -> dict[str, int]:
    """How many open hits share its entry, the name of its party, and each ground against it. One query."""
    entry = Q(kind=hit.kind, list_code=hit.list_code, entry_key=hit.entry_key)
    counts = {"entry": Count("pk", filter=entry), "name": Count("pk", filter=Q(party_name__iexact=hit.party_name))}
    for code in GROUNDS:
        if f"|{code}|" in hit.grounds:
            counts[code] = Count("pk", filter=Q(grounds__contains=f"|{code}|"))
    found: dict[str, int] = ScreeningHit.objects.filter(status="open").aggregate(**counts)
    return found
