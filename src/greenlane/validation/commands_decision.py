"""Recommend, validate at the second tier, refuse, close (6 USC 965(a), 971(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s965 import may_fail_validation, may_validate, measures_validated
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validation import entries_report as entries
from greenlane.validation.checks import fits, purpose_is, written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.deciding import decided
from greenlane.validation.facts import actions_closed, measure_facts, of_the_team, validation_facts
from greenlane.validation.interests import interested
from greenlane.validation.models import Validation
from greenlane.validation.queries import validation_of

CITE = "6 USC 965(a)"
NOTE = {"label": N_("Note to the supervisor"), "widget": "textarea"}
LATE = {"label": N_("Why it was not practicable to decide in time"), "widget": "textarea"}


@command(CITE, "6 USC 965(c)", title=N_("Recommend validation"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecommendValidation(Command):
    """Recommend that the company be validated: the measures are in place, and no required action is open."""

    case_id: UUID
    note: str = field(default="", metadata=NOTE)


@handles(RecommendValidation)
def recommend_validation(ctx: Context, cmd: RecommendValidation) -> Decision:
    validation = validation_of(cmd.case_id)
    reasons = [
        *measures_validated(measure_facts(validation), ctx.on).reasons,
        actions_closed(validation.participant_id, ctx.on),
        fits(CITE, "note", cmd.note),
    ]
    by = ctx.actor.account or cmd.case_id
    recommended = entries.ValidationRecommended(decision="validate", by=by, note=cmd.note.strip(), grounds="")
    return Decision(all_of(reasons), (recommended,))


@command(CITE, title=N_("Recommend refusal of validation"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecommendRefusalOfValidation(Command):
    """Recommend that validation be refused, on grounds that the company will read."""

    case_id: UUID
    grounds: str = field(
        metadata={"label": N_("Grounds"), "widget": "textarea", "help": N_("The company will read these words.")}
    )
    note: str = field(default="", metadata=NOTE)


@handles(RecommendRefusalOfValidation)
def recommend_refusal_of_validation(ctx: Context, cmd: RecommendRefusalOfValidation) -> Decision:
    validation_of(cmd.case_id)
    reasons = [
        written(CITE, "grounds", cmd.grounds, N_("State each ground in words that the company will read.")),
        fits(CITE, "note", cmd.note),
    ]
    by = ctx.actor.account or cmd.case_id
    recommended = entries.ValidationRecommended(
        decision="fail", by=by, note=cmd.note.strip(), grounds=cmd.grounds.strip()
    )
    return Decision(all_of(reasons), (recommended,))


@command("6 USC 971(a)", title=N_("Send the recommendation back"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class SendBackValidation(Command):
    """Send the recommendation back to the specialist with the reason."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(SendBackValidation)
def send_back_validation(ctx: Context, cmd: SendBackValidation) -> Decision:
    given = written("6 USC 971(a)", "reason", cmd.reason, N_("Say what the specialist should look at again."))
    return Decision(Verdict((given,)), (entries.ValidationSentBack(reason=cmd.reason.strip()),))


@command(CITE, "6 USC 965(c)", "6 USC 965(b)", title=N_("Validate"), procedure="validation", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ValidateTierTwo(Command):
    """Validate the company as a second-tier participant, as a second person. A late decision needs its reason."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(ValidateTierTwo)
def validate_tier_two(ctx: Context, cmd: ValidateTierTwo) -> Decision:
    validation = validation_of(cmd.case_id)
    facts = validation_facts(
        validation, ctx.the_case, decided_by=ctx.actor.account, lateness_reason=cmd.lateness_reason, on=ctx.on
    )
    reasons = [
        purpose_is(validation, "tier_two"),
        *may_validate(facts, ctx.on, terms_of(validation.programme, ctx.on)).reasons,
        actions_closed(validation.participant_id, ctx.on),
        *decider_apart(ctx, validation),
        fits(CITE, "lateness_reason", cmd.lateness_reason),
    ]
    entry = decided(ctx, validation, "validated", tier=2, lateness_reason=cmd.lateness_reason)
    return Decision(all_of(reasons), (entry,))


def decider_apart(ctx: Context, validation: Validation) -> Iterator[Reason]:
    """Who decides has no part in the company and is not of the team: asked at each determination of a visit."""
    account = ctx.actor.account
    part = interested(account, validation.participant) if account else ""
    yield finding(
        "6 USC 971(a)",
        "decider_has_no_part",
        not part,
        N_("Who decides has no part in the company."),
        N_("Who decides has a part in the company or its group: %(part)s."),
        mend=N_("Let another supervisor decide."),
        part=part or "-",
    )
    yield finding(
        "6 USC 971(a)",
        "decider_not_of_the_team",
        account is not None and not of_the_team(validation, account, ctx.on),
        N_("Who decides is not of the team that visited."),
        N_("Who decides is of the team that visited, or decides on an office that only its members lent."),
        mend=N_("Let a supervisor decide who did not visit."),
    )


@command(CITE, "6 USC 966(a)", title=N_("Refuse validation"), procedure="validation", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RefuseValidation(Command):
    """Refuse validation on the recommended grounds, as a second person. The tier that the company holds stays."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(RefuseValidation)
def refuse_validation(ctx: Context, cmd: RefuseValidation) -> Decision:
    validation = validation_of(cmd.case_id)
    facts = validation_facts(
        validation, ctx.the_case, decided_by=ctx.actor.account, lateness_reason=cmd.lateness_reason, on=ctx.on
    )
    verdict = may_fail_validation(facts, ctx.on, terms_of(validation.programme, ctx.on))
    reasons = [
        purpose_is(validation, "tier_two", "tier_three"),
        *(reason for reason in verdict.reasons if validation.purpose == "tier_two" or reason.code not in FIRST_ONLY),
        *decider_apart(ctx, validation),
        fits(CITE, "lateness_reason", cmd.lateness_reason),
    ]
    tier = validation.participant.tier
    entry = decided(ctx, validation, "refused", tier=tier, lateness_reason=cmd.lateness_reason)
    return Decision(all_of(reasons), (entry,))


FIRST_ONLY = frozenset({"measures_failed", "lateness_reason"})
"""Reasons of the first validation: a third tier can fail on its own criteria (966(b)), and has no year."""


@command("6 USC 961(a)", title=N_("Close the validation"), procedure="validation", internal=True)
@dataclass(frozen=True, kw_only=True)
class CloseValidation(Command):
    """Close a validation without a decision, because the company takes part no longer."""

    case_id: UUID
    reason: str


@handles(CloseValidation)
def close_validation(ctx: Context, cmd: CloseValidation) -> Decision:
    validation = validation_of(cmd.case_id)
    gone = finding(
        "6 USC 961(a)",
        "takes_part_no_longer",
        validation.participant.standing in ENDED,
        N_("The company takes part no longer."),
        N_("The company still takes part, so its validation is decided and not closed."),
        mend=N_("Decide the validation."),
    )
    closed = entries.ValidationClosed(participant_id=validation.participant_id, reason=cmd.reason)
    return Decision(Verdict((gone,)), (closed,))


ENDED = frozenset({"withdrawn", "expelled", "merged", "refused"})
"""Standings with which a company takes part no longer."""
