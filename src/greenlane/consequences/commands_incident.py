"""Incidents that a company reports itself: reported, reviewed, concluded; nothing is suspended by it (967, 971(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries_incident as entries
from greenlane.consequences.checks import on_file, said
from greenlane.consequences.commands import BENEFITS, benefit_reasons, failure_reasons, takes_part
from greenlane.consequences.entries import FailureFound
from greenlane.consequences.entries_incident import AgreedAction, IncidentOutcome
from greenlane.consequences.models import Incident
from greenlane.consequences.queries import incident_of
from greenlane.law.calendar import add_days
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of

CITE = "6 USC 971(c)"
MOST_ACTIONS = 50


@command(CITE, title=N_("Report an incident"), procedure="incident", case="", lock="participant_id")
@dataclass(frozen=True, kw_only=True)
class ReportIncident(Command):
    """Report a security incident. A report leads to a review; nothing is suspended by it."""

    participant_id: UUID = field(metadata={"label": N_("Company account")})
    what: str = field(metadata={"label": N_("What happened"), "widget": "textarea"})
    happened_on: date = field(metadata={"label": N_("When it happened")})
    place: str = field(metadata={"label": N_("Where it happened"), "help": N_("A site, a port, a road: in words.")})
    cargo: str = field(
        default="",
        metadata={
            "label": N_("Cargo concerned"),
            "widget": "textarea",
            "help": N_("Container, seal and shipment numbers."),
        },
    )
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "company_documents"})


@handles(ReportIncident)
def report_incident(ctx: Context, cmd: ReportIncident) -> Decision:
    participant = participant_of(cmd.participant_id)
    key = ctx.new_id()
    days = parameter("incident_review_days", ctx.on, terms_of(participant.programme, ctx.on)).number
    reasons = [
        said(cmd.what, "what", CITE),
        said(cmd.place, "place", CITE, longest=200),
        finding(
            CITE,
            "cargo_length",
            len(cmd.cargo) <= 2000,
            N_("The cargo is described."),
            N_("The description of the cargo is longer than 2000 characters."),
            mend=N_("Add a document instead."),
            where="cargo",
        ),
        finding(
            CITE,
            "day_has_come",
            cmd.happened_on <= ctx.on,
            N_("It happened on %(day)s."),
            N_("%(day)s is after today, %(on)s."),
            mend=N_("Correct the day."),
            where="happened_on",
            day=cmd.happened_on,
            on=ctx.on,
        ),
        *on_file(cmd.documents, participant.pk, "documents", CITE),
    ]
    reported = entries.IncidentReported(
        incident_id=key,
        participant_id=participant.pk,
        programme=participant.programme,
        what=cmd.what.strip(),
        happened_on=cmd.happened_on,
        place=cmd.place.strip(),
        cargo=cmd.cargo.strip(),
        documents=cmd.documents,
        review_until=add_days(ctx.on, days),
    )
    opens = Opening(key, "incident", programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), (reported,), opens=opens)


@command(CITE, title=N_("Add to the report"), procedure="incident")
@dataclass(frozen=True, kw_only=True)
class AddToIncident(Command):
    """Add to a report of an incident what became known later, with documents."""

    case_id: UUID
    text: str = field(metadata={"label": N_("What became known"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "documents"})


@handles(AddToIncident)
def add_to_incident(ctx: Context, cmd: AddToIncident) -> Decision:
    row = incident_of(cmd.case_id)
    reasons = [said(cmd.text, "text", CITE), *on_file(cmd.documents, row.participant_id, "documents", CITE)]
    return Decision(all_of(reasons), (entries.IncidentAddedTo(text=cmd.text.strip(), documents=cmd.documents),))


@command(CITE, title=N_("Begin the review"), procedure="incident", audience="staff")
@dataclass(frozen=True, kw_only=True)
class BeginIncidentReview(Command):
    """Begin the review of a reported incident."""

    case_id: UUID


@handles(BeginIncidentReview)
def begin_incident_review(ctx: Context, cmd: BeginIncidentReview) -> Decision:
    row = incident_of(cmd.case_id)
    reported = finding(
        CITE,
        "incident_reported",
        True,
        N_("It was reported on %(day)s; the review is due by %(until)s."),
        "",
        day=row.reported_on,
        until=row.review_until,
    )
    return Decision(all_of([reported]), (entries.IncidentReviewBegun(by=ctx.actor.account),))


@command(CITE, "6 USC 967(a)", title=N_("Conclude the review"), procedure="incident", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConcludeIncident(Command):
    """Conclude the review: no action, agreed corrective actions, or a consequence with its notice and protections."""

    case_id: UUID
    outcome: IncidentOutcome = field(metadata={"label": N_("Outcome")})
    conclusion: str = field(metadata={"label": N_("Conclusion, as the company will read it"), "widget": "textarea"})
    actions: tuple[AgreedAction, ...] = field(default=(), metadata={"label": N_("Agreed corrective actions")})
    failures: tuple[FailureFound, ...] = field(
        default=(), metadata={"label": N_("Failures to meet a requirement, where a consequence is proposed")}
    )
    benefits: tuple[str, ...] = field(default=(), metadata={**BENEFITS, "label": N_("Benefits proposed to be denied")})


@handles(ConcludeIncident)
def conclude_incident(ctx: Context, cmd: ConcludeIncident) -> Decision:
    row = incident_of(cmd.case_id)
    concluded = entries.IncidentConcluded(
        incident_id=row.pk,
        participant_id=row.participant_id,
        company=row.participant.legal_name,
        outcome=cmd.outcome,
        conclusion=cmd.conclusion.strip(),
        actions=cmd.actions,
        benefits=cmd.benefits,
        failures=cmd.failures,
    )
    to = "agreed" if cmd.actions else "concluded"
    return Decision(all_of(_concludable(row, cmd, ctx.on)), (concluded,), to=to)


def _concludable(row: Incident, cmd: ConcludeIncident, on: date) -> Iterator[Reason]:
    yield said(cmd.conclusion, "conclusion", CITE)
    agreed, consequence = cmd.outcome == "corrective_actions", cmd.outcome == "consequence"
    yield finding(
        CITE,
        "actions_agreed",
        agreed == bool(cmd.actions) and all(a.done_by >= on for a in cmd.actions),
        N_("It says what was agreed."),
        N_("Corrective actions belong to that outcome, and each has words and a day that is still to come."),
        mend=N_("Name each action and its day, or choose another outcome."),
        where="actions",
    )
    yield finding(
        CITE,
        "actions_few_enough",
        len(cmd.actions) <= MOST_ACTIONS,
        N_("It names %(count)s actions."),
        N_("It names %(count)s actions; at most %(most)s can be followed."),
        mend=N_("Put what belongs together into one action."),
        where="actions",
        count=len(cmd.actions),
        most=MOST_ACTIONS,
    )
    for index, action in enumerate(cmd.actions):
        yield said(action.action, f"actions.{index}.action", CITE)
    yield finding(
        "6 USC 967(a)",
        "grounds_of_a_denial",
        consequence == bool(cmd.failures) == bool(cmd.benefits),
        N_("It says on what grounds a consequence is proposed, if one is."),
        N_("A consequence names the failures and the benefits; no other outcome does."),
        mend=N_("Name the failures and the benefits, or choose another outcome."),
        where="failures",
    )
    if consequence:  # it opens at once, so what opening asks is asked here
        yield takes_part(row.participant)
        yield from failure_reasons(cmd.failures, row.participant, on)
        yield from benefit_reasons(cmd.benefits, row.participant, on)
