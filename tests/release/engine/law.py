"""What the law says of every decision, whatever the numbers of the policy: held against a whole grid of entries.

Not a second policy: each check compares decisions with each other, or with the bounds that the clause sets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from greenlane.release.engine.expressions import walk
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import EVERY_AGENCY, INPUTS
from greenlane.release.engine.policy import OUTPUTS
from greenlane.release.engine.statuses import BENEFITS, Status
from greenlane.release.engine.versions import EXAMPLE
from tests.release.engine.arrays import Longs, Worked
from tests.release.engine.golden import key_drawn, random

EVERY = frozenset(BENEFITS)
FIRST, SECOND = frozenset(BENEFITS[:2]), frozenset(BENEFITS[:6])
IMPORTERS = {
    "nobody": Status(),
    "first": Status(1, FIRST),
    "first with all": Status(1, EVERY),
    "second": Status(2, SECOND),
    "second with all": Status(2, EVERY),
    "third": Status(3, EVERY),
    **{f"third but {one}": Status(3, EVERY - {one}) for one in BENEFITS},
    **{f"barred {tier}": Status(tier, EVERY, barred=True, recognised=tier == 2) for tier in range(4)},
    "nobody with all": Status(0, EVERY),
}
PARTNERS = (
    (Status(), Status()),
    (Status(3, EVERY, barred=True), Status(2, EVERY, recognised=True, barred=True)),
    (Status(1, FIRST), Status(1, FIRST)),
    (Status(2, SECOND), Status(0, frozenset(), recognised=True)),
)
"""Carrier and broker; maker. The first take no part, the second are suspended or expelled."""
AGENCIES = ((0, 0, 0, 0), (2, 0, 0, 0), (2, 2, 0, 0), (3, 1, 2, 0), (5, 0, 0, 0), (3, 3, 0, 1))
"""Authority, proceed, held, intensive; agency 2 (bit 4) lets everything from the origin of the grid through."""
SCORES = (0, 120, 161, 190, 229, 400)
DRAWN = (0, 39, 120, 350, 9_999)
AXES = ("importer", "partners", "level", "agencies", "stop", "mode", "advance", "score", "key")


@dataclass(frozen=True)
class Grid:
    """Entries along ``AXES``; ``columns`` are flat."""

    shape: tuple[int, ...]
    columns: Mapping[str, Longs]

    @classmethod
    def laid_out(cls, salt: int, scores: tuple[int, ...] = SCORES, drawn: tuple[int, ...] = DRAWN) -> Grid:
        """Every importer with every partners, threat level, agencies, hold or threat, mode, data, score and draw."""
        shape = (len(IMPORTERS), len(PARTNERS), 4, len(AGENCIES), 3, 2, 2, len(scores), len(drawn))
        at = dict(zip(AXES, (one.reshape(-1) for one in np.indices(shape, dtype=np.int16)), strict=True))
        chance = random.Random(salt)
        keys = [key_drawn(salt, one, chance) for one in drawn]
        agencies = np.array(AGENCIES, dtype=np.int64)[at["agencies"]]
        others, makers = ([pair[n].packed for pair in PARTNERS] for n in (0, 1))
        columns = {
            "importer": np.array([one.packed for one in IMPORTERS.values()])[at["importer"]],
            "carrier": np.array(others)[at["partners"]],
            "broker": np.array(others)[at["partners"]],
            "maker": np.array(makers)[at["partners"]],
            "entry_key": np.array(keys)[at["key"]],
            "score": np.array(scores)[at["score"]],
            "threat_level": at["level"],
            "mode": np.array([0, 2])[at["mode"]],
            "advance_data": at["advance"],
            "customs_hold": (at["stop"] == 1) * 1,
            "threat_information": (at["stop"] == 2) * 1,
            **{name: agencies[:, n] for n, name in enumerate(("authority", "proceed", "held", "intensive"))},
            "port": np.full(len(at["key"]), 1001),
            "origin": np.full(len(at["key"]), ORIGIN),
            "tariff": np.full(len(at["key"]), 1001),
        }
        assert columns.keys() == INPUTS.keys()
        return cls(shape, {name: column.astype(np.int64) for name, column in columns.items()})


ORIGIN = 5
TABLES = {
    "criteria_port": [EVERY_AGENCY] * len(EXAMPLE.tables["criteria_port"]),
    "criteria_origin": [4 if place == ORIGIN else 0 for place in range(len(EXAMPLE.tables["criteria_origin"]))],
    "criteria_tariff": [EVERY_AGENCY] * len(EXAMPLE.tables["criteria_tariff"]),
}
ACTS_ON = {
    "score_reduction": {"tier_one_asked"},
    "dedicated_lanes": {"dedicated_lane"},
    "validated_score_reduction": {"tier_two_reduction"},
    "reduced_examinations": {"random_base", "examined_less"},
    "stratified_exemption": {"stratified_exempt"},
    "priority_searches": {"searched_first"},
    "expedited_release": {"threat_proof"},
    "further_reduced_examinations": {"random_base", "examined_least", "examined_less"},
    "priority_examinations": {"front_of_line"},
    "further_score_reduction": {"tier_three_reduction"},
}
"""The steps that carry out each benefit; all that a denial of it may change is what reads these."""


class Judged:
    """The decisions of a graph on a grid, and which clauses they breach."""

    def __init__(self, graph: Graph, grid: Grid, numbers: Mapping[str, int]) -> None:
        self.graph, self.grid, self.numbers = graph, grid, numbers
        self.worked = Worked(graph, grid.columns, numbers, TABLES)

    @cached_property
    def out(self) -> dict[str, Longs]:
        """Every step, and every input, along ``AXES``."""
        found = {**self.grid.columns, **self.worked.steps}
        size = len(self.grid.columns["score"])
        return {name: np.broadcast_to(values, size).reshape(self.grid.shape) for name, values in found.items()}

    def of(self, name: str, importer: str) -> Longs:
        """A step for one importer, along the other axes."""
        return self.out[name][list(IMPORTERS).index(importer)]

    def same(self, one: str, other: str) -> bool:
        """Whether two importers are decided alike in everything."""
        return all((self.of(name, one) == self.of(name, other)).all() for name in OUTPUTS)

    def breaches(self) -> set[str]:
        """The clauses that some decision breaches."""
        return {clause for check in CHECKS for clause, holds in check(self) if not holds}


def cap(judged: Judged) -> Iterator[tuple[str, bool]]:
    """Before validation a score never falls by more than a fifth of the threshold, whatever the numbers are."""
    most = judged.numbers["threshold"] * 20 // 100
    for name in ("nobody", "first", "first with all", "nobody with all"):
        fall = judged.of("score", name) - judged.of("score_after", name)
        yield "6 USC 964(a)", bool((fall <= most).all() and (fall >= 0).all())


def validation(judged: Judged) -> Iterator[tuple[str, bool]]:
    """Benefits of a tier that a party has not reached do nothing, even where a record wrongly gives them to it."""
    yield "6 USC 965(b)", judged.same("first", "first with all")
    yield "6 USC 966(c)", judged.same("second", "second with all")
    yield "6 USC 964(a)", judged.same("nobody", "nobody with all")
    yield "6 USC 965(b)(3)", not judged.of("priority", "first with all").any()
    yield "6 USC 966(c)(3)", bool((judged.of("priority", "second with all") < 2).all())


def barred(judged: Judged) -> Iterator[tuple[str, bool]]:
    """Who is suspended or expelled is decided as if nobody in the entry took part; as a partner it counts nothing."""
    bit = 1 << judged.graph.steps["importer_barred"].bit
    for tier in range(4):
        for name in OUTPUTS:
            without = judged.of(name, "nobody")[:1]
            here = judged.of(name, f"barred {tier}") & ~(bit if name == "reasons" else 0)
            yield "6 USC 967(b)", bool((here == without).all())
    yield "6 USC 967(b)", all((judged.out[name][:, 0] == judged.out[name][:, 1]).all() for name in OUTPUTS)


def stopped(judged: Judged) -> Iterator[tuple[str, bool]]:
    """A hold or information of a threat wins; nothing is released while an agency holds or has not answered."""
    out = judged.out
    threat, hold = out["threat_information"] == 1, out["customs_hold"] == 1
    against = (out["authority"] & (out["held"] | out["intensive"])) > 0
    stop = threat | hold
    yield "19 USC 4311(b)(4)(D)", bool((out["examination"][threat] == 3).all())
    yield "19 USC 4311(b)(4)(D)", not out["customs_release"][stop].any()
    yield "19 USC 4311(b)(4)(D)", bool((out["pathway"][stop] == 4).all() and (out["government"][stop] == 2).all())
    yield "19 USC 4311(b)(4)(A)", bool((out["pathway"][against] == 4).all() and (out["government"][against] == 2).all())
    open_ = out["authority"] & ~(out["proceed"] | 4)
    released = out["government"] == 1
    yield "19 USC 4311(b)(4)(A)", not (released & (stop | against | (open_ > 0))).any()
    yield "19 USC 4311(b)(4)(A)", bool((out["customs_release"][released] == 1).all())
    yield "19 USC 4311(b)(4)(A)", not ((out["pathway"] >= 2) & (out["pathway"] <= 3) & ~released).any()
    yield "19 USC 4311(b)(4)(D)", not ((out["customs_release"] == 1) & (out["examination"] > 0)).any()


def every_level(judged: Judged) -> Iterator[tuple[str, bool]]:
    """A third-tier participant with expedited release is decided alike at every threat level, and goes no slow way."""
    expedited = [name for name, one in IMPORTERS.items() if one.tier == 3 and not one.barred]
    for name in (one for one in expedited if "expedited_release" in IMPORTERS[one].benefits):
        for output in (*OUTPUTS, "random_rate_here"):
            along = judged.of(output, name)
            yield "6 USC 966(c)(1)", bool((along == along[:, :1]).all())
        way = judged.of("pathway", name)
        yield "6 USC 966(c)(1)", bool((way >= 1).all())


def better(judged: Judged) -> Iterator[tuple[str, bool]]:
    """No tier is treated worse than the one below it; the examined wait less, the others need no priority."""
    for lower, higher in (("nobody", "first"), ("first", "second"), ("second", "third")):
        for name, clause in (("score_after", "6 USC 965(b)(1)"), ("random_rate_here", "6 USC 965(b)(2)")):
            yield clause, bool((judged.of(name, higher) <= judged.of(name, lower)).all())
        yield "6 USC 965(b)(3)", bool((judged.of("examination", higher) <= judged.of("examination", lower)).all())
    out = judged.out
    yield "6 USC 965(b)(3)", not ((out["priority"] > 0) & (out["examination"] == 0)).any()
    yield "6 USC 966(c)(3)", bool((judged.of("priority", "third")[judged.of("examination", "third") > 0] == 2).all())


def denied(judged: Judged) -> Iterator[tuple[str, bool]]:
    """A benefit that is denied in part is gone, and nothing changes that does not come of it."""
    for benefit in BENEFITS:
        changed = {
            name
            for name in judged.graph.steps
            if (judged.of(name, "third") != judged.of(name, f"third but {benefit}")).any()
        }
        allowed = _after(judged.graph, ACTS_ON[benefit])
        yield "6 USC 967(a)", changed <= allowed


def _after(graph: Graph, names: set[str]) -> set[str]:
    """The named steps and all that read them."""
    found = set(names)
    for step in graph.steps.values():
        if any(one.op == "step" and one.name in found for one in walk(step.expression)):
            found.add(step.name)
    return found


CHECKS = (cap, validation, barred, stopped, every_level, better, denied)
