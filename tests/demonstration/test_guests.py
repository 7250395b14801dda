"""Which people of the whole lives anybody may sign in as."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from greenlane.cli.demonstration import last_day
from greenlane.demonstration.building import SEED
from greenlane.demonstration.lives.lives import LIVES, veterans
from greenlane.demonstration.programme import GUESTS, companies, guests
from greenlane.demonstration.stage import Stage
from greenlane.law.authority import Office

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)


def test_one_officer_of_each_life_is_a_guest_and_nobody_twice() -> None:
    stage = Stage(today=TODAY - timedelta(days=420), until=TODAY, seed=SEED)
    cast = [*companies(stage, 40, stage.today), *veterans(stage, 40)]
    named = guests(cast)
    keys = [key for _, key, _ in named]
    assert len(keys) == len(set(keys))
    says = {company.officer: f"{GUESTS[company.life]}: {company.name}" for company, _ in cast if company.life in GUESTS}
    officers = {key: text for office, key, text in named if office is Office.APPLICANT_OFFICER and key in says}
    assert sorted(text.split(":")[0] for text in officers.values()) == sorted(GUESTS.values())
    assert all(says[key] == text for key, text in officers.items())


def test_the_company_that_has_been_certified_lately_is_not_one_of_a_whole_life() -> None:
    stage = Stage(today=TODAY - timedelta(days=420), until=TODAY, seed=SEED)
    cast = veterans(stage, 0, tuple(replace(life, count=8) for life in LIVES if life.name == "suspended"))
    assert not [text for _, _, text in guests(cast) if text.startswith("Has been certified")]


def test_every_life_of_a_guest_is_led_by_some_company() -> None:
    assert set(GUESTS) <= {life.name for life in LIVES}


def test_the_last_invented_day_is_over_when_the_demonstration_is_built() -> None:
    assert last_day(datetime(2026, 6, 15, 2, tzinfo=UTC)) == date(2026, 6, 14)
    assert last_day(datetime(2026, 6, 15, 14, tzinfo=UTC)) == date(2026, 6, 15)
