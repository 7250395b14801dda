"""Other numbers of a policy, and what they would do to the entries on record, drawn (6 USC 964(a), 965(b), 966(c))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.casework.problems import BadInput
from greenlane.programs.models import Programme
from greenlane.release import whatif, whatif_hours
from greenlane.release.engine.inputs import MOST_POINTS
from greenlane.release.engine.policy import release_policy
from greenlane.release.numbers import PolicyNumbers, labels
from greenlane.release.simulation import Found, Group
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.charts import Chart
from greenlane.web.staff import release_hours, wording
from greenlane.web.staff import release_words as words
from greenlane.web.staff.release_hours import Grouped
from greenlane.web.staff.release_pictures import change_picture, number_picture
from greenlane.web.words import say

MOST_PORTS = 12
"""The busiest ports, which are drawn; the interface and the command line say all."""


WRONG = {"invalid": gettext_lazy("Give a whole number for “%(label)s”.")}


class WhatIfForm(forms.GreenlaneForm):
    """The numbers in force, to be changed. One that is left empty stays as it is in force."""

    def __init__(self, *args: Any, now: PolicyNumbers, threshold: int, **options: Any) -> None:
        super().__init__(*args, **options)
        declared_ = release_policy().parameters
        self.fields["threshold"] = django_forms.IntegerField(
            label=_("High-risk threshold"), initial=threshold, min_value=1, max_value=MOST_POINTS, required=False
        )
        for name, value in asdict(now).items():
            meta = PolicyNumbers.__dataclass_fields__[name].metadata
            low, high = declared_[name].low, declared_[name].high
            self.fields[name] = django_forms.IntegerField(
                label=_(meta["label"]),
                help_text=_(meta["help"]),
                initial=value,
                min_value=low,
                max_value=high,
                required=False,
            )
        for field in self.fields.values():
            field.widget.attrs.update({"class": "usa-input usa-input--small"})
            for kind, text in WRONG.items():
                field.error_messages[kind] = text % {"label": field.label}
        whole = _("All entries filed from this day to the last one; without both, the latest on record.")
        self.fields["first"] = forms.MemorableDateField(label=_("First day of filing"), required=False, help_text=whole)
        self.fields["last"] = forms.MemorableDateField(label=_("Last day of filing"), required=False)


@declared(*STAFF)
@require_safe
def what_if(request: HttpRequest) -> HttpResponse:
    """Other numbers, and what they would do to the entries on record: by tier, mode, port and business type."""
    on = viewer_of_request(request).on
    programme = Programme.objects.order_by("code").values_list("code", flat=True).first() or ""
    context: dict[str, Any] = {
        "crumbs": [c.Crumb(_("Release"), reverse("web:release")), c.Crumb(_("What if"))],
    }
    try:
        base = whatif.ask(programme, {}, on)
    except BadInput as bad:
        context["nothing"] = [f"{say(one.what)} {say(one.mend)}" for one in bad.problems]
        return render(request, "web/staff/release_what_if.html", context)
    form = WhatIfForm(request.GET or None, now=base.now, threshold=base.threshold_now)
    if form.is_bound and form.is_valid():
        context |= _answered(programme, form, on)
    return render(request, "web/staff/release_what_if.html", {**context, "form": form})


def _answered(programme: str, form: WhatIfForm, on: date) -> dict[str, Any]:
    given = {name: value for name, value in form.cleaned_data.items() if name not in ("first", "last")}
    numbers = {name: form.fields[name].initial if value is None else value for name, value in given.items()}
    asked = whatif.ask(programme, numbers, on)
    try:
        period = whatif.period_given(form.cleaned_data["first"], form.cleaned_data["last"])
    except BadInput as bad:
        for one in bad.problems:
            form.add_error(one.where, say(one.what))
        return {}
    found = whatif.answer(programme, asked, period)
    groups = _groups(found, programme, on)
    return {
        "asked": asked,
        "found": found,
        "changes": _changes(asked),
        "charts": _charts(groups),
        **release_hours.shown(groups, whatif_hours.measured(programme, period, on)),
    }


def _changes(asked: whatif.Asked) -> c.Table:
    columns = (
        c.Column(_("Number"), heads_row=True), c.Column(_("Now"), numeric=True), c.Column(_("Then"), numeric=True)
    )  # fmt: skip
    named = {**labels(), "threshold": gettext_lazy("High-risk threshold")}
    rows = [c.Row((_(str(named[name])), was, then)) for name, (was, then) in asked.changes.items()]
    return c.Table(_("What would differ"), columns, rows, empty=_("Nothing: these are the numbers in force."))


def _groups(found: Found, programme: str, on: date) -> list[Grouped]:
    """The groups of the four kinds, under the names that people read."""
    tiers = [(words.tier(int(tier)), one) for tier, one in found.tiers.items()]
    modes = [(str(words.MODES[whatif.group_name("mode", mode)]), one) for mode, one in sorted(found.modes.items())]
    busiest = sorted(found.ports.items(), key=lambda pair: (-pair[1].entries, pair[0]))[:MOST_PORTS]
    ports = [(whatif.group_name("port", port), one) for port, one in busiest]
    businesses = [
        (str(wording.business_type(programme, code, on)) if code else _("Takes no part"), one)
        for code, one in sorted(found.businesses.items())
    ]
    return [(_("Tier"), tiers), (_("Mode"), modes), (_("Port"), ports), (_("Business type"), businesses)]


def _charts(groups: list[Grouped]) -> list[Chart]:
    examined = [
        change_picture(_("Examinations by %(what)s") % {"what": category.lower()}, named, category=category)
        for category, named in groups
    ]
    return [*examined, *(_scores(category, named) for category, named in groups)]


def _scores(category: str, named: Sequence[tuple[str, Group]]) -> Chart:
    """The mean score of each group, now and then."""
    title = _("Mean score after benefits by %(what)s") % {"what": category.lower()}
    rows = tuple(
        (name, group.before.scores / group.entries, group.after.scores / group.entries)
        for name, group in named
        if group.entries
    )
    description = _("The mean points of an entry after benefits, now and then.")
    return number_picture(title, description, rows, category=category, measure=_("Points"))
