"""The draw of random examinations: uniform over successive entry numbers, and without memory of the last one."""

from __future__ import annotations

import numpy as np
import pytest

from greenlane.release.engine.inputs import IN_TEN_THOUSAND, INPUTS, PRIME
from tests.release.engine import golden

ROWS = 200_000
SALTS = (0, 1, 2, 7, 42, 964_965_966, 1_618_033, PRIME - 1)
STARTS = (0, 10**8, 2**40 + 12_345)
EVERYTHING = [(salt, start) for salt in SALTS for start in STARTS]
STEPS = {"one after another": 1, "with a check digit": 10, "one office of a hundred": 100}
SIGMAS = 4.9
"""What chance alone passes once in a million: with so many tests, none should."""


def _draws(salt: int, start: int, step: int = 1, rows: int = ROWS) -> np.ndarray:
    keys = start + step * np.arange(rows, dtype=np.int64)
    assert keys[-1] <= INPUTS["entry_key"]
    return golden.draws(keys, salt)


def _sigmas(counts: np.ndarray) -> float:
    """By how many standard deviations a chi-square is off what chance gives."""
    expected = counts.sum() / counts.size
    chi = float(((counts - expected) ** 2 / expected).sum())
    freedom = counts.size - 1
    return abs(chi - freedom) / (2 * freedom) ** 0.5


@pytest.mark.clause("6 USC 965(b)(2)")
@pytest.mark.parametrize(("salt", "start"), EVERYTHING)
def test_every_number_is_drawn_as_often_as_any_other(salt: int, start: int) -> None:
    drawn = _draws(salt, start)
    assert drawn.min() >= 0
    assert drawn.max() < IN_TEN_THOUSAND
    for cells in (10, 100, 1000):
        assert _sigmas(np.bincount(drawn * cells // IN_TEN_THOUSAND, minlength=cells)) < SIGMAS


@pytest.mark.clause("6 USC 965(b)(2)")
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
@pytest.mark.parametrize("salt", SALTS[3:6])
def test_one_draw_says_nothing_about_the_next(salt: int, step: int) -> None:
    drawn = _draws(salt, 5 * 10**9, step)
    assert _sigmas(np.bincount(drawn * 100 // IN_TEN_THOUSAND, minlength=100)) < SIGMAS
    for lag in (1, 2, 3, 10):
        pairs = (drawn[:-lag] * 20 // IN_TEN_THOUSAND) * 20 + drawn[lag:] * 20 // IN_TEN_THOUSAND
        assert _sigmas(np.bincount(pairs, minlength=400)) < SIGMAS, f"{lag} apart"


@pytest.mark.clause("6 USC 965(b)(2)")
def test_another_secret_is_another_draw() -> None:
    one, other = _draws(7, 10**8), _draws(8, 10**8)
    pairs = (one * 20 // IN_TEN_THOUSAND) * 20 + other * 20 // IN_TEN_THOUSAND
    assert _sigmas(np.bincount(pairs, minlength=400)) < SIGMAS


@pytest.mark.clause("6 USC 965(b)(2)")
@pytest.mark.parametrize("rate", [40, 100, 300])
def test_as_many_are_drawn_as_the_rate_says(rate: int) -> None:
    for salt in SALTS:
        drawn = int((_draws(salt, 10**8) < rate).sum())
        expected = ROWS * rate / IN_TEN_THOUSAND
        assert abs(drawn - expected) < SIGMAS * expected**0.5
    gaps = np.diff(np.flatnonzero(_draws(42, 10**8) < rate))
    assert abs(gaps.mean() - IN_TEN_THOUSAND / rate) < SIGMAS * gaps.std() / len(gaps) ** 0.5
