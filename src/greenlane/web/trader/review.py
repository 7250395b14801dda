"""The company's review of its profile, category by category: affirm each answer or change it (6 USC 963(3), 961(b))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.problems import BadInput
from greenlane.criteria.catalogue import Criterion
from greenlane.profiles.commands_answers import LONGEST_TEXT, AffirmAnswers
from greenlane.profiles.facts import Asked, asked_by
from greenlane.profiles.models import ProfileReview, ReviewAnswer
from greenlane.profiles.queries import AnswerOnFile, review_of
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared
from greenlane.web.choices import Scene
from greenlane.web.components import Crumb
from greenlane.web.giving import add_problems, attempt, refusal
from greenlane.web.panels.profile_review import VALUES, Group, bar_of, groups_of
from greenlane.web.shared import documents
from greenlane.web.trader.access import Own, own_company
from greenlane.web.trader.cases import own_case

DOES = {
    "affirm": gettext_lazy("We read it again, and the answer stands as it is"),
    "change": gettext_lazy("We change the answer as written below"),
    "take_back": gettext_lazy("We take back what we did here"),
}


class ReviewForm(forms.GreenlaneForm):
    """What is done with one answer. Nothing is chosen beforehand; the fields below hold the answer on file."""

    def __init__(
        self, *args: Any, criterion: Criterion, on_file: bool, done: bool, listed: list[tuple[str, str]], **options: Any
    ) -> None:
        self.criterion = criterion
        prefix = f"c{criterion.number.replace('.', '_')}"  # a dot in a prefix would break selectors of assistive tools
        super().__init__(*args, prefix=prefix, use_required_attribute=False, **options)
        does = [key for key in DOES if (key != "affirm" or on_file) and (key != "take_back" or done)]
        self.fields["does"] = forms.ChoiceField(
            label=_("Criterion %(number)s") % {"number": criterion.number},
            choices=[(key, DOES[key]) for key in does],
            required=False,
        )
        self.fields["value"] = forms.ChoiceField(
            label=_("Your answer to %(number)s") % {"number": criterion.number},
            choices=list(VALUES.items()),
            required=False,
        )
        self.fields["narrative"] = forms.TextAreaField(
            label=_("How you do it, or what you will do and by when"), required=False, max_length=LONGEST_TEXT, rows=4
        )
        self.fields["not_applicable_reason"] = forms.TextAreaField(
            label=_("If it does not apply: why not"), required=False, max_length=LONGEST_TEXT, rows=2
        )
        if listed:
            self.fields["evidence"] = forms.MultipleChoiceField(
                label=_("Documents that show it"), choices=listed, required=False
            )
        self.fields["upload"] = forms.UploadField(
            label=_("Upload a document for %(number)s") % {"number": criterion.number},
            required=False,
            suffixes=documents.SUFFIXES,
        )

    def clean(self) -> dict[str, Any]:
        """What was written counts only when 'change' is chosen: nobody believes a change done that is not (RC-17)."""
        data = super().clean() or self.cleaned_data
        written = any(name in self.changed_data for name in ("value", "narrative", "not_applicable_reason", "evidence"))
        if (written or data.get("upload")) and data.get("does") != "change":
            self.add_error("does", _("You changed something below: choose 'we change the answer', or undo it."))
        if data.get("does") == "change" and not data.get("value"):
            self.add_error("value", _("Choose an answer to %(number)s.") % {"number": self.criterion.number})
        return data

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["does"] != "change":
            return {"number": self.criterion.number, "does": data["does"]}
        return {
            "number": self.criterion.number,
            "does": "change",
            "value": data["value"],
            "narrative": data["narrative"].strip(),
            "not_applicable_reason": data["not_applicable_reason"].strip(),
            "evidence": list(data.get("evidence", [])),
        }


@dataclass(frozen=True)
class Reviewed:
    """A criterion on the page: its form, what stands on file, what was done in this review."""

    criterion: Criterion
    form: ReviewForm
    on_file: AnswerOnFile | None
    row: ReviewAnswer | None

    @property
    def value(self) -> Any:
        held = self.row or self.on_file
        return VALUES.get(held.value, held.value) if held else ""

    @property
    def words(self) -> str:
        held = self.row or self.on_file
        return (held.narrative or held.not_applicable_reason) if held else ""

    @property
    def open(self) -> bool:
        return self.on_file is None or bool(self.form.errors) or bool(self.row and self.row.changed)


def _opened(request: HttpRequest, participant: UUID, case: UUID) -> tuple[Own, ProfileReview, Asked, bool]:
    """The company, its review, what it asks for, and whether it is open. Raises Http404 for any other case."""
    own = own_company(request, participant)
    row = own_case(own, case)
    if row.kind != "profile_review":
        raise Http404
    review = review_of(row.pk)
    return own, review, asked_by(review, review.submitted_on or own.today), row.state == "open"


@declared(*COMPANY)
def review(request: HttpRequest, participant: UUID, case: UUID) -> HttpResponse:
    """To the first category in which an answer does not count yet; else to the case, where it is submitted."""
    own, row, asked, is_open = _opened(request, participant, case)
    waiting = [group.number for group in groups_of(row, asked) if group.counting < len(group.lines)]
    if not is_open or not waiting:
        return redirect(own.href("case", key=case))
    return redirect(own.href("review-category", case=case, category=waiting[0]))


@declared(*COMPANY)
def review_category(request: HttpRequest, participant: UUID, case: UUID, category: int) -> HttpResponse:
    """One category of the review: each answer as it stands, to be affirmed or changed."""
    own, row, asked, is_open = _opened(request, participant, case)
    groups = groups_of(row, asked)
    here = next((group for group in groups if group.number == category), None)
    if here is None:
        raise Http404
    if not is_open:
        return redirect(own.href("case", key=case))
    rows = _rows(request, own, row, asked, category)
    page, answer = forms.GreenlaneForm(request.POST if request.method == "POST" else None), None
    valid = [one.form.is_valid() for one in rows]  # each of them, so that every problem is shown at once
    if request.method == "POST" and all(valid) and page.is_valid():
        given = _given(request, row, rows)
        following = _following(own, case, groups, category)
        if given == []:
            return redirect(following)
        if given:
            answer = attempt(request, page, AffirmAnswers, {"case_id": case, "answers": given}, part="answers")
            if answer and answer.granted:
                return redirect(following)
    return _page(request, own, row, here, rows, page, answer, groups)


def _page(
    request: HttpRequest,
    own: Own,
    review: ProfileReview,
    here: Group,
    rows: list[Reviewed],
    page: forms.GreenlaneForm,
    answer: Any,
    groups: list[Group],
) -> HttpResponse:
    back = own.href("case", key=review.pk)
    context = own.shell(
        "cases",
        Crumb(_("Cases"), own.href("cases")),
        Crumb(_("Review"), back),
        Crumb(here.title),
        title=f"{here.number}. {here.title}",
        form=page,
        rows=rows,
        forms=[row.form for row in rows],
        form_class="gl-form--later gl-form--row",
        refusal=refusal(answer, None, **{row.criterion.number: f"#criterion-{row.criterion.number}" for row in rows}),
        review=review,
        bar=bar_of(review, own.today),
        done=sum(group.counting for group in groups),
        of=sum(len(group.lines) for group in groups),
        multipart=True,
        save_label=_("Save and continue"),
        cancel_href=back,
        status_error=request.method == "POST",
    )
    return render(request, "web/trader/review.html", context, status=422 if request.method == "POST" else 200)


def _rows(request: HttpRequest, own: Own, review: ProfileReview, asked: Asked, category: int) -> list[Reviewed]:
    held = {row.number: row for row in review.answers.all()}
    listed = Scene(own.viewer, participant=own.participant).pairs("company_documents")
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    rows = []
    for criterion in asked.criteria:
        if criterion.category != category:
            continue
        row, on_file = held.get(criterion.number), asked.on_file.get(criterion.number)
        shown = row or on_file
        names = ("value", "narrative", "not_applicable_reason", "evidence")
        initial = {name: getattr(shown, name) for name in names} if shown else {}
        form = ReviewForm(
            *bound,
            criterion=criterion,
            on_file=on_file is not None,
            done=row is not None,
            listed=_with_older(listed, initial.get("evidence", ())),
            initial=initial,
        )
        rows.append(Reviewed(criterion, form, on_file, row))
    return rows


def _with_older(listed: list[tuple[str, str]], chosen: Any) -> list[tuple[str, str]]:
    """The documents to choose from, and those chosen of which a newer version is on file."""
    known = {key for key, _label in listed}
    return [*listed, *((str(key), _("An earlier version on file")) for key in chosen if str(key) not in known)]


def _given(request: HttpRequest, review: ProfileReview, rows: list[Reviewed]) -> list[dict[str, Any]] | None:
    """What is to be done, with each new file kept and named as evidence; None when a file was refused."""
    given = []
    for row in rows:
        values, file = row.form.values(), row.form.cleaned_data.get("upload")
        if not values["does"]:
            continue
        if file:
            title = _("Evidence for %(number)s") % {"number": row.criterion.number}
            try:
                kept = documents.keep(request, file, review.pk, title, part=row.criterion.number)
            except BadInput as bad:
                add_problems(row.form, BadInput([type(p)("upload", p.what, p.mend, p.cite) for p in bad.problems]))
                return None
            if not kept.granted:
                row.form.add_error("upload", _("The document could not be kept: the review is closed."))
                return None
            values["evidence"].append(str(documents.document_of(kept)))
        given.append(values)
    return given


def _following(own: Own, case: UUID, groups: list[Group], category: int) -> str:
    later = [group.number for group in groups if group.number > category]
    return own.href("review-category", case=case, category=later[0]) if later else own.href("case", key=case)
