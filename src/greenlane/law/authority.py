"""Which office may give which command in which case, with delegation; whatever is not granted is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from greenlane.law.authority_table import GRANTED
from greenlane.law.authority_table_duties import GRANTED_DUTIES
from greenlane.law.authority_table_lives import GRANTED_LIVES
from greenlane.law.authority_table_release import GRANTED_RELEASE
from greenlane.law.citations import Citation
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, finding


class Office(StrEnum):
    """The offices that a person can hold."""

    APPLICANT_OFFICER = "applicant_officer"
    APPLICANT_STAFF = "applicant_staff"
    CONSULTANT = "consultant"
    SPECIALIST = "specialist"
    VETTING_ANALYST = "vetting_analyst"
    SUPERVISOR = "supervisor"
    PROGRAMME_MANAGER = "programme_manager"
    APPEAL_OFFICER = "appeal_officer"
    VALIDATOR = "validator"
    PARTNER_AGENCY = "partner_agency"
    AUDITOR = "auditor"
    PUBLIC = "public"
    SYSTEM = "system"
    """The platform itself: timers and reactions to what happened. No person can hold it."""

    @property
    def words(self) -> str:
        """The office inside a sentence that people read: 'vetting analyst'."""
        return office_words(self.value)


STAFF = frozenset(
    {
        Office.SPECIALIST,
        Office.VETTING_ANALYST,
        Office.SUPERVISOR,
        Office.PROGRAMME_MANAGER,
        Office.APPEAL_OFFICER,
        Office.AUDITOR,
    }
)
"""Offices of the programme itself: they see every case and every participant."""


def office_words(code: str) -> str:
    """The office of this code inside a sentence that people read; 'company' is what its people call an applicant."""
    return {"system": "the platform"}.get(code, code.replace("applicant_", "company_").replace("_", " "))


class Reach(StrEnum):
    """How far an office reaches with one command."""

    ANY = "any"
    OWN = "own"
    """Only the participant that the office was granted for."""
    ASSIGNED = "assigned"
    """Only cases assigned to this person."""


@dataclass(frozen=True)
class Grant:
    """One row of the table: this office may give this command, this far, under this clause."""

    office: Office
    reach: Reach
    citation: Citation
    delegable: bool = False


@dataclass(frozen=True)
class Holding:
    """An office in force for the acting person on the day: held by appointment or through a delegation in force."""

    office: Office
    participant: str = ""
    delegated_by: str = ""


@dataclass(frozen=True)
class ActorFacts:
    """What the decision needs to know of the acting person; ``participant`` is the one that the case concerns."""

    holdings: tuple[Holding, ...]
    participant: str = ""
    assigned: bool = False


def _grants(cite: str, table: Mapping[str, str]) -> dict[str, tuple[Grant, ...]]:
    citation = Citation(cite)
    return {name: tuple(_grant(word, citation) for word in words.split()) for name, words in table.items()}


def _grant(word: str, citation: Citation) -> Grant:
    """Read 'specialist:assigned+' : office, reach (any unless said), and + where it can be delegated."""
    delegable = word.endswith("+")
    office, _, reach = word.rstrip("+").partition(":")
    return Grant(Office(office), Reach(reach or "any"), citation, delegable)


GRANTS: Mapping[str, tuple[Grant, ...]] = MappingProxyType(
    {
        name: grants
        for cite, table in (*GRANTED, *GRANTED_LIVES, *GRANTED_DUTIES, *GRANTED_RELEASE)
        for name, grants in _grants(cite, table).items()
    }
)


BY_ASSIGNMENT = frozenset(
    grant.office for grants in GRANTS.values() for grant in grants if grant.reach is Reach.ASSIGNED
)
"""Offices to which some command is open only where the case is assigned; for no other does an assignment count."""


def may_command(command: str, actor: ActorFacts) -> Verdict:
    """May this person give *command* here? Deny by default: a command not in the table is given by nobody.

    ``where`` of a reason that holds is the code of the office that gives it.
    """
    grants = GRANTS.get(command, ())
    reasons = [reason for grant in grants if (reason := _by(grant, command, actor)) is not None]
    if reasons:
        return Verdict((reasons[0],))
    citation = grants[0].citation.cite if grants else "6 USC 971(c)"
    offices = ", ".join(sorted({_describe(grant) for grant in grants})) or "-"
    return Verdict(
        (
            finding(
                citation,
                "authority",
                False,
                "",
                N_("You may not give %(command)s here. It is given by: %(offices)s."),
                mend=N_("Ask a person who holds one of these offices, or ask for the case to be assigned to you."),
                command=command,
                offices=offices,
            ),
        )
    )


def _by(grant: Grant, command: str, actor: ActorFacts) -> Reason | None:
    for holding in actor.holdings:
        if holding.office is not grant.office or (holding.delegated_by and not grant.delegable):
            continue
        if grant.reach is Reach.OWN and (not actor.participant or holding.participant != actor.participant):
            continue
        if grant.reach is Reach.ASSIGNED and not actor.assigned:
            continue
        return finding(
            grant.citation.cite,
            "authority",
            True,
            N_("%(command)s is given by the office of %(office)s."),
            "",
            where=holding.office.value,
            command=command,
            office=holding.office.words,
        )
    return None


def _describe(grant: Grant) -> str:
    return grant.office.words if grant.reach is Reach.ANY else f"{grant.office.words} ({grant.reach.value})"
