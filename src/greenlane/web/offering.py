"""Which commands are open to somebody now: by the law's table of offices and the procedure of the case (6 USC 971(c)).

Only what a page offers; ``execute()`` decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.utils.translation import gettext as _

from greenlane.casework.models import Case
from greenlane.casework.registry import COMMANDS, CommandSpec
from greenlane.law.authority import ActorFacts, may_command
from greenlane.law.procedures import may_move
from greenlane.law.procedures_registry import procedure_of, procedures
from greenlane.law.sentences import Sentence
from greenlane.law.verdicts import Reason, Verdict, all_of
from greenlane.people.visibility import Viewer
from greenlane.web.staff.wording import state_words

HANDED_IN = "UploadDocument"
"""Given with a file on the page of documents, not on a page of its own."""


def facts_of(viewer: Viewer, participant: UUID | None, assigned: bool) -> ActorFacts:
    """What the table of offices asks of somebody who looks at something of a participant."""
    return ActorFacts(viewer.holdings, str(participant or ""), assigned=assigned)


def opened(spec: CommandSpec, viewer: Viewer, case: Case | None, participant: UUID | None, assigned: bool) -> Verdict:
    """May this person give the command here, as far as office and state say?"""
    found = may_command(spec.name, facts_of(viewer, participant, assigned))
    if found.granted and spec.procedures:
        kind = spec.procedure_for(case)
        found = all_of([*found.reasons, *may_move(procedure_of(kind), spec.name, case.state if case else None).reasons])
    return found


def said(verdict: Verdict, spec: CommandSpec) -> Verdict:
    """The same answer with the command and the states as people call them, not by their codes."""
    return Verdict(tuple(_said(reason, spec) for reason in verdict.reasons))


def _said(reason: Reason, spec: CommandSpec) -> Reason:
    values = dict(reason.sentence.values)
    if "command" in values:
        values["command"] = f"“{_(spec.title)}”"
    if "state" in values:
        values["state"] = str(state_words(str(values["state"])))
    if "sources" in values:
        values["sources"] = ", ".join(str(state_words(state)) for state in str(values["sources"]).split(", "))
    return replace(reason, sentence=Sentence(reason.sentence.message, values))


def offers(viewer: Viewer, case: Case, assigned: bool) -> list[CommandSpec]:
    """The commands that this person may give in the case now, in the order of its procedure."""
    facts = facts_of(viewer, case.participant_id, assigned)
    specs = (COMMANDS[name] for name in _open_in(case) if name in COMMANDS)
    return [s for s in specs if _givable(s, case) and may_command(s.name, facts).granted]


def _open_in(case: Case) -> tuple[str, ...]:
    if case.kind in REGISTERS:
        return REGISTERS[case.kind].get(case.state, ())
    return tuple(procedure_of(case.kind).open_commands(case.state))


REGISTERS: dict[str, dict[str, tuple[str, ...]]] = {
    "designated_criterion": {"designated": ("WithdrawDesignation",)},
    "revalidation_periods": {},
}
"""Registers that have a page like a case, with what is given to them by state: no procedure orders it."""


def _givable(spec: CommandSpec, case: Case) -> bool:
    return not spec.internal and bool(spec.case_field) and (case.kind in spec.procedures or case.kind in REGISTERS)


def openers(viewer: Viewer, participant: UUID | None) -> list[CommandSpec]:
    """The commands with which this person may open a case for a company, or (None) for nobody in particular."""
    facts = facts_of(viewer, participant, assigned=False)
    return [spec for spec in _opening(participant is not None) if may_command(spec.name, facts).granted]


def at_large(viewer: Viewer) -> list[CommandSpec]:
    """The commands that this person may give from the own home: of no company, and for outsiders of any company.

    Somebody outside the programme finds no company in a list, so the company's number is asked for.
    """
    found = openers(viewer, None)
    if viewer.is_staff or viewer.participants:
        return found
    facts = facts_of(viewer, None, assigned=False)
    return [*found, *(spec for spec in _opening(True) if may_command(spec.name, facts).granted)]


def _opening(for_company: bool) -> Iterator[CommandSpec]:
    for procedure in procedures():
        for name in procedure.open_commands(None):
            spec = COMMANDS.get(name)
            if spec is None or spec.internal or spec.case_field:
                continue
            names = {field.name for field in spec.fields}
            if ("participant_id" in names) is for_company and not names & OPENED_FROM:
                yield spec


OPENED_FROM = frozenset({"consequence_id", "application_id", "validation_id", "certificate_id"})
"""Fields that name what a case is opened from; the page of that has the link."""
