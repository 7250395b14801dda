"""What if of all entries of a period or a file: the cube answers what deciding each again gives, at every door."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from greenlane.api import authority
from greenlane.casework.problems import BadInput
from greenlane.cli import machine, release_what_if
from greenlane.cli.main import greenlane
from greenlane.people.models import Account
from greenlane.release import benefits, simulation, whatif, whatif_cube, whatif_hours
from greenlane.release.benefits import Period
from greenlane.release.deciding import decide
from greenlane.release.engine.entries import CargoEntry
from greenlane.release.engine.times import Mean, hours_of
from greenlane.release.files import Job, stage
from greenlane.release.formats.tabular import write_csv
from greenlane.release.simulation import Found
from tests.api.client import caller, problem_of
from tests.release import room
from tests.release.clocked import ClockedDesk
from tests.release.test_room_entries import cargo_desk, entry, file, says

pytestmark = [pytest.mark.django_db, pytest.mark.clause("6 USC 964(a)", "6 USC 965(b)", "6 USC 966(c)")]
QUESTIONS: list[dict[str, int]] = [
    {},
    {"tier_two_permille": 500},
    {"threshold": 120, "scan_permille": 500, "document_permille": 400},
    {"random_rate": 10_000, "stratified_rate": 10_000},
    {"random_rate": 0, "stratified_rate": 0, "tier_two_permille": 400},
]


@pytest.fixture
def desk(db: None, monkeypatch: pytest.MonkeyPatch) -> ClockedDesk:
    made, _who = cargo_desk()
    made.prove = False
    monkeypatch.setattr(authority, "now", lambda: made.at + timedelta(seconds=1))
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at + timedelta(seconds=1))
    monkeypatch.setattr(machine, "is_operator", lambda: True)
    monkeypatch.setattr(release_what_if, "now", lambda: made.at)
    monkeypatch.setattr(release_what_if, "today", lambda: made.today)
    whatif_cube._cubes.clear()
    return made


def many(desk: ClockedDesk, count: int = 90) -> list[CargoEntry]:
    """Entries of every kind: of the second tier and of nobody, by several modes and ports, of agencies, held."""
    kinds: list[dict[str, object]] = [
        {"mode": "sea"},
        {"mode": "air", "port": "2720"},
        {"importer": "55-555555500", "mode": "truck", "port": "2304"},
        {"authority": ("FDA",), "port": ""},
        {"customs_hold": True, "threat_level": 2},
        {"threat_level": 3, "advance_data": True},
    ]
    return [entry(desk, f"INV-{n}", **{"score": 10 + n * 7 % 260, **kinds[n % len(kinds)]}) for n in range(count)]


def day(desk: ClockedDesk) -> date:
    return (desk.at - timedelta(minutes=1)).date()


def sums(found: Found) -> dict[str, Any]:
    """What both ways know: entries, how many change, and examinations (by mode too) and scores of each group."""
    groups = {name: getattr(found, name) for name in ("tiers", "modes", "ports", "businesses")}
    return {"entries": found.entries, "changed": found.changed} | {
        name: {
            code: [(side.examinations, side.mix, side.scores) for side in (one.before, one.after)]
            for code, one in group.items()
            if one.entries
        }
        for name, group in groups.items()
    }


@pytest.mark.parametrize("door", ["record", "csv", "columns"])
def test_the_cube_and_deciding_each_again_give_one_answer(desk: ClockedDesk, tmp_path: Path, door: str) -> None:
    entries, period = many(desk), Period(day(desk), day(desk))
    file(desk, *entries)
    source = tmp_path / "entries.csv"
    with source.open("wb") as out:
        write_csv(entries, out)
    for question in QUESTIONS:
        asked = whatif.ask("ctpat", question, desk.today)
        again = simulation.compare(simulation.on_record("ctpat", None, period), asked.before, asked.after)
        if door == "record":
            cube = whatif.answer("ctpat", asked, period, few=0)
        else:
            job = Job("ctpat", [asked.before], None, desk.at)
            if door == "columns" and source.suffix == ".csv":
                stage(source, tmp_path, job, lambda _count: None)
                [source] = tmp_path.glob("*.parquet")
            cube = whatif_cube.answer_file(source, asked, job)
        assert sums(cube) == sums(again)
        assert set(cube.businesses) == {"", "importer"}
        assert again.changed > 0 or not question


def test_a_cube_is_built_once_for_a_state_of_the_record(desk: ClockedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    period = Period(day(desk), day(desk))
    file(desk, *many(desk, 30))
    asked = whatif.ask("ctpat", {"tier_two_permille": 500}, desk.today)
    built: list[int] = []
    build = whatif_cube._built
    monkeypatch.setattr(whatif_cube, "_built", lambda *given: (built.append(1), build(*given))[1])
    with CaptureQueriesContext(connection) as reads:
        first = whatif_cube.answer("ctpat", asked, period)
    assert len(reads) == 4
    with CaptureQueriesContext(connection) as reads:
        assert whatif_cube.answer("ctpat", asked, period) == first
    assert len(reads) == 2
    file(desk, entry(desk, "LATER", mode="rail"))
    assert whatif.answer("ctpat", asked, period).entries == 31
    assert whatif_cube.answer("ctpat", asked, period).entries == 31
    assert len(built) == 2
    assert whatif.answer("ctpat", asked, period).tiers["2"].before.pathways is None
    other = Period(period.first - timedelta(days=9), period.first - timedelta(days=1))
    assert whatif_cube.answer("ctpat", asked, other).entries == 0


def test_every_door_asks_a_period_and_the_command_line_a_file(
    desk: ClockedDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entries = many(desk, 30)
    file(desk, *entries)
    days = {"first": day(desk).isoformat(), "last": day(desk).isoformat()}
    cleo = caller(desk, "cleo")
    body = {"numbers": {"tier_two_permille": 500}, **days}
    one_by_one = json.loads(cleo.send("/release/what-if", json.dumps(body)).content)
    whatif_cube.answer("ctpat", whatif.ask("ctpat", {}, desk.today), Period(day(desk), day(desk)))
    summed = json.loads(cleo.send("/release/what-if", json.dumps(body)).content)
    assert one_by_one["changed"] > 0
    assert summed["changed"] == one_by_one["changed"]
    assert summed["hours"] == one_by_one["hours"]
    assert summed["businesses"]["importer"]["after"]["pathways"] is None
    assert summed["tiers"]["2"]["after"]["scores"] == one_by_one["tiers"]["2"]["after"]["scores"]
    problem_of(cleo.send("/release/what-if", json.dumps({"numbers": {}, "first": days["first"]})), 422)
    who = Client()
    who.force_login(Account.objects.get(pk=desk.people["cleo"]))
    numbers = {"threshold": "200", **{name: str(value) for name, value in vars(room.NUMBERS).items()}}
    shown = who.get(reverse("web:release-what-if"), {**numbers, **days}).content.decode()
    assert re.search(r"Of 30 entries, \d+ would come out differently", shown)
    assert shown.count('class="gl-svg"') == 8
    assert "fewer than 30 say nothing" in shown
    half = who.get(reverse("web:release-what-if"), {**numbers, "first": days["first"]}).content.decode()
    assert "A period has two days." in half
    source = tmp_path / "entries.csv"
    with source.open("wb") as out:
        write_csv(entries, out)
    asks = ["release", "what-if", "--set", "tier_two_permille=500", "--by", "business"]
    period = ["--first", days["first"], "--last", days["last"]]
    told = [CliRunner().invoke(greenlane, [*asks, *more, "--json"]) for more in ([str(source)], period)]
    assert [one.exit_code for one in told] == [0, 0], [one.output for one in told]
    of_file, of_period = (json.loads(one.output) for one in told)
    assert of_file.pop("hours")["measured"] == [], "a file is asked with the times of the usual days"
    assert of_period.pop("hours")["measured"] != []
    assert of_file == of_period
    assert json.loads(told[0].output)["tiers"] == summed["tiers"]
    assert "of 30 entries change" in CliRunner().invoke(greenlane, [*asks, str(source)]).output
    for wrong in ([str(source), *period], period[:2], period[2:]):
        assert CliRunner().invoke(greenlane, [*asks, *wrong]).exit_code == 2
    source.write_text("entry_number\nX\n")
    assert CliRunner().invoke(greenlane, [*asks, str(source)]).exit_code == 2


def waited(desk: ClockedDesk, count: int) -> list[CargoEntry]:
    """Entries by sea of an agency that chance does not draw, every second one of high risk; the others are let go."""
    tried = [entry(desk, f"SEA-{n}", score=10, authority=("FDA",)) for n in range(2 * count)]
    free = [one.entry for one in decide("ctpat", tried) if one.outputs["examination"] == 0][:count]
    entries = [replace(one, score=10 if place % 2 else 250) for place, one in enumerate(free)]
    file(desk, *entries)
    desk.hour += 1
    for one in entries[1::2]:
        desk.must(says(desk, one.entry_number, "FDA", "proceed", 1), by="fay")
    return entries


@pytest.mark.clause("19 USC 4311(b)(5)")
def test_hours_are_the_mix_of_examinations_at_the_times_that_were_measured(
    desk: ClockedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At every door, exactly; with 'not measurable' and why while an entry may still be released."""
    waited(desk, 76)
    numbers = {"tier_two_permille": 500, "scan_permille": 1000, "document_permille": 1000}
    asked = whatif.ask("ctpat", numbers, desk.today)
    period = Period(day(desk), day(desk))
    found = whatif.answer("ctpat", asked, period)
    young = whatif_hours.hours(found.tiers["2"], whatif_hours.measured("ctpat", period, desk.today))
    assert "are not released" in str(young.why)
    assert young.known is None
    desk.today += timedelta(days=31)
    known = whatif_hours.measured("ctpat", period, desk.today)
    assert {place for place, one in known.items() if isinstance(one, Mean)} == {("sea", "none"), ("sea", "intensive")}
    rows = benefits.rows("ctpat", period)
    plain = sum(map(hours_of, rows)) / len(rows)
    two = whatif_hours.hours(found.tiers["2"], known)
    assert two.known is not None
    assert two.known[0] == pytest.approx(plain), "with the examinations that were made, the time that was measured"
    assert two.known[1] < two.known[0] / 10, "nobody is examined, and nobody waits for ever"
    days = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    answer = json.loads(caller(desk, "cleo").send("/release/what-if", json.dumps({"numbers": numbers, **days})).content)
    said = answer["hours"]["tiers"]["2"]
    assert (said["hours_before"], said["hours_after"], said["why"]) == (*two.known, None)
    measured = {(one["mode"], one["examination"]): one for one in answer["hours"]["measured"]}
    assert measured["sea", "none"]["denominator"] == sum(one.examination == "none" for one in rows)
    words = [word for name, value in numbers.items() for word in ("--set", f"{name}={value}")]
    told = ["release", "what-if", *words, "--first", days["first"], "--last", days["last"]]
    assert json.loads(CliRunner().invoke(greenlane, [*told, "--json"]).output)["hours"] == answer["hours"]
    assert f"{two.known[1]:.1f}" in CliRunner().invoke(greenlane, told).output
    who = Client()
    who.force_login(Account.objects.get(pk=desk.people["cleo"]))
    values = {"threshold": "190", **{n: str(value) for n, value in vars(room.NUMBERS).items()}, **numbers, **days}
    shown = who.get(reverse("web:release-what-if"), values).content.decode()
    assert "Hours to release by tier" in shown
    assert f"{two.known[1]:.1f}" in shown
    link = re.search(r'href="(/[^"]*what-if/entries/[^"]*examination=none[^"]*part=numerator[^"]*)"', shown)
    assert link is not None
    listed = who.get(link[1].replace("&amp;", "&")).content.decode()
    assert f"{measured['sea', 'none']['numerator']} entries filed" in listed
    for wrong in ({"mode": "balloon"}, {"examination": "x"}, {"first": "never"}):
        asks = {**days, "mode": "sea", "examination": "none", **wrong}
        assert who.get(reverse("web:release-timed"), asks).status_code == 404


