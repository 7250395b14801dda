"""Close many open hits that share one false pattern: seen first, with a reason, one decision for each (964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision, InCase
from greenlane.casework.dates import legal_date
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, command, handles
from greenlane.law.procedures import may_move
from greenlane.law.procedures_registry import procedure_of
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.vetting import entries
from greenlane.vetting.commands_adjudication import KIND, REASON_CODES, by_a_person, reason_written
from greenlane.vetting.models import Adjudication, ScreeningHit
from greenlane.vetting.patterns import GROUNDS, Ground, Pattern, like_a_match, shares

CITE = "6 USC 964(b)"
MOST = 500
"""So many hits at once, so that a person can have looked at the list of them."""

AGAINST = ("different_name", "different_birth_date", "different_country", "different_number", "different_kind", "other")
Against = Literal[
    "different_name", "different_birth_date", "different_country", "different_number", "different_kind", "other"
]


@dataclass(frozen=True, kw_only=True)
class SeenHit:
    """A hit as it was shown: its id, and its evidence, by which it is known that nothing has changed since."""

    hit_id: UUID = field(metadata={"label": N_("Hit")})
    seen_evidence: str = field(metadata={"label": N_("Evidence seen"), "max_length": 64})


@command(CITE, title=N_("Close one false pattern"), case="", audience="restricted")
@dataclass(frozen=True, kw_only=True)
class CloseFalsePattern(Command):
    """Decide at once that the open hits shown, which share one pattern, are false matches; each gets its own decision.

    All of them or none: it is refused when one has changed since it was shown, does not share the pattern, or looks
    like a true match.
    """

    hits: tuple[SeenHit, ...] = field(metadata={"label": N_("Hits"), "help": N_("Those that you saw and chose.")})
    reason: str = field(
        metadata={
            "label": N_("Reason"),
            "widget": "textarea",
            "help": N_("Why none of these is the listed party, so that another person can follow it for each of them."),
        }
    )
    reason_code: Against = field(
        default="different_name",
        metadata={"label": N_("Ground"), "choices": {code: REASON_CODES[code] for code in AGAINST}},
    )
    ground: Ground = field(
        default="", metadata={"label": N_("What speaks against a match"), "choices": {"": N_("Any"), **GROUNDS}}
    )
    list_kind: str = field(default="", metadata={"label": N_("Kind of list"), "max_length": 40})
    list_code: str = field(default="", metadata={"label": N_("List"), "max_length": 40})
    entry_key: str = field(default="", metadata={"label": N_("Entry of the list"), "max_length": 200})
    party_name: str = field(default="", metadata={"label": N_("Name of the party"), "max_length": 200})


@handles(CloseFalsePattern)
def close_false_pattern(ctx: Context, cmd: CloseFalsePattern) -> Decision:
    pattern = Pattern(
        ground=cmd.ground,
        list_kind=cmd.list_kind.strip(),
        list_code=cmd.list_code.strip(),
        entry_key=cmd.entry_key.strip(),
        party_name=cmd.party_name.strip(),
    )
    cases, hits = _locked(cmd)
    verdict = all_of([*_stated(ctx, cmd, pattern), *_each(cmd, pattern, cases, hits)])
    if not verdict.granted:
        return Decision(verdict)
    pattern_id = ctx.new_id()
    closed = entries.FalsePatternClosed(
        pattern_id=pattern_id,
        ground=pattern.ground,
        list_kind=pattern.list_kind,
        list_code=pattern.list_code,
        entry_key=pattern.entry_key,
        listed_name=hits[0].listed_name if pattern.names_entry else "",
        party_name=pattern.party_name,
        reason_code=cmd.reason_code,
        reason=cmd.reason.strip(),
        hits=tuple(hit.pk for hit in hits),
    )
    return Decision(verdict, (closed, *(_decided(ctx, cmd, hit, pattern_id) for hit in hits)))


def _locked(cmd: CloseFalsePattern) -> tuple[Mapping[UUID, Case], Sequence[ScreeningHit]]:
    """The investigations of these hits, locked in one order so that two such commands never wait for each other."""
    keys = [one.hit_id for one in cmd.hits[: MOST + 1]]
    of_cases = ScreeningHit.objects.filter(pk__in=keys).values("investigation_id")
    rows = Case.objects.select_for_update().filter(pk__in=list(of_cases.values_list("investigation_id", flat=True)))
    cases = {case.pk: case for case in rows.order_by("pk")}
    hits = ScreeningHit.objects.filter(pk__in=keys).select_related("investigation")
    return cases, list(hits.defer("reasons", "parts", "words", "party", "entry").order_by("-score", "first_on", "id"))


def _decided(ctx: Context, cmd: CloseFalsePattern, hit: ScreeningHit, pattern_id: UUID) -> InCase:
    decided = entries.HitAdjudicated(
        adjudication_id=ctx.new_id(),
        hit_id=hit.pk,
        party_name=hit.party_name,
        listed_name=hit.listed_name,
        outcome="false_match",
        reason_code=cmd.reason_code,
        reason=cmd.reason.strip(),
        evidence=hit.evidence,
        pattern=pattern_id,
    )
    return InCase(hit.investigation_id, hit.participant_id, decided)


def _stated(ctx: Context, cmd: CloseFalsePattern, pattern: Pattern) -> Iterator[Reason]:
    yield by_a_person(ctx)
    yield finding(
        CITE,
        "pattern_stated",
        pattern.stated,
        N_("It is said what the hits share."),
        N_("It is not said what the hits share, so that no pattern can be false."),
        mend=N_("Name what speaks against a match, an entry of a list (kind, list and key), or the name of the party."),
        where="ground",
    )
    yield finding(
        CITE,
        "hits_chosen",
        0 < len(cmd.hits) <= MOST,
        N_("%(hits)d hits were seen and chosen."),
        N_("No hit is chosen, or more than %(most)d: %(hits)d."),
        mend=N_("Choose the hits that you have looked at; close the others after these."),
        where="hits",
        hits=len(cmd.hits),
        most=MOST,
    )
    yield finding(
        CITE,
        "decided_today",
        ctx.on == legal_date(ctx.at),
        N_("It counts today."),
        N_("Hits of several investigations are closed as of today, not of %(on)s."),
        mend=N_("Leave the date of the command out."),
        on=ctx.on,
    )
    yield reason_written(cmd.reason)


def _each(
    cmd: CloseFalsePattern, pattern: Pattern, cases: Mapping[UUID, Case], hits: Sequence[ScreeningHit]
) -> Iterator[Reason]:
    seen = {one.hit_id: one.seen_evidence for one in cmd.hits}
    unseen = len(cmd.hits) - len(hits) + sum(seen[hit.pk] != hit.evidence or hit.status != "open" for hit in hits)
    yield finding(
        CITE,
        "hits_as_seen",
        not unseen,
        N_("Every one of them is open, and as it was shown."),
        N_(
            "Some of these hits (%(hits)d) are decided already, are gone, or have changed since they were shown to you."
        ),
        mend=N_("Look at the list of hits again, then close them."),
        where="hits",
        hits=unseen,
    )
    other = [hit for hit in hits if not shares(hit, pattern)]
    yield _none_of(
        other,
        "hits_share_pattern",
        N_("Every one of them shares the pattern."),
        N_("Some of these hits (%(hits)d) do not share the pattern, first of them %(party)s / %(listed)s."),
        N_("Leave them out, and decide each by itself."),
    )
    once = Adjudication.objects.filter(hit__in=[hit.pk for hit in hits], outcome="true_match")
    matched = set(once.values_list("hit_id", flat=True))
    alike = [hit for hit in hits if like_a_match(hit) or hit.pk in matched]
    yield _none_of(
        alike,
        "none_like_a_match",
        N_("None of them looks like a true match."),
        N_(
            "Some of these hits (%(hits)d) look like true matches (the same number or date of birth, the highest "
            "scores, or once decided as a match), first of them %(party)s / %(listed)s."
        ),
        N_("Leave them out, and decide each by itself, side by side."),
    )
    for state in sorted({case.state for case in cases.values()} or {"open"}):
        yield from may_move(procedure_of(KIND), "AdjudicateHit", state).reasons


def _none_of(hits: Sequence[ScreeningHit], code: str, yes: str, no: str, mend: str) -> Reason:
    first = hits[0] if hits else None
    return finding(
        CITE,
        code,
        not hits,
        yes,
        no,
        mend=mend,
        where="hits",
        hits=len(hits),
        party=first.party_name if first else "-",
        listed=first.listed_name if first else "-",
    )
