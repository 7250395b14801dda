"""What is said to the trade of a decision on record is written at every door, and read back as what was decided."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from greenlane.api import authority
from greenlane.release import kept
from greenlane.release.formats.status import answers_of, read_so
from greenlane.release.formats.wco import Notification, read_wco
from greenlane.release.responses import messages_of
from tests.api.client import caller, problem_of
from tests.release.clocked import ClockedDesk
from tests.release.test_doors_cli import desk, run, said
from tests.release.test_room_entries import entry, file, says, undrawn

__all__ = ["desk"]
pytestmark = [pytest.mark.django_db, pytest.mark.clause("19 USC 4311(b)(4)(A)")]
NUMBER = "ABC-1234567-6"


@pytest.fixture
def door(desk: ClockedDesk, monkeypatch: pytest.MonkeyPatch) -> ClockedDesk:
    monkeypatch.setattr(authority, "now", lambda: desk.at + timedelta(seconds=1))
    return desk


def test_status_records_say_what_each_agency_answered(door: ClockedDesk) -> None:
    file(door, entry(door, NUMBER, authority=("EPA", "FDA")))
    door.must(says(door, NUMBER, "FDA", "under_review", 3), by="fay")
    door.must(says(door, NUMBER, "FDA", "proceed", 1), by="fay")
    door.must(says(door, NUMBER, "EPA", "hold", 1), by="eli")
    [one] = caller(door, "cleo").get(f"/release/entries/{NUMBER}/messages").json()
    assert (one["form"], one["kind"]) == ("so", "status")
    assert {len(line) for line in one["text"].splitlines()} == {80}
    [status] = read_so(io.BytesIO(one["text"].encode("ascii")))
    assert (status.entry_number, status.problems) == (NUMBER, ())
    assert {(answer.agency, answer.answer) for answer in answers_of(status)} == {("EPA", "hold"), ("FDA", "proceed")}
    assert run("messages", NUMBER).output.strip() == one["text"].strip()


def test_wco_responses_say_what_was_decided_and_the_same_each_time(door: ClockedDesk, tmp_path: Path) -> None:
    [free] = undrawn(door)
    file(door, free, entry(door, "HIGH", score=300))
    cleo = caller(door, "cleo")
    found = cleo.get(f"/release/entries/{free.entry_number}/messages", form="wco").json()
    assert [one["kind"] for one in found] == ["accepted", "released", "cleared"]
    assert found == cleo.get(f"/release/entries/{free.entry_number}/messages", form="wco").json()
    read = [message for one in found for message in read_wco(io.BytesIO(one["text"].encode()), door.at)]
    assert all(isinstance(one, Notification) for one in read)
    assert [one.kind for one in read if isinstance(one, Notification)] == ["accepted", "released", "cleared"]
    assert {one.functional_reference for one in read if isinstance(one, Notification)} == {free.entry_number}
    assert len({one.reference for one in read if isinstance(one, Notification)}) == 3
    told = said(run("messages", "HIGH", "--form", "wco", "--out", tmp_path / "out", "--json"))
    assert [one["kind"] for one in told] == ["accepted", "control"]
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["1-accepted.xml", "2-control.xml"]
    assert (tmp_path / "out" / "2-control.xml").read_text(encoding="utf-8") == told[1]["text"]


def test_what_leads_to_no_message_is_said_and_is_for_staff_alone(door: ClockedDesk) -> None:
    file(door, entry(door, "X" * 40))
    cleo = caller(door, "cleo")
    for form in ("so", "wco"):
        told = problem_of(cleo.get(f"/release/entries/{'X' * 40}/messages", form=form), 422)
        assert "fits into no message" in json.dumps(told)
        assert run("messages", "X" * 40, "--form", form).exit_code == 2
    problem_of(cleo.get("/release/entries/NONE/messages"), 404)
    problem_of(cleo.get(f"/release/entries/{'X' * 40}/messages", form="fax"), 422)
    problem_of(caller(door, "fay").get(f"/release/entries/{'X' * 40}/messages"), 403)
    told_now = kept.told_of(kept.latest("X" * 40))
    with pytest.raises(ValueError, match="not kept"):
        messages_of(replace(told_now, row=None), "so")
