"""Entries are appended and applied in one transaction, so that the state is the fold of the record."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from greenlane.casework.answers import Answer
from greenlane.casework.context import Context, Decision, InCase, Recorded, citations_of
from greenlane.casework.facts import DeadlineFact
from greenlane.casework.models import Case, Deadline, StateRow
from greenlane.casework.registry import (
    APPLIERS,
    DEADLINES,
    ENTRIES,
    Command,
    EntryData,
    adapter_of,
    entry,
)
from greenlane.law.sentences import N_, Sentence
from greenlane.law.verdicts import Verdict
from greenlane.records import ledger
from greenlane.records.classification import Audience, narrowest
from greenlane.records.models import Entry

PROGRAMME = "programme"
"""The kind of the register of a programme, from whose terms clocks take their days."""


@entry(audience="participant")
@dataclass(frozen=True, kw_only=True)
class CommandRefused(EntryData):
    """A command was refused; its reasons are in the verdict beside it."""

    command: str
    step: str

    def sentence(self) -> Sentence:
        return Sentence(N_("%(command)s was refused."), {"command": self.command})


def record(
    command: Command,
    ctx: Context,
    authority: Verdict,
    decision: Decision,
    target: str | None,
    participant: UUID | None,
) -> list[Recorded]:
    """Append the entries of a granted command and apply each to the state. Returns them in order.

    ``ctx.case`` is afterwards the case as the entries left it, or the one that they opened.
    """
    if not decision.entries:
        raise LookupError(f"{command.spec.name} was granted but leaves no entry")
    subject = decision.opens.id if decision.opens else (ctx.case.id if ctx.case else ctx.command_id)
    citations = citations_of(decision.verdict, *command.spec.citations, *authority.citations)
    new = [
        _new_entry(data, command, ctx, of_case, whose, citations, _envelope(index, ctx, decision, target))
        for index, (of_case, whose, data) in enumerate(_placed(one, subject, participant) for one in decision.entries)
    ]
    recorded = [read(row) for row in ledger.append(new)]
    for one in recorded:
        ctx.case = apply(one, ctx.case)
    return recorded


def _placed(one: EntryData | InCase, subject: UUID, participant: UUID | None) -> tuple[UUID, UUID | None, EntryData]:
    """The case and the participant that an entry belongs to: the command's, unless it names its own."""
    return (one.case_id, one.participant, one.data) if isinstance(one, InCase) else (subject, participant, one)


def refuse(command: Command, ctx: Context, step: str, verdict: Verdict, participant: UUID | None) -> Answer:
    """Append the refusal with its reasons; nothing else changes. What staff attempt is not for the company (971(c))."""
    spec = command.spec
    subject = ctx.case.id if ctx.case else (participant or ctx.command_id)
    data = CommandRefused(command=spec.name, step=step)
    envelope = {"verdict": verdict.to_json()}
    new = _new_entry(data, command, ctx, subject, participant, citations_of(verdict, *spec.citations), envelope)
    audience = narrowest((spec.audience, Audience.STAFF)) if ctx.within else spec.audience
    [row] = ledger.append([replace(new, audience=audience)])
    return Answer(
        command=spec.name,
        command_id=ctx.command_id,
        granted=False,
        step=step,
        verdict=verdict,
        case_id=ctx.case.id if ctx.case else None,
        state=ctx.case.state if ctx.case else "",
        reference=ctx.case.reference if ctx.case else "",
        entries=(row.uid,),
    )


def _envelope(index: int, ctx: Context, decision: Decision, target: str | None) -> dict[str, Any]:
    """What goes with the first entry: the reasons, and the case that is opened or moved."""
    if index:
        return {}
    envelope: dict[str, Any] = {"verdict": decision.verdict.to_json()}
    if decision.opens:
        opens = decision.opens
        envelope["case"] = {
            "id": str(opens.id),
            "kind": opens.kind,
            "programme": opens.programme,
            "participant": str(opens.participant) if opens.participant else None,
            "from": None,
            "to": target,
        }
    elif ctx.case and target:
        envelope["case"] = {"id": str(ctx.case.id), "from": ctx.case.state, "to": target}
    return envelope


def _new_entry(
    data: EntryData,
    command: Command,
    ctx: Context,
    subject: UUID,
    participant: UUID | None,
    citations: tuple[str, ...],
    envelope: dict[str, Any],
) -> ledger.NewEntry:
    return ledger.NewEntry(
        kind=data.entry_kind,
        version=data.entry_version,
        subject=subject,
        participant=participant,
        effective_on=ctx.on,
        recorded_at=ctx.at,
        actor=ctx.actor.account,
        office=ctx.office,
        command_id=ctx.command_id,
        command=command.spec.name,
        citations=citations,
        audience=data.entry_audience,
        data={"what": adapter_of(type(data)).dump_python(data, mode="json"), **envelope},
    )


