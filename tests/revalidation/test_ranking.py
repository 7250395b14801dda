"""The framework, the measures, the ranking and the due list: the same for everybody, in whatever order (969(2))."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from greenlane.law.authority import Office
from greenlane.participants.commands_standing import SetStanding
from greenlane.revalidation import queries
from greenlane.revalidation.commands_framework import PublishFramework, RecordRiskScore
from greenlane.revalidation.commands_periods import BeginPeriods
from greenlane.revalidation.due import DueFilter, Urgency, due_counts, due_list
from greenlane.revalidation.rank import ranking
from tests.companies import Company, found_programme
from tests.desk import Desk
from tests.revalidation.stage import FACTORS, measure, publish_framework

pytestmark = pytest.mark.django_db
NAMES = ("Amber Quay", "Brass Lantern", "Cedar Loom", "Dune Ferry")


@pytest.fixture
def desk() -> Desk:
    return office()


def office() -> Desk:
    desk = Desk(prove=False)
    found_programme(desk, "importer")
    for name, offices in (("sam", Office.SPECIALIST), ("mona", Office.PROGRAMME_MANAGER), ("sue", Office.SUPERVISOR)):
        desk.person(name, offices)
    return desk


def validated(desk: Desk, name: str, initial: date) -> UUID:
    """A company that stands validated since a day, as the rooms below would say it."""
    company = Company(desk, name.lower().replace(" ", "_"), name=name).register()
    key = company.participant
    stands = SetStanding(participant_id=key, standing="certified", tier=2, reason="6 USC 965", since=initial)
    desk.must(stands)
    desk.must(BeginPeriods(participant_id=key, validation_id=key, initial_on=initial))
    return key


@pytest.mark.clause("6 USC 969(2)")
def test_the_ranking_shows_what_each_criterion_contributes(desk: Desk) -> None:
    publish_framework(desk)
    first, second = (validated(desk, name, desk.today) for name in NAMES[:2])
    desk.today += timedelta(days=731)
    measure(desk, first, 10, 20)
    measure(desk, second, 90, 60)
    made = ranking("ctpat", desk.today)
    assert [(one.place, one.item.participant_id) for one in made.places] == [(1, second), (2, first)]
    [top, last] = made.places
    assert [(c.code, c.weight, c.value, c.points) for c in top.contributions] == [
        ("import_volume", 2, 90, 180),
        ("anomalies", 5, 60, 300),
        ("time_since_last", 3, 50, 150),
    ]
    assert top.total == 630 == sum(c.points for c in top.contributions)
    assert (last.total, made.most) == (20 + 100 + 150, 1000)
    assert top.contributions[0].score is not None
    assert top.contributions[2].score is None


@pytest.mark.clause("6 USC 969(2)")
def test_who_is_not_measured_is_named_and_not_counted_as_nought(desk: Desk) -> None:
    publish_framework(desk)
    first, second = (validated(desk, name, desk.today) for name in NAMES[:2])
    measure(desk, first, 10, 20)
    made = ranking("ctpat", desk.today)
    assert [one.item.participant_id for one in made.places] == [first]
    [left] = made.unmeasured
    assert (left.item.participant_id, left.missing) == (second, ("import_volume", "anomalies"))
    assert ranking("ctpat", desk.today - timedelta(days=9)).framework is None


@pytest.mark.clause("6 USC 969(2)")
def test_a_later_measure_takes_the_place_of_an_earlier_one_and_the_past_stays_answerable(desk: Desk) -> None:
    publish_framework(desk)
    key = validated(desk, NAMES[0], desk.today)
    measure(desk, key, 10, 20)
    then = desk.today
    desk.today += timedelta(days=30)
    measure(desk, key, 80, 20)
    [now], [before] = ranking("ctpat", desk.today).places, ranking("ctpat", then).places
    assert (now.contributions[0].value, before.contributions[0].value) == (80, 10)


class SameRanking(TestCase):
    """A property over the database: measures in any order give one ranking."""

    desk: ClassVar[Desk]
    keys: ClassVar[list[UUID]]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.desk = office()
        publish_framework(cls.desk)
        cls.keys = [validated(cls.desk, name, cls.desk.today) for name in NAMES[:3]]

    @pytest.mark.clause("6 USC 969(2)")
    @settings(max_examples=10)
    @given(
        scores=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=3, max_size=3),
        order=st.permutations(range(6)),
        later=st.integers(0, 1400),
    )
    def test_rc_02_the_same_measures_in_any_order_give_the_same_ranking(
        self, scores: list[tuple[int, int]], order: list[int], later: int
    ) -> None:
        desk, keys = replace(self.desk, today=self.desk.today + timedelta(days=later)), self.keys
        rows = [(k, f, v) for k, pair in zip(keys, scores, strict=True) for f, v in zip(CODES, pair, strict=True)]
        for n in order:
            key, factor, value = rows[n]
            more: dict[str, Any] = {"source": "Report 7", "measured_on": desk.today}
            desk.must(RecordRiskScore(participant_id=key, factor=factor, value=value, **more), by="sam")
        made = ranking("ctpat", desk.today)
        assert made == ranking("ctpat", desk.today)
        reckoned = {k: 2 * v + 5 * a for k, (v, a) in zip(keys, scores, strict=True)}
        for one in made.places:
            known = [c.points for c in one.contributions if c.code in CODES]
            assert sum(known) == reckoned[one.item.participant_id]
        totals = [(-one.total, one.item.due_on, str(one.item.participant_id)) for one in made.places]
        assert totals == sorted(totals)


CODES = ("import_volume", "anomalies")


@pytest.mark.clause("6 USC 969(2)")
def test_rc_02_one_due_list_for_every_office_time_zone_and_order_of_entry(desk: Desk) -> None:
    days = [desk.today - timedelta(days=900 - 300 * n) for n in range(4)]
    pairs = list(zip(NAMES, days, strict=True))
    random.Random(7).shuffle(pairs)
    with timezone.override("UTC"):
        for name, day in pairs:
            validated(desk, name, day)
    lists = set()
    for zone, here in itertools.product(("UTC", "Asia/Tokyo", "America/Los_Angeles"), ("UTC", "Pacific/Auckland")):
        with override_settings(TIME_ZONE=zone), timezone.override(here):
            found = due_list(desk.today)
            lists.add(tuple((one.participant_id, one.period, one.days_left) for one in found))
    assert len(lists) == 1
    [only] = lists
    ends = [period.ends_on for _key, period, _left in only]
    assert ends == sorted(ends)
    assert len(ends) == 4


@pytest.mark.clause("6 USC 969(2)")
def test_the_due_list_says_period_days_left_and_who_is_overdue(desk: Desk) -> None:
    key = validated(desk, NAMES[0], desk.today)
    initial = desk.today
    end = date(initial.year + 4, initial.month, initial.day)
    [item] = due_list(initial)
    assert (item.period.starts_on, item.due_on) == (initial + timedelta(days=1), end)
    assert (item.days_left, item.overdue, item.urgency) == ((end - initial).days, False, Urgency.LATER)
    [near] = due_list(end)
    assert (near.days_left, near.overdue, near.urgency) == (0, False, Urgency.YEAR)
    [late] = due_list(end + timedelta(days=1))
    assert (late.days_left, late.overdue, late.urgency) == (-1, True, Urgency.OVERDUE)
    assert not late.verdict.granted
    assert near.verdict.granted
    assert due_list(initial - timedelta(days=1)) == ()
    assert due_counts([late])[Urgency.OVERDUE] == 1
    assert [one.participant_id for one in due_list(initial)] == [key]


@pytest.mark.clause("6 USC 969(2)")
def test_filters_narrow_the_list_and_never_change_a_line(desk: Desk) -> None:
    for n, name in enumerate(NAMES[:3]):
        validated(desk, name, desk.today - timedelta(days=400 * n))
    everything = due_list(desk.today)
    wanted = (
        DueFilter(text="cedar"),
        DueFilter(business_type="importer"),
        DueFilter(business_type="broker"),
        DueFilter(urgency=Urgency.LATER),
        DueFilter(under_way=True),
        DueFilter(due_by=everything[0].due_on),
        DueFilter(programme="another"),
    )
    sizes = []
    for one in wanted:
        found = due_list(desk.today, one)
        assert [item for item in everything if item.participant_id in {f.participant_id for f in found}] == list(found)
        sizes.append(len(found))
    assert sizes == [1, 3, 0, 3, 0, 1, 0]


@pytest.mark.clause("6 USC 969(1)")
def test_who_holds_no_tier_owes_none_and_returns_to_the_same_grid(desk: Desk) -> None:
    key = validated(desk, NAMES[0], desk.today)
    due_on = due_list(desk.today)[0].due_on
    desk.today += timedelta(days=100)
    desk.must(SetStanding(participant_id=key, standing="suspended", tier=0, reason="6 USC 967(b)"))
    assert due_list(desk.today) == ()
    assert queries.due_of(key, desk.today) is None
    assert len(due_list(desk.today - timedelta(days=1))) == 1
    desk.today += timedelta(days=100)
    desk.must(SetStanding(participant_id=key, standing="certified", tier=2, reason="6 USC 967(b)"))
    [back] = due_list(desk.today)
    assert (back.due_on, back.missed) == (due_on, ())
    rests = queries.periods_of_participant(key)
    assert rests is not None
    assert len(rests.rests) == 1


@pytest.mark.clause("6 USC 969(2)")
def test_a_reversal_takes_the_rest_away(desk: Desk) -> None:
    key = validated(desk, NAMES[0], desk.today)
    desk.today += timedelta(days=100)
    lost = desk.today
    desk.must(SetStanding(participant_id=key, standing="suspended", tier=0, reason="6 USC 967(b)"))
    desk.today += timedelta(days=50)
    desk.must(SetStanding(participant_id=key, standing="certified", tier=2, reason="6 USC 967(c)", since=lost))
    row = queries.periods_of_participant(key)
    assert row is not None
    assert row.rests == []


@pytest.mark.clause("6 USC 969(2)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"factors": ()}, "criteria_objective"),
        ({"factors": (FACTORS[0], FACTORS[0])}, "criteria_objective"),
        ({"factors": (replace(FACTORS[0], weight=0),)}, "criteria_objective"),
        ({"factors": (replace(FACTORS[0], definition=" "),)}, "criteria_objective"),
        ({"factors": (replace(FACTORS[0], data_source=""),)}, "criteria_objective"),
        ({"factors": (replace(FACTORS[0], weight=1001),)}, "weight_in_range"),
        ({"factors": (replace(FACTORS[0], code="Import volume"),)}, "factor_written"),
        ({"factors": (replace(FACTORS[0], title=" "),)}, "factor_written"),
        ({"factors": (replace(FACTORS[0], definition="x" * 2001),)}, "factor_written"),
        ({"factors": tuple(replace(FACTORS[0], code=f"f{n}_x") for n in range(21))}, "factors_counted"),
        ({"title": " "}, "title_given"),
        ({"title": "x" * 201}, "title_given"),
    ],
)
def test_a_framework_is_objective_and_written_well(desk: Desk, change: dict[str, Any], code: str) -> None:
    values: dict[str, Any] = {"programme": "ctpat", "title": "Framework", "factors": FACTORS, **change}
    desk.refused(PublishFramework(**values), by="mona", code=code, cite="6 USC 969(2)")


@pytest.mark.clause("6 USC 969(2)")
def test_a_framework_is_published_by_the_manager_on_the_day_itself_and_never_changes(desk: Desk) -> None:
    desk.refused(PublishFramework(programme="ctpat", title="F", factors=FACTORS), by="sam", code="authority")
    yesterday = desk.today - timedelta(days=1)
    back = PublishFramework(programme="ctpat", title="F", factors=FACTORS)
    desk.refused(back, by="mona", on=yesterday, code="published_today", cite="6 USC 969(2)")
    publish_framework(desk)
    desk.must(PublishFramework(programme="ctpat", title="Second", factors=FACTORS[:1]), by="mona")
    latest = queries.framework_on("ctpat", desk.today)
    assert latest is not None
    assert (latest.version, latest.title) == (2, "Second")


@pytest.mark.clause("6 USC 969(2)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": 101}, "measure_in_range"),
        ({"value": -1}, "measure_in_range"),
        ({"source": " "}, "source_given"),
        ({"factor": "mood"}, "criterion_published"),
        ({"factor": "time_since_last"}, "criterion_published"),
        ({"measured_on": date(2099, 1, 1)}, "measured_by_now"),
    ],
)
def test_a_measure_has_a_source_a_day_and_a_published_criterion(desk: Desk, change: dict[str, Any], code: str) -> None:
    publish_framework(desk)
    key = validated(desk, NAMES[0], desk.today)
    values: dict[str, Any] = {"factor": "anomalies", "value": 5, "source": "Report 7", "measured_on": desk.today}
    desk.refused(RecordRiskScore(participant_id=key, **{**values, **change}), by="sam", code=code, cite="6 USC 969(2)")


@pytest.mark.clause("6 USC 969(2)")
def test_periods_are_begun_once_by_the_platform_alone(desk: Desk) -> None:
    key = validated(desk, NAMES[0], desk.today)
    again = BeginPeriods(participant_id=key, validation_id=key, initial_on=desk.today)
    desk.refused(again, code="initial_validation", cite="6 USC 969(2)")
    desk.refused(again, by="sam", code="authority")
