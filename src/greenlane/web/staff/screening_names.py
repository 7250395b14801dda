"""Screen one name or a file of names on a page; nothing is kept but that it was done (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.forms import Select
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from greenlane.casework.problems import BadInput, Problem
from greenlane.casework.tables import CSV
from greenlane.people.visibility import reading_office
from greenlane.records.documents import clean_name
from greenlane.vetting.lists.entries import ListKind, PartyType
from greenlane.vetting.names_screened import (
    Lists,
    Screened,
    as_bad_input,
    lists_for,
    note_screened,
    screen_named,
)
from greenlane.vetting.names_told import hits_told, list_told, party_told
from greenlane.vetting.naming.encodings import OTHERS
from greenlane.vetting.naming.files import check, names_file
from greenlane.vetting.naming.problems import NamesRefused
from greenlane.vetting.naming.rows import LONGEST_NAME, Named, named_of
from greenlane.vetting.naming.writing import FLAT, flat
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.giving import add_problems
from greenlane.web.staff.screening_hits import SECONDS_SAID
from greenlane.web.staff.screening_score import ALIAS_TITLES, words_table
from greenlane.web.staff.screening_tabs import ADJUDICATORS, KIND_TITLES, crumbs, tabs
from greenlane.web.staff.screening_words import bars
from greenlane.web.words import say

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 2 * 1024 * 1024
MOST_NAMES = 2_000
SHOWN = 50
"""Most names with hits that a page shows; the file of hits has all."""
TYPES = [
    (PartyType.UNKNOWN.value, gettext_lazy("Not known: compared with every kind")),
    (PartyType.ORGANISATION.value, gettext_lazy("Company")),
    (PartyType.PERSON.value, gettext_lazy("Person")),
    (PartyType.VESSEL.value, gettext_lazy("Vessel")),
    (PartyType.AIRCRAFT.value, gettext_lazy("Aircraft")),
]


class NamesForm(forms.GreenlaneForm):
    """One name with what is known of it, or a file of names."""

    name = forms.TextField(label=gettext_lazy("Name"), max_length=LONGEST_NAME, required=False)
    type = forms.ChoiceField(label=gettext_lazy("Kind"), choices=TYPES, required=False, widget=Select())
    country = forms.TextField(
        label=gettext_lazy("Country"), max_length=200, required=False, help_text=gettext_lazy("Several with ';'.")
    )
    birth_date = forms.TextField(
        label=gettext_lazy("Born or founded"), max_length=40, required=False, help_text="1961-05-04"
    )
    identifier = forms.TextField(
        label=gettext_lazy("Numbers"), max_length=400, required=False, help_text="imo:9074729; passport:X1234567 (PE)"
    )
    address = forms.TextField(label=gettext_lazy("Address"), max_length=500, required=False)
    file = forms.UploadField(
        label=gettext_lazy("Or a file of names"),
        required=False,
        max_bytes=LARGEST,
        help_text=gettext_lazy("CSV whose first line names the columns, one of them 'name', or JSON lines."),
    )
    encoding = forms.ChoiceField(
        label=gettext_lazy("Encoding of the file"),
        choices=[(name, name) for name in OTHERS],
        required=False,
        help_text=gettext_lazy("Only where it cannot be told from the file."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("name", "").strip()) is bool(data.get("file")):
            self.add_error("name", _("Write one name, or choose a file of names; not both."))
        return data


@dataclass(frozen=True)
class Found:
    """What a page shows of a screening."""

    names: int
    with_hits: int
    hits: int
    warnings: Sequence[str]
    notices: Sequence[str]
    lists: c.Table
    model: str
    parties: Sequence[dict[str, Any]]

    @property
    def more(self) -> int:
        return self.with_hits - sum(bool(party["hits"]) for party in self.parties)


@declared(*ADJUDICATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def names(request: HttpRequest) -> HttpResponse:
    """One name or a file of names against the lists on record, each hit explained; or the hits as a file."""
    posted = request.method == "POST"
    form = NamesForm(request.POST if posted else None, request.FILES if posted else None)
    found: Found | None = None
    problems: tuple[Problem, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            lists, notices, screened = _screened(request, form)
            if "download" in request.POST:
                return _as_file(screened, lists)
            found = _found(screened, lists, notices)
        except BadInput as bad:
            problems = _told(form, bad)
    context = {
        "form": form,
        "found": found,
        "problems": problems,
        "most": MOST_NAMES,
        "tabs": tabs("names", request),
        "crumbs": crumbs(c.Crumb(_("Screen names"))),
    }
    return render(request, "web/staff/screening_names.html", context, status=422 if posted and not found else 200)


def _told(form: NamesForm, bad: BadInput) -> tuple[Problem, ...]:
    """What is wrong with a field is said beside it; the rest, line by line, above the form."""
    beside = tuple(one for one in bad.problems if one.where in form.fields and not form.cleaned_data.get("file"))
    add_problems(form, BadInput(beside))
    return tuple(one for one in bad.problems if one not in beside)


def _screened(request: HttpRequest, form: NamesForm) -> tuple[Lists, list[str], list[Screened]]:
    """The parties of the form with their hits. Raises BadInput."""
    viewer = viewer_of_request(request)
    lists = lists_for("ctpat", viewer.on)
    named, notices = _named(form, viewer)
    note_screened(viewer.account, reading_office(viewer), len(named), lists, timezone.now())
    return lists, notices, list(screen_named(named, lists))


def _named(form: NamesForm, viewer: Any) -> tuple[list[Named], list[str]]:
    data = form.cleaned_data
    try:
        if not data.get("file"):
            row = {name: data[name] for name in ("name", "type", "country", "birth_date", "identifier", "address")}
            record = named_of(row, 0, viewer.on)
            if record.named is None:
                raise NamesRefused(record.problems)
            return [record.named], []
        with _on_disk(data["file"]) as path:
            file = names_file(path, viewer.on, encoding=data["encoding"], most_bytes=LARGEST, formats=("csv", "jsonl"))
            check(file, most=MOST_NAMES)
            found = [record.named for record in file.records() if record.named]
            return found, [say(sentence) for sentence in file.notices()]
    except NamesRefused as refused:
        raise as_bad_input(refused) from None


@contextmanager
def _on_disk(upload: UploadedFile[bytes]) -> Iterator[Path]:
    with TemporaryDirectory(prefix="greenlane-names-") as folder:
        path = Path(folder) / (clean_name(upload.name or "") or "names")
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        yield path


def _as_file(screened: Sequence[Screened], lists: Lists) -> HttpResponse:
    """The hits as CSV, as the command line writes them."""
    import csv

    response = HttpResponse(content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="hits.csv"'
    response["Cache-Control"] = "no-store"
    writer = csv.writer(response, lineterminator="\r\n")
    writer.writerow(FLAT)
    for one in screened:
        party = party_told(one.named, say)
        writer.writerows(flat({**party, **hit}) for hit in hits_told(one, lists, say))
    return response


def _found(screened: Sequence[Screened], lists: Lists, notices: Sequence[str]) -> Found:
    shown = [one for one in screened if one.hits][:SHOWN]
    noticed = [one for one in screened if one.named.notices and not one.hits][:SHOWN]
    return Found(
        names=len(screened),
        with_hits=sum(bool(one.hits) for one in screened),
        hits=sum(len(one.hits) for one in screened),
        warnings=[say(sentence) for sentence in lists.warnings()],
        notices=notices,
        lists=_lists(lists),
        model=lists.model,
        parties=[_party(one, lists) for one in (*shown, *noticed)],
    )


def _lists(lists: Lists) -> c.Table:
    columns = (
        c.Column(_("List"), heads_row=True), c.Column(_("Version"), numeric=True), c.Column(_("Retrieved")),
        c.Column(_("Entries"), numeric=True), c.Column(_("State")), c.Column(_("SHA-256 of the entries")),
    )  # fmt: skip
    rows = [list_told(state) for state in lists.states]
    cells = [
        (KIND_TITLES[ListKind(row["list"])], row["version"], row["retrieved_on"], row["entries"],
         c.Chip(_("Stale"), "bad") if row["stale"] else c.Chip(_("Recent"), "good"), row["sha256"][:16] + "…")
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Compared with"), columns, [c.Row(one) for one in cells])


def _party(screened: Screened, lists: Lists) -> dict[str, Any]:
    hits = hits_told(screened, lists, say)
    for found, hit in zip(screened.hits, hits, strict=True):
        hit["bars"] = bars(found.hit.candidate.parts)
        hit["words_table"] = words_table(hit["words"]) if hit["words"] else None
        hit["alias_title"] = ALIAS_TITLES.get(hit["alias_kind"], hit["alias_kind"])
        hit["reasons"] = [one for one in hit["reasons"] if not (hit["words"] and one["code"].startswith(SECONDS_SAID))]
    return {**party_told(screened.named, say), "hits": hits}
