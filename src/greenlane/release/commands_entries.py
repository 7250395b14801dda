"""Decide entries of cargo and keep them; record what agencies answer (6 USC 964(a); 19 USC 4311(b)(4)(A))."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Max

from greenlane.casework.checks import fits
from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.problems import Missing, bad_input
from greenlane.casework.registry import Command, EntryData, command, handles
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.t19_4311_release import may_release
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.release import entries
from greenlane.release.deciding import Made, decide, filed_of
from greenlane.release.engine.checking import LONGEST_PROGRAM
from greenlane.release.engine.entries import EARLIEST, Answer, CargoEntry
from greenlane.release.facts import SAID, release_facts
from greenlane.release.lawful import against_the_law
from greenlane.release.messages import text_of
from greenlane.release.models import Agency, FiledEntry, ReleaseDecision, ReleaseMessage
from greenlane.release.queries import agency_named
from greenlane.sharing.queries import agency_of

CITE, RELEASE = "6 USC 964(a)", "19 USC 4311(b)(4)(A)"
MOST = 1000
ONE_GOVERNMENT = 1
"""The output 'government' of an entry that all have released."""


@command(
    CITE, "6 USC 965(b)", "6 USC 966(c)", "6 USC 967(a)", "19 USC 4311(b)(1)", RELEASE,
    "19 USC 4311(b)(4)(B)", "19 USC 4311(b)(4)(C)", "19 USC 4311(b)(4)(D)",
    title=N_("Decide entries of cargo"), case="", audience="staff",
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class DecideEntries(Command):
    """Decide entries as they were filed, by what is known now of their parties, and keep the decisions.

    The same number again is the entry as amended; what was decided before stays on record.
    """

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    entries: tuple[CargoEntry, ...] = field(metadata={"label": N_("Entries")})


@handles(DecideEntries)
def decide_entries(ctx: Context, cmd: DecideEntries) -> Decision:
    terms = terms_of(cmd.programme, ctx.on)
    counted = finding(
        CITE,
        "entries_counted",
        0 < len(cmd.entries) <= MOST,
        N_("%(count)d entries are decided."),
        N_("%(count)d entries cannot be decided at once; 1 to %(most)d can."),
        mend=N_("Send them in several parts; a file of any length is decided on the command line."),
        where="entries",
        count=len(cmd.entries),
        most=MOST,
    )
    if not counted.holds:
        return Decision(all_of([counted]))
    alone("release", "entries")
    made = decide(cmd.programme, cmd.entries, known=ctx.at, every_answer=True)
    numbers = [entry.entry_number for entry in cmd.entries]
    versions = _greatest(FiledEntry, "version", numbers)
    places = _greatest(ReleaseDecision, "place", numbers)
    filed = tuple(
        entries.Filed(filed_id=ctx.new_id(), version=versions[entry.entry_number] + 1, entry=entry)
        for entry in cmd.entries
    )
    decisions = tuple(
        decided(ctx, one, kept.filed_id, places[one.entry.entry_number] + 1)
        for one, kept in zip(made, filed, strict=True)
    )
    recorded = entries.EntriesDecided(programme=cmd.programme, filed=filed, decisions=decisions)
    reasons = [counted, *_not_ahead(ctx, cmd.entries), *(r for one in made for r in against_the_law(one, terms))]
    return Decision(all_of(reasons), (recorded, *messages(ctx, made, decisions)))


def _greatest(model: type[FiledEntry] | type[ReleaseDecision], column: str, numbers: Sequence[str]) -> Counter[str]:
    rows = model.objects.filter(number__in=numbers).values_list("number").annotate(Max(column))
    return Counter(dict(rows))


def _not_ahead(ctx: Context, given: Sequence[CargoEntry]) -> Iterator[Reason]:
    late = max(given, key=lambda entry: entry.filed_at)
    yield finding(
        CITE,
        "filed_by_now",
        late.filed_at <= ctx.at,
        N_("Every entry is filed."),
        N_("The entry %(number)s would be filed at %(when)s, which has not come."),
        mend=N_("Correct the time of filing, and its zone."),
        where="entries",
        number=late.entry_number,
        when=late.filed_at.isoformat(),
    )


def decided(ctx: Context, made: Made, filed_id: UUID, place: int) -> entries.Decided:
    """A decision as the record keeps it."""
    return entries.Decided(
        decision_id=ctx.new_id(),
        filed_id=filed_id,
        number=made.entry.entry_number,
        place=place,
        policy_id=made.with_.policy.pk,
        basis=made.with_.basis,
        inputs=dict(made.explanation.inputs),
        outputs=made.outputs,
        waiting=made.explanation.steps["agencies_waiting"],
    )


def messages(ctx: Context, made: Sequence[Made], decisions: Sequence[entries.Decided]) -> Iterator[EntryData]:
    """What goes out: the release of all of government when it comes, and its end where it no longer holds (RC-23)."""
    numbers = [one.entry.entry_number for one in made]
    sent: dict[str, str] = {}
    for row in ReleaseMessage.objects.filter(number__in=numbers).order_by("decision__place"):
        sent[row.number] = row.kind
    for one, decision in zip(made, decisions, strict=True):
        free = released(one)
        if free == (sent.get(decision.number) == "released"):
            continue
        kind = "released" if free else "withdrawn"
        yield entries.ReleaseAnnounced(
            message_id=ctx.new_id(),
            decision_id=decision.decision_id,
            number=decision.number,
            kind_of=kind,
            text=text_of(one.entry, kind, ctx.at),
        )


def released(made: Made) -> bool:
    """Have customs and every agency with authority released it? The policy says so, and the law is asked as well.

    An agency whose criteria the goods meet has said so beforehand (4311(b)(4)(C)).
    """
    if made.outputs["government"] != ONE_GOVERNMENT:
        return False
    if not made.entry.authority:
        return True
    expedited = made.explanation.agencies["criteria_met"]
    spoken = {agency for agency, answer in made.said if answer in SAID}  # who reviews has said nothing yet (0465)
    said = [*made.said, *((agency, "proceed") for agency in expedited if agency not in spoken)]
    return may_release(release_facts(made.entry.entry_number, made.entry.authority, said)).granted


ANSWERS = (
    ("proceed", N_("May proceed")),
    ("under_review", N_("Under review")),
    ("documents_required", N_("Documents are required")),
    ("hold", N_("Hold intact")),
    ("intensive", N_("Intensive examination")),
    ("rejected", N_("Data rejected")),
    ("refused", N_("Refused")),
)


@command(RELEASE, "19 USC 4311(b)(4)(D)", title=N_("Record an agency's answer"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordAgencyAnswer(Command):
    """Record what an agency says of an entry, and when it acted. The answer of the latest action counts.

    When all agencies with authority have released it, and customs too, the message goes out.
    """

    entry_number: str = field(metadata={"label": N_("Entry number")})
    agency: str = field(metadata={"label": N_("Agency"), "help": N_("Its code, for example FDA.")})
    answer: Literal["proceed", "under_review", "documents_required", "hold", "intensive", "rejected", "refused"] = (
        field(metadata={"label": N_("Answer"), "choices": ANSWERS})
    )
    answered_at: datetime = field(
        metadata={"label": N_("When it acted"), "help": N_("Date, time and zone: 2026-03-01T14:05:00Z.")}
    )
    program: str = field(
        default="",
        metadata={"label": N_("Programme of the agency"), "help": N_("Leave it empty for the whole agency.")},
    )
    note: str = field(default="", metadata={"label": N_("Note"), "widget": "textarea"})


@handles(RecordAgencyAnswer)
def record_agency_answer(ctx: Context, cmd: RecordAgencyAnswer) -> Decision:
    alone("release", "entries")
    filed = FiledEntry.objects.filter(number=cmd.entry_number).order_by("version").last()
    if filed is None:
        raise Missing("entry", cmd.entry_number[:64])
    if cmd.answered_at.tzinfo is None:
        raise bad_input(
            "answered_at",
            N_("The time has no zone, so that it could mean several instants."),
            N_("Give date, time and zone, for example 2026-03-01T14:05:00Z."),
            RELEASE,
        )
    entry = filed_of(filed)
    agency = Agency.objects.filter(code=cmd.agency.strip()).first()
    reasons = [*_may_answer(ctx, cmd, entry, agency)]
    verdict = all_of(reasons)
    if agency is None or not verdict.granted:
        return Decision(verdict)
    made = _decided_with(ctx, filed, entry, cmd)
    verdict = all_of([*reasons, *against_the_law(made, terms_of(filed.programme, ctx.on))])
    place = _greatest(ReleaseDecision, "place", [filed.number])[filed.number] + 1
    decision = decided(ctx, made, filed.pk, place)
    answered = entries.AgencyAnswered(
        answer_id=ctx.new_id(),
        programme=filed.programme,
        number=filed.number,
        agency_id=agency.pk,
        agency=agency.code,
        answer=cmd.answer,
        program=cmd.program.strip(),
        note=cmd.note.strip(),
        answered_at=cmd.answered_at,
        decision=decision,
    )
    return Decision(verdict, (answered, *messages(ctx, [made], [decision])))


def _decided_with(ctx: Context, filed: FiledEntry, entry: CargoEntry, cmd: RecordAgencyAnswer) -> Made:
    """The entry decided with this answer beside all that is on record."""
    given = Answer(cmd.agency.strip(), cmd.answer, cmd.answered_at, cmd.program.strip())
    [made] = decide(filed.programme, [with_answer(entry, given)], known=ctx.at, every_answer=True)
    return made


def with_answer(entry: CargoEntry, answer: Answer) -> CargoEntry:
    """The entry as it would be had it brought this answer too."""
    return replace(entry, answers=(*entry.answers, answer))


def _own_agency(ctx: Context, cmd: RecordAgencyAnswer, entry: CargoEntry) -> Reason | None:
    """An agency answers for itself; None for whoever answers for none. Raises Missing for goods of others (971(c))."""
    if ctx.office != Office.PARTNER_AGENCY or ctx.actor.account is None:
        return None
    own = agency_named(agency_of(ctx.actor.account, ctx.on))
    if own is not None and own.code not in entry.authority:
        raise Missing("entry", entry.entry_number[:64])  # as on its pages: not even that the entry is there
    code = cmd.agency.strip()
    return finding(
        RELEASE,
        "own_agency",
        own is not None and own.code == code,
        N_("It answers for its own agency."),
        N_("Your office is with %(own)s, and not with '%(agency)s'."),
        mend=N_("Answer for your own agency."),
        where="agency",
        own=own.code if own else "-",
        agency=code[:20],
    )


def _may_answer(ctx: Context, cmd: RecordAgencyAnswer, entry: CargoEntry, agency: Agency | None) -> Iterator[Reason]:
    own, code = _own_agency(ctx, cmd, entry), cmd.agency.strip()
    if own is not None:
        yield own
        if not own.holds:
            return
    yield finding(
        RELEASE,
        "authority_over_the_goods",
        agency is not None and code in entry.authority,
        N_("%(agency)s has authority over these goods."),
        N_("'%(agency)s' has no authority over entry %(number)s; these have: %(who)s."),
        mend=N_("Check the entry number; file the entry again where an agency is missing from it."),
        where="agency",
        agency=code[:20],
        number=entry.entry_number,
        who=", ".join(entry.authority) or "-",
    )
    yield finding(
        RELEASE,
        "acted_by_now",
        EARLIEST <= cmd.answered_at <= ctx.at,
        N_("It acted at %(when)s."),
        N_("It cannot have acted at %(when)s, which has not come."),
        mend=N_("Correct the time, and its zone."),
        where="answered_at",
        when=cmd.answered_at.isoformat(),
    )
    program = cmd.program.strip()
    yield finding(
        RELEASE,
        "program_written",
        not program or (program.isascii() and program.isalnum() and len(program) <= LONGEST_PROGRAM),
        N_("Programme of the agency: %(program)s."),
        N_("'%(program)s' is no programme of an agency."),
        mend=N_("Give its code of up to %(longest)d letters or digits, or leave it out for the whole agency."),
        where="program",
        program=program[:20] or "-",
        longest=LONGEST_PROGRAM,
    )
    yield fits(RELEASE, "note", cmd.note, 2000)
