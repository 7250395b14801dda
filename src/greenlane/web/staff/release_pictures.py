"""A decision on an entry as a picture: its score against the threshold, and the way that it goes (6 USC 964(a))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import altair as alt
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from greenlane.release.kept import Told
from greenlane.release.simulation import Group
from greenlane.web.charts import INK, QUIET, TONES, Chart, draw
from greenlane.web.components import Chip, Column, Row, Table
from greenlane.web.staff import release_words as words

WIDTH, NARROW = 330, 230
BOX, TALL, GAP = 310, 52, 16
"""Pixels: width of a chart and of the score's, which fits a phone; of the way the width and height of a box, and the
space between two."""


def score_picture(told: Told) -> Chart:
    """The score before, what is taken off, and the score after, against the threshold and the cap of the first tier."""
    found = told.words
    threshold, cap = found["threshold"], found["tier_one_cap"]
    rows = (
        (_("Before"), 0, found["score_before"], found["score_before"], TONES["info"]),
        (_("Taken off"), found["score_after"], found["score_before"], found["reduction"], TONES["warn"]),
        (_("Tier 1 cap"), max(found["score_before"] - cap, 0), found["score_before"], cap, TONES["quiet"]),
        (_("After"), 0, found["score_after"], found["score_after"], TONES["good"]),
    )
    title = _("The score")
    description = _(
        "%(before)d less %(off)d is %(after)d. The high-risk threshold is %(threshold)d (dashed line); the first tier "
        "may have at most %(cap)d points off, 20 %% of it."
    ) % {
        "before": found["score_before"],
        "off": found["score_before"] - found["score_after"],
        "after": found["score_after"],
        "threshold": threshold,
        "cap": cap,
    }
    lines = [(label, value) for label, _from, _to, value, _colour in rows]
    lines += [(_("High-risk threshold"), threshold)]
    lines += [(_("Asked for by the numbers of the policy"), found["reduction_asked"])]
    columns = (Column(_("What"), heads_row=True), Column(_("Points"), numeric=True))
    table = Table(title, columns, [Row(line) for line in lines], caption_hidden=True)
    height = 190

    def build() -> alt.TopLevelMixin:
        return _score(rows, threshold, height)

    return Chart(
        draw(build, (rows, threshold), title, description, width=NARROW, height=height), title, description, table
    )


def _score(rows: Sequence[tuple[str, int, int, int, str]], threshold: int, height: int) -> alt.LayerChart:
    data = alt.Data(
        values=[{"name": n, "from": a, "to": b, "points": value, "colour": colour} for n, a, b, value, colour in rows]
    )
    most = max(threshold, *(row[2] for row in rows)) * 115 // 100
    scale = alt.Scale(domain=[0, most], nice=False)
    base = alt.Chart(data).encode(y=alt.Y("name:N", sort=None, title=None))
    bars = base.mark_bar(height={"band": 0.6}, cornerRadius=3).encode(
        x=alt.X("from:Q", title=_("Points"), scale=scale, axis=alt.Axis(tickCount=5)),
        x2="to:Q",
        color=alt.Color("colour:N", scale=None, legend=None),
    )
    texts = base.mark_text(align="left", dx=5, color=INK, fontSize=14).encode(x="to:Q", text="points:Q")
    around = base.mark_text(align="left", dx=5, fontSize=14, stroke="white", strokeWidth=5).encode(
        x="to:Q", text="points:Q"
    )
    line = alt.Chart(alt.Data(values=[{"at": threshold, "words": str(threshold)}]))
    rule = line.mark_rule(color=TONES["bad"], strokeDash=[5, 3], strokeWidth=2).encode(x="at:Q")
    label = line.mark_text(dy=-height // 2 - 8, color=TONES["bad"], fontSize=13).encode(x="at:Q", text="words:N")
    return (bars + rule + label + around + texts).properties(width=NARROW, height=height)


@dataclass(frozen=True)
class Stop:
    """One stop of the way: what is asked there, and what came of it."""

    asks: str
    says: str
    tone: str
    y: int = 0

    @property
    def colour(self) -> str:
        return TONES[self.tone]


def way_picture(told: Told) -> Chart:
    """The way of the entry: score, examination, customs, agencies, all of government, and how it goes on."""
    stops = [Stop(one.asks, one.says, one.tone, place * (TALL + GAP) + 4) for place, one in enumerate(_stops(told))]
    title = _("The way of the entry")
    description = _("Each stop from the top with what came of it; the table below says the same in words.")
    table = Table(
        title,
        (Column(_("Stop"), heads_row=True), Column(_("Outcome"))),
        [Row((one.asks, Chip(one.says, one.tone))) for one in stops],  # type: ignore[arg-type]
        caption_hidden=True,
    )
    key = sha256(repr(stops).encode()).hexdigest()[:12]
    context = {
        "id": f"way-{key}", "title": title, "description": description, "stops": stops, "wide": BOX, "tall": TALL,
        "gap": GAP, "width": BOX + 8, "height": len(stops) * (TALL + GAP) - GAP + 8, "ink": INK, "quiet": QUIET,
    }  # fmt: skip
    return Chart(render_to_string("web/components/release_way.svg", context), title, description, table)


def _stops(told: Told) -> list[Stop]:
    found = told.words
    high = found["score_after"] >= found["threshold"]
    examined, tone = words.EXAMINATIONS[found["examination"]]
    government, government_tone = words.GOVERNMENT[found["government"]]
    pathway, pathway_tone = words.PATHWAYS[found["pathway"]]
    stops = [
        Stop(
            _("Score"),
            _("%(after)d, high risk") % {"after": found["score_after"]}
            if high
            else _("%(after)d, below the threshold") % {"after": found["score_after"]},
            "bad" if high else "good",
        ),
        Stop(_("Examination"), str(examined), tone),
    ]
    if found["priority"] != "none":
        stops.append(Stop(_("Priority"), str(words.PRIORITIES[found["priority"]]), "good"))
    stops.append(
        Stop(
            _("Customs"),
            _("Released by customs") if found["customs_release"] else _("Not released by customs"),
            "good" if found["customs_release"] else "warn",
        )
    )
    if told.entry.authority:
        stops.append(_agencies(told))
    return [
        *stops,
        Stop(_("All of government"), str(government), government_tone),
        Stop(_("Way"), str(pathway), pathway_tone),
    ]


def _agencies(told: Told) -> Stop:
    found = told.explanation.agencies
    if found["agencies_against"]:
        return Stop(_("Agencies"), _("Held by %(who)s") % {"who": ", ".join(found["agencies_against"])}, "bad")
    if found["agencies_waiting"]:
        return Stop(_("Agencies"), _("Waiting for %(who)s") % {"who": ", ".join(found["agencies_waiting"])}, "info")
    return Stop(_("Agencies"), _("All have let it go"), "good")


Sides = tuple[str, float, float]
"""A group's name and its number now and then."""


