"""Who stands above a validator and a company, drawn: each party a box, each holding a line (6 USC 968(f)(1))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from greenlane.law.s968 import Holding, common_owners, conflict
from greenlane.web.charts import Chart
from greenlane.web.components import Column, Row, Table

BOX, GAP, HEIGHT, RISE, SIDE = 208, 28, 46, 84, 12
"""Pixels: width of a box, space beside it, its height, space above it, space at the edge."""
LETTERS = 27
MOST = 60
"""Boxes drawn; the table has all holdings."""


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    name: str
    role: str

    @property
    def label(self) -> str:
        return self.name if len(self.name) <= LETTERS else f"{self.name[: LETTERS - 1]}…"

    @property
    def middle(self) -> int:
        return self.x + BOX // 2


def ownership_picture(validator: str, company: str, holdings: Sequence[Holding], on: date) -> Chart:
    """The two at the foot and everybody above them; what ties them on the day is drawn strong."""
    shown = [holding for holding in holdings if holding.in_force(on)]
    boxes = _boxes(validator, company, shown)
    strong = _ties(validator, company, shown, on)
    lines = [_line(boxes[h.owner], boxes[h.owned], h, h in strong) for h in shown if {h.owner, h.owned} <= set(boxes)]
    width = max(box.x for box in boxes.values()) + BOX + SIDE
    height = max(box.y for box in boxes.values()) + HEIGHT + SIDE
    title = _("Ownership and control on %(day)s") % {"day": on.isoformat()}
    description = _described(validator, company, shown, strong)
    key = sha256(repr((validator, company, holdings, on)).encode()).hexdigest()[:12]
    svg = render_to_string(
        "web/components/ownership.svg",
        {
            "id": f"own-{key}", "width": width, "height": height, "title": title, "description": description,
            "boxes": list(boxes.values()), "lines": lines, "wide": BOX, "tall": HEIGHT,
        },
    )  # fmt: skip
    return Chart(svg, title, description, _table(holdings, strong, on))


def _boxes(validator: str, company: str, holdings: Sequence[Holding]) -> dict[str, Box]:
    """A box for each party, level by level upwards from the two."""
    levels: list[list[str]] = [list(dict.fromkeys((validator, company)))]
    seen = set(levels[0])
    while True:
        above = sorted({h.owner for h in holdings if h.owned in levels[-1]} - seen)
        if not above or len(seen) + len(above) > MOST:
            break
        levels.append(above)
        seen.update(above)
    widest = max(len(level) for level in levels) * (BOX + GAP) - GAP
    roles = {validator: _("Validator"), company: _("Company")}
    boxes = {}
    for number, level in enumerate(reversed(levels)):
        step = (widest - len(level) * BOX) // (len(level) + 1)
        for place, name in enumerate(level):
            x = SIDE + step * (place + 1) + BOX * place
            boxes[name] = Box(x, SIDE + number * (HEIGHT + RISE), name, str(roles.get(name, "")))
    return boxes


def _ties(validator: str, company: str, holdings: Sequence[Holding], on: date) -> frozenset[Holding]:
    """The holdings of every chain that ties the two: one over the other, or one owner over both."""
    chains = [conflict(validator, company, holdings, on), conflict(company, validator, holdings, on)]
    for owner in common_owners(validator, company, holdings, on):
        chains += [conflict(owner, validator, holdings, on), conflict(owner, company, holdings, on)]
    return frozenset(holding for chain in chains for holding in chain)


def _line(owner: Box, owned: Box, holding: Holding, strong: bool) -> dict[str, Any]:
    down = owned.y > owner.y
    start = owner.y + HEIGHT if down else owner.y + HEIGHT // 2
    end = owned.y if down else owned.y + HEIGHT // 2
    return {
        "x1": owner.middle, "y1": start, "x2": owned.middle, "y2": end,
        "x": (owner.middle + 2 * owned.middle) // 3, "y": (start + 2 * end) // 3,
        "label": share(holding), "strong": strong,
    }  # fmt: skip


def share(holding: Holding) -> str:
    """'12.5 %', with 'control' where there is some."""
    part = f"{holding.basis_points / 100:g} %"
    return _("%(share)s, control") % {"share": part} if holding.control else part


def _described(validator: str, company: str, holdings: Sequence[Holding], strong: frozenset[Holding]) -> str:
    counted = ngettext("%(n)d holding is in force.", "%(n)d holdings are in force.", len(holdings)) % {
        "n": len(holdings)
    }
    names = {"validator": validator, "company": company}
    if strong:
        return f"{counted} " + _("%(validator)s and %(company)s are tied by what is drawn strong.") % names
    return f"{counted} " + _("Nothing on record ties %(validator)s and %(company)s.") % names


def _table(holdings: Sequence[Holding], strong: frozenset[Holding], on: date) -> Table:
    columns = (
        Column(_("Owner"), heads_row=True), Column(_("Owned")), Column(_("Share")), Column(_("Since")),
        Column(_("Until")), Column(_("Ties the two")),
    )  # fmt: skip
    rows = [
        Row((h.owner, h.owned, share(h), h.since, h.until or "-", _("yes") if h in strong else "-")) for h in holdings
    ]
    return Table(_("Holdings on record"), columns, rows, empty=_("No holding is on record."))
