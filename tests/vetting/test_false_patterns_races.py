"""On PostgreSQL a pattern and other decisions at one moment leave one decision for each hit (6 USC 964(b), 971(b))."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlane.vetting.commands_adjudication import AdjudicateHit
from greenlane.vetting.models import Adjudication, FalsePattern, ScreeningHit
from greenlane.vetting.patterns import Pattern, sharing
from tests.desk import Desk
from tests.support.racing import at_once, granted
from tests.vetting.office import company, investigate, sdn, staffed
from tests.vetting.stated import Likeness, stated
from tests.vetting.test_false_patterns import ENTRY, closing

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("6 USC 964(b)"),
    pytest.mark.clause("6 USC 971(b)"),
]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = staffed(Desk(prove=False))
    stated(monkeypatch, Likeness("Amber", "7"))
    desk.must(sdn(tmp_path / "listed", [(7, "AMBER LINES", "", "")], desk.today), by="ana_analyst")
    for number in (1, 2, 3):
        investigate(desk, company(desk, f"Amber Heron {number}", owner="Nobody Known"))
    return desk


def test_of_patterns_that_race_one_closes_them_all(office: Desk) -> None:
    hits = list(sharing(Pattern(**ENTRY)))
    back = closing(hits[::-1], reason="The same hits, in the other order.")
    answers = at_once(office, (closing(hits), "ana_analyst"), (back, "sue_supervisor"))
    assert granted(answers) == ["CloseFalsePattern"]
    assert {r.code for a in answers if not a.granted for r in a.verdict.failing} == {"hits_as_seen"}
    assert (FalsePattern.objects.count(), Adjudication.objects.count()) == (1, 3)


def test_a_pattern_and_a_true_match_that_race_leave_one_of_them_on_that_hit(office: Desk) -> None:
    hits = list(sharing(Pattern(**ENTRY)))
    one = hits[1]
    match = AdjudicateHit(
        case_id=one.investigation_id,
        hit_id=one.pk,
        outcome="true_match",
        reason_code="confirmed_by_document",
        reason="The registry extract names the listed owner.",
    )
    at_once(office, (closing(hits), "ana_analyst"), (match, "sue_supervisor"))
    matched = ScreeningHit.objects.get(pk=one.pk).status == "true_match"
    assert matched, "a decision of its own comes after the pattern, or the pattern is refused"
    closed = FalsePattern.objects.count()
    others = set(ScreeningHit.objects.exclude(pk=one.pk).values_list("status", flat=True))
    assert others == ({"false_match"} if closed else {"open"})
