"""Actions agreed after an incident: the company answers with proof, a specialist closes or returns it (971(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries_incident as entries
from greenlane.consequences.checks import on_file, said
from greenlane.consequences.commands_incident import CITE
from greenlane.consequences.models import Incident
from greenlane.consequences.queries import incident_of
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding


def _action(row: Incident, number: int) -> dict[str, Any] | None:
    return next((one for one in row.actions if one["number"] == number), None)


def _open(action: dict[str, Any] | None, number: int) -> Reason:
    return finding(
        CITE,
        "agreed_action_open",
        action is not None and action["closed_on"] is None,
        N_("Agreed action %(number)s is open."),
        N_("There is no open agreed action %(number)s."),
        mend=N_("Choose an action that is still open."),
        where="number",
        number=number,
    )


def _answered(action: dict[str, Any] | None, number: int) -> Reason:
    return finding(
        CITE,
        "agreed_action_answered",
        action is not None and action["answered_on"] is not None and action["closed_on"] is None,
        N_("Agreed action %(number)s is answered and open."),
        N_("Agreed action %(number)s has no answer that waits."),
        mend=N_("Choose one that the company answered, or wait for its answer."),
        where="number",
        number=number,
    )


@command(CITE, title=N_("Answer an agreed action"), procedure="incident")
@dataclass(frozen=True, kw_only=True)
class AnswerIncidentAction(Command):
    """Say how an agreed action was carried out, with the documents that show it. A new answer replaces the last."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Action"), "choices": "agreed_actions"})
    answer: str = field(metadata={"label": N_("What was done"), "widget": "textarea"})
    proof: tuple[UUID, ...] = field(metadata={"label": N_("Documents that show it"), "choices": "documents"})


@handles(AnswerIncidentAction)
def answer_incident_action(ctx: Context, cmd: AnswerIncidentAction) -> Decision:
    row = incident_of(cmd.case_id)
    reasons = [
        _open(_action(row, cmd.number), cmd.number),
        said(cmd.answer, "answer", CITE),
        finding(
            CITE,
            "action_proved",
            bool(cmd.proof),
            N_("%(count)s documents show it."),
            N_("No document shows that it is done."),
            mend=N_("Add the document to the case, then choose it here."),
            where="proof",
            count=len(cmd.proof),
        ),
        *on_file(cmd.proof, row.participant_id, "proof", CITE),
    ]
    answered = entries.IncidentActionAnswered(number=cmd.number, answer=cmd.answer.strip(), proof=cmd.proof)
    return Decision(all_of(reasons), (answered,))


@command(CITE, title=N_("Send back the answer to an agreed action"), procedure="incident", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReturnIncidentAction(Command):
    """Say what is still missing of an agreed action; it waits for an answer again, and its day stays."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Action"), "choices": "answered_agreed_actions"})
    reason: str = field(metadata={"label": N_("What is missing, as the company will read it"), "widget": "textarea"})


@handles(ReturnIncidentAction)
def return_incident_action(ctx: Context, cmd: ReturnIncidentAction) -> Decision:
    row = incident_of(cmd.case_id)
    verdict = Verdict((_answered(_action(row, cmd.number), cmd.number), said(cmd.reason, "reason", CITE)))
    return Decision(verdict, (entries.IncidentActionReturned(number=cmd.number, reason=cmd.reason.strip()),))


@command(CITE, title=N_("Accept an agreed action as done"), procedure="incident", audience="staff")
@dataclass(frozen=True, kw_only=True)
class CloseIncidentAction(Command):
    """Accept that an agreed action is done, on the proof of its answer. The last one concludes the case."""

    case_id: UUID
    number: int = field(metadata={"label": N_("Action"), "choices": "answered_agreed_actions"})
    acceptance: str = field(metadata={"label": N_("What shows that it is done"), "widget": "textarea"})


@handles(CloseIncidentAction)
def close_incident_action(ctx: Context, cmd: CloseIncidentAction) -> Decision:
    row = incident_of(cmd.case_id)
    verdict = Verdict((_answered(_action(row, cmd.number), cmd.number), said(cmd.acceptance, "acceptance", CITE)))
    others = any(one["closed_on"] is None for one in row.actions if one["number"] != cmd.number)
    closed = entries.IncidentActionClosed(number=cmd.number, acceptance=cmd.acceptance.strip())
    return Decision(verdict, (closed,), to="agreed" if others else "concluded")
