"""Maps of supply chains, drawn on the server over outlines of the world: 963(2) asks for the whole chain."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from greenlane.web.charts import INK, SERIES, Chart, draw
from greenlane.web.components import Column, Row, Table

OUTLINES = Path(__file__).parent / "data" / "countries-110m.json"
WIDTH, HEIGHT = 720, 400
"""Of a map in pixels; it scales to the width of its place."""
MARGIN = 0.18
FRAME = [[0, 0], [WIDTH, HEIGHT]]
WORLD_SCALE = 132.0
CLOSEST = 14 * WORLD_SCALE
"""How near a map goes: about the width of a small country, beyond which the outlines have no detail."""


@dataclass(frozen=True)
class Node:
    """A place of the chain: name, kind (such as 'Port'), degrees north and east."""

    key: str
    name: str
    kind: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Leg:
    """A way between two nodes, by their keys, and how the cargo moves on it (such as 'Sea')."""

    origin: str
    destination: str
    mode: str


@cache
def outlines() -> dict[str, Any]:
    """The countries of the world as TopoJSON (Natural Earth through world-atlas; public domain and ISC)."""
    loaded: dict[str, Any] = json.loads(OUTLINES.read_text(encoding="utf-8"))
    return loaded


def supply_chain_map(title: str, nodes: Sequence[Node], legs: Sequence[Leg], *, description: str = "") -> Chart:
    """Nodes and legs over the outlines of countries, drawn as near as all nodes allow; ways follow great circles.

    Raises KeyError when a leg names a node that is not given.
    """
    places = {node.key: node for node in nodes}
    columns = (Column(_("From"), heads_row=True), Column(_("To")), Column(_("How")))
    rows = [Row((_called(places[leg.origin]), _called(places[leg.destination]), leg.mode)) for leg in legs]
    counted = ngettext(
        "%(nodes)d places and %(legs)d way between them, listed in the table below.",
        "%(nodes)d places and %(legs)d ways between them, listed in the table below.",
        len(legs),
    )
    description = description or counted % {"nodes": len(nodes), "legs": len(legs)}
    table = Table(title, columns, rows, caption_hidden=True, empty=_("No ways have been entered yet."))

    def build() -> alt.TopLevelMixin:
        return _picture(nodes, legs)

    svg = draw(build, (tuple(nodes), tuple(legs)), title, description, width=WIDTH, height=HEIGHT)
    return Chart(svg, title, description, table)


def _picture(nodes: Sequence[Node], legs: Sequence[Leg]) -> alt.LayerChart:
    places = {node.key: node for node in nodes}
    projection = _projection(nodes)
    ground = alt.Chart(
        alt.Data(values=outlines(), format=alt.TopoDataFormat(feature="countries", type="topojson"))
    ).mark_geoshape(fill="#e3ebe6", stroke="#ffffff", strokeWidth=0.7, clip=True)
    layers: list[Any] = [ground]
    if legs:
        layers.append(_ways(places, legs))
    if nodes:
        layers += _places(nodes)
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT).project(**projection)


def _called(node: Node) -> str:
    return f"{node.name} ({node.kind})"


def _ways(places: dict[str, Node], legs: Sequence[Leg]) -> alt.Chart:
    features = [
        {
            "type": "Feature",
            "properties": {"mode": leg.mode},
            "geometry": {
                "type": "LineString",
                "coordinates": [_point(places[end]) for end in (leg.origin, leg.destination)],
            },
        }
        for leg in legs
    ]
    modes = list(dict.fromkeys(leg.mode for leg in legs))
    colours = alt.Scale(domain=modes, range=[SERIES[at % len(SERIES)] for at in range(len(modes))])
    ways = alt.Chart(alt.Data(values=features)).mark_geoshape(filled=False, strokeWidth=2.5, clip=True)
    return ways.encode(stroke=alt.Stroke("properties.mode:N", title=_("How"), scale=colours))


def _places(nodes: Sequence[Node]) -> list[alt.Chart]:
    """Dots, and names set away from the middle of the map so that they stay inside it."""
    middle = sum(node.longitude for node in nodes) / len(nodes)
    values = [
        {"name": node.name, "lat": node.latitude, "lon": node.longitude, "left": node.longitude > middle}
        for node in nodes
    ]
    base = alt.Chart(alt.Data(values=values)).encode(longitude="lon:Q", latitude="lat:Q")
    named = base.encode(text="name:N")
    halo = {"fontSize": 13, "fontWeight": "bold", "stroke": "#ffffff", "strokeWidth": 3, "strokeJoin": "round"}
    plain = {"fontSize": 13, "fontWeight": "bold", "color": INK}
    layers = [base.mark_circle(size=90, color="#0d351e", stroke="#ffffff", strokeWidth=1.5, opacity=1)]
    for left, align, dx in ((True, "right", -9), (False, "left", 9)):
        half = named.transform_filter(f"datum.left == {str(left).lower()}")
        layers += [half.mark_text(align=align, dx=dx, dy=-8, **look) for look in (halo, plain)]
    return layers


def _point(node: Node) -> list[float]:
    return [node.longitude, node.latitude]


def _projection(nodes: Sequence[Node]) -> dict[str, Any]:
    """Equal Earth, turned so that the chain lies in the middle, and scaled so that all of it is seen."""
    if not nodes:
        return {"type": "equalEarth", "scale": WORLD_SCALE, "translate": [WIDTH / 2, HEIGHT / 2]}
    turn = _middle_longitude(nodes)
    points = [equal_earth((node.longitude - turn + 180) % 360 - 180, node.latitude) for node in nodes]
    left, right = min(x for x, _y in points), max(x for x, _y in points)
    low, high = min(y for _x, y in points), max(y for _x, y in points)
    room = 1 - 2 * MARGIN
    scale = min(WIDTH * room / max(right - left, 1e-6), HEIGHT * room / max(high - low, 1e-6), CLOSEST)
    scale = max(scale, WORLD_SCALE)
    centre = ((left + right) / 2, (low + high) / 2)
    translate = [WIDTH / 2 - scale * centre[0], HEIGHT / 2 + scale * centre[1]]
    return {"type": "equalEarth", "rotate": [-turn, 0, 0], "scale": scale, "translate": translate, "clipExtent": FRAME}


def _middle_longitude(nodes: Sequence[Node]) -> float:
    """The middle of the shortest arc that holds all longitudes: a Pacific chain is not drawn around the world."""
    sorted_ = sorted({node.longitude % 360 for node in nodes})
    gaps = [((sorted_[(at + 1) % len(sorted_)] - degree) % 360 or 360, at) for at, degree in enumerate(sorted_)]
    widest, at = max(gaps)
    start = sorted_[(at + 1) % len(sorted_)]
    return (start + (360 - widest) / 2 + 180) % 360 - 180


def equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    """Equal Earth coordinates (unit scale, y upwards) of degrees; Šavrič, Patterson and Jenny (2018)."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    half_root_three = math.sqrt(3) / 2
    theta = math.asin(half_root_three * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = a1 + 3 * a2 * square + sixth * (7 * a3 + 9 * a4 * square)
    x = math.radians(longitude) * math.cos(theta) / (half_root_three * slope)
    return x, theta * (a1 + a2 * square + sixth * (a3 + a4 * square))
