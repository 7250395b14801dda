"""What an entry brings to a decision, in its declared ranges, and how a step is written."""

from __future__ import annotations

from greenlane.release.engine.expressions import Node, input_, parameter
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.statuses import GREATEST_STATUS

PARTIES = ("importer", "carrier", "broker", "maker")
"""Whose status an entry reads; 'maker' is the manufacturer."""
MODES = ("sea", "air", "truck", "rail", "parcel", "other")
EXAMINATIONS = ("none", "document", "scan", "intensive")
PRIORITIES = ("none", "search", "front_of_line")
PATHWAYS = ("standard", "expedited", "immediate_clearance", "preclearance", "hold")
GOVERNMENT = ("waiting", "released", "stopped")
MOST_POINTS = 1000
THREAT_LEVELS = 4
AGENCIES = 62
"""Agencies have a bit each in a mask of this width."""
EVERY_AGENCY = 2**AGENCIES - 1
PRIME = 2**31 - 1
IN_TEN_THOUSAND = 10_000
PORTS, ORIGINS, TARIFF_HEADINGS = 100_000, 26 * 26, 10_000
MOST_ENTRY_KEY = 2**53 - 1
LAND = (MODES.index("truck"), MODES.index("rail"))


INPUTS = {
    **dict.fromkeys(PARTIES, GREATEST_STATUS),
    "entry_key": MOST_ENTRY_KEY,
    "score": MOST_POINTS,
    "threat_level": THREAT_LEVELS - 1,
    "mode": len(MODES) - 1,
    "advance_data": 1,
    "customs_hold": 1,
    "threat_information": 1,
    "authority": EVERY_AGENCY,
    "proceed": EVERY_AGENCY,
    "held": EVERY_AGENCY,
    "intensive": EVERY_AGENCY,
    "port": PORTS - 1,
    "origin": ORIGINS - 1,
    "tariff": TARIFF_HEADINGS - 1,
}
"""What an entry brings, each from 0 up to this. Flags are 0 or 1; agencies are bits.

``entry_key``: the entry number as a whole number. ``score``: points before any benefit. ``advance_data``: cargo
information came before loading. ``held``: agencies that hold the goods or refuse the data; ``intensive``: agencies that
ask for an intensive examination. ``port``: Schedule D; ``origin``: two letters, base 26; ``tariff``: first four digits.
"""


def entry(name: str) -> Node:
    """An input in its declared range."""
    return input_(name, 0, INPUTS[name])


def permille(name: str) -> Node:
    return parameter(name, 0, 1000)


def rate(name: str) -> Node:
    return parameter(name, 0, IN_TEN_THOUSAND)


def step(graph: Graph, name: str) -> Node:
    return graph.steps[name].node


def reason(graph: Graph, name: str, citation: str, truth: Node, says: str) -> Node:
    """A step that is a reason for the outcome whenever it is true, at the next free bit."""
    return graph.step(name, citation, truth, says, bit=len(graph.bits()), when=truth)
