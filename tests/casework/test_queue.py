"""One list of what is due, whoever asks (6 USC 971(b), 971(d))."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from greenlane.casework import queue
from greenlane.casework.cursors import CursorRefused
from greenlane.casework.models import Case, Deadline
from greenlane.casework.queue import Group, Wanted
from greenlane.law.authority import Office
from greenlane.law.citations import Citation
from greenlane.law.clocks import Pause, clock_of, due, due_as_set
from greenlane.people.visibility import STAFF, Viewer, cases_visible_to

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
NAMES = UUID("00000000-0000-5000-8000-0000000000aa")


def case(number: int, kind: str = "certification", state: str = "under_review", participant: int | None = None) -> Case:
    key = uuid5(NAMES, f"{kind}/{number}")
    return Case(
        id=key,
        kind=kind,
        state=state,
        state_since=TODAY - timedelta(days=number % 7),
        programme="ctpat",
        participant_id=uuid5(NAMES, f"participant/{number if participant is None else participant}"),
        opened_on=TODAY - timedelta(days=number % 90),
        reference=f"{kind[:3].upper()}-{number:06d}",
    )


def clock(
    of: Case,
    started_on: date,
    met_on: date | None = None,
    pauses: Sequence[Pause] = (),
    name: str = "tier_1_certification",
    due_on: date | None = None,
) -> Deadline:
    """A deadline of the law's own length, or (*due_on*) a date that was set."""
    reckoned = (
        due_as_set(clock_of(name), started_on, due_on) if due_on else due(clock_of(name), started_on, pauses=pauses)
    )
    return Deadline(
        id=uuid5(of.pk, f"{name}/{started_on}"),
        case=of,
        participant_id=of.participant_id,
        clock=name,
        citation=reckoned.citation.cite,
        started_on=started_on,
        due_on=reckoned.due_on,
        met_on=met_on,
        fact={
            "rule": reckoned.rule.to_json(),
            "calendar": reckoned.calendar_version,
            "paused_days": reckoned.paused_days,
            "unrolled_on": reckoned.unrolled_on.isoformat(),
            "pauses": [
                {"from": p.from_.isoformat(), "to": p.to.isoformat() if p.to else None, "why": p.reason} for p in pauses
            ],
        },
    )


def received(days_left: int) -> date:
    """The day of receipt of an application that is due in so many days."""
    return TODAY + timedelta(days=days_left) - timedelta(days=90)


def keep(cases: Sequence[Case], clocks: Sequence[Deadline]) -> None:
    Case.objects.bulk_create(cases)
    Deadline.objects.bulk_create(clocks)


def shown(wanted: Wanted | None = None, on: date = TODAY, **more: object) -> list[tuple[str, str, str]]:
    """Reference, group and words of the deadline of every case, over all pages."""
    found, cursor = [], ""
    while True:
        page = queue.listing(Case.objects.all(), wanted or Wanted(), queue.day(on), cursor=cursor, **more)  # type: ignore[arg-type]
        found += [
            (item.case.reference, item.group.name, str(item.due.sentence) if item.due else "") for item in page.items
        ]
        cursor = page.next
        if not cursor:
            return found


@pytest.mark.clause("6 USC 971(d)")
def test_rc_02_every_office_in_every_time_zone_sees_the_same_due_list() -> None:
    """Permute who asks, from where, and the order in which the data were entered: one list."""
    cases = [case(number) for number in range(24)]
    clocks = [clock(one, received(number - 8)) for number, one in enumerate(cases)]
    lists = set()
    shuffled = random.Random(2)
    for office, zone in itertools.product(sorted(STAFF), ("UTC", "Pacific/Kiritimati", "America/Los_Angeles")):
        Deadline.objects.all().delete()
        Case.objects.all().delete()
        shuffled.shuffle(cases)
        shuffled.shuffle(clocks)
        keep(cases, clocks)
        with timezone.override(zone):
            visible = cases_visible_to(Viewer(uuid5(NAMES, office), TODAY, frozenset({office})))
            found = queue.listing(visible, Wanted(due="overdue"), queue.day(TODAY))
            lists.add(tuple((one.case.reference, one.due.days if one.due else None) for one in found.items))
    [only] = lists
    assert [days for _reference, days in only] == [-8, -7, -6, -5, -4, -3, -2, -1]


