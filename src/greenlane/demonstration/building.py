"""Build the demonstration database: commands only, over invented months, into a file that appears when it is whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.core.management import call_command

from greenlane.demonstration.programme import COMPANIES, MONTHS, companies, founding, lists_again, name_companies
from greenlane.demonstration.stage import Stage
from greenlane.records import ledger

SEED = 967


def build(today: date, *, count: int = COMPANIES, seed: int = SEED, tell: Callable[[int], None] | None = None) -> Stage:
    """Migrate the configured, empty database and play every story up to *today*. *tell* hears commands given so far."""
    call_command("migrate", verbosity=0, interactive=False)
    stage = Stage(today=today - timedelta(days=MONTHS * 30), until=today, seed=seed)
    stage.begin(founding(stage), stage.today)
    stage.begin(lists_again(stage), stage.today)
    cast = companies(stage, count)
    for company, first_day in cast:
        stage.begin(company.live(), first_day)
    stage.begin(name_companies(stage, cast), today)
    stage.play(tell)
    ledger.seal(stage.at)
    return stage
