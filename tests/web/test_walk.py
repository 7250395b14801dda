"""Every address is walked for every office: what is not declared is refused, nothing breaks (6 USC 971(c))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern

from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.people.models import Account
from greenlane.web.authority import addresses, declaration_of
from tests.companies import Company, found_programme
from tests.desk import Desk

SAMPLES = {
    "uuid": lambda: str(uuid4()),
    "int": lambda: "1",
    "slug": lambda: "sample",
    "str": lambda: "sample",
    "path": lambda: "a/b",
}
CONVERTER = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
OFFICES = [office for office in Office if office is not Office.SYSTEM]
WALKED: list[tuple[str, URLPattern]] = sorted(addresses(), key=lambda found: found[0])


@pytest.fixture
def people(db: None) -> dict[Office | None, Client]:
    """One signed-in client for each office, people of a company among them, and a visitor."""
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    company = Company(desk, "ada").register()
    clients: dict[Office | None, Client] = {None: Client(raise_request_exception=False)}
    for office in OFFICES:
        if office in (Office.APPLICANT_STAFF, Office.CONSULTANT):
            key = desk.person(office.value)
            desk.must(GrantOffice(account_id=key, office=office, participant_id=company.participant), by="ada")
        elif office is Office.APPLICANT_OFFICER:
            key = desk.people["ada"]
        else:
            key = desk.person(office.value, *(() if office is Office.PUBLIC else (office,)))
        clients[office] = Client(raise_request_exception=False)
        clients[office].force_login(Account.objects.get(pk=key))
    return clients


def sample(address: str) -> str:
    """The address with something in place of each part that varies."""
    return "/" + CONVERTER.sub(lambda found: SAMPLES[found["kind"] or "str"](), address)


@pytest.mark.clause("6 USC 971(c)")
def test_an_address_opens_only_to_those_for_whom_it_is_declared(people: dict[Office | None, Client]) -> None:
    wrong = [line for address, pattern in WALKED for line in _walk(address, pattern, people)]
    assert not wrong, "\n".join(wrong)


def _walk(address: str, pattern: URLPattern, people: dict[Office | None, Client]) -> Iterator[str]:
    declaration = declaration_of(pattern.callback)
    if declaration is None:
        yield f"{address} declares nothing"
        return
    for office, client in people.items():
        held = frozenset({office, Office.PUBLIC}) if office else frozenset()
        closed = not declaration.allows(office is not None, held)
        refusals = (302, 403, 405) if office is None else (403, 405)
        for method in ("get", "post"):
            if "sign-out" in address and method == "post":
                continue  # it would end the walk of this person
            status = getattr(client, method)(sample(address)).status_code
            if status >= 500 or (closed and status not in refusals):
                yield f"{method.upper()} {address} as {office or 'a visitor'}: {status}"


def test_the_walk_is_not_empty() -> None:
    assert len(WALKED) > 20
