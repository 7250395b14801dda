"""What benefits were worth, through every door: a figure with all that belongs to it, or 'not measurable' (RC-03)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greenlane.api import authority
from greenlane.casework.problems import BadInput
from greenlane.cli import machine
from greenlane.cli.main import greenlane
from greenlane.people.models import Account
from greenlane.release import benefits
from greenlane.release.engine.measures import FEWEST, Figure, NotMeasurable
from greenlane.release.models import ReleaseDecision, ReleaseMessage
from tests.api.client import caller, problem_of
from tests.release.clocked import ClockedDesk
from tests.release.test_room_entries import cargo_desk, entry, file, says, undrawn

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 965(b)(2)", "6 USC 966(c)", "19 USC 4311(b)(5)")]
COUNT = FEWEST + 10


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> ClockedDesk:
    made, _who = cargo_desk()
    made.prove = False
    monkeypatch.setattr(authority, "now", lambda: made.at + timedelta(seconds=1))
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at + timedelta(seconds=1))
    monkeypatch.setattr(machine, "is_operator", lambda: True)
    return made


def seaborne(desk: ClockedDesk, count: int = COUNT) -> None:
    """Entries by sea, a seventh of them with a score of high risk."""
    file(desk, *(entry(desk, f"SEA-{n}", score=230 if n % 7 == 0 else 10) for n in range(count)))


def day(desk: ClockedDesk) -> date:
    return (desk.at - timedelta(minutes=1)).date()


def period(desk: ClockedDesk) -> benefits.Period:
    return benefits.period_of(day(desk), day(desk))


def asked(desk: ClockedDesk, door: str) -> list[dict[str, Any]]:
    """The figures of the day, through the interface or on the command line: they are the same."""
    days = {"first": day(desk).isoformat(), "last": day(desk).isoformat()}
    if door == "api":
        answer = caller(desk, "cleo").get("/release/measures", **days)
        assert answer.status_code == 200, answer.content
        return list(json.loads(answer.content))
    words = ["release", "measures", "--first", days["first"], "--last", days["last"]]
    result = CliRunner().invoke(greenlane, [*words, "--json"])
    assert result.exit_code == 0, result.output
    assert "95 per cent" in CliRunner().invoke(greenlane, words).output
    return list(json.loads(result.output))


def page(desk: ClockedDesk, name: str, **query: str) -> str:
    found = Client()
    found.force_login(Account.objects.get(pk=desk.people["cleo"]))
    answer = found.get(reverse(f"web:{name}"), query)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("door", ["api", "cli"])
def test_figures_are_counted_from_the_decisions_and_messages_on_record(desk: ClockedDesk, door: str) -> None:
    seaborne(desk)
    examined = ReleaseDecision.objects.exclude(examination=0).count()
    released = ReleaseMessage.objects.count()
    assert 0 < examined < COUNT
    assert COUNT // 2 < released < COUNT
    rate, hours = asked(desk, door)
    assert (rate["measure"], rate["mode"], rate["tier"], rate["measurable"]) == ("examined", "sea", 2, True)
    assert (rate["numerator"], rate["denominator"]) == (examined, COUNT)
    assert rate["low"] < rate["value"] == examined / COUNT < rate["high"]
    assert rate["first"] == rate["last"] == day(desk).isoformat()
    assert (hours["measure"], hours["numerator"], hours["denominator"]) == ("hours_to_release", released, COUNT)
    took = [row.made_at - row.decision.filed.filed_at for row in ReleaseMessage.objects.all()]
    assert hours["value"] == pytest.approx(took[0].total_seconds() / 3600)
    assert hours["value"] > 0


@pytest.mark.parametrize("door", ["api", "cli"])
def test_rc_03_an_entry_of_another_mode_than_its_port_leaves_no_number(desk: ClockedDesk, door: str) -> None:
    """One entry by truck at a seaport: neither mode has a figure, and the entry behind it is named."""
    seaborne(desk)
    file(desk, *(entry(desk, f"AIR-{n}", mode="air", port="2720", score=10) for n in range(COUNT)))
    file(desk, entry(desk, "ODD", mode="truck", port="2704"))
    found = asked(desk, door)
    assert {one["mode"] for one in found if one["measurable"]} == {"air"}
    refused = [one for one in found if not one["measurable"]]
    assert {one["mode"] for one in refused} == {"sea", "truck"}
    for one in refused:
        assert one["entries"] == ["ODD"]
        assert "mainly serves" in one["why"]
        assert [one[name] for name in ("numerator", "denominator", "value", "low", "high")] == [None] * 5


def test_rc_03_the_page_shows_no_number_and_opens_the_entry_behind_it(desk: ClockedDesk) -> None:
    seaborne(desk)
    file(desk, entry(desk, "ODD", mode="air", port="2704"))
    shown = page(desk, "release-measures")
    assert "Nothing of this period can be measured." in shown
    assert reverse("web:release-entry", args=["ODD"]) in shown
    assert 'class="gl-svg"' not in shown
    assert " %<" not in shown


def test_every_number_of_the_page_opens_into_its_entries(desk: ClockedDesk) -> None:
    seaborne(desk)
    shown = page(desk, "release-measures", first=day(desk).isoformat(), last=day(desk).isoformat())
    assert shown.count('class="gl-svg"') == 2
    days = {"first": day(desk).isoformat(), "last": day(desk).isoformat()}
    asks = {**days, "measure": "examined", "mode": "sea", "tier": "2"}
    examined = ReleaseDecision.objects.exclude(examination=0)
    listed = page(desk, "release-counted", **asks, part="numerator")
    assert f"{examined.count()} entries filed" in listed
    link = reverse("web:release-entry", args=["SEA-"]).removesuffix("/")
    assert listed.count(f'href="{link}') == examined.count()
    assert f"{COUNT} entries filed" in page(desk, "release-counted", **asks, part="denominator")
    free = page(desk, "release-counted", **{**asks, "measure": "hours_to_release"}, part="numerator")
    assert f"{ReleaseMessage.objects.count()} entries filed" in free
    who = Client()
    who.force_login(Account.objects.get(pk=desk.people["cleo"]))
    for wrong in ({"mode": "balloon"}, {"tier": "9"}, {"first": "never"}, {"measure": "all"}):
        assert who.get(reverse("web:release-counted"), {**asks, **wrong}).status_code == 404


def test_a_withdrawn_release_counts_no_more_and_an_amended_entry_from_its_first_filing(desk: ClockedDesk) -> None:
    [one] = undrawn(desk, authority=("FDA",))
    file(desk, one)
    assert [row.released_at for row in benefits.rows("ctpat", period(desk))] == [None]
    desk.must(says(desk, one.entry_number, "FDA", "proceed", 2), by="fay")
    [free] = benefits.rows("ctpat", period(desk))
    assert free.released_at == ReleaseMessage.objects.get().made_at
    desk.must(says(desk, one.entry_number, "FDA", "hold", 1), by="fay")
    assert [row.released_at for row in benefits.rows("ctpat", period(desk))] == [None]
    desk.minute += 20
    file(desk, entry(desk, one.entry_number, authority=("FDA",), mode="air", port="2720"))
    [again] = benefits.rows("ctpat", period(desk))
    assert (again.mode, again.filed_at) == ("air", one.filed_at)


def test_the_number_of_reads_does_not_grow_with_the_entries(desk: ClockedDesk) -> None:
    for count in (5, COUNT):
        seaborne(desk, count)
        with CaptureQueriesContext(connection) as reads:
            found = benefits.figures("ctpat", period(desk))
        assert len(reads) == 3
    assert {type(one) for one in found} == {Figure}
    desk.today += timedelta(days=9)
    assert benefits.figures("ctpat", period(desk)) == ()


def test_few_entries_say_why_there_is_no_figure(desk: ClockedDesk) -> None:
    seaborne(desk, FEWEST - 1)
    found = benefits.figures("ctpat", period(desk))
    assert {type(one) for one in found} == {NotMeasurable}
    assert str(FEWEST) in page(desk, "release-measures")


def test_periods_that_cannot_be_measured_are_refused_at_every_door(desk: ClockedDesk) -> None:
    with pytest.raises(BadInput, match="longer"):
        benefits.period_of(date(2020, 1, 1), date(2026, 1, 1))
    cleo = caller(desk, "cleo")
    told = problem_of(cleo.get("/release/measures", first="2026-02-01", last="2026-01-01"), 422)
    assert told["reasons"][0]["where"] == "last"
    problem_of(caller(desk, "fay").get("/release/measures", first="2026-01-01", last="2026-02-01"), 403)
    words = ["release", "measures", "--first", "2026-02-01", "--last", "2026-01-01"]
    assert CliRunner().invoke(greenlane, words).exit_code == 2
    assert "ends before it begins" in page(desk, "release-measures", first="2026-02-01", last="2026-01-01")


def test_ports_that_serve_one_mode_say_so_and_others_say_nothing() -> None:
    assert [benefits._port_mode(port, mode) for port, mode in ((2704, 0), (2704, 1), (2304, 2), (2304, 3))] == [
        "sea", "sea", "truck", "rail",
    ]  # fmt: skip
    assert benefits._port_mode(2304, 0) == "land"
    assert [benefits._port_mode(port, mode) for port, mode in ((701, 0), (0, 0), (None, 1), (2704, 4))] == [""] * 4
