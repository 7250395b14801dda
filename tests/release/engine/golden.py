"""Golden vectors: entries with the decisions that they must get, chosen so that every mistake in the graph shows.

``python -m tests.release.engine.golden`` chooses and writes them anew, after a change of the policy that is meant; it
prints the mutants that no vector tells from the graph. What changed then shows as a difference of golden.csv.
"""

from __future__ import annotations

import csv
import random
import sys
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from greenlane.release.engine.inputs import INPUTS, LAND, PRIME
from greenlane.release.engine.policy import OUTPUTS, release_policy
from greenlane.release.engine.statuses import Status
from greenlane.release.engine.versions import EXAMPLE, PolicyVersion
from tests.release.engine import making
from tests.release.engine.arrays import Longs, Worked
from tests.release.engine.mutants import mutants

FILE = Path(__file__).with_name("golden.csv")
STEEP = {"tier_one_permille": 350, "tier_two_permille": 431, "tier_three_permille": 433, "threshold": 191}
ODD = {
    "threshold": 307,
    "tier_one_permille": 113,
    "tier_two_permille": 389,
    "tier_three_permille": 257,
    "partner_permille": 29,
    "recognised_permille": 88,
    "scan_permille": 797,
    "document_permille": 601,
    "salt": 1_618_033,
    "random_rate": 2_003,
    "tier_two_rate": 1_009,
    "tier_three_rate": 499,
    "stratified_rate": 211,
    "threat_percent_1": 37,
    "threat_percent_2": 109,
    "threat_percent_3": 311,
}
FINE = ODD | {
    "threshold": 997,
    "tier_one_permille": 180,
    "tier_two_permille": 100,
    "tier_three_permille": 401,
    "partner_permille": 334,
    "recognised_permille": 335,
    "scan_permille": 797,
    "document_permille": 668,
    "salt": 42,
    "random_rate": 5_000,
}
"""Numbers that fall a little short of the next whole point, and a second tier that gets less than the first."""
TINY = ODD | {
    "threshold": 10,
    **dict.fromkeys(
        (f"{who}_permille" for who in ("tier_one", "tier_two", "tier_three", "partner", "recognised")), 100
    ),
    "random_rate": 2_000,
    "tier_two_rate": 5_000,
    "tier_three_rate": 8_000,
    "threat_percent_1": 1,
}
"""Reductions of one point, and rates that wrongly rise with the tier."""
LEAST = {name: node.low for name, node in release_policy().parameters.items()}
MOST = {name: node.high for name, node in release_policy().parameters.items()}
NUMBERS = (EXAMPLE.parameters, EXAMPLE.parameters | STEEP, ODD, FINE, TINY, LEAST, MOST)
VERSIONS = tuple(
    replace(EXAMPLE, code=f"golden-{place}", effective_from=date(2020 + place, 1, 1), parameters=numbers)
    for place, numbers in enumerate(NUMBERS)
)
"""Versions under which the vectors are decided, each from the first of January of the year after the last."""
LANE = frozenset({"dedicated_lanes"})
OPEN = Status(1, LANE).packed
SHUT = [
    Status(0, LANE | {"score_reduction"}).packed,
    Status(0, LANE).packed,
    Status(2, LANE, barred=True).packed,
    *(Status(tier).packed for tier in range(4)),
]
POOL, ALWAYS, SEED = 12_000, 200, 961_973


@dataclass(frozen=True)
class Vector:
    """An entry, the version that decides it, and what must come out, in the order of ``OUTPUTS``."""

    version: PolicyVersion
    entry: dict[str, int]
    outcome: tuple[int, ...]


