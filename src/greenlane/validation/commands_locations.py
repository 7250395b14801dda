"""Choose the locations of a visit, or determine in writing that no foreign one is appropriate (6 USC 965(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.calendar import is_business_day
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.participants.checks import known_country
from greenlane.programs.queries import terms_of
from greenlane.validation import entries
from greenlane.validation.checks import fits, written
from greenlane.validation.entries import Mode
from greenlane.validation.locations import Place, places_of
from greenlane.validation.queries import validation_of

CITE = "6 USC 965(a)"
VISITS = ("validation", "revalidation")
"""The kinds of case in whose tables the steps of a visit stand."""


@dataclass(frozen=True, kw_only=True)
class Location:
    """A site, partner or leg of the company's own supply chain, and why it is an appropriate place to assess."""

    node: UUID = field(metadata={"label": N_("Site, partner or leg"), "choices": "locations"})
    mode: Mode = field(metadata={"label": N_("On site or at a distance")})
    appropriate: str = field(metadata={"label": N_("Why it is an appropriate location"), "widget": "textarea"})
    planned_from: date = field(metadata={"label": N_("First day")})
    planned_to: date = field(metadata={"label": N_("Last day")})
    purpose: str = field(default="", metadata={"label": N_("Purpose of the visit there")})
    country: str = field(
        default="", metadata={"label": N_("Country"), "help": N_("Only for a leg; a place has its own.")}
    )


@command(CITE, title=N_("Choose the locations"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class ChooseLocations(Command):
    """Choose the locations to visit; they take the place of those chosen before and not yet visited."""

    case_id: UUID
    locations: tuple[Location, ...] = field(metadata={"label": N_("Locations")})


@handles(ChooseLocations)
def choose_locations(ctx: Context, cmd: ChooseLocations) -> Decision:
    validation = validation_of(cmd.case_id)
    places = places_of(validation.participant_id)
    longest = parameter("visit_working_days", ctx.on, terms_of(validation.programme, ctx.on)).number
    reasons = [_some(cmd.locations)]
    for location in cmd.locations:
        place = places.get(location.node)
        reasons += [_own(location, place), *(_placed(location, place) if place else ())]
        reasons += _dated(location, ctx.on, longest)
    verdict = all_of(reasons)
    if not verdict.granted:
        return Decision(verdict)
    chosen = tuple(_chosen(ctx, location, places[location.node]) for location in cmd.locations)
    return Decision(verdict, (entries.LocationsChosen(locations=chosen),))


def _chosen(ctx: Context, location: Location, place: Place) -> entries.ChosenLocation:
    return entries.ChosenLocation(
        visit_id=ctx.new_id(),
        node=place.node,
        place=place.name[:200],
        country=place.lies_in(location.country),
        foreign=place.foreign(location.country),
        mode=location.mode,
        appropriate=location.appropriate.strip(),
        purpose=location.purpose.strip(),
        planned_from=location.planned_from,
        planned_to=location.planned_to,
    )


def _some(locations: tuple[Location, ...]) -> Reason:
    return finding(
        CITE,
        "locations_chosen_once",
        0 < len({location.node for location in locations}) == len(locations),
        N_("Each location is chosen once."),
        N_("No location is chosen, or one is chosen twice."),
        mend=N_("Choose each location once, with the days of the whole visit there."),
        where="locations",
    )


def _own(location: Location, place: Place | None) -> Reason:
    return finding(
        CITE,
        "location_in_its_supply_chain",
        place is not None,
        N_("%(place)s is in the supply chain of the company."),
        N_("The location is no site, partner or leg in the supply chain of this company."),
        mend=N_("Choose one from the company's own map, or let the company record it first."),
        where=str(location.node),
        place=place.name if place else "-",
    )


def _placed(location: Location, place: Place) -> Iterator[Reason]:
    yield known_country("country", place.lies_in(location.country))
    yield finding(
        CITE,
        "country_as_recorded",
        not place.country or location.country.strip().upper() in ("", place.country),
        N_("The country is that of the company's record."),
        N_("%(place)s lies in %(country)s by the company's record, not in %(given)s."),
        mend=N_("Leave the country out, or let the company correct its record."),
        where=str(location.node),
        place=place.name,
        country=place.country or "-",
        given=location.country.strip()[:20] or "-",
    )
    yield written(
        CITE, "appropriate", location.appropriate, N_("Write why this location is an appropriate one to assess.")
    )
    yield fits(CITE, "purpose", location.purpose)


def _dated(location: Location, on: date, longest: int) -> Iterator[Reason]:
    first, last = location.planned_from, location.planned_to
    ordered = on <= first <= last and (last - first).days < 366
    yield finding(
        CITE,
        "visit_dates_in_order",
        ordered,
        N_("The visit is from %(first)s to %(last)s."),
        N_("The visit from %(first)s to %(last)s ends before it begins, or lies before %(on)s."),
        mend=N_("Give the first and the last day, from today on."),
        where=str(location.node),
        first=first,
        last=last,
        on=on,
    )
    if ordered:
        days = sum(is_business_day(date.fromordinal(day)) for day in range(first.toordinal(), last.toordinal() + 1))
        yield finding(
            "6 USC 965(c)",
            "visit_not_too_long",
            days <= longest,
            N_("It takes %(days)d working days."),
            N_("It takes %(days)d working days; a visit takes at most %(longest)d."),
            mend=N_("Shorten the visit."),
            where=str(location.node),
            days=days,
            longest=longest,
        )


@command(CITE, title=N_("Determine that no foreign location is appropriate"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class DetermineNoForeignLocation(Command):
    """Determine in writing, as a supervisor, why no foreign location of this supply chain is appropriate to assess."""

    case_id: UUID
    reason: str = field(
        metadata={
            "label": N_("Why no foreign location is appropriate"),
            "widget": "textarea",
            "help": N_("The company and every later reader will see these words."),
        }
    )


@handles(DetermineNoForeignLocation)
def determine_no_foreign_location(ctx: Context, cmd: DetermineNoForeignLocation) -> Decision:
    validation_of(cmd.case_id)
    given = written(CITE, "reason", cmd.reason, N_("Write why none of its foreign locations is appropriate."))
    determined = entries.NoForeignLocationDetermined(
        reason=cmd.reason.strip(), by=ctx.actor.account or cmd.case_id, office=ctx.office
    )
    return Decision(Verdict((given,)), (determined,))
