"""Names of people, who has which case, and what an office is offered on a case (971(a), 971(c))."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from greenlane.casework.models import Case
from greenlane.law.authority import ActorFacts, Office, may_command
from greenlane.law.procedures_registry import procedure_of
from greenlane.people.models import Account, Assignment, OfficeHolding
from greenlane.people.queries import in_force
from greenlane.people.visibility import Viewer
from greenlane.web.offering import REGISTERS

WORKERS = (Office.SPECIALIST, Office.VETTING_ANALYST, Office.SUPERVISOR, Office.APPEAL_OFFICER)
"""Offices to which a case can be assigned."""


def names(accounts: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of accounts by id, in one query."""
    keys = {key for key in accounts if key is not None}
    return dict(Account.objects.filter(pk__in=keys).values_list("pk", "name")) if keys else {}


def assigned(cases: Iterable[UUID], on: date) -> dict[UUID, dict[UUID, str]]:
    """For each case the people (id and name) to whom it is assigned on a day, in one query."""
    rows = Assignment.objects.filter(in_force(on), case_id__in=list(cases))
    found: dict[UUID, dict[UUID, str]] = {}
    for case, account, name in rows.order_by("account__name").values_list("case_id", "account_id", "account__name"):
        found.setdefault(case, {})[account] = name
    return found


def cases_of(account: UUID | None, on: date) -> QuerySet[Assignment, UUID]:
    """The ids of the cases that are assigned to a person on a day; of all that are assigned, for None."""
    rows = Assignment.objects.filter(in_force(on))
    return (rows if account is None else rows.filter(account_id=account)).values_list("case_id", flat=True)


def workers(on: date) -> list[tuple[str, str]]:
    """Those to whom a case can be assigned: id, and name with the first of their offices, by name."""
    from greenlane.web.authority import OFFICE_TITLES

    rows = OfficeHolding.objects.filter(in_force(on), office__in=WORKERS, account__closed_on=None)
    found: dict[UUID, tuple[str, str]] = {}
    for account, name, office in rows.order_by("account__name", "office").values_list(
        "account_id", "account__name", "office"
    ):
        found.setdefault(account, (str(account), f"{name} ({OFFICE_TITLES[Office(office)]})"))
    return list(found.values())


def offered(viewer: Viewer, case: Case, commands: Collection[str], mine: bool) -> frozenset[str]:
    """Those of *commands* that the law's table and the case's procedure hold open for this person now.

    Only what a page offers; ``execute()`` decides.
    """
    if case.kind in REGISTERS:
        return frozenset()  # nobody is assigned to a register
    facts = ActorFacts(viewer.holdings, str(case.participant_id or ""), assigned=mine)
    moves = procedure_of(case.kind).open_commands(case.state)
    known = set(procedure_of(case.kind).commands)
    return frozenset(
        name for name in commands if (name in moves or name not in known) and may_command(name, facts).granted
    )
