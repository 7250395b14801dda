"""No tier rests on the report of a conflicted, uninsured, unconsented or revoked validator (6 USC 968(c)(2); RC-20)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.law.s968 import is_free_of_conflict, may_decide_after_third_party
from greenlane.law.verdicts import Reason
from greenlane.programs.queries import terms_of
from greenlane.validation.commands_decision import ValidateTierTwo
from greenlane.validation.commands_tier_three_decision import ValidateTierThree
from greenlane.validation.models import Visit
from greenlane.validators.checks import once
from greenlane.validators.commands_report import certified_throughout, not_revoked
from greenlane.validators.facts_engagement import both_sides, ownership_facts, report_facts
from greenlane.validators.models import Engagement
from greenlane.validators.queries import engagement_of


@guards(ValidateTierTwo, ValidateTierThree)
def third_party_reports_are_sound(ctx: Context, cmd: ValidateTierTwo | ValidateTierThree) -> Iterator[Reason]:
    yield from reasons_of_third_parties(ctx, cmd.case_id)


def reasons_of_third_parties(ctx: Context, validation_id: UUID) -> Iterator[Reason]:
    """What 968 says of each visit of a third party that this validation rests on; nothing where officers visited."""
    rows = Visit.objects.filter(validation_id=validation_id, counts=True).exclude(engagement=None)
    visits = list(rows.exclude(visited_on=None).order_by("visited_on", "pk"))
    engagements = {visit.engagement: engagement_of(visit.engagement) for visit in visits if visit.engagement}
    told = [
        reason
        for visit in visits
        if visit.engagement
        for reason in _of_visit(ctx, engagements[visit.engagement], visit)
    ]
    yield from once(told)


def _of_visit(ctx: Context, engagement: Engagement, visit: Visit) -> Iterator[Reason]:
    first = visit.visited_on or ctx.on
    terms = terms_of(engagement.validator.programme, ctx.on)
    facts = report_facts(engagement, first, ctx.on, decided_by=ctx.actor.account, office=ctx.office)
    yield from may_decide_after_third_party(facts, ctx.on, terms).reasons
    yield from certified_throughout(engagement, first, visit.visited_to or first)
    yield from is_free_of_conflict(ownership_facts(engagement), first).reasons
    yield from both_sides(engagement, first)
    yield from not_revoked(engagement, ctx.on)
