"""Who is investigated: the company, its owners and officers, and its sites, as the engine takes them (6 USC 964(b))."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.casework.registry import adapter_of
from greenlane.participants.models import Identifier as CompanyNumber
from greenlane.participants.models import Participant, Person, Site
from greenlane.participants.queries import live, participant_of
from greenlane.vetting.lists.entries import Identifier, PartyType, canonical_json
from greenlane.vetting.matching.parties import Party

# Numbers of a company under the kinds by which lists know them; a customs number is on no list.
_NUMBERS = {"ein": ("tax", "US"), "lei": ("lei", ""), "imo": ("imo", "")}
PERSON_ROLES = frozenset({"owner", "officer"})


def parties_of(participant_id: UUID, on: date | None = None) -> tuple[Party, ...]:
    """The parties of a participant, on record now or in force on a day: company, owners, officers, sites.

    A party's key is the kind of part and its series, so that a correction keeps it. Raises Missing.
    """
    company = participant_of(participant_id)
    numbers = live(CompanyNumber, participant_id, on)
    people = sorted(live(Person, participant_id, on), key=lambda row: (row.role, row.name, str(row.series)))
    return (
        _company(company, list(numbers)),
        *(_person(row) for row in people),
        *(_site(row) for row in live(Site, participant_id, on)),
    )


def _company(row: Participant, numbers: list[CompanyNumber]) -> Party:
    names = dict.fromkeys(name for name in (row.legal_name, row.trade_name) if name)
    known = tuple(
        Identifier(_NUMBERS[number.kind][0], number.value, _NUMBERS[number.kind][1])
        for number in numbers
        if number.kind in _NUMBERS
    )
    kind, place = PartyType.ORGANISATION, _place(row)
    return Party(f"company:{row.pk}", "company", kind, tuple(names), (row.country,), None, known, place)


def _person(row: Person) -> Party:
    kind = PartyType.ORGANISATION if row.is_company else PartyType.PERSON
    countries = (row.country,) if row.country else ()
    return Party(f"person:{row.series}", row.role, kind, (row.name,), countries, row.birth_date)


def _site(row: Site) -> Party:
    kind, place = PartyType.ORGANISATION, _place(row)
    return Party(f"site:{row.series}", "site", kind, (row.name,), (row.country,), addresses=place)


def _place(row: Participant | Site) -> tuple[str, ...]:
    """Address and city on one line; the country is a fact of its own."""
    line = ", ".join(part for part in (row.address.strip(), row.city.strip()) if part)
    return (line,) if line else ()


def party_body(party: Party) -> dict[str, Any]:
    """The party as plain JSON data, with the SHA-256 of all that is known of it."""
    body: dict[str, Any] = json.loads(canonical_json(asdict(party)))
    return {**body, MARK: hashlib.sha256(canonical_json(body).encode()).hexdigest()}


MARK = "fingerprint"


def party_from(body: Mapping[str, Any]) -> Party:
    """The party again from its plain data."""
    party: Party = adapter_of(Party).validate_python({k: v for k, v in body.items() if k != MARK})
    return party


def as_screened(party: Party, body: Mapping[str, Any] | None) -> bool:
    """Is the party now as a screening kept it? A fact that was not kept then (None: no party) was not compared then.

    So a screening is good until its term ends, also when a later version of the platform compares more.
    """
    now = party_body(party)
    return body is not None and all(now.get(fact) == value for fact, value in body.items() if fact != MARK)


def same_parties(parties: Iterable[Party], bodies: Iterable[Mapping[str, Any]]) -> bool:
    """Are these the parties that a screening kept, none more, none less, none changed?"""
    kept = {body["party_key"]: body for body in bodies}
    now = {party.party_key: party for party in parties}
    return now.keys() == kept.keys() and all(as_screened(party, kept[key]) for key, party in now.items())
