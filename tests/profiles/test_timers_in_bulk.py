"""What the calendar asks each day costs as many queries for many participants as for one (6 USC 971(b))."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from greenlane.casework.timers import TIMERS
from greenlane.law.authority import Office
from greenlane.profiles.commands import OpenProfileReview
from greenlane.profiles.models import ProfileReview
from greenlane.profiles.timers import editions_ask, windows_open
from tests.companies import IDENTIFIERS
from tests.desk import Desk
from tests.lives import founded_desk
from tests.profiles.stage import anniversary, certified_company
from tests.profiles.test_editions import a_must, edition, publish

pytestmark = pytest.mark.django_db


def queries_by_timer(on: date) -> dict[str, int]:
    """How many queries each timer asks on a day, once what never changes is at hand."""
    found = {}
    for name, timer in TIMERS.items():
        list(timer(on))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(timer(on))
        found[name] = len(asked)
    return found


@pytest.mark.clause("6 USC 971(b)")
def test_the_timers_ask_no_more_for_more_participants(monkeypatch: pytest.MonkeyPatch) -> None:
    desk: Desk = founded_desk()
    desk.prove = False
    desk.person("mia", Office.PROGRAMME_MANAGER)
    first = certified_company(desk)
    publish(desk, edition(desk, "2026.61", reworded=a_must().number, ahead=20))
    on = anniversary(first) - timedelta(days=30)
    one = queries_by_timer(on)
    monkeypatch.setitem(IDENTIFIERS, "importer", {"ior": "12-345678901", "import_bond": "991234501"})
    second = certified_company(desk, "eve", name="Kettle Imports")
    assert len(list(windows_open(on))) == 2
    assert list(editions_ask(on)) == [OpenProfileReview(participant_id=second.participant, purpose="edition")]
    assert queries_by_timer(on) == one
    desk.wake()
    assert ProfileReview.objects.filter(purpose="edition").count() == 2
    assert queries_by_timer(on) == one
