"""Answers to the security criteria, category by category; nothing is answered beforehand (6 USC 963(3))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.applications.models import AnswerRow
from greenlane.applications.parts import LONGEST_TEXT, AnswerCriteria
from greenlane.applications.queries import questionnaire
from greenlane.casework.problems import BadInput
from greenlane.criteria.catalogue import Criterion
from greenlane.criteria.queries import edition_of, official_texts
from greenlane.law.s963_measures import MUST, NOT_APPLICABLE, UNANSWERED, YES
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared
from greenlane.web.components import Crumb
from greenlane.web.giving import add_problems, attempt, refusal
from greenlane.web.shared import documents
from greenlane.web.trader.access import OwnApplication, own_application
from greenlane.web.trader.application import after_saving, choices_of, documents_of, steps
from greenlane.web.trader.progress import categories_of, category_named
from greenlane.web.trader.returned import returned

VALUES = [
    ("yes", gettext_lazy("Yes, we do this")),
    ("no", gettext_lazy("No, not yet")),
    ("not_applicable", gettext_lazy("Does not apply to us")),
    ("unanswered", gettext_lazy("Not answered yet")),
]


class CriterionForm(forms.GreenlaneForm):
    """The answer to one criterion; *first* of a new answer nothing is chosen."""

    def __init__(
        self, *args: Any, criterion: Criterion, listed: list[tuple[str, str]], saved: bool, **options: Any
    ) -> None:
        self.criterion = criterion
        # a dot in a prefix would break selectors of assistive tools
        super().__init__(
            *args, prefix=f"c{criterion.number.replace('.', '_')}", use_required_attribute=False, **options
        )
        must = criterion.level == MUST
        choices = VALUES if saved else VALUES[:-1]
        self.fields["value"] = forms.ChoiceField(
            label=_("Your answer to %(number)s") % {"number": criterion.number}, choices=choices, required=False
        )
        self.fields["narrative"] = forms.TextAreaField(
            label=_("How you do it, or what you will do and by when"),
            required=False,
            max_length=LONGEST_TEXT,
            rows=4,
            help_text=_("Needed for a must.") if must else "",
        )
        self.fields["not_applicable_reason"] = forms.TextAreaField(
            label=_("If it does not apply: why not"), required=False, max_length=LONGEST_TEXT, rows=2
        )
        if listed:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=_("Documents that show it"), choices=listed, required=False,
                help_text=_("Needed for a must that is answered yes.") if must else "",
            )  # fmt: skip
        self.fields["upload"] = forms.UploadField(
            label=_("Upload a document for %(number)s") % {"number": criterion.number},
            required=False,
            suffixes=documents.SUFFIXES,
        )

    def values(self) -> dict[str, Any]:
        """What the command is to keep; an answer that was never given stays unanswered."""
        data = self.cleaned_data
        return {
            "number": self.criterion.number,
            "value": data["value"] or UNANSWERED,
            "narrative": data["narrative"].strip(),
            "not_applicable_reason": data["not_applicable_reason"].strip(),
            "evidence": list(data.get("evidence", [])),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        written = any(data.get(name) for name in ("narrative", "not_applicable_reason", "evidence", "upload"))
        if written and data.get("value", "") == "":
            self.add_error(
                "value",
                _("Choose an answer to %(number)s, or clear what you wrote.") % {"number": self.criterion.number},
            )
        if data.get("value") == NOT_APPLICABLE and not data.get("not_applicable_reason", "").strip():
            self.add_error(
                "not_applicable_reason",
                _("Say why %(number)s does not apply to you.") % {"number": self.criterion.number},
            )
        return data


@dataclass(frozen=True)
class Asked:
    """A criterion on the page: its form, what is saved, what the agency wrote, what the review sent back."""

    criterion: Criterion
    form: CriterionForm
    saved: str
    official: str
    note: str
    incomplete: bool

    @property
    def must(self) -> bool:
        return self.criterion.level == MUST

    @property
    def open(self) -> bool:
        """Is the reason for 'not applicable' shown without being asked for?"""
        return self.saved == NOT_APPLICABLE or "not_applicable_reason" in self.form.errors

    @property
    def attached(self) -> int:
        """How many documents are chosen; those that were, when the page is shown again with errors."""
        chosen = self.form["evidence"].value() if "evidence" in self.form.fields else ()
        return len(chosen or ())


@declared(*COMPANY)
@require_safe
def criteria(request: HttpRequest, case: UUID) -> HttpResponse:
    """To the first category that is not complete; with the profile first when no kind of cargo is chosen."""
    own = own_application(request, case)
    if not own.participant.cargo_kinds:
        return redirect(own.href("company"))
    answered = set(own.application.answers.values_list("number", flat=True))
    asked = questionnaire(own.application)
    waiting = [criterion.category for criterion in asked if criterion.number not in answered]
    categories = [category.number for category in categories_of(own)]
    if not categories:
        return redirect(own.page("overview"))
    return redirect(own.page("category", category=waiting[0] if waiting else categories[0]))


@declared(*COMPANY)
def category(request: HttpRequest, case: UUID, category: int) -> HttpResponse:
    """One category: every criterion that is asked of this company, and no others (RC-14)."""
    own = own_application(request, case)
    asked = [criterion for criterion in questionnaire(own.application) if criterion.category == category]
    if not asked:
        raise Http404
    rows = _rows(request, own, asked)
    answer, page = None, forms.GreenlaneForm(request.POST if request.method == "POST" else None)
    valid = [row.form.is_valid() for row in rows]  # each of them, so that every problem is shown at once
    if request.method == "POST" and all(valid) and page.is_valid():
        given = _uploads(request, own, rows)
        if given is not None:
            given = [row for row in given if row["value"] != UNANSWERED or _was_saved(rows, row["number"])]
            following = _following(own, category)
            if not given:
                return after_saving(request, own, following)
            answer = attempt(request, page, AnswerCriteria, {"case_id": case, "answers": given}, part="answers")
            if answer and answer.granted:
                return after_saving(request, own, following)
    links = {row.criterion.number: f"#criterion-{row.criterion.number}" for row in rows}
    here = category_named(own, category)
    every = categories_of(own)
    context = own.app_shell(
        f"{here.number}. {_(here.title)}",
        Crumb(_("Criteria"), own.page("overview")),
        form=page,
        rows=rows,
        form_class="gl-form--later gl-form--row",
        forms=[row.form for row in rows],
        refusal=refusal(answer, None, **links),
        steps=steps(own, "criteria"),
        at=[one.number for one in every].index(category) + 1,
        of=len(every),
        multipart=True,
        status_error=request.method == "POST",
        readonly=not own.writable,
    )
    return render(request, "web/trader/category.html", context, status=422 if request.method == "POST" else 200)


def _rows(request: HttpRequest, own: OwnApplication, asked: list[Criterion]) -> list[Asked]:
    numbers = [criterion.number for criterion in asked]
    held = {row.number: row for row in own.application.answers.filter(number__in=numbers)}
    chosen = [key for row in held.values() for key in row.evidence]
    listed = choices_of(documents_of(own), chosen)
    edition = edition_of(own.application.edition_id)
    official = official_texts(edition.programme, edition.business_type, edition.version)
    notes = returned(own).notes
    return [
        _asked(request, criterion, held.get(criterion.number), listed, official, notes.get(criterion.number, ""))
        for criterion in asked
    ]


def _asked(
    request: HttpRequest,
    criterion: Criterion,
    row: AnswerRow | None,
    listed: list[tuple[str, str]],
    official: dict[str, str],
    note: str,
) -> Asked:
    names = ("value", "narrative", "not_applicable_reason", "evidence")
    initial = {name: getattr(row, name) for name in names} if row else {}
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CriterionForm(*bound, criterion=criterion, listed=listed, saved=row is not None, initial=initial)
    short = criterion.level == MUST and row is not None and row.value != NOT_APPLICABLE
    incomplete = short and row is not None and (not row.narrative.strip() or (row.value == YES and not row.evidence))
    text = official.get(criterion.number, "")
    return Asked(criterion, form, row.value if row else "", text, note, incomplete)


def _was_saved(rows: list[Asked], number: str) -> bool:
    return any(row.saved for row in rows if row.criterion.number == number)


def _uploads(request: HttpRequest, own: OwnApplication, rows: list[Asked]) -> list[dict[str, Any]] | None:
    """The answers, with each new file kept and named as evidence; None when a file was refused (and says why)."""
    given = []
    for row in rows:
        values, file = row.form.values(), row.form.cleaned_data.get("upload")
        if file:
            title = _("Evidence for %(number)s") % {"number": row.criterion.number}
            try:
                kept = documents.keep(request, file, own.application.pk, title, part=row.criterion.number)
            except BadInput as bad:
                add_problems(row.form, BadInput([type(p)("upload", p.what, p.mend, p.cite) for p in bad.problems]))
                return None
            if not kept.granted:
                row.form.add_error("upload", _("The document could not be kept: the application is closed."))
                return None
            values["evidence"].append(str(documents.document_of(kept)))
        given.append(values)
    return given


def _following(own: OwnApplication, category: int) -> str:
    later = [one.number for one in categories_of(own) if one.number > category]
    return own.page("category", category=later[0]) if later else own.page("agreement")
