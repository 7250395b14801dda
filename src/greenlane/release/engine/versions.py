"""A version of the policy: its numbers, the agencies' criteria as tables, and from which day it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from greenlane.release.engine.codes import check_agencies, heading_number, origin_number, port_number
from greenlane.release.engine.inputs import ORIGINS, PORTS, TARIFF_HEADINGS
from greenlane.release.engine.policy import release_policy


@dataclass(frozen=True)
class Criterion:
    """What an agency lets through at once, 19 USC 4311(b)(4)(C); None: any port, origin or tariff heading.

    ``ports``: Schedule D, '2704'. ``origins``: 'CN'. ``headings``: tariff codes, of which the first four digits count.
    """

    agency: str
    ports: frozenset[str] | None = None
    origins: frozenset[str] | None = None
    headings: frozenset[str] | None = None


def criteria_tables(criteria: Iterable[Criterion], agencies: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """The tables that the graph reads: at each port, origin and heading, the agencies whose criteria it meets.

    An agency without a criterion lets nothing through at once. Raises ValueError for an agency that is not among
    *agencies*, or that has two criteria: each agency has one, which may name several of each.
    """
    check_agencies(agencies)
    ports, origins, headings = [0] * PORTS, [0] * ORIGINS, [0] * TARIFF_HEADINGS
    met: set[str] = set()
    for one in criteria:
        if one.agency not in agencies:
            raise ValueError(f"{one.agency!r} has a criterion and is not among the agencies of the policy")
        if one.agency in met:
            raise ValueError(f"{one.agency!r} has two criteria; put its ports, origins and headings into one")
        met.add(one.agency)
        bit = 1 << agencies.index(one.agency)
        _mark(ports, bit, None if one.ports is None else map(port_number, one.ports))
        _mark(origins, bit, None if one.origins is None else map(origin_number, one.origins))
        _mark(headings, bit, None if one.headings is None else map(heading_number, one.headings))
    return {"criteria_port": tuple(ports), "criteria_origin": tuple(origins), "criteria_tariff": tuple(headings)}


def _mark(table: list[int], bit: int, places: Iterable[int] | None) -> None:
    for place in range(len(table)) if places is None else places:
        table[place] |= bit


NO_CRITERIA = criteria_tables((), ())


@dataclass(frozen=True)
class PolicyVersion:
    """What a decision is made with: ``parameters`` and ``tables`` as the graph declares them.

    ``effective_from``: the first day (UTC) whose entries it decides, until a later version begins. ``agencies``: an
    agency's place here is its bit in every mask. Raises OutOfRange for numbers or tables that the graph does not
    take, ValueError for agencies that do not fit.
    """

    code: str
    effective_from: date
    parameters: Mapping[str, int]
    tables: Mapping[str, Sequence[int]] = field(default_factory=lambda: NO_CRITERIA)
    agencies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        release_policy().check_parameters(self.parameters)
        release_policy().check_tables(self.tables)
        check_agencies(self.agencies)

    def __hash__(self) -> int:
        return hash((self.code, self.effective_from))


def version_on(versions: Iterable[PolicyVersion], day: date) -> PolicyVersion:
    """The version that decides the entries of *day*. Raises LookupError when none has begun by then."""
    begun = [one for one in versions if one.effective_from <= day]
    if not begun:
        raise LookupError(f"no version of the policy is in force on {day.isoformat()}")
    return max(begun, key=lambda one: one.effective_from)


EXAMPLE_AGENCIES = ("FDA", "APH", "EPA", "FSI", "FWS", "NHT", "ATF", "AMS")
EXAMPLE_PARAMETERS = {
    "threshold": 190,
    "tier_one_permille": 200,
    "tier_two_permille": 250,
    "tier_three_permille": 400,
    "partner_permille": 20,
    "recognised_permille": 50,
    "scan_permille": 850,
    "document_permille": 700,
    "salt": 964_965_966,
    "random_rate": 300,
    "tier_two_rate": 100,
    "tier_three_rate": 40,
    "stratified_rate": 50,
    "threat_percent_1": 25,
    "threat_percent_2": 75,
    "threat_percent_3": 200,
}
"""Invented for trying things out; the real numbers are not public. Only the threshold was once read in the press."""

EXAMPLE = PolicyVersion(
    code="example",
    effective_from=date(2007, 1, 1),
    parameters=EXAMPLE_PARAMETERS,
    tables=criteria_tables(
        (
            Criterion("FDA", origins=frozenset({"CA", "MX", "DE", "JP"})),
            Criterion("EPA", ports=frozenset({"2704", "2709", "4601"}), headings=frozenset({"8471", "8517"})),
            Criterion("NHT", headings=frozenset({"8703", "8708", "8471"})),
        ),
        EXAMPLE_AGENCIES,
    ),
    agencies=EXAMPLE_AGENCIES,
)
"""A version with invented numbers and criteria, for examples, tests and benchmarks; nothing real is decided with it."""
