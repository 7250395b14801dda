"""A desk of release, for tests: a threshold, a published policy, two agencies, by commands only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from greenlane.law.authority import Office
from greenlane.people.commands import GrantOffice
from greenlane.release.commands_agencies import RegisterAgency
from greenlane.release.commands_policy import (
    ConsultOnReleasePolicy,
    DraftReleasePolicy,
    PublishReleasePolicy,
    RecordThreshold,
    SimulateReleasePolicy,
)
from greenlane.release.engine.versions import EXAMPLE_PARAMETERS
from greenlane.release.numbers import PolicyNumbers
from tests.companies import found_programme
from tests.desk import Desk

NUMBERS = PolicyNumbers(**{k: v for k, v in EXAMPLE_PARAMETERS.items() if k not in ("threshold", "salt")})
AGENCIES = {"FDA": "Food and Drug Administration", "EPA": "Environmental Protection Agency"}


def numbers(**changes: int) -> PolicyNumbers:
    """The example's numbers, with changes."""
    return replace(NUMBERS, **changes)


def managed(desk: Desk) -> Desk:
    """Two managers, Mona and Max, and a specialist of cargo, Cleo."""
    desk.person("mona", Office.PROGRAMME_MANAGER)
    desk.person("max", Office.PROGRAMME_MANAGER)
    desk.person("cleo", Office.SPECIALIST)
    return desk


def founded() -> Desk:
    """A programme and its managers, without a threshold."""
    desk = Desk(prove=False)
    found_programme(desk)
    managed(desk)
    desk.prove = True
    return desk


def threshold(desk: Desk, points: int = 190, begins: date | None = None) -> None:
    command = RecordThreshold(
        programme="ctpat", points=points, in_force_from=begins or desk.today, basis="Invented decision 1"
    )
    desk.must(command, by="mona")


def drafted(desk: Desk, begins: date | None = None, **changes: int) -> UUID:
    """A draft of Mona's that begins today or on a day."""
    answer = desk.must(
        DraftReleasePolicy(
            programme="ctpat",
            title="Benefits on cargo",
            why="Invented for a test.",
            effective_from=begins or desk.today,
            numbers=numbers(**changes),
        ),
        by="mona",
    )
    assert answer.case_id is not None
    return answer.case_id


def consulted(desk: Desk, key: UUID) -> None:
    for committee in ("commercial", "maritime"):
        desk.must(
            ConsultOnReleasePolicy(
                case_id=key,
                committee=committee,  # type: ignore[arg-type]
                concluded_on=desk.today,
                advice="No objection.",
            ),
            by="mona",
        )


def published(desk: Desk, begins: date | None = None, **changes: int) -> UUID:
    """A policy drafted by Mona, consulted on, tried, and published by Max."""
    key = drafted(desk, begins, **changes)
    consulted(desk, key)
    desk.must(SimulateReleasePolicy(case_id=key), by="mona")
    desk.must(PublishReleasePolicy(case_id=key), by="max")
    return key


def agencies(desk: Desk) -> dict[str, UUID]:
    """FDA and EPA, with a person of each: Fay and Eli."""
    found: dict[str, UUID] = {}
    for (code, name), person in zip(AGENCIES.items(), ("fay", "eli"), strict=True):
        answer = desk.must(RegisterAgency(code=code, name=name), by="mona")
        assert answer.case_id is not None
        found[code] = answer.case_id
        account = desk.person(person)
        desk.must(GrantOffice(account_id=account, office=Office.PARTNER_AGENCY, agency=name))
    return found


def stage(desk: Desk | None = None) -> Desk:
    """Threshold, policy and agencies in force from today."""
    desk = managed(desk) if desk else founded()
    proving, desk.prove = desk.prove, False
    threshold(desk)
    agencies(desk)
    published(desk)
    desk.prove = proving
    return desk


def tomorrow(desk: Desk, days: int = 1) -> None:
    desk.today += timedelta(days=days)
