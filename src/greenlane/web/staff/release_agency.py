"""Where a partner agency answers: the entries that wait for it, each with the goods and the answers (4311(b)(4)(A))."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.law.authority import Office
from greenlane.release import kept
from greenlane.release.commands_entries import RecordAgencyAnswer
from greenlane.release.deciding import answers_on_record, filed_of
from greenlane.release.engine.checking import LONGEST_PROGRAM
from greenlane.release.engine.entries import CargoEntry, latest_answers
from greenlane.release.engine.inputs import GOVERNMENT
from greenlane.release.models import Agency, CurrentEntry, FiledEntry
from greenlane.release.queries import agency_named, criteria_on
from greenlane.sharing.queries import agency_of
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.staff import release_words as words
from greenlane.web.staff.release import answer_event
from greenlane.web.staff.release_compatibility import programmes_table
from greenlane.web.staff.release_policies import criteria_said

SHOWN = 100


def _own(request: HttpRequest) -> Agency | None:
    viewer = viewer_of_request(request)
    return agency_named(agency_of(viewer.account, viewer.on)) if viewer.account else None


@declared(Office.PARTNER_AGENCY)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The entries that wait for the agency, the one that has waited longest first."""
    agency = _own(request)
    rows = kept.waiting_for(agency) if agency else CurrentEntry.objects.none()
    found = list(rows[:SHOWN])
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:64]
    for number in dict.fromkeys((asked, asked.upper())) if asked and agency else ():
        if agency and _of_agency(number, agency):
            return HttpResponseRedirect(reverse("web:agency-release-entry", args=[number]))
    columns = (
        c.Column(_("Entry"), heads_row=True),
        c.Column(_("Filed")),
        c.Column(_("Port")),
        c.Column(_("Origin")),
        c.Column(_("Tariff code")),
        c.Column(_("Mode")),
    )
    table = c.Table(
        _("Entries that wait for you"),
        columns,
        [_row(filed_of(row.decision.filed)) for row in found],
        empty=_("No entry waits for your agency."),
    )
    context = {
        "agency": agency,
        "criteria": _criteria(agency, viewer_of_request(request).on) if agency else "",
        "table": table,
        "programmes": programmes_table([agency], viewer_of_request(request).on) if agency else None,
        "asked": asked,
        "count": rows.count(),
        "shown": SHOWN,
    }
    return render(request, "web/staff/release_agency.html", context)


def _criteria(agency: Agency, on: date) -> str:
    return criteria_said(next((row for row in criteria_on(on) if row.agency_id == agency.pk), None))


def _row(entry: CargoEntry) -> c.Row:
    return c.Row(
        (
            c.Link(entry.entry_number, reverse("web:agency-release-entry", args=[entry.entry_number])),
            entry.filed_at,
            entry.port,
            entry.origin,
            entry.tariff,
            words.MODES[entry.mode],
        )
    )


def _of_agency(number: str, agency: Agency) -> FiledEntry | None:
    """The entry as it was filed last, where the agency has authority over its goods; None for any other."""
    row = FiledEntry.objects.filter(number=number).order_by("version").last()
    return row if row is not None and kept.concerns(row, agency) else None


class AnswerForm(forms.GreenlaneForm):
    """What the agency says of an entry."""

    answer = forms.ChoiceField(label=gettext_lazy("Answer"), choices=list(words.ANSWERED.items()))
    program = forms.TextField(
        label=gettext_lazy("Programme of the agency"),
        max_length=LONGEST_PROGRAM,
        required=False,
        help_text=gettext_lazy("Leave it empty for the whole agency."),
    )
    note = forms.TextAreaField(label=gettext_lazy("Note"), required=False)


@declared(Office.PARTNER_AGENCY)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, number: str) -> HttpResponse:
    """One entry over which the agency has authority: the goods, every answer so far, and the form to answer."""
    agency = _own(request)
    filed = _of_agency(number, agency) if agency else None
    if agency is None or filed is None:
        raise Http404
    form, answer = AnswerForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        values = {"entry_number": number, "agency": agency.code, "answered_at": timezone.now(), **form.cleaned_data}
        answer = attempt(request, form, RecordAgencyAnswer, values)
        if answer is not None and answer.granted:
            messages.success(request, _("Your answer on entry %(number)s is on record.") % {"number": number})
            return HttpResponseRedirect(reverse("web:agency-release"))
    context = {
        "agency": agency,
        "number": number,
        "form": form,
        "refusal": refusal(answer, form),
        "key_field": key_field(),
        **_shown(filed, agency),
        "crumbs": [c.Crumb(_("Release"), reverse("web:agency-release")), c.Crumb(number)],
    }
    return render(request, "web/staff/release_agency_entry.html", context)


def _shown(filed: FiledEntry, own: Agency) -> dict[str, Any]:
    """What an agency may see of an entry: the goods, the answers and its own notes, never a score."""
    notes = kept.notes_of(filed.number)
    found = filed_of(filed)
    given = sorted({*found.answers, *answers_on_record([filed.number]).get(filed.number, ())}, key=lambda one: one.at)
    counting = latest_answers(given)
    current = CurrentEntry.objects.get(pk=filed.number)
    facts = [
        c.Fact(_("Filed"), found.filed_at),
        c.Fact(_("Port"), found.port or "-"),
        c.Fact(_("Country of origin"), found.origin or "-"),
        c.Fact(_("Tariff code"), found.tariff or "-"),
        c.Fact(_("Mode"), words.MODES[found.mode]),
    ]
    rows = [
        c.Row((code, words.answer_chip(counting[code].answer if code in counting else "-"))) for code in found.authority
    ]
    table = c.Table(
        _("Agencies with authority over the goods"), (c.Column(_("Agency"), heads_row=True), c.Column(_("Says"))), rows
    )
    return {
        "facts": facts,
        "table": table,
        "events": [answer_event(one, notes.get(one, "") if one.agency == own.code else "") for one in reversed(given)],
        "government": words.chip(words.GOVERNMENT, GOVERNMENT[current.government]),
    }
