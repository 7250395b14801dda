"""A person of the official list, taken from its files when the test runs; no listed person stands in the project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from greenlane.vetting.lists.entries import NameKind, PartyType
from greenlane.vetting.lists.reading import read_list
from tests.shared_data import shared_data

FILES = {"primary": "sdn_2021-07.csv", "alt": "alt_2021-07.csv", "add": "add_2021-07.csv"}
SOURCE = "https://www.treasury.gov/ofac/downloads (snapshot of July 2021)"
ENTRIES = 8976


def list_files() -> dict[str, Path]:
    """The three files of the list of specially designated nationals, by role."""
    return {role: shared_data(f"screening/ofac/{name}") for role, name in FILES.items()}


@dataclass(frozen=True)
class Listed:
    """A listed person: the entry's key, name in the usual order, and exact date of birth."""

    key: str
    name: str
    born: date

    @property
    def another_birth_date(self) -> date:
        """That of an invented namesake, who is another person."""
        return self.born + timedelta(days=4000)


@cache
def listed_person() -> Listed:
    """The first entry for a person with one exact date of birth and a name of at least four plain words."""
    for entry in read_list("ofac_sdn", list_files()).entries:
        name = entry.names[0]
        last, comma, first = name.text.partition(", ")
        words = f"{first} {last}".title()
        plain = words.replace(" ", "").isascii() and words.replace(" ", "").isalpha() and len(words.split()) >= 4
        born = [one.exact for one in entry.birth_dates]
        person = entry.party_type is PartyType.PERSON and name.kind is NameKind.PRIMARY and comma
        if person and plain and len(born) == 1 and born[0] is not None:
            return Listed(entry.entry_key, words, born[0])
    raise LookupError("the list has no such person")
