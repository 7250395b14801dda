"""Validate a participant at the third tier, as a second person (6 USC 966(a), 966(b), 971(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s966 import may_validate_tier_three
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validation import queries
from greenlane.validation.checks import counts_today, purpose_is
from greenlane.validation.commands_decision import decider_apart
from greenlane.validation.deciding import decided
from greenlane.validation.facts import actions_closed, measure_facts, second_person, steps_undone
from greenlane.validation.facts_tier_three import tier_three_facts
from greenlane.validation.models import Validation


@command(
    "6 USC 966(a)",
    "6 USC 966(b)",
    "6 USC 971(a)",
    title=N_("Validate at the third tier"),
    procedure="validation",
    audience="staff",
)
@dataclass(frozen=True, kw_only=True)
class ValidateTierThree(Command):
    """Validate the participant at the third tier, as a second person; the commitment is computed from the record."""

    case_id: UUID


@handles(ValidateTierThree)
def validate_tier_three(ctx: Context, cmd: ValidateTierThree) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    terms = terms_of(validation.programme, ctx.on)
    facts = tier_three_facts(
        validation,
        recommended_by=str(validation.recommended_by or ""),
        decided_by=second_person(validation.recommended_by, ctx.actor.account, ctx.on),
        on=ctx.on,
    )
    reasons = [
        counts_today(ctx, "6 USC 966(a)"),
        purpose_is(validation, "tier_three"),
        *may_validate_tier_three(facts, ctx.on, terms).reasons,
        actions_closed(validation.participant_id, ctx.on),
        *in_place(ctx, validation),
        *decider_apart(ctx, validation),
    ]
    return Decision(all_of(reasons), (decided(ctx, validation, "validated", tier=3),))


def in_place(ctx: Context, validation: Validation) -> Iterator[Reason]:
    """What was validated at the second tier is still found in place, and no step of the work was left out."""
    unmet = [measure.number for measure in measure_facts(validation) if not measure.satisfied(ctx.on)]
    yield finding(
        "6 USC 966(a)",
        "measures_in_place",
        not unmet,
        N_("The measures of the second tier are found in place."),
        N_("The measures of the second tier are not in place: %(unmet)s."),
        mend=N_("Close each required action with evidence and a reviewer."),
        where="measures",
        unmet=", ".join(unmet) or "-",
    )
    undone = steps_undone(validation)
    yield finding(
        "6 USC 971(a)(3)",
        "steps_done",
        not undone,
        N_("Every required step of the work was done."),
        N_("Required steps of the work were not done: %(undone)s."),
        mend=N_("Do each step before the decision."),
        where="steps",
        undone=", ".join(undone) or "-",
    )
