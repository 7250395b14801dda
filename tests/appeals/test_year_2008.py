"""The appeals of 2008 replayed: 52 of them, 26 denied, 18 granted, 8 reduced (6 USC 967(c), RC-25).

The numbers are those that the programme gave for its year, as reported on http://customslaw.blogspot.com/2009/01/
c-tpat-year-in-review.html; who appealed, when and why is invented.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from greenlane.appeals.models import Appeal
from greenlane.appeals.queries import figures
from greenlane.casework import replay
from greenlane.casework.models import Case, Deadline
from greenlane.participants.benefits import denied_on
from greenlane.records.models import Entry
from tests.appeals.scenes import another, scene

pytestmark = pytest.mark.django_db
DENIED, GRANTED, REDUCED = 26, 18, 8
OUTCOMES = ("upheld",) * DENIED + ("reversed",) * GRANTED + ("modified",) * REDUCED


def order() -> list[str]:
    """The outcomes spread over the year, the same each time."""
    return [OUTCOMES[(number * 23) % len(OUTCOMES)] for number in range(len(OUTCOMES))]


@pytest.mark.clause("6 USC 967(c)")
@pytest.mark.clause("6 USC 967(c)(1)")
def test_rc_25_the_52_appeals_of_2008_are_all_determined_in_time_and_counted_from_the_record_alone() -> None:
    first = scene()
    desk, began = first.desk, first.desk.today
    filed = []
    for number, outcome in enumerate(order()):
        one = another(desk, number)
        case = one.act_at_once()
        filed.append((one, case, outcome))
    for number, (one, case, _outcome) in enumerate(filed):
        desk.today = began + timedelta(days=number)  # the last is filed on day 51 of its 90
        one.file(case)
    for number, (one, case, outcome) in enumerate(filed):
        appeal = Appeal.objects.get(consequence_id=case)
        desk.today = began + timedelta(days=60 + number * 2)
        one.review(appeal.pk, "olga" if number % 2 else "otto")
        more = {"modified_to": "One benefit.", "benefits": ("score_reduction",)} if outcome == "modified" else {}
        one.determine(appeal.pk, outcome, officer="olga" if number % 2 else "otto", **more)
    counted = figures(date(2026, 1, 1), date(2026, 12, 31))
    assert counted.by_outcome == {"upheld": DENIED, "reversed": GRANTED, "modified": REDUCED}
    assert (counted.total, counted.late, len(counted.entries)) == (52, 0, 52)
    assert Entry.objects.filter(uid__in=counted.entries, kind="appeals.AppealDetermined").count() == 52
    assert Counter(Appeal.objects.values_list("outcome", flat=True)) == counted.by_outcome
    assert all(row.met_on and row.met_on <= row.due_on for row in Deadline.objects.filter(case__kind="appeal"))
    left = Counter(len(denied_on(one.participant, desk.today)) for one, _case, _outcome in filed)
    assert left[0] == GRANTED
    assert left[1] == REDUCED
    assert Case.objects.filter(kind="consequence", state="reversed").count() == GRANTED
    replay.check()
