"""Every life after certification is lived to its end by commands, and the state is the fold of the record (965-969)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from greenlane.appeals.models import Appeal
from greenlane.casework import replay
from greenlane.casework.models import Case, Notice, OutboxMessage
from greenlane.consequences.models import Consequence
from greenlane.demonstration.building import SEED
from greenlane.demonstration.lists import lists_again
from greenlane.demonstration.lives.lives import LIVES, Life, together, veterans
from greenlane.demonstration.programme import founding
from greenlane.demonstration.stage import Stage
from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.models import Participant

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TODAY = date(2026, 6, 15)
FINALS = {
    "validated": ("certified", 2),
    "validated_late": ("certified", 2),
    "exceeding": ("certified", 3),
    "revalidated": ("certified", 2),
    "team": ("certified", 1),
    "blocked": ("certified", 1),
    "failed": ("certified", 1),
    "denied": ("certified", 2),
    "suspended": ("suspended", 0),
    "expelled": ("expelled", 0),
    "emergency": ("certified", 2),
    "appealing": ("suspended", 0),
    "appeal_upheld": ("suspended", 0),
    "appeal_reversed": ("certified", 2),
    "reinstated": ("certified", 2),
    "third_party": ("certified", 2),
    "left": ("withdrawn", 0),
    "merged": ("merged", 0),
}
"""The standing and tier in which each life ends."""


def played(*names: str) -> dict[str, Participant]:
    """Play these lives, one company each; the companies by life."""
    lives = tuple(replace(life, count=1) for life in LIVES if life.name in names)
    first = TODAY - timedelta(days=max(life.days for life in lives) + 60)
    stage = Stage(today=first, until=TODAY, seed=SEED)
    stage.begin(founding(stage), stage.today)
    stage.begin(lists_again(stage), stage.today)
    cast = veterans(stage, 0, lives)
    for company, day in cast:
        stage.begin(company.live(), day)
    for story, day in together(stage, cast):
        stage.begin(story, max(day, stage.today))
    stage.play()
    replay.check()
    assert not OutboxMessage.objects.exclude(error="").exists()
    return {company.life: Participant.objects.get(pk=company.participant) for company, _ in cast}


def check_ends(lived: dict[str, Participant]) -> None:
    ends = {life: (row.standing, row.tier) for life, row in lived.items() if life in FINALS}
    assert ends == {life: FINALS[life] for life in ends}


@pytest.mark.clause("6 USC 966(a)", "6 USC 965(a)", "6 USC 969(2)")
def test_the_tiers_are_reached_kept_and_refused() -> None:
    lived = played("validated", "validated_late", "exceeding", "revalidated", "failed", "blocked", "team")
    check_ends(lived)
    assert Case.objects.filter(kind="validation", state="blocked", participant_id=lived["blocked"].pk).count() == 1
    assert Case.objects.filter(kind="revalidation", state="revalidated").count() == 1
    assert Notice.objects.filter(participant_id=lived["exceeding"].pk).count() > 5


@pytest.mark.clause("6 USC 967(a)", "6 USC 967(b)", "6 USC 967(c)")
def test_consequences_stop_benefits_and_reversals_give_them_back() -> None:
    names = ("denied", "suspended", "expelled", "emergency", "appealing", "appeal_reversed", "reinstated")
    lived = played(*names)
    check_ends(lived)
    given = {life: {s.benefit.code for s in benefits_on(row, TODAY) if s.given} for life, row in lived.items()}
    assert not given["suspended"] | given["expelled"] | given["appealing"] | given["emergency"]
    assert len(given["denied"]) == len(given["appeal_reversed"]) - 1 > 0
    reversed_ = Appeal.objects.get(participant=lived["appeal_reversed"])
    decided = Consequence.objects.get(pk=reversed_.consequence_id)
    assert decided.lost_on is not None
    assert stood_on(lived["appeal_reversed"].pk, decided.lost_on).tier == 2


@pytest.mark.clause("6 USC 968(c)", "6 USC 961(a)", "6 USC 963(3)")
def test_outsiders_mergers_withdrawals_and_yearly_reviews() -> None:
    lived = played("validated", "exceeding", "third_party", "left", "joined", "merged")
    check_ends(lived)
    assert Case.objects.filter(kind="engagement", state="accepted").count() == 1
    assert (
        Case.objects.filter(kind="profile_review", state="submitted", participant_id=lived["exceeding"].pk).count() > 1
    )


def test_every_life_is_told_in_some_test() -> None:
    shown = {
        "noticed",
        "visited",
        "answered",
        "recommended",
        "revalidation_due",
        "noticed_of_denial",
        "appeal_modified",
    }
    assert {life.name for life in LIVES} == set(FINALS) | shown | {"joined"}
    assert all(isinstance(life, Life) and life.count > 0 for life in LIVES)
