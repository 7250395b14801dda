"""Who is investigated: the company, its owners and officers, and its sites, as the engine takes them (6 USC 964(b))."""

from __future__ import annotations

import hashlib
import json
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
    return Party(f"company:{row.pk}", "company", PartyType.ORGANISATION, tuple(names), (row.country,), None, known)


def _person(row: Person) -> Party:
    kind = PartyType.ORGANISATION if row.is_company else PartyType.PERSON
    countries = (row.country,) if row.country else ()
    return Party(f"person:{row.series}", row.role, kind, (row.name,), countries, row.birth_date)


def _site(row: Site) -> Party:
    return Party(f"site:{row.series}", "site", PartyType.ORGANISATION, (row.name,), (row.country,))


def fingerprint(party: Party) -> str:
    """SHA-256 of all that is known of a party; when it changes, the party is not screened any more."""
    return hashlib.sha256(canonical_json(asdict(party)).encode()).hexdigest()


def party_body(party: Party) -> dict[str, Any]:
    """The party as plain JSON data, with its fingerprint."""
    body: dict[str, Any] = json.loads(canonical_json(asdict(party)))
    return {**body, "fingerprint": fingerprint(party)}


def party_from(body: dict[str, Any]) -> Party:
    """The party again from its plain data."""
    party: Party = adapter_of(Party).validate_python({k: v for k, v in body.items() if k != "fingerprint"})
    return party


def marks(parties: tuple[Party, ...]) -> frozenset[tuple[str, str]]:
    """Key and fingerprint of each party: equal sets are the same parties, unchanged."""
    return frozenset((party.party_key, fingerprint(party)) for party in parties)


def screened_marks(bodies: list[dict[str, Any]]) -> frozenset[tuple[str, str]]:
    """The same of the parties that a screening kept."""
    return frozenset((body["party_key"], body["fingerprint"]) for body in bodies)
