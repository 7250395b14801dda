"""Look an entry of cargo up and see its decision as a picture; decide one by hand (6 USC 964(a); 19 USC 4311(b)(4))."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.problems import BadInput, Missing
from greenlane.law.authority import Office, may_command
from greenlane.participants.identifiers import FORMATS
from greenlane.release import kept
from greenlane.release.commands_entries import DecideEntries
from greenlane.release.engine.entries import Answer
from greenlane.release.engine.inputs import EXAMINATIONS, GOVERNMENT, PATHWAYS
from greenlane.release.kept import Told
from greenlane.release.models import CurrentEntry, ReleaseDecision
from greenlane.release.register import KINDS
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.components import Tone
from greenlane.web.giving import give, key_field, refusal
from greenlane.web.offering import facts_of
from greenlane.web.shared.access import note_read
from greenlane.web.staff import release_words as words
from greenlane.web.staff.release_pictures import score_picture, way_picture
from greenlane.web.words import say

SHOWN = 25
LONGEST = 64


@declared(*STAFF)
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """Look an entry up by its number; below, those that were decided last."""
    asked = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    for number in dict.fromkeys((asked, asked.upper())) if asked else ():
        if CurrentEntry.objects.filter(pk=number).exists():
            return HttpResponseRedirect(reverse("web:release-entry", args=[number]))
    rows = list(kept.current()[:SHOWN])
    columns = (
        c.Column(_("Entry"), heads_row=True),
        c.Column(_("Score"), numeric=True),
        c.Column(_("Examination")),
        c.Column(_("Government")),
        c.Column(_("Way")),
        c.Column(_("Decided")),
    )
    table = c.Table(_("Decided last"), columns, [_row(row) for row in rows], empty=_("No entry has been decided yet."))
    context = {"asked": asked, "table": table, "may_decide": _may_decide(request)}
    return render(request, "web/staff/release.html", context)


def _may_decide(request: HttpRequest) -> bool:
    return may_command("DecideEntries", facts_of(viewer_of_request(request), None, False)).granted


def _row(row: CurrentEntry) -> c.Row:
    made = row.decision
    return c.Row(
        (
            c.Link(row.number, reverse("web:release-entry", args=[row.number])),
            f"{made.score_before} → {made.score_after}",
            words.chip(words.EXAMINATIONS, EXAMINATIONS[made.examination]),
            words.chip(words.GOVERNMENT, GOVERNMENT[made.government]),
            words.chip(words.PATHWAYS, PATHWAYS[made.pathway]),
            row.decided_at,
        )
    )


@declared(*STAFF)
@require_safe
def entry(request: HttpRequest, number: str) -> HttpResponse:
    """One entry: its decision as a picture, the reasons by clause, the agencies, what went out, what was before."""
    rows = list(kept.decisions(number))
    if not rows:
        raise Http404
    chosen = next((row for row in rows if str(row.place) == request.GET.get("decision")), rows[-1])
    told = kept.told_of(chosen)
    for participant in kept.participants_of(chosen):  # not which entry: its parties need not know of each other
        note_read(request, participant, "status as a party of an entry", "read a decision on cargo")
    context = {
        "told": told,
        "row": chosen,
        "latest": chosen == rows[-1],
        "score": score_picture(told),
        "way": way_picture(told),
        "reasons": _by_clause(told),
        "parties": _parties(told),
        "events": _events(number, told),
        "messages_out": kept.messages_of(number),
        "decisions": _decisions(rows, number),
        "crumbs": [c.Crumb(_("Release"), reverse("web:release")), c.Crumb(number)],
    }
    return render(request, "web/staff/release_entry.html", context)


def _by_clause(told: Told) -> list[tuple[str, list[Any]]]:
    found: dict[str, list[Any]] = {}
    for one in told.explanation.reasons:
        found.setdefault(one.citation, []).append(one.sentence)
    return list(found.items())


def _parties(told: Told) -> c.Table:
    columns = (
        c.Column(_("Party"), heads_row=True),
        c.Column(_("Number")),
        c.Column(_("Tier"), numeric=True),
        c.Column(_("Benefits on cargo"), numeric=True),
        c.Column(_("Status")),
    )
    rows = [
        c.Row(
            (
                words.ROLES[role],
                told.entry.party(role),
                status.tier or _("None"),
                len(status.benefits),
                _standing(status.barred, status.recognised, status.tier),
            )
        )
        for role, status in told.parties.items()
    ]
    return c.Table(_("Who the parties were, at that instant"), columns, rows)


def _standing(barred: bool, recognised: bool, tier: int) -> c.Chip:
    if barred:
        return c.Chip(_("Suspended or expelled"), "bad")
    if tier:
        return c.Chip(_("Certified"), "good")
    return c.Chip(_("Recognised abroad"), "info") if recognised else c.Chip(_("Takes no part"), "neutral")


def _events(number: str, told: Told) -> list[c.Event]:
    answers, notes = kept.answers_to(told.entry, number), kept.notes_of(number)
    return [answer_event(one, notes.get(one, "")) for one in reversed(answers)]


def answer_event(one: Answer, note: str = "") -> c.Event:
    """An answer of an agency on a timeline, with what it wrote beside."""
    tone: Tone = words.ANSWER_TONES.get(one.answer, "bad")
    who = f"{one.agency} ({one.program})" if one.program else one.agency
    title = _("%(agency)s: %(answer)s") % {"agency": who, "answer": str(words.ANSWERED[one.answer]).lower()}
    return c.Event(
        title, on=one.at.date(), body=f"{one.at:%H:%M} UTC. {note}" if note else f"{one.at:%H:%M} UTC", tone=tone
    )


def _decisions(rows: list[ReleaseDecision], number: str) -> c.Table:
    columns = (
        c.Column(_("Decision"), heads_row=True),
        c.Column(_("As known at")),
        c.Column(_("Because")),
        c.Column(_("Score after"), numeric=True),
        c.Column(_("Government")),
    )
    because = {"filed": _("It was filed"), "answered": _("An agency answered")}
    address = reverse("web:release-entry", args=[number])
    found = [
        c.Row(
            (
                c.Link(str(row.place), f"{address}?decision={row.place}"),
                row.known_at,
                because[row.because],
                row.score_after,
                words.chip(words.GOVERNMENT, GOVERNMENT[row.government]),
            )
        )
        for row in rows
    ]
    return c.Table(_("Every decision on this entry"), columns, found)


def _looks_like(role: str) -> Any:
    return " / ".join(FORMATS[kind].looks_like for kind in KINDS[role])


class EntryForm(forms.GreenlaneForm):
    """One entry, by hand."""

    entry_number = forms.TextField(label=gettext_lazy("Entry number"), max_length=LONGEST)
    filed_at = forms.TextField(
        label=gettext_lazy("When it was filed"),
        max_length=40,
        help_text=gettext_lazy("With its zone: 2026-03-01T14:05:00Z."),
    )
    importer = forms.TextField(label=gettext_lazy("Importer"), max_length=LONGEST, help_text=_looks_like("importer"))
    carrier = forms.TextField(label=gettext_lazy("Carrier"), max_length=LONGEST, required=False)
    broker = forms.TextField(label=gettext_lazy("Customs broker"), max_length=LONGEST, required=False)
    maker = forms.TextField(label=gettext_lazy("Manufacturer"), max_length=LONGEST, required=False)
    score = django_forms.IntegerField(
        label=gettext_lazy("Score before any benefit"), help_text=gettext_lazy("0 to 1000.")
    )
    port = forms.TextField(label=gettext_lazy("Port"), max_length=5, required=False, help_text="2704")
    origin = forms.TextField(label=gettext_lazy("Country of origin"), max_length=2, required=False, help_text="CN")
    tariff = forms.TextField(label=gettext_lazy("Tariff code"), max_length=13, required=False, help_text="8471300100")
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=list(words.MODES.items()))
    threat_level = django_forms.IntegerField(
        label=gettext_lazy("Threat level"), initial=0, help_text=gettext_lazy("0 to 3.")
    )
    authority = forms.TextField(
        label=gettext_lazy("Agencies with authority"), max_length=300, required=False, help_text="FDA EPA"
    )
    advance_data = django_forms.BooleanField(
        label=gettext_lazy("Cargo information came before loading"), required=False
    )
    customs_hold = django_forms.BooleanField(label=gettext_lazy("Customs holds the goods"), required=False)
    threat_information = django_forms.BooleanField(
        label=gettext_lazy("There is information of a threat"), required=False
    )

    def values(self) -> dict[str, Any]:
        """The entry as the command takes it."""
        data = dict(self.cleaned_data)
        return {**data, "authority": tuple(data["authority"].upper().replace(",", " ").split())}


@declared(Office.SPECIALIST, Office.SUPERVISOR, Office.PROGRAMME_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest) -> HttpResponse:
    """Decide one entry by hand and keep the decision; files are decided on the command line or by programs."""
    form = EntryForm(request.POST or None, initial={"filed_at": timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ")})
    answer = None
    if request.method == "POST" and form.is_valid():
        values = form.values()
        answer = _given(request, form, values)
        if answer is not None and answer.granted:
            return HttpResponseRedirect(reverse("web:release-entry", args=[values["entry_number"]]))
    context = {
        "form": form,
        "refusal": refusal(answer, form),
        "key_field": key_field(),
        "crumbs": [c.Crumb(_("Release"), reverse("web:release")), c.Crumb(_("Decide an entry"))],
    }
    return render(request, "web/staff/release_decide.html", context)


def _given(request: HttpRequest, form: EntryForm, values: dict[str, Any]) -> Any:
    """The answer; a problem of the entry is said beside its field."""
    try:
        return give(request, DecideEntries, {"programme": "ctpat", "entries": [values]})
    except BadInput as bad:
        for one in bad.problems:
            name = one.where.split(".")[2] if one.where.count(".") >= 2 else one.where
            form.add_error(name if name in form.fields else None, f"{say(one.what)} {say(one.mend)}".strip())
    except Missing as gone:
        form.add_error(None, say(gone.sentence()))
    return None
