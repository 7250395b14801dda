"""Visits of a certified validator: accepted into a validation, or relied on no longer (6 USC 968(c), 968(g)(2)(B))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.checks import known_country
from greenlane.validation import entries_visits as entries
from greenlane.validation import queries
from greenlane.validation.checks import written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.commands_visits import criteria_found, finding_reasons
from greenlane.validation.entries_visits import FoundCriterion, ThirdPartyVisit
from greenlane.validation.locations import Place, places_of
from greenlane.validation.models import Validation


@command("6 USC 968(c)(1)", title=N_("Record a validator's visit"), procedure=VISITS, internal=True)
@dataclass(frozen=True, kw_only=True)
class RecordThirdPartyVisit(Command):
    """Take the visits and findings of a certified validator into a validation, when an officer accepts its report."""

    case_id: UUID
    engagement: UUID
    validator: str
    visits: tuple[ThirdPartyVisit, ...]
    findings: tuple[FoundCriterion, ...]


@handles(RecordThirdPartyVisit)
def record_third_party_visit(ctx: Context, cmd: RecordThirdPartyVisit) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    places = places_of(validation.participant_id)
    guidelines = queries.guidelines_on(validation.programme, ctx.on)
    schedule = queries.schedule_on(validation.programme, ctx.on)
    verdict = all_of(
        [
            written("6 USC 968(c)(1)", "validator", cmd.validator, N_("Name the validator."), 200),
            *(reason for made in cmd.visits for reason in _made(ctx, made, places.get(made.node))),
            finding(
                "6 USC 968(c)(1)",
                "third_party_visits_once",
                bool(cmd.visits) and not _counted(validation, cmd.engagement),
                N_("The visits of this engagement are new here."),
                N_("There is no visit, or those of this engagement are on record already."),
                where="visits",
            ),
            *(finding_reasons(validation, cmd.findings, ctx.on) if cmd.findings else ()),
        ]
    )
    if not verdict.granted:
        return Decision(verdict)
    recorded = entries.ThirdPartyVisitRecorded(
        engagement=cmd.engagement,
        validator=cmd.validator.strip(),
        visits=tuple(_placed(ctx, made, places[made.node]) for made in cmd.visits),
        guidelines=guidelines.version if guidelines else "",
        schedule=schedule.version if schedule else "",
    )
    found = (criteria_found(validation, cmd.findings, ctx.on),) if cmd.findings else ()
    return Decision(verdict, (recorded, *found))


def _counted(validation: Validation, engagement: UUID) -> bool:
    return validation.visits.filter(engagement=engagement, counts=True).exists()


def _made(ctx: Context, made: ThirdPartyVisit, place: Place | None) -> Iterator[Reason]:
    yield finding(
        "6 USC 965(a)",
        "location_in_its_supply_chain",
        place is not None,
        N_("%(place)s is in the supply chain of the company."),
        N_("The location is no site, partner or leg in the supply chain of this company."),
        mend=N_("Visit a location of the company's own map."),
        where=str(made.node),
        place=place.name if place else "-",
    )
    yield finding(
        "6 USC 968(c)(1)",
        "third_party_visit_dated",
        made.visited_on <= made.visited_to <= ctx.on,
        N_("Visited from %(first)s to %(last)s."),
        N_("The days %(first)s to %(last)s are after today or in the wrong order."),
        mend=N_("Give the days of the visit."),
        where=str(made.node),
        first=made.visited_on,
        last=made.visited_to,
    )
    yield written("6 USC 965(a)", "appropriate", made.appropriate, N_("Say why the location is an appropriate one."))
    if place is not None:
        yield known_country("country", place.lies_in(made.country))


def _placed(ctx: Context, made: ThirdPartyVisit, place: Place) -> entries.PlacedThirdPartyVisit:
    return entries.PlacedThirdPartyVisit(
        visit_id=ctx.new_id(),
        node=made.node,
        place=place.name[:200],
        country=place.lies_in(made.country),
        foreign=place.foreign(made.country),
        mode=made.mode,
        visited_on=made.visited_on,
        visited_to=made.visited_to,
        appropriate=made.appropriate.strip(),
        persons_met=made.persons_met,
        note=made.note.strip(),
    )


@command("6 USC 968(g)(2)(B)", title=N_("Rely on a validator's visits no longer"), procedure=VISITS, internal=True)
@dataclass(frozen=True, kw_only=True)
class DiscountVisit(Command):
    """Rely on the visits of an engagement no longer: they stay on record and count no more."""

    case_id: UUID
    engagement: UUID
    reason: str


@handles(DiscountVisit)
def discount_visit(ctx: Context, cmd: DiscountVisit) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    rows = validation.visits.filter(engagement=cmd.engagement, counts=True).order_by("visited_on", "pk")
    visits = tuple(rows.values_list("pk", flat=True))
    reasons = [
        finding(
            "6 USC 968(g)(2)(B)",
            "visits_of_the_engagement",
            bool(visits),
            N_("%(count)s visits of the engagement counted."),
            N_("No visit of that engagement counts here."),
            count=len(visits),
        ),
        written("6 USC 968(g)(2)(B)", "reason", cmd.reason, N_("Say why they are relied on no longer.")),
    ]
    discounted = entries.VisitDiscounted(engagement=cmd.engagement, visits=visits, reason=cmd.reason.strip())
    return Decision(all_of(reasons), (discounted,))
