"""The risk assessment as a picture: areas by places, each with the risk that remains (963(2))."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

import altair as alt
from django.utils.translation import gettext as _

from greenlane.applications.models import RiskRow
from greenlane.web.charts import INK, Chart, draw
from greenlane.web.components import Column, Row, Table
from greenlane.web.staff.wording import readable

SHADES = ["#e3f5ec", "#c7e7d5", "#ffe9b0", "#f7b98a", "#e58077"]
"""From 1 to 5; each leaves the number on it readable."""
WIDTH = 640


def risk_picture(rows: Sequence[RiskRow], names: Mapping[UUID, str]) -> Chart:
    """A grid of areas and places with the remaining risk in each field, and the table of the same numbers."""
    values = tuple(
        (
            readable(row.area),
            names.get(row.node, "-")[:40],
            row.residual,
            row.threat * row.vulnerability * row.consequence,
        )
        for row in rows
    )
    places = list(dict.fromkeys(value[1] for value in values))
    areas = list(dict.fromkeys(value[0] for value in values))
    columns = (Column(_("Area"), heads_row=True), *(Column(place, numeric=True) for place in places))
    grid = {(area, place): left for area, place, left, _score in values}
    cells = [Row((area, *(grid.get((area, place), "-") for place in places))) for area in areas]
    title = _("Risk that remains, by area and place")
    description = _("From 1 (least) to 5 (most), with what is in place; the table below holds the same numbers.")
    height = max(90, 34 * len(areas))

    def build() -> alt.TopLevelMixin:
        return _grid(values, height)

    svg = draw(build, (values,), title, description, width=WIDTH, height=height)
    return Chart(svg, title, description, Table(title, columns, cells, caption_hidden=True))


def _grid(values: Sequence[tuple[str, str, int, int]], height: int) -> alt.LayerChart:
    data = alt.Data(values=[{"area": area, "place": place, "left": left} for area, place, left, _score in values])
    base = alt.Chart(data).encode(
        x=alt.X("place:N", sort=None, title=None, axis=alt.Axis(orient="top", labelAngle=-20, labelLimit=160)),
        y=alt.Y("area:N", sort=None, title=None),
    )
    shades = alt.Scale(domain=[1, 2, 3, 4, 5], range=SHADES, type="ordinal")
    fields = base.mark_rect(stroke="#ffffff", strokeWidth=2, cornerRadius=3).encode(
        color=alt.Color("left:O", scale=shades, legend=None)
    )
    numbers = base.mark_text(color=INK, fontSize=14, fontWeight="bold").encode(text="left:Q")
    return (fields + numbers).properties(width=WIDTH, height=height)
