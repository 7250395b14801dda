"""An entry stands once in a file: twice is said by line, and nothing is decided; or the later one is set aside."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from greenlane.release.formats import once as module
from greenlane.release.formats.catair import read_se, write_se
from greenlane.release.formats.once import once, suspected, whole
from greenlane.release.formats.reading import BadFile, Read
from greenlane.release.formats.skipping import SkipFile, skip_bad
from greenlane.release.formats.tabular import read_csv
from tests.release.formats.invented import FILED, invented_entry

pytestmark = pytest.mark.clause("6 USC 964(a)")
HEAD = "entry_number,filed_at,importer,score,port\n"


def table(*numbers: str) -> bytes:
    rows = [f"{number},2026-03-01T14:05:00Z,99-9,10,2704\n" for number in numbers]
    return (HEAD + "".join(rows)).encode()


def records(*numbers: str) -> Iterator[Read]:
    return read_csv(io.BytesIO(table(*numbers)))


def test_the_same_entry_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(BadFile) as refused:
        whole(lambda: records("R1", "R2", "R1", "R3", "R1"))
    assert [(one.line, one.field) for one in refused.value.problems] == [(4, "entry_number"), (6, "entry_number")]
    assert "R1 stands on line 2 already" in str(refused.value)
    assert refused.value.total == 2


def test_bad_lines_and_entries_that_stand_twice_are_said_together() -> None:
    bad = table("R1", "R1") + b"R9,never,99-9,10,2704\n"
    with pytest.raises(BadFile) as refused:
        whole(lambda: read_csv(io.BytesIO(bad)))
    assert [(one.line, one.field) for one in refused.value.problems] == [(3, "entry_number"), (4, "filed_at")]


@given(st.lists(st.sampled_from("ABCDEFGH"), max_size=30))
@settings(max_examples=60, deadline=None)
def test_exactly_the_later_ones_are_found(numbers: list[str]) -> None:
    found = list(once(records(*numbers), suspected(records(*numbers))))
    assert [bool(one.problems) for one in found] == [number in numbers[:place] for place, number in enumerate(numbers)]
    assert len(found) == len(numbers)


def test_two_numbers_that_share_a_mark_are_two_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "hash", lambda _number: 7, raising=False)
    assert [one.entry_number for one in whole(lambda: records("R1", "R2", "R3"))] == ["R1", "R2", "R3"]


def test_the_later_one_is_set_aside_and_work_that_stops_goes_on(tmp_path: Path) -> None:
    source, skips = tmp_path / "in.csv", tmp_path / "bad.jsonl"
    source.write_bytes(table("R1", "R2", "R1", "R3", "R2"))
    done: list[str] = []

    def work(most: int) -> None:
        twice = suspected(read_csv(io.BytesIO(source.read_bytes())))
        running = once(read_csv(io.BytesIO(source.read_bytes())), twice)
        with SkipFile(skips, source) as skip:
            for place, batch in enumerate(skip_bad(running, skip, size=2)):
                if place == most:
                    return
                done.extend(one.entry_number for one in batch.entries)

    work(1)
    work(9)
    assert done == ["R1", "R2", "R3"]
    aside = [row for row in map(json.loads, skips.read_text().splitlines()) if "record" in row]
    assert [row["line"] for row in aside] == [4, 6]


def test_a_filing_and_its_withdrawal_in_one_file_are_refused() -> None:
    """The file does not say which came last, and what was withdrawn is not to be decided."""
    lines = list(write_se([invented_entry(entry_number="ABC-1234567-6")]))
    both = [*lines, *(line.replace("SE10A", "SE10D") for line in lines if line.startswith("SE10"))]

    def read() -> Iterator[Read]:
        return read_se(io.BytesIO("\n".join(both).encode()), FILED)

    with pytest.raises(BadFile, match="ABC-1234567-6 stands on line 1 already"):
        whole(read)
