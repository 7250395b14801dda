"""What a revalidation and the periods of a participant show of themselves (6 USC 969(1)-(2))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from greenlane.casework.models import Case
from greenlane.people.visibility import Viewer
from greenlane.programs.queries import terms_of
from greenlane.revalidation import queries
from greenlane.revalidation.models import Revalidation
from greenlane.revalidation.periods import grid_of
from greenlane.validation.queries import validation_of
from greenlane.web import components as c
from greenlane.web.charts import Span, timeline_svg
from greenlane.web.panels import validation as visits
from greenlane.web.panels.registry import Panel, panel
from greenlane.web.words import long_date

BASES = {
    "period": _("For the period"),
    "risk": _("Early, by risk"),
    "review": _("Review of an outside validator's validation"),
}
OUTCOMES = {"confirmed": _("Tier confirmed"), "refused": _("Refused")}


@panel("revalidation", title=_("The revalidation"))
def revalidation(case: Case, viewer: Viewer, on: date) -> Panel:
    """Why it was begun and for which period; place, points and reason are for the staff alone."""
    row = queries.revalidation_of(case.pk)
    context: dict[str, Any] = visits.context_of(case, validation_of(case.pk), viewer, on)
    context["selection"] = _facts(row)
    if viewer.is_staff:
        context["points"], context["reason"] = _points(row), row.reason
    return Panel("panels/revalidation.html", context)


def _facts(row: Revalidation) -> list[c.Fact]:
    facts = [
        c.Fact(_("Selected"), BASES.get(row.basis, row.basis), cite="6 USC 969(2)"),
        c.Fact(_("Selected on"), row.selected_on),
        c.Fact(
            _("Period"),
            gettext("%(index)d, %(start)s to %(end)s")
            % {
                "index": row.period_index,
                "start": long_date(row.period_starts_on),
                "end": long_date(row.period_ends_on),
            },
            cite="6 USC 969(2)",
        ),
    ]
    if row.outcome:
        facts.append(c.Fact(_("Decision"), OUTCOMES[row.outcome], cite="6 USC 969(1)"))
    if row.failures:
        facts.append(c.Fact(_("Found wanting"), ", ".join(row.failures)))
    return facts


def _points(row: Revalidation) -> c.Table | None:
    """The ranking as it stood on the day of selection."""
    if row.place is None:
        return None
    caption = gettext(
        "Place %(place)d of %(ranked)d with %(total)d points, by version %(version)s of the framework"
    ) % {
        "place": row.place,
        "ranked": row.ranked,
        "total": row.total,
        "version": row.framework_version,
    }
    columns = (c.Column(gettext("Criterion"), heads_row=True), c.Column(gettext("Points"), numeric=True))
    return c.Table(caption, columns, [c.Row(tuple(pair)) for pair in row.contributions])


@panel("revalidation_periods", title=_("The periods"))
def periods(case: Case, viewer: Viewer, on: date) -> Panel:
    """Every period up to the next that waits, as a picture and a table, with the revalidations."""
    row = queries.periods_of(case.pk)
    grid = grid_of(row, terms_of(row.programme, row.initial_on))
    spans = [_span(period.index, period.starts_on, period.ends_on, met, on) for period, met in grid.deadlines()]
    item = queries.due_of(row.participant_id, on)
    facts = [c.Fact(_("Initial validation"), row.initial_on, cite="6 USC 969(2)")]
    facts.append(
        c.Fact(_("Next revalidation by"), item.due_on if item else gettext("nothing is owed, for no tier is held"))
    )
    cases = [
        c.Row(
            (c.Link(one.selected_on.isoformat(), _case_href(one, viewer)), BASES.get(one.basis, one.basis), _end(one))
        )
        for one in Revalidation.objects.filter(participant_id=row.participant_id).order_by("-selected_on", "pk")
    ]
    columns = (
        c.Column(gettext("Selected on"), heads_row=True),
        c.Column(gettext("Selected")),
        c.Column(gettext("Result")),
    )
    shown = {
        "facts": facts,
        "chart": timeline_svg(gettext("Periods"), spans, today=on) if spans else None,
        "cases": c.Table(gettext("Revalidations"), columns, cases, empty=gettext("None yet.")),
    }
    return Panel("panels/revalidation_periods.html", shown)


def _span(index: int, starts: date, ends: date, met: date | None, on: date) -> Span:
    words, tone = gettext("Waits"), "warn"
    if met is not None and met <= ends:
        words, tone = gettext("Revalidated on %(day)s") % {"day": long_date(met)}, "good"
    elif met is not None:
        words, tone = gettext("Missed; revalidated on %(day)s") % {"day": long_date(met)}, "bad"
    elif ends < on:
        words, tone = gettext("Overdue"), "bad"
    return Span(gettext("Period %(index)d") % {"index": index}, starts, ends, tone, words)


def _case_href(one: Revalidation, viewer: Viewer) -> str:
    if viewer.is_staff:
        return reverse("web:case", args=[one.pk])
    return reverse("web:trader-case", args=[one.participant_id, one.pk])


def _end(one: Revalidation) -> Any:
    if one.outcome:
        return OUTCOMES[one.outcome]
    return gettext("Closed") if one.closed_on else gettext("Under way")
