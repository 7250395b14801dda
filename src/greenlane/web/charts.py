"""Charts and maps drawn on the server as SVG, each with the table of its data; no clause."""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

import altair as alt
import vl_convert
from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from greenlane import __version__
from greenlane.web.components import Column, Row, Table
from greenlane.web.words import long_date

INK, QUIET, LINE, GREEN = "#1b1b1b", "#565c65", "#dfe1e2", "#146947"
TONES = {
    "neutral": "#3d4551",
    "info": "#2e6276",
    "good": GREEN,
    "warn": "#b8860b",
    "bad": "#b50909",
    "quiet": "#a9aeb1",
}
SERIES = [GREEN, "#2e6276", "#c05600", "#54278f", "#936f38", "#5abf95"]
KEPT = 256
"""Pictures kept in memory; about 10 kB each."""

_memory: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Chart:
    """A picture as SVG text, what it is called, what it shows in a sentence, and its data as a table."""

    svg: str
    title: str
    description: str
    table: Table

    @property
    def markup(self) -> SafeString:
        """The SVG for a page. Everything in it was made here from escaped data."""
        return mark_safe(self.svg)  # noqa: S308


def theme(width: int, height: int) -> dict[str, Any]:
    """The look of every chart: the font of the pages, quiet axes, no frame."""
    font = "Public Sans Web, Helvetica, Arial, sans-serif"
    return {
        "background": "transparent",
        "font": font,
        "view": {"stroke": None, "continuousWidth": width, "continuousHeight": height},
        "axis": {"labelColor": QUIET, "titleColor": QUIET, "gridColor": LINE, "domainColor": QUIET, "ticks": False,
                 "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelPadding": 6,
                 "labelLimit": 220},
        "legend": {"labelColor": INK, "titleColor": QUIET, "labelFontSize": 13, "titleFontSize": 13,
                   "orient": "bottom", "title": None},
        "range": {"category": SERIES},
    }  # fmt: skip


def draw(
    build: Callable[[], alt.TopLevelMixin], content: Any, title: str, description: str, *, width: int, height: int
) -> str:
    """The SVG of the Altair chart that *build* makes, from the cache when the same *content* was drawn before.

    *content* is everything that the picture depends on (its ``repr`` is the key), so that a picture in the cache costs
    no chart at all.

    The picture is named by *title* and *description* for assistive technology, carries no style attribute or sheet
    (the content policy would refuse them) and scales to the width of its place.
    """
    key = _key((build.__qualname__, content, title, description, width, height))
    with _lock:
        if key in _memory:
            _memory.move_to_end(key)
            return _memory[key]
    svg = _from_disk(key)
    if svg is None:
        specification = build().configure(**theme(width, height)).to_dict()
        svg = _accessible(vl_convert.vegalite_to_svg(specification), key, title, description)
        _to_disk(key, svg)
    with _lock:
        _memory[key] = svg
        while len(_memory) > KEPT:
            _memory.popitem(last=False)
    return svg


def _key(content: Any) -> str:
    """One hash for one picture; a new version of the software draws anew."""
    return hashlib.sha256(repr((__version__, vl_convert.__version__, content)).encode()).hexdigest()


def _folder() -> Path | None:
    """Where pictures are kept between starts, when the operator's settings name a folder."""
    folder = getattr(settings, "GREENLANE_CHARTS", None)
    return Path(folder) if folder else None


def _from_disk(key: str) -> str | None:
    folder = _folder()
    try:
        return (folder / f"{key}.svg").read_text(encoding="utf-8") if folder else None
    except FileNotFoundError:
        return None


def _to_disk(key: str, svg: str) -> None:
    folder = _folder()
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{key}.part"
    unfinished.write_text(svg, encoding="utf-8")
    unfinished.replace(folder / f"{key}.svg")


def _accessible(svg: str, key: str, title: str, description: str) -> str:
    """Name the picture, hide its thousand parts, round its coordinates to a tenth of a pixel, let it scale."""
    svg = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", svg)
    svg = re.sub(r"(?<=\d)\.(\d)\d+(?=[,LMZhvlz \")A-Z-])", r".\1", svg)
    box = re.search(r'viewBox="([^"]+)"', svg)
    name = f"chart-{key[:12]}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="gl-svg" role="img" '
        f'aria-labelledby="{name}-t {name}-d" viewBox="{box.group(1) if box else "0 0 640 240"}">'
        f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    )
    return re.sub(r"^<svg[^>]*>", lambda _match: head, svg, count=1)


# --- the charts that pages use ---------------------------------------------------------------------------------------


def bar_chart(
    title: str,
    rows: Sequence[tuple[str, int]],
    *,
    category: str,
    measure: str,
    description: str = "",
    tone: str = "good",
) -> Chart:
    """Horizontal bars in the order given; *category* and *measure* name the two columns of the table under it."""
    description = description or _("%(measure)s by %(category)s.") % {"measure": measure, "category": category}
    table = Table(
        title,
        (Column(category, heads_row=True), Column(measure, numeric=True)),
        [Row(row) for row in rows],
        caption_hidden=True,
    )
    height = max(60, 34 * len(rows))

    def build() -> alt.TopLevelMixin:
        return _bars(rows, measure, TONES[tone], height)

    content = (tuple(rows), measure, tone)
    svg = draw(build, content, title, description, width=560, height=height)
    return Chart(svg, title, description, table)