def read(row: Entry) -> Recorded:
    """A row of the ledger with its typed data. Raises KeyError for a kind that no room registered."""
    cls = ENTRIES[row.kind]
    verdict = row.data.get("verdict")
    return Recorded(
        number=row.pk,
        uid=row.uid,
        kind=row.kind,
        data=adapter_of(cls).validate_python(row.data["what"]),
        subject=row.subject,
        participant=row.participant,
        on=row.effective_on,
        at=row.recorded_at,
        actor=row.actor,
        office=row.office,
        command=row.command,
        command_id=row.command_id,
        citations=tuple(row.citations),
        audience=row.audience,
        case=row.data.get("case"),
        verdict=Verdict.from_json(verdict) if verdict else None,
    )


def apply(one: Recorded, case: Case | None = None) -> Case | None:
    """Change the state by one entry: first the case itself, then what the room makes of it.

    *case* is the case of the entry where the caller has it at hand, locked. Returns it as the entry leaves it.
    """
    if one.case is not None:
        case = _apply_case(one, one.case, case)
    applier = APPLIERS.get(one.kind)
    if applier is not None:
        applier(one.data, one)
    return case


def _apply_case(one: Recorded, row: Mapping[str, Any], case: Case | None) -> Case | None:
    case_id = UUID(row["id"])
    if row["from"] is None:
        case = Case.objects.create(
            id=case_id,
            kind=row["kind"],
            state=row["to"],
            state_since=one.on,
            programme=row["programme"],
            participant_id=UUID(row["participant"]) if row["participant"] else None,
            opened_on=one.on,
            reference=reference(row["kind"], case_id),
        )
    elif row["from"] != row["to"]:
        if case is None or case.pk != case_id:
            case = Case.objects.get(pk=case_id)
        case.state, case.state_since, case.changes = row["to"], one.on, case.changes + 1
        case.save(update_fields=["state", "state_since", "changes"])
        StateRow.objects.filter(case_id=case_id, effective_to=None).update(effective_to=one.on)
    else:
        return case
    StateRow.objects.create(
        id=one.id_for("state"),
        case_id=case_id,
        state=row["to"],
        effective_from=one.on,
        recorded_at=one.at,
        entry=one.uid,
    )
    return case


def reference(kind: str, case_id: UUID) -> str:
    """A number that a person can read aloud: three letters of the kind and eight of the id, without 0/O or 1/I."""
    letters = base64.b32encode(case_id.bytes[-6:]).decode("ascii")[:8]
    return f"{kind[:3].upper()}-{letters[:4]}-{letters[4:]}"


def refold(case: Case) -> None:
    """Derive the deadlines of a case again; new terms of a programme reach those of all its cases."""
    if case.kind in DEADLINES:
        refold_case(case)
    elif case.kind == PROGRAMME:
        reached = Case.objects.select_for_update().filter(programme=case.programme, kind__in=DEADLINES)
        for one in reached.order_by("pk"):
            refold_case(one)


def refold_case(case: Case) -> None:
    """Throw the case's deadlines away and derive them again from its state and the law, in the same transaction."""
    Deadline.objects.filter(case=case).delete()
    Deadline.objects.bulk_create(
        Deadline(
            id=uuid5(case.id, f"{fact.due.clock}/{fact.due.started_on.isoformat()}"),
            case=case,
            participant_id=case.participant_id,
            clock=fact.due.clock,
            citation=fact.due.citation.cite,
            started_on=fact.due.started_on,
            due_on=fact.due.due_on,
            met_on=fact.met_on,
            fact=_deadline_json(fact),
        )
        for fact in DEADLINES[case.kind](case)
    )


def _deadline_json(fact: DeadlineFact) -> dict[str, Any]:
    return {
        "rule": fact.due.rule.to_json(),
        "calendar": fact.due.calendar_version,
        "paused_days": fact.due.paused_days,
        "unrolled_on": fact.due.unrolled_on.isoformat(),
        "pauses": [
            {"from": p.from_.isoformat(), "to": p.to.isoformat() if p.to else None, "why": p.reason}
            for p in fact.pauses
        ],
    }


def history(subject: UUID, audiences: Sequence[str]) -> list[Recorded]:
    """The entries of one case in order, for the audiences given."""
    rows = Entry.objects.filter(subject=subject, audience__in=audiences).order_by("id")
    return [read(row) for row in rows]
