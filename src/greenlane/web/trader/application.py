"""Begin an application, see how far it is, answer the first questions, show the history (6 USC 962, 963(1))."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.applications import facts
from greenlane.applications.commands import OpenApplication
from greenlane.applications.parts import AnswerEligibility, RecordCargoHistory
from greenlane.applications.queries import newer_edition, questionnaire
from greenlane.casework.models import Document
from greenlane.casework.problems import BadInput
from greenlane.law.procedures import APPLICATION
from greenlane.law.s962 import questions_for
from greenlane.law.terms import Question
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared
from greenlane.web.components import Step
from greenlane.web.giving import add_problems, attempt, refusal
from greenlane.web.shared import documents
from greenlane.web.trader.access import OwnApplication, applications_with_case, own_application, own_company
from greenlane.web.trader.progress import progress_of, task_groups
from greenlane.web.trader.returned import returned

LONGEST = 2000


@declared(*COMPANY)
def application(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Straight to the open application; else what applying means, earlier applications, and a button to begin."""
    own = own_company(request, participant)
    rows = list(applications_with_case().filter(participant_id=participant).order_by("-opened_on", "-pk"))
    live = next((row for row in rows if row.case_state not in APPLICATION.final), None)
    if live is not None:
        return redirect("web:application-overview", case=live.pk)
    form, answer = forms.GreenlaneForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        answer = attempt(request, form, OpenApplication, {"participant_id": participant})
        if answer and answer.granted:
            return redirect("web:application-overview", case=answer.case_id)
    context = own.shell(
        "application", title=_("Application"), form=form, refusal=refusal(answer), earlier=rows,
        kind=_(own.business_type.title),
    )  # fmt: skip
    return render(request, "web/trader/apply.html", context, status=422 if request.method == "POST" else 200)


@declared(*COMPANY)
@require_safe
def overview(request: HttpRequest, case: UUID) -> HttpResponse:
    """The task list of the application, or what became of it."""
    own = own_application(request, case)
    if not own.writable:
        return render(request, "web/trader/filed.html", own.app_shell(_("Application"), first=True))
    back = returned(own)
    progress = progress_of(own, back.notes)
    groups = task_groups(own, progress)
    title = _("Correct your application") if back.points else _("Your application")
    newer = newer_edition(own.application, own.today) if own.state == "draft" else None
    context = own.app_shell(title, first=True, groups=groups, back=back, newer=newer)
    return render(request, "web/trader/overview.html", context)


STEPS = (
    ("eligibility", gettext_lazy("Eligibility")),
    ("history", gettext_lazy("History")),
    ("risk", gettext_lazy("Risks")),
    ("criteria", gettext_lazy("Criteria")),
    ("agreement", gettext_lazy("Agreement")),
    ("check", gettext_lazy("Check and submit")),
)


def steps(own: OwnApplication, current: str, done: Collection[str] | None = None) -> list[Step]:
    """Where the person is in the sequence; every step can be opened at any time, and is done when it is answered.

    *done* names the steps that are done, where the page has counted already.
    """
    if done is None:
        done = {name for name, _title in STEPS if name != current and _answered(own, name)}
    return [
        Step(title, "current" if name == current else "done" if name in done else "ahead", own.page(name))
        for name, title in STEPS
    ]


def _answered(own: OwnApplication, step: str) -> bool:
    """Is everything that this step asks answered? What the answers are worth is said on the page that checks them."""
    row = own.application
    if step == "eligibility":
        return all(row.eligibility.get(q.key) for q in questions_for(row.business_type, own.terms))
    if step == "history":
        return row.shipments is not None
    if step == "risk":
        nodes = facts.profile_parts(own.participant.pk).nodes
        points = {(area.code, node.key) for area in own.terms.areas for node in nodes if node.kind in area.nodes}
        saved = {(area, str(node)) for area, node in row.risks.values_list("area", "node")}
        return bool(points) and points <= saved
    if step == "criteria":
        asked = questionnaire(row)
        return bool(asked) and row.answers.filter(number__in=[c.number for c in asked]).count() == len(asked)
    return step == "agreement" and row.agreement_signed_on is not None


def after_saving(request: HttpRequest, own: OwnApplication, following: str) -> HttpResponse:
    """'Save and continue' leads on; 'Save and come back later' leads to the task list."""
    return redirect(own.page("overview") if request.POST.get("then") == "later" else following)


