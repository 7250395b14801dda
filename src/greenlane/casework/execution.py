"""``execute()``: the one way in which anything changes (6 USC 971(b))."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from greenlane.casework import outbox, recording
from greenlane.casework.answers import Answer
from greenlane.casework.authority import actor_facts, within
from greenlane.casework.context import Actor, Context, Decision
from greenlane.casework.dates import last_event, legal_date, may_take_effect
from greenlane.casework.locks import alone
from greenlane.casework.models import Case, GivenAnswer
from greenlane.casework.problems import Missing, bad_input
from greenlane.casework.registry import GUARDS, HANDLERS, Command, CommandSpec
from greenlane.law.authority import Office, may_command
from greenlane.law.procedures import may_move
from greenlane.law.procedures_registry import procedure_of
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of

NO_OFFICE = "none"
_ONE_WRITER = threading.RLock()


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that writes. SQLite has one writer: threads queue here, which is faster than at the file's lock."""
    if connection.vendor == "sqlite":
        with _ONE_WRITER, transaction.atomic():
            yield
    else:
        with transaction.atomic():
            yield


def execute(
    command: Command,
    *,
    actor: Actor,
    at: datetime,
    command_id: UUID,
    on: date | None = None,
    caused_on: date | None = None,
) -> Answer:
    """Carry out *command* or refuse it with reasons; either way the answer is kept.

    *at* is the instant (aware, UTC) at which the system learnt it; *on* the day that it counts in law (the legal date
    of *at* unless said). What the platform does because of something else counts on *caused_on*, the day of that, or on
    the day of the case's last event where the case has gone on since. The same *command_id* again from the same actor
    returns the first answer. Raises BadInput when the command has no meaning (nothing is written) and Missing when it
    names a case that does not exist.
    """
    fingerprint = _fingerprint(command, actor, on)
    with writing():
        alone("command", command_id)
        given = GivenAnswer.objects.filter(pk=command_id).first()
        if given is not None:
            return _given_again(given, fingerprint)
        answer = _decide(command, actor, at, on, caused_on, command_id)
        GivenAnswer.objects.create(
            command_id=command_id,
            command=command.spec.name,
            fingerprint=fingerprint,
            actor=actor.account,
            at=at,
            body=answer.to_json(),
        )
        return answer


def _decide(
    command: Command, actor: Actor, at: datetime, on: date | None, caused_on: date | None, command_id: UUID
) -> Answer:
    """Steps 2 to 8 of the flow: lock, authority, date, procedure, facts and law, record, deadlines and outbox."""
    spec = command.spec
    case, locked = _lock(spec, command)
    on = on or _day(at, caused_on, locked)
    participant = case.participant_id if case else _participant_named(spec, command, locked)
    facts = actor_facts(actor, legal_date(at), case=case, participant=participant)  # who may act is asked today
    ctx = Context(actor=actor, office=NO_OFFICE, at=at, on=on, command_id=command_id, case=case, within=within(facts))

    authority = may_command(spec.name, facts)
    if not authority.granted:
        return recording.refuse(command, ctx, "authority", authority, participant)
    ctx.office = authority.reasons[0].where
    dated = may_take_effect(spec.name, on, at, office=Office(ctx.office), case=locked)
    if not dated.granted:
        return recording.refuse(command, ctx, "date", dated, participant)
    if spec.procedures:
        move = may_move(procedure_of(spec.procedure_for(case)), spec.name, case.state if case else None)
        if not move.granted:
            return recording.refuse(command, ctx, "procedure", move, participant)
    decision = _guarded(HANDLERS[spec.name](ctx, command), ctx, command)
    if not decision.verdict.granted:
        return recording.refuse(command, ctx, "law", decision.verdict, participant or decision.participant)
    return _grant(command, ctx, authority, decision, participant)


def _guarded(decision: Decision, ctx: Context, command: Command) -> Decision:
    """The room's own decision, with the reasons of the later sections that watch over this command."""
    watching = GUARDS.get(command.spec.name, ())
    if not watching or not decision.verdict.granted:
        return decision
    more = [reason for guard in watching for reason in guard(ctx, command)]
    return replace(decision, verdict=all_of([*decision.verdict.reasons, *more]))


def _grant(command: Command, ctx: Context, authority: Verdict, decision: Decision, participant: UUID | None) -> Answer:
    spec = command.spec
    target = _target(spec, ctx.case, decision)
    recorded = recording.record(command, ctx, authority, decision, target, participant or decision.participant)
    case = ctx.case  # as the entries left it
    if case is not None:
        recording.refold(case)
    outbox.enqueue(recorded)
    return Answer(
        command=spec.name,
        command_id=ctx.command_id,
        granted=True,
        step="law",
        verdict=decision.verdict,
        case_id=case.id if case else None,
        state=case.state if case else "",
        reference=case.reference if case else "",
        entries=tuple(entry.uid for entry in recorded),
    )


def _target(spec: CommandSpec, case: Case | None, decision: Decision) -> str | None:
    """The state after the command, held against the procedure's table."""
    if not spec.procedures:
        return decision.to
    move = procedure_of(spec.procedure_for(case)).move(spec.name, case.state if case else None)
    if move is None:
        raise LookupError(f"{spec.name} has no move here")
    target = decision.to or (move.targets[0] if len(move.targets) == 1 else None)
    if target not in move.targets:
        raise LookupError(f"{spec.name} may lead to {move.targets}, not to {target!r}")
    return target


def _lock(spec: CommandSpec, command: Command) -> tuple[Case | None, Case | None]:
    """Lock the case that the command names, or the register under which it opens one. Raises Missing."""
    if spec.case_field:
        case = _locked_row(getattr(command, spec.case_field))
        if case is None or (spec.procedures and case.kind not in spec.procedures):
            raise Missing(next(iter(spec.procedures), "record"), getattr(command, spec.case_field))
        return case, case
    if spec.lock_field and (key := getattr(command, spec.lock_field)) is not None:
        register = _locked_row(key)
        if register is None:
            raise Missing("record", key)
        return None, register
    return None, None


def _locked_row(key: UUID) -> Case | None:
    return Case.objects.select_for_update().filter(pk=key).first()


def _participant_named(spec: CommandSpec, command: Command, locked: Case | None) -> UUID | None:
    """The participant of the locked register, else the one that the command names."""
    if locked is not None and locked.participant_id is not None:
        return locked.participant_id
    named: UUID | None = getattr(command, "participant_id", None)
    return named


def _day(at: datetime, caused_on: date | None, locked: Case | None) -> date:
    """The day that the command counts when nobody names one."""
    if caused_on is None:
        return legal_date(at)
    return max(caused_on, last_event(locked)) if locked else caused_on


def _fingerprint(command: Command, actor: Actor, on: date | None) -> str:
    """What makes two requests the same one: the command, its values, who gives it and the day that they name."""
    body: Any = command.spec.adapter.dump_python(command, mode="json")
    text = json.dumps([command.spec.name, body, str(actor.account), str(on)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _given_again(given: GivenAnswer, fingerprint: str) -> Answer:
    if given.fingerprint != fingerprint:
        raise bad_input(
            "command_id",
            N_("The key %(key)s was already used for a different command, or by somebody else."),
            N_("Use a new key for a new command; repeat a key only to repeat the very same request."),
            "6 USC 971(b)",
            key=str(given.command_id),
        )
    return Answer.from_json(given.body)
