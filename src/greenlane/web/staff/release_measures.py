"""What benefits were worth, drawn and listed, each number open to its entries (965(b)(2), 966(c), 19:4311(b)(5))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import altair as alt
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.casework.problems import BadInput
from greenlane.programs.models import Programme
from greenlane.release import benefits
from greenlane.release.engine.inputs import MODES
from greenlane.release.engine.measures import Figure, Measured, NotMeasurable
from greenlane.release.engine.statuses import TIERS
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.charts import INK, TONES, Chart, draw
from greenlane.web.staff import release_words as words
from greenlane.web.words import long_date, say

USUAL = 90
"""Days of the period that is shown first."""
SHOWN = 100
WIDTH = 330
NAMES = {
    "examined": gettext_lazy("Examined"),
    "hours_to_release": gettext_lazy("Hours to release, median"),
    "all": gettext_lazy("Every figure"),
}


class PeriodForm(forms.GreenlaneForm):
    """The days of filing."""

    first = forms.MemorableDateField(label=gettext_lazy("First day of filing"))
    last = forms.MemorableDateField(label=gettext_lazy("Last day of filing"))


@declared(*STAFF)
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Rates of examination and times to release of a period, by mode and tier, or why there is no figure."""
    on = viewer_of_request(request).on
    usual = {"first": on - timedelta(days=USUAL - 1), "last": on}
    form = PeriodForm(request.GET or None, initial=usual)
    context: dict[str, Any] = {
        "form": form,
        "crumbs": [c.Crumb(_("Release"), reverse("web:release")), c.Crumb(_("What benefits were worth"))],
    }
    if not form.is_bound or form.is_valid():
        given = form.cleaned_data if form.is_bound else usual
        try:
            period = benefits.period_of(given["first"], given["last"])
            context |= _found(benefits.figures(_programme(), period), period)
        except BadInput as bad:
            for one in bad.problems:
                form.add_error(one.where, say(one.what))
    return render(request, "web/staff/release_measures.html", context)


def _programme() -> str:
    return Programme.objects.order_by("code").values_list("code", flat=True).first() or ""


def _found(found: Sequence[Figure | NotMeasurable], period: benefits.Period) -> dict[str, Any]:
    sound = [one for one in found if isinstance(one, Figure)]
    refused = [one for one in found if isinstance(one, NotMeasurable)]
    pictures = [(name, [one for one in sound if one.measure == name]) for name in benefits.MEASURES]
    return {
        "table": _figures(sound, period),
        "refused": _refusals(refused) if refused else None,
        "charts": [_picture(name, ones) for name, ones in pictures if ones],
    }


def _tier(tier: int | None) -> str:
    if tier is None:
        return _("All tiers")
    return words.tier(tier)


def _mode(mode: str) -> str:
    return str(words.MODES[mode]) if mode in words.MODES else _("All modes")


def _said(name: str, value: float) -> str:
    return f"{value * 100:.1f} %" if name == "examined" else f"{value:.1f}"


def _figures(found: Sequence[Figure], period: benefits.Period) -> c.Table:
    columns = (
        c.Column(_("Measure"), heads_row=True), c.Column(_("Mode")), c.Column(_("Tier")),
        c.Column(_("Value"), numeric=True), c.Column(_("Interval"), numeric=True),
        c.Column(_("Numerator"), numeric=True), c.Column(_("Denominator"), numeric=True),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                NAMES[one.measure],
                _mode(one.mode),
                _tier(one.tier),
                _said(one.measure, one.value),
                f"{_said(one.measure, one.interval.low)} – {_said(one.measure, one.interval.high)}",
                c.Link(str(one.numerator), _opens(one, "numerator")),
                c.Link(str(one.denominator), _opens(one, "denominator")),
            )
        )
        for one in found
    ]
    title = _("Figures of entries filed from %(first)s to %(last)s") % _days(period)
    return c.Table(title, columns, rows, empty=_("Nothing of this period can be measured."))


def _days(period: benefits.Period) -> dict[str, str]:
    return {"first": long_date(period.first), "last": long_date(period.last)}


def _opens(one: Figure, part: str) -> str:
    asked = {"first": one.first, "last": one.last, "measure": one.measure, "mode": one.mode, "tier": one.tier}
    return f"{reverse('web:release-counted')}?{urlencode({**asked, 'part': part})}"