def change_picture(title: str, groups: Sequence[tuple[str, Group]], *, category: str) -> Chart:
    """Of each group, how many entries in a thousand are examined, as it is and as it would be."""
    rows = tuple(
        (name, _permille(group.before.examined, group.entries), _permille(group.after.examined, group.entries))
        for name, group in groups
        if group.entries
    )
    description = _("Of 1,000 entries, how many are examined, by %(category)s.") % {"category": category.lower()}
    table = Table(title, _columns(category), [_row(name, group) for name, group in groups], caption_hidden=True)
    return sides_picture(title, description, table, rows, _("Examined of 1,000"))


def number_picture(title: str, description: str, rows: tuple[Sides, ...], *, category: str, measure: str) -> Chart:
    """A number of each group as it is and as it would be, to a tenth, with its table."""
    columns = (
        Column(category, heads_row=True), Column(_("Now"), numeric=True), Column(_("Then"), numeric=True)
    )  # fmt: skip
    said = [Row((name, f"{before:.1f}", f"{after:.1f}")) for name, before, after in rows]
    return sides_picture(title, description, Table(title, columns, said, caption_hidden=True), rows, measure)


def sides_picture(title: str, description: str, table: Table, rows: tuple[Sides, ...], measure: str) -> Chart:
    """Two bars for each group: now and then."""
    now, then = _("Now"), _("Then")
    height = max(90, 52 * len(rows))

    def build() -> alt.TopLevelMixin:
        values = [
            {"name": name, "side": side, "value": round(value, 1)}
            for name, before, after in rows
            for side, value in ((now, before), (then, after))
        ]
        base = alt.Chart(alt.Data(values=values)).encode(
            y=alt.Y("name:N", sort=None, title=None),
            yOffset=alt.YOffset("side:N", sort=[now, then]),
            x=alt.X("value:Q", title=measure, axis=alt.Axis(tickCount=5)),
        )
        colours = alt.Scale(domain=[now, then], range=[TONES["quiet"], TONES["good"]])
        bars = base.mark_bar(cornerRadiusEnd=3).encode(color=alt.Color("side:N", scale=colours, title=None))
        texts = base.mark_text(align="left", dx=4, color=INK, fontSize=12).encode(text="value:Q")
        return (bars + texts).properties(width=WIDTH, height=height)

    return Chart(
        draw(build, (rows, measure), title, description, width=WIDTH, height=height), title, description, table
    )


def _permille(part: int, whole: int) -> int:
    return (part * 2000 + whole) // (2 * whole)


def _columns(category: str) -> tuple[Column, ...]:
    numbers = (
        _("Entries"), _("Examined now"), _("Examined then"), _("Mean score now"), _("Mean score then"),
    )  # fmt: skip
    return (Column(category, heads_row=True), *(Column(one, numeric=True) for one in numbers))


def _row(name: str, group: Group) -> Row:
    cells: tuple[Any, ...] = (
        name,
        group.entries,
        group.before.examined,
        group.after.examined,
        group.before.mean(group.entries),
        group.after.mean(group.entries),
    )
    return Row(cells)
