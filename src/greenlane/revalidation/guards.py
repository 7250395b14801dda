"""What a refused revalidation hinders until another one confirms the tier (6 USC 969(1))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.revalidation.models import Revalidation
from greenlane.validation.commands_tier_three_decision import ValidateTierThree


@guards(ValidateTierThree)
def last_revalidation_confirmed(ctx: Context, cmd: ValidateTierThree) -> Iterator[Reason]:
    """No tier rises on measures that the last revalidation found wanting."""
    rows = Revalidation.objects.filter(participant__validations=ctx.the_case.pk).exclude(decided_on=None)
    last = rows.order_by("-decided_on", "-pk").first()
    yield finding(
        "6 USC 969(1)",
        "revalidation_not_refused",
        last is None or last.outcome == "confirmed",
        N_("No revalidation found the measures wanting."),
        N_("The revalidation of %(day)s was refused, and none has confirmed the tier since."),
        mend=N_("Let a revalidation confirm the tier first."),
        where="revalidation",
        day=(last and last.decided_on) or "-",
    )
