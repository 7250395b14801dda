"""Rows of an investigation as the facts that the law asks for (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.law.parameters import parameter
from greenlane.law.s964_investigation import ADVERSE, CLEARED, InvestigationFacts, ListUsed
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, finding
from greenlane.programs.queries import terms_version
from greenlane.vetting.listing import current_versions
from greenlane.vetting.models import Investigation, Screening, ScreeningHit
from greenlane.vetting.parties import PERSON_ROLES, as_screened, parties_of

CITE = "6 USC 964(b)"


def investigation_facts(case_id: UUID | None, on: date | None = None) -> InvestigationFacts | None:
    """What the record says of an investigation, or None when there is none.

    The parties required are those on the company's record now, or in force on a day; a party that changed after the
    screening does not count as screened (RC-12).
    """
    row = Investigation.objects.select_related("screening").filter(pk=case_id).first() if case_id else None
    if row is None:
        return None
    required = parties_of(row.participant_id, on)
    screened = {body["party_key"]: body for body in row.screening.parties} if row.screening else {}
    covered = [party for party in required if as_screened(party, screened.get(party.party_key))]
    statuses = list(ScreeningHit.objects.filter(investigation=row).values_list("status", flat=True))
    return InvestigationFacts(
        state=Case.objects.get(pk=row.pk).state,
        persons_named=sum(party.role in PERSON_ROLES for party in covered),
        persons_required=sum(party.role in PERSON_ROLES for party in required),
        parties_screened=len(covered),
        parties_required=len(required),
        lists=lists_used(row.screening),
        completed_on=row.completed_on,
        expires_on=row.expires_on,
        open_hits=statuses.count("open"),
        true_matches=statuses.count("true_match"),
        completed_by=str(row.completed_by or ""),
    )


def latest_investigation(participant_id: UUID, purpose: str = "") -> UUID | None:
    """The investigation of a participant (for one purpose) that was opened last and is not closed."""
    rows = Investigation.objects.filter(participant_id=participant_id)
    rows = rows.filter(purpose=purpose) if purpose else rows
    open_cases = Case.objects.filter(kind="investigation", participant_id=participant_id).exclude(state="closed")
    found = rows.filter(pk__in=open_cases.values("pk")).order_by("-opened_at", "-id").first()
    return found.pk if found else None


def lists_used(screening: Screening | None) -> tuple[ListUsed, ...]:
    """The lists of a screening as the law names them."""
    used = screening.lists if screening else []
    return tuple(ListUsed(one["code"], date.fromisoformat(one["dated"]), one["source"]) for one in used)


def as_completed(facts: InvestigationFacts, adverse: bool, on: date, until: date) -> InvestigationFacts:
    """The facts as they would be if the investigation were completed now."""
    result = ADVERSE if adverse or facts.true_matches else CLEARED
    return replace(facts, state=result, completed_on=on, expires_on=until)


def holds_until(screened_on: date, on: date, terms: Terms) -> date:
    """A result holds for 'vetting_valid_days' from the day of the screening on which it rests."""
    return screened_on + timedelta(days=parameter("vetting_valid_days", on, terms).number)


def required_kinds(programme: str, on: date) -> tuple[str, ...]:
    """The kinds of list that the terms of a programme require for an investigation."""
    return tuple(terms_version(programme, on).pack.get("screening_lists", ()))


def lists_sufficient(
    used: Sequence[dict[str, Any]], required: Sequence[str], on: date, terms: Terms
) -> Iterator[Reason]:
    """Every list that the programme requires, each in its current version, retrieved from its publisher lately."""
    kinds = {one["kind"] for one in used}
    missing = [kind for kind in required if kind not in kinds]
    yield finding(
        CITE,
        "required_lists",
        not missing,
        N_("The lists that the programme requires were used."),
        N_("Lists that the programme requires were not used: %(missing)s."),
        mend=N_("Import these lists, then screen the parties again."),
        where="investigation",
        missing=", ".join(missing) or "-",
    )
    days = parameter("list_age_days", on, terms).number
    current = {str(version.pk): version for version in current_versions()}
    newer = [one["code"] for one in used if one["version"] not in current]
    yield finding(
        CITE,
        "lists_current",
        not newer and len(used) == len(current),
        N_("The present version of every list on record was used."),
        N_("A list has a newer version than the one that was used, or was imported since: %(lists)s."),
        mend=N_("Screen the parties again."),
        where="investigation",
        lists=", ".join(newer or [v.list_code for v in current.values()]) or "-",
    )
    versions = [current[one["version"]] for one in used if one["version"] in current]
    old = [v for v in versions if v.retrieved_on + timedelta(days=days) < on]
    yield finding(
        CITE,
        "lists_recent",
        not old,
        N_("Every list was retrieved from its publisher within the last %(days)d days."),
        N_("These lists were last retrieved more than %(days)d days ago: %(lists)s."),
        mend=N_("Download them from the publisher, import them, and screen the parties again."),
        where="investigation",
        days=days,
        lists=", ".join(f"{v.list_code} {v.retrieved_on.isoformat()}" for v in old) or "-",
    )
