"""A case over time in one drawing: its states as a band, what happened as marks, last days as flags (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from django.template.loader import render_to_string
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from greenlane.web.charts import Chart
from greenlane.web.components import Column, Row, Table, Tone
from greenlane.web.words import long_date

WIDTH, SIDE = 720.0, 18.0
"""Pixels, as every measure here."""
BAND, LETTER = 30.0, 7.4
LANE, LANES = 20.0, 4
DOT, STACK = 5.0, 3
FLAG = 6.0
FILLS: dict[Tone, str] = {
    "neutral": "#e8ecea",
    "info": "#d5e9ef",
    "good": "#bfe6d2",
    "warn": "#ffe8ad",
    "bad": "#f8d0cc",
    "quiet": "#eef0ef",
}
TICKS = 7


@dataclass(frozen=True)
class Phase:
    """A state from a day until a day (None: until now)."""

    words: str
    tone: Tone
    from_: date
    to: date | None
    final: bool = False
    """Nothing follows it, so it is not drawn into the future."""


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day."""

    on: date
    words: str


@dataclass(frozen=True)
class Flag:
    """The last day of a period, and when it was met. One that ``lapses`` is not late when it is over."""

    words: str
    due: date
    met: date | None = None
    cite: str = ""
    lapses: bool = False


@dataclass(frozen=True)
class Box:
    """A phase, drawn. ``label`` is its words where they fit, else its number in the list under the picture."""

    x: float
    width: float
    middle: float
    fill: str
    label: str
    title: str
    goes_on: bool = False
    """Drawn after the present day: the state that holds now, as long as nothing happens."""


