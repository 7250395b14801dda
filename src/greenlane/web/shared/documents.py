"""Uploads and the list of a case's documents with their versions (6 USC 971(b)-(c))."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms as django_forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from greenlane.casework import doors, recording
from greenlane.casework.answers import Answer
from greenlane.casework.entries import DocumentReceived
from greenlane.casework.models import Document
from greenlane.casework.problems import BadInput
from greenlane.records import media
from greenlane.records.models import Entry
from greenlane.web import forms
from greenlane.web.giving import add_problems, command_id

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

SUFFIXES = tuple(f".{ending}" for kind in media.ALLOWED for ending in kind.endings)


@dataclass(frozen=True)
class Series:
    """A document with all its versions, the newest first."""

    latest: Document
    older: tuple[Document, ...]


def series_of(rows: Iterable[Document]) -> list[Series]:
    """Documents by series, in the order of their titles."""
    by_series: dict[UUID, list[Document]] = {}
    for row in rows:
        by_series.setdefault(row.series, []).append(row)
    found = []
    for versions in by_series.values():
        versions.sort(key=lambda row: -row.version)
        found.append(Series(versions[0], tuple(versions[1:])))
    return sorted(found, key=lambda one: (one.latest.title.casefold(), str(one.latest.series)))


class DocumentForm(forms.GreenlaneForm):
    """A document with its title, and the one that it replaces, if any."""

    title = forms.TextField(
        label=_("What it shows"), max_length=200, help_text=_("A few words, for example: Visitor log, March 2026.")
    )
    file = forms.UploadField(label=_("File"), suffixes=SUFFIXES)
    replaces = forms.ChoiceField(label=_("Is it a new version of a document?"), choices=[], required=False)

    def __init__(self, *args: Any, documents: Iterable[Series] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        listed = [(str(one.latest.pk), one.latest.title) for one in documents]
        if listed:
            select = forms.ChoiceField(
                choices=[("", _("No, it is a new document")), *listed],
                required=False,
                label=self.fields["replaces"].label,
                widget=django_forms.Select(),
            )
            self.fields["replaces"] = select
        else:
            del self.fields["replaces"]


def hand_in(request: HttpRequest, form: DocumentForm, case_id: UUID) -> Answer | None:
    """Keep the file of a valid *form* for the case. What is wrong with it becomes errors of the form: then None."""
    data = form.cleaned_data
    replaces = data.get("replaces") or None
    try:
        return keep(request, data["file"], case_id, data["title"], UUID(replaces) if replaces else None)
    except BadInput as bad:
        add_problems(form, bad)
        return None


def keep(
    request: HttpRequest,
    file: UploadedFile,
    case_id: UUID,
    title: str,
    replaces: UUID | None = None,
    *,
    part: str = "",
) -> Answer:
    """Check and store one file and give ``UploadDocument``. Raises BadInput with everything wrong with the file."""
    return doors.hand_in(
        file.file,
        file_name=file.name or "",
        declared_type=file.content_type or "",
        case_id=case_id,
        title=title,
        replaces=replaces,
        account=request.user.pk,
        now=timezone.now(),
        command_id=command_id(request, part),
    )


def document_of(answer: Answer) -> UUID:
    """The document that a granted ``UploadDocument`` received, as the record says."""
    data = recording.read(Entry.objects.get(uid=answer.entries[0])).data
    assert isinstance(data, DocumentReceived)
    return data.document_id
