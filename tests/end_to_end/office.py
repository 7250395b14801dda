"""How the programme's office opens, on the command line: terms, criteria, guidelines, people with keys, the list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from greenlane.programs.packs_schema import PACKS
from tests.end_to_end.conftest import Tool
from tests.end_to_end.listed import ENTRIES, SOURCE, list_files
from tests.end_to_end.stories import LIST_RETRIEVED, OFFICE_OPENS, PROGRAMME_BEGINS

STAFF = {
    "petra": "programme_manager",
    "sam": "specialist",
    "vera": "vetting_analyst",
    "sue": "supervisor",
    "aldo": "auditor",
}
GUIDELINES = "1. The background of owners and officers. 2. Every answer with its evidence, criterion by criterion."


@dataclass
class Person:
    """A person with an account and a key."""

    id: str
    email: str
    key: str


@dataclass
class TheOffice:
    """The people of the programme by first name, and a way to take in more."""

    tool: Tool
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def key(self, name: str) -> str:
        return self.people[name].key

    def admit(self, name: str, full_name: str, email: str, *, by: str = "") -> Person:
        """Open an account and issue a key: the operator for the first manager, that manager for all others."""
        key = self.people[by].key if by else ""
        opened = self.tool("people", "open-account", "--email", email, "--name", full_name, key=key)
        label = ("--label", "walk-through", "--days", 300)
        issued = self.tool("people", "issue-token", "--email", email, *label, key=key)
        self.people[name] = Person(opened["case_id"], email, issued["token"])
        return self.people[name]


def open_the_office(tool: Tool, the_day: Callable[[date], None], business_type: str) -> TheOffice:
    """From an empty database to an office at work on the first of July, with the list imported at the end of it."""
    the_day(OFFICE_OPENS)
    tool("records", "keygen")
    tool("programmes", "load", PACKS / "ctpat" / "pack.yaml", "--on", PROGRAMME_BEGINS)
    publish = ("--business-type", business_type, "--consulted-on", "2019-06-01", "--on", PROGRAMME_BEGINS)
    tool("criteria", "publish", *publish)
    office = TheOffice(tool)
    for name, held in STAFF.items():
        by = "petra" if name != "petra" else ""
        person = office.admit(name, f"{name.title()} Invented", f"{name}@agency.example", by=by)
        grant = ("people", "grant-office", "--account-id", person.id, "--office", held)
        tool(*grant, key=office.key(by) if by else "")
    guidelines = ("--programme", "ctpat", "--version", "2021-1", "--title", "Guidelines for certification")
    dated = ("--text", GUIDELINES, "--in-force-from", OFFICE_OPENS)
    tool("certification", "publish-guidelines", *guidelines, *dated, key=office.key("petra"))
    return office


def import_the_list(office: TheOffice, the_day: Callable[[date], None]) -> None:
    """The analyst imports the real list, whole."""
    the_day(LIST_RETRIEVED)
    files = [part for role, path in list_files().items() for part in (f"--{role}", path)]
    told = ("--source", SOURCE, "--retrieved-on", LIST_RETRIEVED)
    office.tool("lists", "import", "ofac_sdn", *files, *told, key=office.key("vera"))
    [shown] = office.tool("lists", "show")
    assert (shown["kind"], shown["entries"], shown["too_old"]) == ("ofac_sdn", ENTRIES, False)