def test_an_outsider_is_shown_a_part_of_the_list_and_never_another_one() -> None:
    cases = [case(number) for number in range(6)]
    keep(cases, [clock(one, received(number)) for number, one in enumerate(cases)])
    validator = Viewer(uuid5(NAMES, "validator"), TODAY, frozenset({Office.VALIDATOR}))
    assert queue.listing(cases_visible_to(validator), Wanted(), queue.day(TODAY)).items == ()


@pytest.mark.clause("6 USC 964(c)")
def test_groups_follow_the_days_left_and_the_last_day_itself_is_not_overdue() -> None:
    cases = [case(number) for number in range(6)]
    left = [-1, 0, 14, 15, 40, 3]
    keep(cases, [clock(one, received(days)) for one, days in zip(cases, left, strict=True)])
    assert [(group, words) for _reference, group, words in shown()] == [
        ("OVERDUE", "1 day overdue"),
        ("SOON", "Due today"),
        ("SOON", "3 days left"),
        ("SOON", "14 days left"),
        ("LATER", "15 days left"),
        ("LATER", "40 days left"),
    ]
    assert queue.counts(Case.objects.all(), Wanted(), queue.day(TODAY)).of(Group.SOON) == 3


def test_a_clock_that_stands_still_is_not_overdue() -> None:
    one, other = case(1), case(2)
    pause = Pause(TODAY - timedelta(days=30), None, "returned to the company", Citation("6 USC 964(c)"))
    keep([one, other], [clock(one, received(-5), pauses=[pause]), clock(other, received(-5))])
    assert [(row[0], row[1]) for row in shown()] == [("CER-000002", "OVERDUE"), ("CER-000001", "LATER")]
    assert queue.counts(Case.objects.all(), Wanted(due="overdue"), queue.day(TODAY)).of() == 1


def test_a_right_that_lapsed_is_no_overdue_work() -> None:
    one, other = case(1, "consequence", "in_force"), case(2, "consequence", "in_force")
    lapsed = clock(one, TODAY - timedelta(days=200), name="sanction_appeal_filing")
    old = clock(other, TODAY - timedelta(days=200), name="sanction_appeal_filing")
    owed = clock(other, TODAY - timedelta(days=1), name="tier_1_certification")
    keep([one, other], [lapsed, old, owed])
    assert [(row[0], row[1]) for row in shown()] == [("CON-000002", "LATER"), ("CON-000001", "NO_CLOCK")]
    assert "left" in shown()[0][2]
    assert queue.counts(Case.objects.all(), Wanted(due="overdue"), queue.day(TODAY)).of() == 0


@pytest.mark.clause("6 USC 967(b)")
def test_a_stated_period_that_is_over_is_nobodys_overdue_work() -> None:
    """Nothing returns by itself after a suspension: the company brings a plan, or it does not."""
    one = case(1, "consequence", "in_force")
    over = clock(one, TODAY - timedelta(days=600), name="sanction_end", due_on=TODAY - timedelta(days=465))
    keep([one], [over])
    assert shown() == [("CON-000001", "NO_CLOCK", "Lapsed 465 days ago")]
    over.due_on = TODAY + timedelta(days=3)
    over.save()
    assert shown() == [("CON-000001", "SOON", "3 days left")]


@pytest.mark.clause("6 USC 969(2)")
@pytest.mark.parametrize(
    ("ends", "visit", "expected"),
    [
        (20, None, ("LATER", "20 days left")),
        (-3, None, ("OVERDUE", "3 days overdue")),
        (20, 5, ("SOON", "5 days left")),
        (5, 20, ("SOON", "5 days left")),
    ],
)
def test_a_revalidation_is_due_by_the_end_of_the_period_or_its_own_nearer_day(
    ends: int, visit: int | None, expected: tuple[str, str]
) -> None:
    register, selected = case(1, "revalidation_periods", "running"), case(1, "revalidation", "noticed")
    closed, other = case(1, "revalidation", "closed", participant=1), case(2, "revalidation", "selected")
    register.reference = "REV-PERIODS"
    closed.pk, closed.reference = uuid5(NAMES, "closed"), "REV-CLOSED"
    began = TODAY - timedelta(days=1000)
    clocks = [clock(register, began, name="revalidation", due_on=TODAY + timedelta(days=ends))]
    if visit is not None:
        clocks.append(clock(selected, began, name="visit", due_on=TODAY + timedelta(days=visit)))
    keep([register, selected, closed, other], clocks)
    assert shown(Wanted(kinds=("revalidation",))) == [("REV-000001", *expected), ("REV-000002", "NO_CLOCK", "")]
    assert shown(Wanted(kinds=("revalidation",), state="decided")) == [("REV-CLOSED", "CLOSED", "")]