def vectors() -> list[Vector]:
    """The golden vectors, as they were written."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [
            Vector(
                VERSIONS[int(row["version"])],
                {name: int(row[name]) for name in INPUTS},
                tuple(int(row[name]) for name in OUTPUTS),
            )
            for row in csv.DictReader(lines)
        ]


def pool(chance: random.Random) -> tuple[Longs, dict[str, Longs]]:
    """Versions and entries to choose from: likely ones, any ones, and ones that stand on an edge of a comparison."""
    rows = list(making.entries(POOL, SEED))
    places = np.array([chance.randrange(len(NUMBERS)) for _ in rows], dtype=np.int64)
    columns = making.columns(rows)
    for row in range(0, POOL, 2):
        columns["tariff"][row] = chance.choice((8471, 8517, 8703, 1001))
    for row in range(0, POOL, 3):
        # whose lane stays shut for one party only
        columns["mode"][row] = chance.choice(LAND)
        for party in ("importer", "carrier", "maker"):
            columns[party][row] = OPEN if chance.random() < 0.7 else chance.choice(SHUT)
        columns["customs_hold"][row] = columns["threat_information"][row] = 0
        columns["held"][row] = columns["intensive"][row] = 0
    for row in range(0, POOL, 25):
        # the last key before a multiple of the prime, where rounding of the quotient shows
        columns["entry_key"][row] = PRIME * chance.randrange(2**20, 2**22) - 1
    graph = release_policy()
    numbers = numbers_of(places)
    for _ in range(2):
        worked = Worked(graph, columns, numbers, EXAMPLE.tables).steps
        _on_edges(chance, columns, numbers, worked)
    return places, columns


def numbers_of(places: Longs) -> dict[str, Longs]:
    """The parameters of each row, by the place of its version."""
    return {name: np.array([one[name] for one in NUMBERS], dtype=np.int64)[places] for name in NUMBERS[0]}


def _on_edges(
    chance: random.Random, columns: dict[str, Longs], numbers: dict[str, Longs], worked: dict[str, Longs]
) -> None:
    """Give a third of the entries a score on the edge of an examination, a third a draw on the edge of its rate."""
    threshold = numbers["threshold"]
    cuts = [threshold, *(threshold * numbers[f"{name}_permille"] // 1000 for name in ("scan", "document"))]
    for row in range(len(threshold)):
        if row % 3 == 1:
            score = int(chance.choice(cuts)[row] + worked["reduction"][row]) + chance.choice((-1, 0, 0, 1))
            columns["score"][row] = min(max(score, 0), INPUTS["score"])
        elif row % 3 == 2:
            wanted = int(worked["random_rate_here"][row]) - chance.choice((0, 0, 1))
            columns["entry_key"][row] = key_drawn(int(numbers["salt"][row]), wanted, chance)


def key_drawn(salt: int, wanted: int, chance: random.Random) -> int:
    """A key whose draw is *wanted* under a secret; any key when none is known."""
    if salt not in _KEYS:
        keys = np.array([chance.randrange(INPUTS["entry_key"] + 1) for _ in range(100_000)], dtype=np.int64)
        _KEYS[salt] = dict(zip(draws(keys, salt).tolist(), keys.tolist(), strict=True))
    return _KEYS[salt].get(wanted, PRIME)


_KEYS: dict[int, dict[int, int]] = {}


def draws(keys: Longs, salt: int) -> Longs:
    """The draw of each key under a secret."""
    nothing = {name: np.zeros(1, dtype=np.int64) for name in INPUTS}
    numbers = EXAMPLE.parameters | {"salt": salt}
    return Worked(release_policy(), nothing | {"entry_key": keys}, numbers, EXAMPLE.tables).steps["draw"]


def choose() -> tuple[list[Vector], list[str], int]:
    """The vectors, the mutants that none of the pool tells from the graph, and how many mutants there are."""
    chance = random.Random(SEED)
    graph = release_policy()
    places, columns = pool(chance)
    numbers = numbers_of(places)
    right = Worked(graph, columns, numbers, EXAMPLE.tables).outputs()
    chosen = list(range(ALWAYS))
    survivors, seen = [], 0
    for mutant in mutants(graph):
        seen += 1
        if (built := mutant.graph) is None:
            continue
        wrong = (Worked(built, columns, numbers, EXAMPLE.tables).outputs() != right).any(axis=1)
        if not wrong.any():
            survivors.append(str(mutant))
        elif not wrong[chosen].any():
            chosen.append(int(np.flatnonzero(wrong)[0]))
    found = [
        Vector(VERSIONS[places[row]], {name: int(columns[name][row]) for name in INPUTS}, tuple(map(int, right[row])))
        for row in sorted(chosen)
    ]
    return found, survivors, seen


def write(found: list[Vector]) -> None:
    """Write the vectors to the file."""
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["version", *INPUTS, *OUTPUTS])
        for one in found:
            writer.writerow([VERSIONS.index(one.version), *one.entry.values(), *one.outcome])


if __name__ == "__main__":
    chosen_, survivors_, seen_ = choose()
    write(chosen_)
    sys.stdout.write(f"{len(chosen_)} vectors; {seen_} mutants, {len(survivors_)} not told apart:\n")
    sys.stdout.write("".join(f"  {one}\n" for one in survivors_))
