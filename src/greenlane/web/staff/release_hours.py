"""The time of release that other numbers would make, drawn, and the times that it rests on (965(b)(2), 966(c))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.problems import BadInput
from greenlane.programs.models import Programme
from greenlane.release import benefits, whatif_hours
from greenlane.release.engine.inputs import EXAMINATIONS, MODES
from greenlane.release.engine.measures import Measured
from greenlane.release.engine.times import LONGEST, Mean, Place, Times, Unknown, hours_of
from greenlane.release.simulation import Group
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared
from greenlane.web.charts import Chart
from greenlane.web.staff import release_words as words
from greenlane.web.staff.release_measures import entry_link
from greenlane.web.staff.release_pictures import number_picture
from greenlane.web.words import say

SHOWN = 100
Grouped = tuple[str, Sequence[tuple[str, Group]]]
"""What groups are of, and the groups under the names that people read."""


def shown(groups: Sequence[Grouped], known: Times) -> dict[str, Any]:
    """What the page of what-if shows of the time of release."""
    each = [
        (category, [(name, whatif_hours.hours(group, known)) for name, group in named if group.entries])
        for category, named in groups
    ]
    charts = [_picture(category, named) for category, named in each]
    silent = [(category, name, found.why) for category, named in each for name, found in named if found.why]
    return {
        "hours_charts": [chart for chart in charts if chart is not None],
        "times": _times(known),
        "silent": _silent(silent) if silent else None,
        "days": LONGEST.days,
    }


def _picture(category: str, named: Sequence[tuple[str, whatif_hours.Hours]]) -> Chart | None:
    rows = tuple((name, *found.known) for name, found in named if found.known is not None)
    if not rows:
        return None
    title = _("Hours to release by %(what)s") % {"what": category.lower()}
    description = _("The mean hours from filing to the release by all of government, as the mix of examinations makes.")
    return number_picture(title, description, rows, category=category, measure=_("Hours"))


def _times(known: Times) -> c.Table:
    """The times that were measured, each number open to its entries."""
    columns = (
        c.Column(_("Mode"), heads_row=True), c.Column(_("Examination")), c.Column(_("Mean hours"), numeric=True),
        c.Column(_("Interval"), numeric=True), c.Column(_("Released in time"), numeric=True),
        c.Column(_("Entries"), numeric=True), c.Column(_("Why not measurable")),
    )  # fmt: skip
    rows = [
        c.Row((str(words.MODES[place[0]]), _examination(place[1]), *_cells(place, one))) for place, one in known.items()
    ]
    return c.Table(
        _("Measured hours to release by mode and examination"),
        columns,
        rows,
        empty=_("No entry was filed in the period that is measured."),
    )


def _examination(code: str) -> c.Chip:
    return words.chip(words.EXAMINATIONS, code)


def _cells(place: Place, one: Mean | Unknown) -> tuple[Any, ...]:
    if isinstance(one, Unknown):
        return "-", "-", "-", c.Link(_("Entries"), _opens(place, one, "denominator")), say(one.why)
    return (
        f"{one.value:.1f}",
        f"{one.interval.low:.1f} – {one.interval.high:.1f}",
        c.Link(str(one.numerator), _opens(place, one, "numerator")),
        c.Link(str(one.denominator), _opens(place, one, "denominator")),
        "",
    )


def _opens(place: Place, one: Mean | Unknown, part: str) -> str:
    asked = {"first": one.first, "last": one.last, "mode": place[0], "examination": place[1], "part": part}
    return f"{reverse('web:release-timed')}?{urlencode(asked)}"


def _silent(found: Sequence[tuple[str, str, Any]]) -> c.Table:
    columns = (c.Column(_("Of"), heads_row=True), c.Column(_("Entries of")), c.Column(_("Why not measurable")))
    rows = [c.Row((category, name, say(why))) for category, name, why in found]
    return c.Table(_("Hours that are not measurable"), columns, rows)


@declared(*STAFF)
@require_safe
def timed(request: HttpRequest) -> HttpResponse:
    """The entries that a mean time counts, each with the hours with which it counts."""
    asked = request.GET
    mode, examination, part = (asked.get(name, "") for name in ("mode", "examination", "part"))
    after = asked.get("after", "0")
    try:
        period = benefits.period_of(date.fromisoformat(asked.get("first", "")), date.fromisoformat(asked["last"]))
        start = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0
    except (BadInput, ValueError, KeyError):
        raise Http404 from None
    if mode not in MODES or examination not in EXAMINATIONS:
        raise Http404
    programme = Programme.objects.order_by("code").values_list("code", flat=True).first() or ""
    found = benefits.timed(benefits.rows(programme, period), mode, examination, part == "numerator")
    title = _("Hours to release: %(mode)s, %(examination)s")
    context = {
        "title": title % {"mode": words.MODES[mode], "examination": str(words.EXAMINATIONS[examination][0]).lower()},
        "lead": _("%(count)d entries filed from %(first)s to %(last)s.")
        % {"count": len(found), "first": period.first, "last": period.last},
        "cite": benefits.CITES[2],
        "crumbs": [
            c.Crumb(_("Release"), reverse("web:release")),
            c.Crumb(_("What if"), reverse("web:release-what-if")),
            c.Crumb(_("Entries")),
        ],
        "table": _entries(found[start : start + SHOWN]),
        "page": c.Page(
            next_href=f"?{urlencode({**asked.dict(), 'after': start + SHOWN})}" if len(found) > start + SHOWN else ""
        ),
    }
    return render(request, "web/staff/oversight.html", context)


def _entries(found: Sequence[Measured]) -> c.Table:
    columns = (
        c.Column(_("Entry"), heads_row=True), c.Column(_("Filed")), c.Column(_("Released by all of government")),
        c.Column(_("Counts with hours"), numeric=True),
    )  # fmt: skip
    rows = [
        c.Row(
            (
                entry_link(row.entry_number),
                row.filed_at,
                row.released_at or _("Not yet"),
                f"{hours_of(row):.1f}",
            )
        )
        for row in found
    ]
    return c.Table(_("Entries"), columns, rows, empty=_("No entry is counted."))
