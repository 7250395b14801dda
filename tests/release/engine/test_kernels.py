"""Compiled loops: divisions are those of whole numbers, and what is kept on disk is found, or done without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from greenlane.release.engine import joining, kernels
from greenlane.release.engine.expressions import input_
from greenlane.release.engine.joining import HELPERS, Compiled, loop_words

TEXT = "def twice(values):\n    for i in range(len(values)):\n        values[i] = 2 * values[i]\n"
EDGES = [0, 1, 63, 64, 65, 9_999, 10_000, 2**31 - 2, 2**31 - 1, 2**31, 2**32 - 1, 2**32, 2**53 - 1]


def _words() -> Compiled:
    return loop_words({})


@pytest.mark.parametrize(
    ("high", "divisor", "written"),
    [
        (2**53 - 1, 2**31 - 1, "ones_"),
        ((2**31 - 2) ** 2 + 2**31, 2**31 - 1, "ones_"),
        (2**31 // 64, 10_000, "narrow_"),
        (2**32 - 1, 2**32 - 1, "ones_"),
        (2**40, 86_400, ""),
        (2**62, 7, ""),
    ],
)
def test_each_way_to_divide_is_that_of_whole_numbers(high: int, divisor: int, written: str) -> None:
    rng = np.random.default_rng(high % 2**32)
    values = np.array([v for v in EDGES if v <= high] + [high] + rng.integers(0, high, 2000).tolist(), dtype=np.int64)
    beside = np.arange(divisor - 3, divisor + 4)
    values = np.append(values, beside[beside <= high])
    a = input_("a", 0, high)
    for op, node in (("quotient", a // divisor), ("remainder", a % divisor)):
        text = _words().write(node)
        assert text.startswith(f"{written}{op}(")
        loop = kernels.compiled(
            f"def f(given, out):\n    for i in range(len(given)):\n        a = given[i]\n        out[i] = {text}\n",
            "f",
            HELPERS,
        )
        found = np.empty_like(values)
        loop(values, found)
        exact = [v // divisor if op == "quotient" else v % divisor for v in values.tolist()]
        assert found.tolist() == exact


def _run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(kernels, "_folders", [])
    kernels.keep_in(folder)
    values = np.arange(5, dtype=np.int64)
    kernels.compiled(TEXT, "twice", {}, of="helpers")(values)
    return values.tolist()


PROCESS = """
import sys
from pathlib import Path
import numpy as np
from greenlane.release.engine import kernels
kernels.keep_in(Path(sys.argv[1]))
values = np.arange(5, dtype=np.int64)
loop = kernels.compiled(sys.argv[2], "twice", {"two": 2}, of="helpers")
loop(values)
print(values.tolist(), sum(loop.stats.cache_hits.values()))
"""


def _process(folder: Path) -> str:
    text = TEXT.replace("2 *", "two *")
    done = subprocess.run([sys.executable, "-c", PROCESS, folder, text], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_what_one_process_compiles_the_next_one_finds(tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    assert _process(folder) == "[0, 2, 4, 6, 8] 0"
    assert folder.stat().st_mode & 0o077 == 0
    assert _process(folder) == "[0, 2, 4, 6, 8] 1"
    for path in folder.rglob("*.nb*"):
        path.write_bytes(b"spoilt")
    assert _process(folder) == "[0, 2, 4, 6, 8] 0"


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "taken").write_text("a file, no folder")
    assert _run(tmp_path / "taken" / "compiled", monkeypatch) == [0, 2, 4, 6, 8]


def test_a_calendar_is_kept_for_the_days_after_it() -> None:
    from greenlane.release.engine.asof import DAY, Period, StatusStore

    slice_ = StatusStore.build([Period(1, 5 * DAY, None, 0, None, 1)]).known_at()
    calendars = joining.Calendars(slice_)
    at = np.array([3 * DAY, 4 * DAY], dtype=np.int64)
    first = calendars.of(at)
    assert calendars.of(at + DAY) is first
    assert calendars.of(at + 30 * DAY) is not first
    assert calendars.of(at[:0]) is None