@dataclass(frozen=True)
class Dot:
    """What happened on one day or on days too close to tell apart."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Post:
    """A last day with its label; ``anchor`` keeps the label inside the picture."""

    x: float
    y: float
    label: str
    label_x: float
    anchor: str
    met: bool
    late: bool


@dataclass(frozen=True)
class Tick:
    """A month under the picture."""

    x: float
    label: str


class _Scale:
    """From days to pixels."""

    def __init__(self, first: date, last: date) -> None:
        slack = timedelta(days=max(2, (last - first).days // 25))
        self.first, self.last = first - slack, last + slack
        self.days = (self.last - self.first).days

    def x(self, day: date, more: float = 0.0) -> float:
        part = ((day - self.first).days + more) / self.days
        return round(SIDE + part * (WIDTH - 2 * SIDE), 1)


def case_picture(
    reference: str, phases: Sequence[Phase], marks: Sequence[Mark], flags: Sequence[Flag], today: date
) -> Chart:
    """The drawing with its text alternative and the table of everything in it."""
    days = [
        today,
        *(one.from_ for one in phases),
        *(one.to for one in phases if one.to),
        *(one.on for one in marks),
        *(one.due for one in flags),
    ]
    scale = _Scale(min(days), max(days))
    posts = list(_posts(flags, scale, today))
    top = 8 + LANE * (1 + max((round((post.y - 16) / LANE) for post in posts), default=-1))
    dots = list(_dots(marks, scale, top + BAND + 16))
    title = _("The case %(reference)s over time") % {"reference": reference}
    description = _described(phases, marks, flags, today)
    name = "case" + sha256(repr((reference, phases, marks, flags, today)).encode()).hexdigest()[:12]
    foot = top + BAND + 16 + (STACK if dots else 0) * (2 * DOT + 2) + 8
    svg = render_to_string(
        "web/components/case_picture.svg",
        {
            "id": name,
            "title": title,
            "description": description,
            "width": WIDTH,
            "height": foot + 26,
            "top": top,
            "band": BAND,
            "foot": foot,
            "text_y": top + BAND / 2 + 4.5,
            "boxes": list(_boxes(phases, scale, today)),
            "dots": dots,
            "posts": posts,
            "ticks": list(_ticks(scale)),
            "today": scale.x(today, 0.5),
            "side": SIDE,
            "end": WIDTH - SIDE,
        },
    )
    return Chart(svg, title, description, _table(title, phases, marks, flags))


def _boxes(phases: Sequence[Phase], scale: _Scale, today: date) -> Iterator[Box]:
    for number, phase in enumerate(phases, 1):
        end = phase.to or max(today, phase.from_)
        x = scale.x(phase.from_)
        width = max(3.0, round(scale.x(end, 0.0 if phase.to else 1.0) - x, 1))
        fits = len(phase.words) * LETTER + 10 <= width
        label = phase.words if fits else str(number) if width >= 14 else ""
        span = _span(phase)
        ahead = round(WIDTH - SIDE - x - width, 1) if phase.to is None and not phase.final else 0.0
        goes_on = ahead > len(phase.words) * LETTER + 10
        label = "" if goes_on and not fits else label
        yield Box(x, width, round(x + width / 2, 1), FILLS[phase.tone], label, f"{number}. {phase.words}: {span}")
        if ahead > 0:
            words = phase.words if goes_on and not fits else ""
            middle = round(x + width + len(words) * LETTER / 2 + 12, 1)
            title = _("%(state)s now") % {"state": phase.words}
            yield Box(round(x + width, 1), ahead, middle, FILLS[phase.tone], words, title, goes_on=True)


def _span(phase: Phase) -> str:
    if phase.to is None:
        return _("since %(day)s") % {"day": long_date(phase.from_)}
    return _("%(first)s to %(last)s") % {"first": long_date(phase.from_), "last": long_date(phase.to)}


def _dots(marks: Sequence[Mark], scale: _Scale, y: float) -> Iterator[Dot]:
    """Marks near each other are stacked; what is higher than the stack is told in the last one."""
    columns: list[tuple[float, list[Mark]]] = []
    for mark in sorted(marks, key=lambda one: one.on):
        x = scale.x(mark.on, 0.5)
        if columns and x - columns[-1][0] < 2 * DOT + 1:
            columns[-1][1].append(mark)
        else:
            columns.append((x, [mark]))
    for x, found in columns:
        for row, mark in enumerate(found[:STACK]):
            more = len(found) - STACK if row == STACK - 1 else 0
            text = f"{long_date(mark.on)}: {mark.words}"
            if more > 0:
                text += " " + ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
            yield Dot(x, round(y + row * (2 * DOT + 2), 1), text)


def _posts(flags: Sequence[Flag], scale: _Scale, today: date) -> Iterator[Post]:
    """Last days in lanes, so that no label lies on another."""
    free = [0.0] * LANES
    for flag in sorted(flags, key=lambda one: (one.due, one.words)):
        x = scale.x(flag.due, 0.5)
        label = f"{flag.words}, {formats.date_format(flag.due, 'M j, Y')}"
        wide = len(label) * LETTER * 0.92 + 14
        at_end = x + wide > WIDTH
        left, right = (x - wide, x) if at_end else (x, x + wide)
        lane = next((number for number, until in enumerate(free) if left >= until), LANES - 1)
        free[lane] = right + 6
        late = (flag.met is None and flag.due < today and not flag.lapses) or (
            flag.met is not None and flag.met > flag.due
        )
        anchor, label_x = ("end", x - FLAG - 4) if at_end else ("start", x + FLAG + 4)
        yield Post(x, 16 + LANE * lane, label, round(label_x, 1), anchor, flag.met is not None, late)


def _ticks(scale: _Scale) -> Iterator[Tick]:
    months = [
        date(year, month, 1)
        for year in range(scale.first.year, scale.last.year + 1)
        for month in range(1, 13)
        if scale.first <= date(year, month, 1) <= scale.last
    ]
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60) if len(months) / n <= TICKS), 120)
    last = -100.0
    for month in months:
        x = scale.x(month)
        if (month.month - 1 + 12 * month.year) % step == 0 and x - last > 60 and SIDE + 24 < x < WIDTH - SIDE - 24:
            last = x
            yield Tick(x, formats.date_format(month, "M Y"))


def _described(phases: Sequence[Phase], marks: Sequence[Mark], flags: Sequence[Flag], today: date) -> str:
    """The picture in words: the states in order, the last days, how much happened, and what day it is."""
    parts = [_("The states in order: %(states)s.") % {"states": "; ".join(f"{p.words}, {_span(p)}" for p in phases)}]
    if flags:
        last = "; ".join(f"{flag.words}, {long_date(flag.due)}" for flag in flags)
        parts.append(_("Last days: %(days)s.") % {"days": last})
    if marks:
        parts.append(ngettext("%(n)d event is marked.", "%(n)d events are marked.", len(marks)) % {"n": len(marks)})
    parts.append(_("The dashed line is %(day)s.") % {"day": long_date(today)})
    return " ".join(parts)


def _table(title: str, phases: Sequence[Phase], marks: Sequence[Mark], flags: Sequence[Flag]) -> Table:
    columns = (Column(_("What"), heads_row=True), Column(_("From")), Column(_("To")), Column(_("Clause")))
    rows = [Row((f"{n}. {p.words}", p.from_, p.to or _("Now"), "")) for n, p in enumerate(phases, 1)]
    rows += [
        Row((_("Last day: %(what)s") % {"what": f.words}, f.due, f.met or _("Not met yet"), f.cite)) for f in flags
    ]
    rows += [Row((mark.words, mark.on, "", "")) for mark in sorted(marks, key=lambda one: one.on)]
    return Table(title, columns, rows, caption_hidden=True)