@pytest.mark.clause("19 USC 4311(b)(5)")
def test_without_a_period_the_times_are_of_ninety_days_that_are_over(desk: ClockedDesk) -> None:
    on = date(2026, 6, 30)
    assert whatif_hours.measured_period(None, on) == Period(date(2026, 3, 2), date(2026, 5, 30))
    waited(desk, 4)
    with CaptureQueriesContext(connection) as first:
        whatif_hours.measured("ctpat", Period(day(desk), day(desk)), desk.today)
    with CaptureQueriesContext(connection) as again:
        whatif_hours.measured("ctpat", Period(day(desk), day(desk)), desk.today)
    assert (len(first), len(again)) == (6, 3)


def test_one_day_alone_is_no_period() -> None:
    assert whatif.period_given(None, None) is None
    with pytest.raises(BadInput, match="two days"):
        whatif.period_given(None, date(2026, 1, 1))


def test_no_loop_is_compiled_when_the_web_process_starts() -> None:
    """The compiler takes seconds and 100 MB: it is loaded when somebody asks."""
    said = (
        "import django, sys; django.setup(); from django.urls import get_resolver; get_resolver().url_patterns;"
        "import greenlane.web.urls, greenlane.api.app; print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=False)
    assert done.stdout.strip().endswith("False"), done.stderr


@pytest.mark.clause("6 USC 964(a)")
def test_an_amended_entry_counts_once_as_it_was_filed_last(desk: ClockedDesk) -> None:
    one, other = many(desk, 2)
    file(desk, one, other)
    desk.minute += 1
    file(desk, replace(one, score=one.score + 7))
    found = simulation.filed_in("ctpat", None)
    assert {row.number: row.score_before for row in found} == {
        one.entry_number: one.score + 7,
        other.entry_number: other.score,
    }
    assert len(simulation.on_record("ctpat")) == found.count() == 2