class EligibilityForm(forms.GreenlaneForm):
    """The questions of this kind of entity, and no others (RC-14). Nothing is chosen beforehand."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **options: Any) -> None:
        super().__init__(*args, **options)
        for question in questions:
            self.fields[question.key] = _question(question)

    def answers(self) -> dict[str, str]:
        """What was answered; a date as ISO text; a question left open is left out, or emptied if it was answered."""
        found = {}
        for key, value in self.cleaned_data.items():
            text = value.isoformat() if hasattr(value, "isoformat") else str(value or "")
            if text or self.initial.get(key):
                found[key] = text
        return found


def _question(question: Question) -> django_forms.Field:
    words: dict[str, Any] = {"label": _(question.text), "required": False}
    if question.kind == "yes_no":
        choices = [("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]
        return forms.ChoiceField(choices=choices, help_text=question.citation.cite, **words)
    if question.kind == "date":
        return forms.MemorableDateField(help_text=question.citation.cite, **words)
    return forms.TextAreaField(max_length=LONGEST, rows=3, help_text=question.citation.cite, **words)


@declared(*COMPANY)
def eligibility(request: HttpRequest, case: UUID) -> HttpResponse:
    """Save some or all answers; what is still open can be answered later."""
    own = own_application(request, case)
    questions = questions_for(own.application.business_type, own.terms)
    form, answer = EligibilityForm(request.POST or None, questions=questions, initial=own.application.eligibility), None
    if request.method == "POST" and form.is_valid():
        answers = form.answers()
        if not answers:
            return after_saving(request, own, own.page("history"))
        answer = attempt(request, form, AnswerEligibility, {"case_id": case, "answers": answers})
        if answer and answer.granted:
            return after_saving(request, own, own.page("history"))
    determined = own.application.determination
    context = own.app_shell(
        _("Eligibility questions"),
        form=form,
        refusal=refusal(answer, form),
        steps=steps(own, "eligibility"),
        intro=_("For: %(kind)s. There are no default answers.") % {"kind": _(own.business_type.title)},
        cite="6 USC 962",
        form_class="gl-form--later gl-form--row",
        readonly=not own.writable,
        needs_determination=own.business_type.needs_determination,
        determined=determined,
    )
    return render(request, "web/trader/eligibility.html", context, status=422 if request.method == "POST" else 200)


class HistoryForm(forms.GreenlaneForm):
    """When cargo moved, how often, and what shows it."""

    moved_from = forms.MemorableDateField(label=gettext_lazy("First shipment"))
    moved_to = forms.MemorableDateField(label=gettext_lazy("Last shipment"))
    shipments = django_forms.IntegerField(label=gettext_lazy("Number of shipments"), min_value=0, max_value=10_000_000)
    evidence = forms.MultipleChoiceField(label=gettext_lazy("Documents that show it"), choices=[], required=False)
    upload = forms.UploadField(
        label=gettext_lazy("Upload a document that shows it"),
        required=False,
        suffixes=documents.SUFFIXES,
        help_text=gettext_lazy("For example bills of lading or entry summaries."),
    )

    def __init__(self, *args: Any, listed: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["shipments"].widget.attrs["class"] = "usa-input--sm"
        if listed:
            self.fields["evidence"].choices = listed  # type: ignore[attr-defined]
        else:
            del self.fields["evidence"]


def documents_of(own: OwnApplication) -> list[documents.Series]:
    """The documents of the application, with their versions."""
    return documents.series_of(Document.objects.filter(case_id=own.application.pk))


def choices_of(listed: list[documents.Series], chosen: list[str]) -> list[tuple[str, str]]:
    """The newest version of each document, and any older one that was attached before."""
    newest = [(str(one.latest.pk), f"{one.latest.title} ({one.latest.file_name})") for one in listed]
    older = [
        (str(row.pk), _("%(title)s, version %(number)s") % {"title": row.title, "number": row.version})
        for one in listed
        for row in one.older
        if str(row.pk) in chosen
    ]
    return [*newest, *older]


@declared(*COMPANY)
def history(request: HttpRequest, case: UUID) -> HttpResponse:
    """Record the history of moving cargo with its documents; a new document may be uploaded with it."""
    own = own_application(request, case)
    row = own.application
    listed = documents_of(own)
    initial = {"moved_from": row.moved_from, "moved_to": row.moved_to, "shipments": row.shipments}
    initial["evidence"] = row.history_evidence
    choices = choices_of(listed, row.history_evidence)
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, answer = HistoryForm(*bound, listed=choices, initial=initial), None
    if request.method == "POST" and form.is_valid():
        answer = _save_history(request, form, case)
        if answer and answer.granted:
            return after_saving(request, own, own.page("risk"))
    context = own.app_shell(
        _("History of moving cargo"),
        form=form,
        refusal=refusal(answer, form),
        steps=steps(own, "history"),
        intro=_("Show that the company moves cargo in the international supply chain."),
        cite="6 USC 963(1)",
        multipart=True,
        readonly=not own.writable,
    )
    return render(request, "web/trader/step.html", context, status=422 if request.method == "POST" else 200)


def _save_history(request: HttpRequest, form: HistoryForm, case: UUID) -> Any:
    data = dict(form.cleaned_data)
    file = data.pop("upload")
    evidence = list(data.pop("evidence", []))
    if file:
        try:
            kept = documents.keep(request, file, case, _("History of moving cargo"), part="upload")
        except BadInput as bad:
            add_problems(form, BadInput([p.__class__("upload", p.what, p.mend, p.cite) for p in bad.problems]))
            return None
        if not kept.granted:
            return kept
        evidence.append(str(documents.document_of(kept)))
    return attempt(request, form, RecordCargoHistory, {"case_id": case, "evidence": evidence, **data}, part="history")


@declared(*COMPANY)
def case_documents(request: HttpRequest, case: UUID) -> HttpResponse:
    """All documents of the application; upload a new one or a new version."""
    own = own_application(request, case)
    listed = documents_of(own)
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form, answer = documents.DocumentForm(*bound, documents=listed), None
    if request.method == "POST" and form.is_valid():
        answer = documents.hand_in(request, form, case)
        if answer and answer.granted:
            return redirect(own.page("documents"))
    context = own.app_shell(
        _("Documents"), form=form, refusal=refusal(answer, form), documents=listed, multipart=True,
        readonly=own.state in APPLICATION.final,
    )  # fmt: skip
    return render(request, "web/trader/documents.html", context, status=422 if request.method == "POST" else 200)
