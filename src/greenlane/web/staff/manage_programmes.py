"""Programmes with their terms, editions of the criteria and what changed, guidelines (961(a)-(b), 963, 964(b))."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.certification.commands import PublishGuidelines
from greenlane.certification.models import Guidelines
from greenlane.criteria.catalogue import Catalogue, Criterion, Difference, load_catalogue
from greenlane.criteria.commands import LoadOfficialText
from greenlane.criteria.models import EditionRow
from greenlane.criteria.queries import edition_of
from greenlane.law.authority import Office
from greenlane.law.terms import Terms
from greenlane.programs.models import Programme, TermsVersion
from greenlane.programs.queries import terms_of
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.command_forms import command_form
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.staff import wording

MANAGER = Office.PROGRAMME_MANAGER
MOST_TEXT_BYTES = 2 * 1024 * 1024


@declared(*STAFF)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme with its terms in force, the editions of its criteria and its guidelines."""
    viewer = viewer_of_request(request)
    rows = list(Programme.objects.order_by("code"))
    versions = TermsVersion.objects.defer("pack").order_by("-effective_from", "-number")
    editions = EditionRow.objects.defer("body", "official").order_by("business_type", "-in_force_from")
    context = {
        "programmes": [
            {
                "row": row,
                "versions": [one for one in versions if one.programme_id == row.pk],
                "editions": [_edition_row(one, viewer.on) for one in editions if one.programme == row.code],
            }
            for row in rows
        ],
        "guidelines": list(Guidelines.objects.order_by("programme", "-in_force_from", "-version")),
        "manager": MANAGER in viewer.offices,
        "on": viewer.on,
    }
    return render(request, "web/staff/programmes.html", context)


def _edition_row(row: EditionRow, on: Any) -> dict[str, Any]:
    return {
        "row": row,
        "title": wording.business_type(row.programme, row.business_type, on),
        "href": reverse("web:manage-edition", args=[row.pk]),
        "in_force": row.in_force_from <= on,
    }


@declared(*STAFF)
@require_safe
def terms(request: HttpRequest, code: str) -> HttpResponse:
    """The terms of a programme in force today: tiers, business types, areas, and what it sets itself."""
    viewer = viewer_of_request(request)
    row = Programme.objects.filter(code=code).first()
    if row is None:
        raise Http404
    found = terms_of(code, viewer.on)
    context = {
        "row": row,
        "tables": _terms_tables(found),
        "crumbs": [c.Crumb(_("Programmes and criteria"), reverse("web:manage-programmes")), c.Crumb(row.title)],
    }
    return render(request, "web/staff/terms.html", context)


def _terms_tables(found: Terms) -> list[c.Table]:
    named = c.Column(_("Title"), heads_row=True)
    return [
        c.Table(
            _("Tiers"),
            (c.Column(_("Rank"), numeric=True), named, c.Column(_("Clause"))),
            [c.Row((tier.rank, tier.title, tier.citations[0])) for tier in found.tiers],
        ),
        c.Table(
            _("Business types"),
            (named, c.Column(_("Questions"), numeric=True), c.Column(_("By invitation"))),
            [
                c.Row((t.title, len(t.questions), _("Yes") if t.by_invitation else _("No")))
                for t in found.business_types
            ],
        ),
        c.Table(
            _("Areas of the assessment"),
            (named, c.Column(_("Concerns")), c.Column(_("Clause"))),
            [c.Row((a.title, ", ".join(wording.readable(n) for n in a.nodes), a.citation)) for a in found.areas],
        ),
        c.Table(
            _("What the programme sets itself"),
            (c.Column(_("Parameter"), heads_row=True), c.Column(_("Value"))),
            [c.Row((wording.readable(name), str(value))) for name, value in sorted(found.parameters.items())],
            empty=_("The programme keeps to what the law and its defaults say."),
        ),
    ]


def _edition(key: UUID) -> EditionRow:
    row = EditionRow.objects.filter(pk=key).defer("body").first()
    if row is None:
        raise Http404
    return row


@declared(*STAFF)
@require_safe
def edition(request: HttpRequest, key: UUID) -> HttpResponse:
    """An edition of the criteria in full, with the agency's own wording where it is loaded, and what it changed."""
    row, viewer = _edition(key), viewer_of_request(request)
    shown = edition_of(row.pk)
    earlier = (
        EditionRow.objects.filter(
            programme=row.programme, business_type=row.business_type, in_force_from__lt=row.in_force_from
        )
        .only("id", "version")
        .order_by("-in_force_from")
        .first()
    )
    title = wording.business_type(row.programme, row.business_type, viewer.on)
    context = {
        "row": row,
        "edition": shown,
        "title": title,
        "categories": _categories(shown.criteria, row.official),
        "difference": _difference(Catalogue.difference(edition_of(earlier.pk), shown)) if earlier else None,
        "earlier": earlier,
        "manager": MANAGER in viewer.offices,
        "crumbs": [c.Crumb(_("Programmes and criteria"), reverse("web:manage-programmes")), c.Crumb(title)],
    }
    return render(request, "web/staff/edition.html", context)


