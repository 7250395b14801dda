"""How an agency's partnership programme compares with ours, requirement by requirement (19 USC 4311(b)(4)(B))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from greenlane.casework.problems import Missing
from greenlane.criteria.catalogue import Edition
from greenlane.criteria.models import EditionRow
from greenlane.criteria.queries import edition_in_force
from greenlane.law.t19_4311_release import CompatibilityFacts, Match, is_compatible
from greenlane.law.verdicts import Verdict
from greenlane.release.models import Agency, AgencyProgramme, RequirementExamined

CITE = "19 USC 4311(b)(4)(B)"


def programmes_of(agency: Agency) -> list[AgencyProgramme]:
    """The partnership programmes of an agency that are on record, by their codes."""
    return list(agency.programmes.select_related("agency").order_by("code"))


def agency_programme(agency: Agency, code: str) -> AgencyProgramme:
    """A partnership programme of an agency by its code. Raises Missing."""
    row = agency.programmes.select_related("agency").filter(code=code.strip().upper()).first()
    if row is None:
        raise Missing("agency_programme", code.strip()[:20])
    return row


def edition_for(row: AgencyProgramme, on: date) -> Edition | None:
    """The edition of our criteria that the programme is held against on a day; None while none is in force."""
    try:
        return edition_in_force(row.programme, row.business_type, on)
    except Missing:
        return None


def standing(row: AgencyProgramme, on: date, at: datetime | None = None) -> dict[str, RequirementExamined]:
    """What was found last of each requirement, by its number, on a day as known at an instant (None: now)."""
    rows = row.examined.filter(examined_on__lte=on)
    known = rows.filter(recorded_at__lte=at) if at else rows
    return {one.requirement: one for one in known.order_by("number")}


def compatibility_facts(row: AgencyProgramme, on: date, at: datetime | None = None) -> CompatibilityFacts:
    """The programme for the law, with every criterion of the edition in force on the day as a requirement."""
    edition = edition_for(row, on)
    found = standing(row, on, at).values()
    return CompatibilityFacts(
        agency=row.agency.code,
        programme=row.name,
        requirements=tuple(one.number for one in edition.criteria) if edition else (),
        matches=tuple(Match(one.requirement, one.theirs, one.compatible, one.ground) for one in found),
    )


def compatibility_of(row: AgencyProgramme, on: date, at: datetime | None = None) -> Verdict:
    """Is it compatible with ours on a day, as known at an instant (None: now)? A reason for each requirement."""
    return is_compatible(compatibility_facts(row, on, at))


def turning_days(keys: Iterable[UUID]) -> set[date]:
    """The days on which the comparison of these programmes may come out differently: examinations, new editions."""
    rows = AgencyProgramme.objects.filter(pk__in=set(keys))
    days = set(RequirementExamined.objects.filter(agency_programme__in=rows).values_list("examined_on", flat=True))
    for row in rows:
        ours = EditionRow.objects.filter(programme=row.programme, business_type=row.business_type)
        days |= set(ours.values_list("in_force_from", flat=True))
    return days