def _refusals(found: Sequence[NotMeasurable]) -> c.Table:
    columns = (
        c.Column(_("Not measurable"), heads_row=True), c.Column(_("Mode")), c.Column(_("Tier")),
        c.Column(_("Why")), c.Column(_("Entry behind it")),
    )  # fmt: skip
    rows = [
        c.Row((NAMES[one.measure], _mode(one.mode), _tier(one.tier), say(one.why), entry_link(number)))
        for one in found
        for number in one.rows or ("",)
    ]
    return c.Table(_("Not measurable"), columns, rows)


def entry_link(number: str) -> c.Link | str:
    """An entry's number, open to the entry."""
    return c.Link(number, reverse("web:release-entry", args=[number])) if number else ""


def _picture(name: str, found: Sequence[Figure]) -> Chart:
    """Each figure as a point with its interval as a line, by mode and tier."""
    scale = 100 if name == "examined" else 1
    rows = tuple((f"{_mode(one.mode)}, {_tier(one.tier)}", *(round(v * scale, 1) for v in _line(one))) for one in found)
    title, axis = str(NAMES[name]), _("Per cent") if name == "examined" else _("Hours")
    description = _("Each point is a figure, the line through it its interval at 95 per cent.")
    columns = (c.Column(_("Entries of"), heads_row=True), *(c.Column(one, numeric=True) for one in _ends()))
    table = c.Table(title, columns, [c.Row(row) for row in rows], caption_hidden=True)
    height = max(60, 34 * len(rows))

    def build() -> alt.TopLevelMixin:
        values = [{"name": n, "value": value, "low": low, "high": high} for n, low, value, high in rows]
        base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("name:N", sort=None, title=None))
        lines = base.mark_rule(color=TONES["quiet"], strokeWidth=3).encode(
            x=alt.X("low:Q", title=axis, axis=alt.Axis(tickCount=5)), x2="high:Q"
        )
        points = base.mark_point(color=TONES["good"], filled=True, size=90, opacity=1).encode(x="value:Q")
        texts = base.mark_text(dy=-11, color=INK, fontSize=12).encode(x="value:Q", text="value:Q")
        return (lines + points + texts).properties(width=WIDTH, height=height)

    svg = draw(build, (rows, axis), title, description, width=WIDTH, height=height)
    return Chart(svg, title, description, table)


def _line(one: Figure) -> tuple[float, float, float]:
    return one.interval.low, one.value, one.interval.high


def _ends() -> tuple[str, str, str]:
    return _("From"), _("Value"), _("To")


@declared(*STAFF)
@require_safe
def counted(request: HttpRequest) -> HttpResponse:
    """The entries that a figure counts, each with what was found of it."""
    asked = request.GET
    name, mode, part = asked.get("measure", ""), asked.get("mode", ""), asked.get("part", "denominator")
    tier, after = _whole(asked.get("tier", "")), max(_whole(asked.get("after", "0")), 0)
    try:
        period = benefits.period_of(date.fromisoformat(asked.get("first", "")), date.fromisoformat(asked["last"]))
    except (BadInput, ValueError, KeyError):
        raise Http404 from None
    if name not in benefits.MEASURES or mode not in MODES or not 0 <= tier < TIERS:
        raise Http404
    found = benefits.counted(benefits.rows(_programme(), period), name, mode, tier, part == "numerator")
    more = {**asked.dict(), "after": after + SHOWN}
    context = {
        "title": f"{NAMES[name]}: {_mode(mode)}, {_tier(tier)}",
        "lead": _("%(count)d entries filed from %(first)s to %(last)s.") % {"count": len(found), **_days(period)},
        "cite": benefits.CITES[2],
        "crumbs": [
            c.Crumb(_("Release"), reverse("web:release")),
            c.Crumb(_("What benefits were worth"), _back(period)),
            c.Crumb(_("Entries")),
        ],
        "table": _entries(found[after : after + SHOWN]),
        "page": c.Page(next_href=f"?{urlencode(more)}" if len(found) > after + SHOWN else ""),
    }
    return render(request, "web/staff/oversight.html", context)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _back(period: benefits.Period) -> str:
    return f"{reverse('web:release-measures')}?{urlencode({'first': period.first, 'last': period.last})}"


def _entries(found: Sequence[Measured]) -> c.Table:
    columns = (
        c.Column(_("Entry"), heads_row=True), c.Column(_("Filed")), c.Column(_("Examination")),
        c.Column(_("Released by all of government")),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                entry_link(row.entry_number),
                row.filed_at,
                words.chip(words.EXAMINATIONS, row.examination or "none"),
                row.released_at or _("Not yet"),
            )
        )
        for row in found
    ]
    return c.Table(_("Entries"), columns, rows, empty=_("No entry is counted."))
