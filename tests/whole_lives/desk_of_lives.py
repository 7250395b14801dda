"""The desk at which whole lives are led: a refusal stops a step and no test; and what every life begins with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.casework.answers import Answer
from greenlane.casework.models import Case
from greenlane.casework.problems import BadInput, Missing
from greenlane.casework.registry import Command
from greenlane.participants.benefits import benefits_on
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.revalidation.commands_framework import PublishFramework
from greenlane.validation.commands_designation import DesignateCriterion
from tests.appeals import scenes
from tests.companies import Company
from tests.desk import Desk
from tests.revalidation.stage import FACTORS
from tests.support.kept import kept
from tests.validation import steps
from tests.validators import steps as validators

LATE = "It could not be done before."
NAMES = {"ada": "Meridian Lantern Imports", "ben": "Ben Invented Imports", "cy": "Cy Invented Imports"}


class Stopped(Exception):
    """A step was refused; what was done before it stays, and life goes on."""


@dataclass
class LifeDesk(Desk):
    """A desk whose 'must' stops the step without failing the test: in a whole life much is refused, and rightly."""

    refusals: list[str] = field(default_factory=list)

    def must(self, command: Command, by: str | None = None, **more: Any) -> Answer:
        answer = self.give(command, by, **more)
        if not answer.granted:
            self.refusals += [r.code for r in answer.verdict.failing]
            raise Stopped(type(command).__name__)
        return answer


@contextmanager
def as_far_as_it_goes() -> Iterator[None]:
    """A step may stop at a refusal, or at something that is not there; never at an error of the platform."""
    try:
        yield
    except (Stopped, Missing, BadInput):
        return


@dataclass
class World:
    """What every life begins with: two companies at Tier 1, a third that applies, a certified validator, a pilot."""

    desk: Desk
    companies: dict[str, Company]
    certificate: UUID


def founded() -> World:
    return _founded(validators.validators_desk())


@kept
def _founded(desk: Desk) -> World:
    desk.prove = False
    scenes.appeal_people(desk)
    ada, _ = steps.certified(desk)
    certificate = validators.certificate(desk)
    validators.running_pilot(desk)
    ben, _ = validators.certified_beside(desk, "ben")
    cy, _ = validators.received_beside(desk, "cy")
    desk.must(PublishFramework(programme="ctpat", title="Framework", factors=FACTORS), by="max")
    criterion = DesignateCriterion(
        programme="ctpat", code="data_early", kind="advance_information", text="Data first.", before_loading=True
    )
    desk.must(criterion, by="max")
    return World(desk, {"ada": ada, "ben": ben, "cy": cy}, certificate)


@dataclass
class Led:
    """The lives of one example: the desk, the companies, and what can be asked of them."""

    desk: LifeDesk
    companies: dict[str, Company]
    certificate: UUID

    def key(self, name: str) -> UUID:
        return self.companies[name].participant

    def case_of(self, name: str, *kinds: str, but: tuple[str, ...] = ()) -> Case | None:
        """The oldest case of a company that is of one of these kinds and in none of these states."""
        rows = Case.objects.filter(participant_id=self.key(name), kind__in=kinds).exclude(state__in=but)
        return rows.order_by("opened_on", "reference").first()

    def standings(self) -> dict[str, tuple[str, int]]:
        """Standing and tier of each company now."""
        rows = {
            key: (standing, tier) for key, standing, tier in Participant.objects.values_list("pk", "standing", "tier")
        }
        return {name: rows[self.key(name)] for name in self.companies}

    def standing(self, name: str) -> tuple[str, int]:
        return self.standings()[name]

    def given(self, name: str, on: date) -> set[str]:
        """The benefits that the platform gives to a company on a day."""
        return {one.benefit.code for one in benefits_on(participant_of(self.key(name)), on) if one.given}

    def let_pass(self, days: int) -> None:
        """So many days later, with what that day calls for."""
        self.desk.today += timedelta(days=days)
        self.desk.wake()