def _bars(rows: Sequence[tuple[str, int]], measure: str, colour: str, height: int) -> alt.LayerChart:
    data = alt.Data(values=[{"name": str(name), "count": count} for name, count in rows])
    base = alt.Chart(data).encode(
        y=alt.Y("name:N", sort=None, title=None),
        x=alt.X("count:Q", title=measure, axis=_whole(max((count for _name, count in rows), default=0))),
    )
    bars = base.mark_bar(color=colour, cornerRadiusEnd=3, height={"band": 0.65})
    words = base.mark_text(align="left", dx=5, color=INK, fontSize=13).encode(text=alt.Text("count:Q", format=","))
    return (bars + words).properties(width=560, height=height)


def stacked_bars(
    title: str,
    rows: Sequence[tuple[str, Sequence[tuple[str, int]]]],
    *,
    category: str,
    measure: str,
    description: str = "",
) -> Chart:
    """Horizontal bars in the order given, each put together of named parts, which come in one order in every bar."""
    parts = list(dict.fromkeys(name for _label, found in rows for name, _value in found))
    values = [(label, dict(found)) for label, found in rows]
    columns = [Column(category, heads_row=True), *(Column(part, numeric=True) for part in parts)]
    table = Table(
        title,
        (*columns, Column(measure, numeric=True)),
        [Row((label, *(found.get(part, 0) for part in parts), sum(found.values()))) for label, found in values],
        caption_hidden=True,
    )
    description = description or _("%(measure)s by %(category)s.") % {"measure": measure, "category": category}
    height = max(60, 34 * len(rows))

    def build() -> alt.TopLevelMixin:
        data = alt.Data(
            values=[
                {"name": label, "part": part, "order": order, "points": found.get(part, 0)}
                for label, found in values
                for order, part in enumerate(parts)
            ]
        )
        bars = alt.Chart(data).mark_bar(height={"band": 0.65})
        return bars.encode(
            y=alt.Y("name:N", sort=None, title=None),
            x=alt.X("points:Q", title=measure, axis=alt.Axis(tickMinStep=1, tickCount=5)),
            color=alt.Color("part:N", sort=parts, title=None),
            order=alt.Order("order:Q"),
        ).properties(width=560, height=height)

    content = (tuple((label, tuple(found)) for label, found in rows), measure)
    svg = draw(build, content, title, description, width=560, height=height)
    return Chart(svg, title, description, table)


def _whole(most: int) -> alt.Axis:
    """An axis of whole numbers: few of them are all shown, for a half of a case there is none."""
    return alt.Axis(values=list(range(most + 1)), format="d") if most <= 5 else alt.Axis(tickCount=5, format=",d")


@dataclass(frozen=True)
class Span:
    """A bar of a timeline: from a day to a day, both counted; *to* equal to *from_* is a point."""

    label: str
    from_: date
    to: date
    tone: str = "good"
    words: str = ""


def timeline_svg(title: str, spans: Sequence[Span], *, today: date | None = None, description: str = "") -> Chart:
    """Spans and points over time, one line each, with a rule at *today* when it is given."""
    columns = (Column(_("What"), heads_row=True), Column(_("From")), Column(_("To")), Column(_("Note")))
    table = Table(title, columns, [Row((s.label, s.from_, s.to, s.words)) for s in spans], caption_hidden=True)
    description = description or _("Each line is one span of time; the table below says the same in words.")
    if today is not None:
        description += " " + _("The dashed line is %(day)s.") % {"day": long_date(today)}
    height = max(60, 34 * len(spans))

    def build() -> alt.TopLevelMixin:
        return _spans(spans, today, height)

    svg = draw(build, (tuple(spans), today), title, description, width=560, height=height)
    return Chart(svg, title, description, table)


def _spans(spans: Sequence[Span], today: date | None, height: int) -> alt.LayerChart:
    values = [
        {"label": s.label, "from": s.from_.isoformat(), "to": s.to.isoformat(), "colour": TONES[s.tone]} for s in spans
    ]
    base = alt.Chart(alt.Data(values=values)).encode(
        y=alt.Y("label:N", sort=None, title=None),
        color=alt.Color("colour:N", scale=None, legend=None),
    )
    axis = alt.X("from:T", title=None, axis=alt.Axis(format="%-d %b %Y", tickCount=5, labelOverlap=True))
    bars = base.transform_filter("datum.from != datum.to").mark_bar(height=14, cornerRadius=7).encode(x=axis, x2="to:T")
    points = base.transform_filter("datum.from == datum.to").mark_point(
        shape="diamond", filled=True, size=160, opacity=1
    ).encode(x=axis)  # fmt: skip
    layers = [bars, points]
    if today is not None:
        now = alt.Chart(alt.Data(values=[{"day": today.isoformat()}]))
        layers.append(now.mark_rule(color=TONES["bad"], strokeDash=[4, 3], strokeWidth=2).encode(x="day:T"))
    return alt.layer(*layers).properties(width=560, height=height)
