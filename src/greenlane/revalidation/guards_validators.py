"""No tier is confirmed on an unsound report, and no review ends before its case (6 USC 968(c)(2), (g)(2)(B))."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.revalidation.commands_deciding import ConfirmTier
from greenlane.revalidation.models import Revalidation
from greenlane.validators.commands_monitoring import ReviewConductedValidation
from greenlane.validators.guards import reasons_of_third_parties


@guards(ConfirmTier)
def third_party_reports_are_sound(ctx: Context, cmd: ConfirmTier) -> Iterator[Reason]:
    yield from reasons_of_third_parties(ctx, cmd.case_id)


@guards(ReviewConductedValidation)
def review_case_is_decided(ctx: Context, cmd: ReviewConductedValidation) -> Iterator[Reason]:
    """Where the review has a case of its own, officers visit and decide there first."""
    running = Revalidation.objects.filter(reviews=cmd.validation_id, outcome="", closed_on=None).first()
    yield finding(
        "6 USC 968(g)(2)(B)",
        "review_case_decided",
        running is None,
        N_("No case of the review is open."),
        N_("The case of the review, opened on %(day)s, is not decided."),
        mend=N_("Visit the company and decide that case first."),
        where="validation_id",
        day=running.selected_on if running else "-",
    )
