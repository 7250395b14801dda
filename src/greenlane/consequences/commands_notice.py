"""Protections before a decision: notice, response, reply (6 USC 967(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries
from greenlane.consequences.checks import on_file, said, titles, today
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law.calendar import add_days
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.programs.queries import terms_of


def days_to_respond(row: Consequence, on: date) -> int:
    """The shortest period for a response, in days after the notice: longer where standing is at stake (967(b))."""
    code = "suspension_response_days" if row.proposed in SANCTIONS else "consequence_response_days"
    return parameter(code, on, terms_of(row.programme, on)).number


@command("6 USC 967(a)", title=N_("Give notice"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class GiveConsequenceNotice(Command):
    """Give the company notice of what is proposed and why, with all evidence and the last day to respond.

    A new notice begins the response period anew.
    """

    case_id: UUID
    message: str = field(metadata={"label": N_("Message to the company"), "widget": "textarea"})
    response_until: date | None = field(
        default=None,
        metadata={
            "label": N_("Last day to respond"),
            "help": N_("Leave it out for the shortest period; a later day is always possible."),
        },
    )


@handles(GiveConsequenceNotice)
def give_consequence_notice(ctx: Context, cmd: GiveConsequenceNotice) -> Decision:
    row = consequence_of(cmd.case_id)
    days = days_to_respond(row, ctx.on)
    least = add_days(ctx.on, days)
    shown = tuple(_shown(row))
    bare = [failure.requirement or "967(b)" for failure in shown if not failure.evidence]
    reasons = [
        today(ctx),
        said(cmd.message, "message"),
        finding(
            "6 USC 967(a)",
            "evidence_shown",
            bool(shown) and not bare,
            N_("The notice shows the evidence."),
            N_("Without evidence on file, so that the notice cannot show it: %(bare)s."),
            mend=N_("Record the evidence first."),
            where="evidence",
            bare=", ".join(bare) or "-",
        ),
        finding(
            "6 USC 967(a)",
            "period_long_enough",
            cmd.response_until is None or cmd.response_until >= least,
            N_("The company may respond until %(until)s: %(days)s days or more after %(notice)s."),
            N_("%(until)s is too early: a notice of %(notice)s gives %(days)s days, until %(least)s."),
            mend=N_("Give %(least)s or a later day."),
            where="response_until",
            until=cmd.response_until or least,
            days=days,
            notice=ctx.on,
            least=least,
        ),
    ]
    noticed = entries.ConsequenceNoticed(
        company=row.participant.legal_name,
        proposed=row.proposed,  # type: ignore[arg-type]  # one of the proposals, as it was opened
        benefits=tuple(row.proposed_benefits),
        message=cmd.message.strip(),
        failures=shown,
        days=days,
        response_until=cmd.response_until or least,
    )
    return Decision(all_of(reasons), (noticed,))


def _shown(row: Consequence) -> Iterator[entries.ShownFailure]:
    """What is on file, failure by failure, as the letter shows it."""
    pieces = list(row.evidence.order_by("recorded_at", "id"))
    named = titles(key for piece in pieces for key in piece.documents)
    evidence: dict[str, tuple[entries.ShownEvidence, ...]] = {}
    for piece in pieces:
        documents = tuple(named[key] for key in piece.documents if key in named)
        one = entries.ShownEvidence(statement=piece.statement, documents=documents)
        evidence[piece.requirement] = (*evidence.get(piece.requirement, ()), one)
    for failure in row.failures.order_by("recorded_on", "requirement", "id"):
        yield entries.ShownFailure(
            requirement=failure.requirement,
            found=failure.found,
            found_on=failure.found_on,
            evidence=evidence.get(failure.requirement, ()),
        )
    if found := row.misinformation:
        yield entries.ShownFailure(
            requirement="",
            found=found["found"],
            found_on=date.fromisoformat(found["given_on"]),
            evidence=evidence.get("", ()),
            said=found["said"],
            ground_of_knowledge=found["ground_of_knowledge"],
        )


@command("6 USC 967(a)", title=N_("Respond to the notice"), procedure="consequence")
@dataclass(frozen=True, kw_only=True)
class RespondToNotice(Command):
    """Respond to the notice: what is not so, what was done about it. A reply comes before a decision."""

    case_id: UUID
    response: str = field(metadata={"label": N_("Your response"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@handles(RespondToNotice)
def respond_to_notice(ctx: Context, cmd: RespondToNotice) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [said(cmd.response, "response"), *on_file(cmd.documents, row.participant_id, "documents")]
    late = row.response_until is not None and ctx.on > row.response_until
    answered = entries.NoticeAnswered(response=cmd.response.strip(), documents=cmd.documents, after_last_day=late)
    return Decision(all_of(reasons), (answered,))


@command("6 USC 967(a)", title=N_("Extend the period to respond"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExtendResponsePeriod(Command):
    """Give the company more time to respond."""

    case_id: UUID
    response_until: date = field(metadata={"label": N_("New last day to respond")})
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(ExtendResponsePeriod)
def extend_response_period(ctx: Context, cmd: ExtendResponsePeriod) -> Decision:
    row = consequence_of(cmd.case_id)
    assert row.response_until is not None  # the notice gave it
    longer = finding(
        "6 USC 967(a)",
        "period_extended",
        cmd.response_until > max(row.response_until, ctx.on),
        N_("The company may respond until %(until)s."),
        N_("%(until)s does not extend the period, which runs until %(last)s."),
        mend=N_("Give a day after %(last)s and after today."),
        where="response_until",
        until=cmd.response_until,
        last=row.response_until,
    )
    extended = entries.ResponsePeriodExtended(response_until=cmd.response_until, reason=cmd.reason.strip())
    return Decision(Verdict((longer, said(cmd.reason, "reason"))), (extended,))


@command("6 USC 967(a)", title=N_("End the period to respond"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class EndResponsePeriod(Command):
    """Note that the last day to respond has passed without a response."""

    case_id: UUID


@handles(EndResponsePeriod)
def end_response_period(ctx: Context, cmd: EndResponsePeriod) -> Decision:
    row = consequence_of(cmd.case_id)
    assert row.response_until is not None  # the notice gave it
    return Decision(
        Verdict((_over(row.response_until, ctx.on),)), (entries.ResponsePeriodEnded(response_until=row.response_until),)
    )


def _over(last: date, on: date) -> Reason:
    return finding(
        "6 USC 967(a)",
        "response_period_over",
        on > last,
        N_("The period to respond ran until %(last)s."),
        N_("The company may respond until %(last)s; %(day)s is too early."),
        mend=N_("Wait for the response, or until the day after %(last)s."),
        where="response_until",
        last=last,
        day=on,
    )


@command("6 USC 967(a)", title=N_("Reply to the response"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ReplyToResponse(Command):
    """Reply to each point of the company's response, before anything is decided."""

    case_id: UUID
    reply: str = field(metadata={"label": N_("Reply to the company"), "widget": "textarea"})


@handles(ReplyToResponse)
def reply_to_response(ctx: Context, cmd: ReplyToResponse) -> Decision:
    row = consequence_of(cmd.case_id)
    there = finding(
        "6 USC 967(a)",
        "response_on_file",
        row.responded_on is not None,
        N_("The company responded on %(responded)s."),
        N_("The company did not respond, so there is nothing to reply to."),
        mend=N_("Recommend what follows."),
        where="response",
        responded=row.responded_on or "-",
    )
    return Decision(Verdict((there, said(cmd.reply, "reply"))), (entries.ResponseRepliedTo(reply=cmd.reply.strip()),))