def test_a_case_at_rest_hides_neither_its_other_clock_nor_other_cases_of_the_company() -> None:
    blocked, reviewed = case(1, "validation", "blocked"), case(2, "profile_review", "open", participant=1)
    pause = Pause(TODAY - timedelta(days=30), None, "the visit was blocked", Citation("6 USC 965(a)"))
    still = clock(blocked, TODAY - timedelta(days=95), pauses=[pause])
    late = clock(blocked, TODAY - timedelta(days=800), name="tier_2_validation")
    keep([blocked, reviewed], [still, late, clock(reviewed, received(-3))])
    assert {row[:2] for row in shown()} == {("VAL-000001", "OVERDUE"), ("PRO-000002", "OVERDUE")}


def test_an_investigation_is_due_with_the_certification_that_waits_for_it() -> None:
    certification, investigation = case(1), case(1, "investigation", "open")
    cleared = case(2, "investigation", "cleared")
    draft, inside = case(3, "application", "draft"), case(1, "application", "submitted")
    keep([certification, investigation, cleared, draft, inside], [clock(certification, received(-2))])
    assert shown() == [
        ("CER-000001", "OVERDUE", "2 days overdue"),
        ("INV-000001", "OVERDUE", "2 days overdue"),
        ("APP-000003", "NO_CLOCK", ""),
    ]
    assert shown(Wanted(state="submitted")) == [("APP-000001", "OVERDUE", "2 days overdue")]


@pytest.mark.clause("6 USC 964(c)")
def test_decided_cases_are_listed_as_late_or_in_time_by_what_was_recorded() -> None:
    late, early, withdrawn = case(1, state="certified"), case(2, state="refused"), case(3, state="withdrawn")
    keep(
        [late, early, withdrawn],
        [
            clock(late, date(2026, 1, 5), met_on=date(2026, 4, 12)),
            clock(early, date(2026, 1, 5), met_on=date(2026, 4, 4)),
        ],
    )
    assert shown(Wanted(state="decided")) == [
        ("CER-000001", "DECIDED_LATE", "Met 7 days late"),
        ("CER-000002", "DECIDED_IN_TIME", "Met 1 day early"),
        ("CER-000003", "CLOSED", ""),
    ]
    assert [row[0] for row in shown(Wanted(due="late"))] == ["CER-000001"]
    assert shown() == []


@pytest.mark.parametrize("order", sorted(queue.ORDERS))
def test_pages_hold_every_case_once_in_every_order(order: str) -> None:
    cases = [case(number) for number in range(47)]
    keep(cases, [clock(one, received(number % 5)) for number, one in enumerate(cases) if number % 3])
    found = shown(order=order, size=10)
    assert sorted(row[0] for row in found) == sorted(one.reference for one in cases)


def test_a_cursor_of_another_order_or_a_damaged_one_is_refused() -> None:
    keep([case(number) for number in range(3)], [])
    first = queue.listing(Case.objects.all(), Wanted(), queue.day(TODAY), size=1)
    for order, cursor in (("newest", first.next), ("due", first.next[:-2]), ("due", "nonsense")):
        with pytest.raises(CursorRefused):
            queue.listing(Case.objects.all(), Wanted(), queue.day(TODAY), order=order, cursor=cursor)


def test_windows_of_days_and_counts_by_state() -> None:
    cases = [case(number) for number in range(4)]
    keep(cases, [clock(one, received(days)) for one, days in zip(cases, (-1, 2, 20, 60), strict=True)])
    assert [row[0] for row in shown(Wanted(due="week"))] == ["CER-000001"]
    assert [row[0] for row in shown(Wanted(due="soon"))] == ["CER-000001"]
    assert [row[0] for row in shown(Wanted(due="month"))] == ["CER-000001", "CER-000002"]
    counted = queue.counts(Case.objects.all(), Wanted(), queue.day(TODAY))
    assert counted.by_state() == [("certification", "under_review", 4)]


def test_a_page_and_its_counts_take_few_queries_however_long_the_list_is() -> None:
    cases = [case(number) for number in range(120)]
    keep(cases, [clock(one, received(number % 60)) for number, one in enumerate(cases)])
    with CaptureQueriesContext(connection) as asked:
        queue.listing(Case.objects.all(), Wanted(), queue.day(TODAY))
    assert len(asked) == 3
    with CaptureQueriesContext(connection) as asked:
        queue.counts(Case.objects.all(), Wanted(), queue.day(TODAY))
    assert len(asked) == 2
