"""Build the demonstration database: commands only, over invented months, into a file that appears when it is whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.core.management import call_command

from greenlane.demonstration import cargo
from greenlane.demonstration.lists import list_says_more, lists_again
from greenlane.demonstration.lives.lives import LIVES, Life, together, veterans
from greenlane.demonstration.programme import COMPANIES, MONTHS, companies, founding, name_companies
from greenlane.demonstration.stage import Stage
from greenlane.records import ledger

SEED = 967


def build(
    today: date,
    *,
    count: int = COMPANIES,
    lives: tuple[Life, ...] = LIVES,
    seed: int = SEED,
    tell: Callable[[int], None] | None = None,
) -> Stage:
    """Migrate the configured, empty database and play every story up to *today*. *tell* hears commands given so far.

    *count* companies of the last months, and beside them those that lead one of *lives*, some of which began years ago.
    """
    call_command("migrate", verbosity=0, interactive=False)
    lately = today - timedelta(days=MONTHS * 30)
    stage = Stage(
        today=min([lately, *(today - timedelta(days=life.days + 60) for life in lives)]), until=today, seed=seed
    )
    stage.begin(founding(stage), stage.today)
    stage.begin(lists_again(stage), lately)
    cast = [*companies(stage, count, lately), *veterans(stage, count, lives)]
    for company, first_day in cast:
        stage.begin(company.live(), first_day)
    for story, first_day in together(stage, cast):
        stage.begin(story, first_day)
    stage.begin(cargo.cargo(stage), cargo.first_day(today))
    stage.begin(name_companies(stage, cast), today)
    stage.begin(list_says_more(stage), today)
    stage.play(tell)
    ledger.seal(stage.at)
    return stage