def _categories(criteria: tuple[Criterion, ...], official: dict[str, str]) -> list[dict[str, Any]]:
    catalogue = load_catalogue()
    found = []
    for number in dict.fromkeys(one.category for one in criteria):
        category = catalogue.category(number)
        lines = [{"criterion": o, "official": official.get(o.number, "")} for o in criteria if o.category == number]
        found.append({"number": number, "title": category.title if category else "", "lines": lines})
    return found


def _difference(found: Difference) -> c.Table:
    rows = [c.Row((one.number, c.Chip(_("New"), "good"), one.text)) for one in found.added]
    rows += [c.Row((one.number, c.Chip(_("Removed"), "bad"), one.text)) for one in found.removed]
    rows += [
        c.Row((one.number, c.Chip(_("Changed"), "warn"), ", ".join(wording.readable(part) for part in one.parts)))
        for one in found.changed
    ]
    columns = (c.Column(_("Criterion"), heads_row=True), c.Column(_("Change")), c.Column(_("What")))
    return c.Table(_("What this edition changed"), columns, rows, empty=_("The two editions ask the same."))


class OfficialForm(forms.GreenlaneForm):
    """The agency's own wording of criteria, from a table of two columns."""

    file = forms.UploadField(
        label=gettext_lazy("Texts"),
        suffixes=(".csv",),
        max_bytes=MOST_TEXT_BYTES,
        help_text=gettext_lazy("Two columns without a heading: the criterion's number, and its official wording."),
    )
    source = forms.TextField(
        label=gettext_lazy("Where the texts come from"),
        max_length=500,
        help_text=gettext_lazy("The publication and its date."),
    )

    def clean_file(self) -> dict[str, str]:
        """The texts by number; every line that cannot be read is named."""
        try:
            content = self.cleaned_data["file"].read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise ValidationError(
                _("The file is not text in UTF-8. Save it again as CSV UTF-8, and choose it again.")
            ) from None
        texts: dict[str, str] = {}
        problems = []
        for number, row in enumerate(csv.reader(io.StringIO(content)), 1):
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != 2 or not row[0].strip() or not row[1].strip():
                problems.append(_("Line %(line)d: it needs two columns, a number and a text.") % {"line": number})
            elif row[0].strip() in texts:
                problems.append(_("Line %(line)d: %(number)s is given twice.") % {"line": number, "number": row[0]})
            else:
                texts[row[0].strip()] = row[1].strip()
        if problems:
            raise ValidationError(problems[:20])
        return texts


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def official(request: HttpRequest, key: UUID) -> HttpResponse:
    """Load the agency's own texts into an edition."""
    row = _edition(key)
    posted = request.method == "POST"
    form = OfficialForm(request.POST if posted else None, request.FILES if posted else None)
    back = reverse("web:manage-edition", args=[row.pk])
    answer = None
    if form.is_bound and form.is_valid():
        values = {"edition_id": row.pk, "texts": form.cleaned_data["file"], "source": form.cleaned_data["source"]}
        answer = attempt(request, form, LoadOfficialText, values)
        if answer is not None and answer.granted:
            messages.success(request, _("The official texts stand beside the criteria."))
            return HttpResponseRedirect(back)
    context = {
        "form": form, "refusal": refusal(answer, form), "title": _("Load official texts"), "cancel_href": back,
        "key_field": key_field(), "multipart": True,
        "crumbs": [c.Crumb(_("Programmes and criteria"), reverse("web:manage-programmes")), c.Crumb(row.version, back)],
    }  # fmt: skip
    return render(request, "web/staff/form.html", context, status=422 if posted else 200)


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def publish_guidelines(request: HttpRequest) -> HttpResponse:
    """Publish a version of the guidelines for certification, in force from a day."""
    made = command_form(PublishGuidelines, leave_out={"parts"})
    codes = list(Programme.objects.order_by("title").values_list("code", "title"))
    form = made(request.POST if request.method == "POST" else None)
    form.fields["programme"] = forms.ChoiceField(label=_("Programme"), choices=codes)
    answer = None
    if form.is_bound and form.is_valid():
        answer = attempt(request, form, PublishGuidelines, form.cleaned_data)
        if answer is not None and answer.granted:
            messages.success(request, _("The guidelines are published."))
            return HttpResponseRedirect(reverse("web:manage-programmes"))
    context = {
        "form": form, "refusal": refusal(answer, form), "title": _("Publish guidelines for certification"),
        "cancel_href": reverse("web:manage-programmes"), "key_field": key_field(),
        "crumbs": [c.Crumb(_("Programmes and criteria"), reverse("web:manage-programmes")), c.Crumb(_("Guidelines"))],
    }  # fmt: skip
    return render(request, "web/staff/form.html", context, status=422 if request.method == "POST" else 200)


@declared(*STAFF)
@require_safe
def guidelines(request: HttpRequest, key: UUID) -> HttpResponse:
    """A version of the guidelines, word for word."""
    row = Guidelines.objects.filter(pk=key).first()
    if row is None:
        raise Http404
    crumbs = [c.Crumb(_("Programmes and criteria"), reverse("web:manage-programmes")), c.Crumb(row.version)]
    return render(request, "web/staff/guidelines.html", {"row": row, "crumbs": crumbs})
