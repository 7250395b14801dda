"""The page on which a command is given to a case: what happens then, what the law says before, and the answer (964)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from greenlane.applications.parts import DetermineEligibility
from greenlane.casework.registry import Command
from greenlane.certification.commands import (
    CertifyTierOne,
    RecommendCertification,
    RefuseCertification,
    SendBackRecommendation,
)
from greenlane.certification.review import BeginReview, ReturnForCorrection
from greenlane.law.authority import Office
from greenlane.law.verdicts import Verdict
from greenlane.people.commands import AssignCase, ReleaseCase
from greenlane.vetting.commands import ReopenInvestigation, ScreenParties
from greenlane.vetting.commands_adjudication import CompleteInvestigation
from greenlane.web import command_pages, forms
from greenlane.web.authority import STAFF, declared
from greenlane.web.choices import Scene
from greenlane.web.command_forms import command_form
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.staff import people, verdicts
from greenlane.web.staff.case_head import Head, open_case

OWN_FORMS: dict[str, type[Command]] = {
    one.__name__: one
    for one in (
        AssignCase,
        ReleaseCase,
        BeginReview,
        ReturnForCorrection,
        RecommendCertification,
        SendBackRecommendation,
        CertifyTierOne,
        RefuseCertification,
        DetermineEligibility,
        ScreenParties,
        ReopenInvestigation,
        CompleteInvestigation,
    )
}
CONSEQUENCES: Mapping[str, tuple[Any, ...]] = {
    "BeginReview": (gettext_lazy("The company sees that its documentation is being reviewed."),),
    "ReturnForCorrection": (
        gettext_lazy("The company receives a letter with every criterion that was sent back and its note."),
        gettext_lazy("The application opens again for the company; the period of 90 days started with its receipt."),
    ),
    "RecommendCertification": (gettext_lazy("The case goes to a supervisor, who decides as a second person."),),
    "SendBackRecommendation": (gettext_lazy("The case is under review again, with your reason on record."),),
    "CertifyTierOne": (
        gettext_lazy("The company is a first-tier participant from today."),
        gettext_lazy("It receives a letter, and the decision stands in the record with every reason and its clause."),
    ),
    "RefuseCertification": (
        gettext_lazy("The company receives a letter with every ground and its clause."),
        gettext_lazy("It may apply again once the grounds are gone."),
    ),
    "CompleteInvestigation": (gettext_lazy("The result holds until its last day and can be cited in the decision."),),
    "ScreenParties": (gettext_lazy("Every party is compared with the present version of every list."),),
    "ReopenInvestigation": (gettext_lazy("The investigation is open again and the parties are screened at once."),),
}
GRAVE = frozenset({"RefuseCertification"})
AFTER = {
    "ReturnForCorrection": "case",
    "ScreenParties": "case-checks",
    "ReopenInvestigation": "case-checks",
    "CompleteInvestigation": "case-checks",
    "DetermineEligibility": "case-application",
    "CertifyTierOne": "decision",
    "RefuseCertification": "decision",
}


class AssignForm(forms.GreenlaneForm):
    """To whom a case is given."""

    account_id = forms.ChoiceField(label=gettext_lazy("Person"), choices=[])

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = forms.ChoiceField(label=self.fields["account_id"].label, choices=choices)
        self.fields["account_id"] = field


class ReleaseForm(AssignForm):
    """From whom a case is taken, and why."""

    reason = forms.TextAreaField(label=gettext_lazy("Reason"), rows=3)


def _form(request: HttpRequest, head: Head, command: type[Command], late: bool) -> forms.GreenlaneForm:
    data = request.POST if request.method == "POST" else None
    if command is AssignCase:
        free = [(key, label) for key, label in people.workers(head.on) if UUID(key) not in head.people]
        return AssignForm(data, choices=free)
    if command is ReleaseCase:
        return ReleaseForm(data, choices=[(str(key), name) for key, name in head.people.items()])
    decides = command in (CertifyTierOne, RefuseCertification)
    made = command_form(command, hidden={"case_id"}, leave_out={"lateness_reason"} if decides and not late else ())
    form = made(data, initial={"case_id": head.case.pk})
    if decides and late:
        form.fields["lateness_reason"].required = True
    return form


@declared(*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: UUID, command: str) -> HttpResponse:
    """Ask for what the command needs, show the law's answer as far as it is known, then give the command."""
    known = OWN_FORMS.get(command)
    head = open_case(request, key, "")
    if known is None:
        return give_any(request, head, command)
    verdict, late = _verdict(head, command)
    form = _form(request, head, known, late)
    answer = None
    if request.method == "POST" and form.is_valid():
        values = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        answer = attempt(request, form, known, {**values, "case_id": head.case.pk})
        if answer is not None and answer.granted:
            messages.success(request, _("Done: %(what)s.") % {"what": _(known.spec.title)})
            return HttpResponseRedirect(head.href(AFTER.get(command, "case")))
    context = head.context(
        title=_(known.spec.title),
        question=_(known.spec.summary),
        consequences=CONSEQUENCES.get(command, ()),
        verdict=None if answer else verdict,
        form=form,
        refusal=refusal(answer, form),
        confirm_label=_(known.spec.title),
        cancel_href=head.href(AFTER.get(command, "case"))
        if AFTER.get(command) != "decision"
        else head.href("case-decide"),
        danger=command in GRAVE,
        key_field=key_field(),
    )
    return render(request, "web/staff/give.html", context, status=422 if request.method == "POST" else 200)


def give_any(request: HttpRequest, head: Head, command: str) -> HttpResponse:
    """The page of any command of this kind of case, made from the command itself. Raises Http404 for another kind's."""
    spec = command_pages.known(command)
    if not spec.case_field or head.case.kind not in spec.procedures:
        raise Http404
    fixed = {spec.case_field: head.case.pk, **({"participant_id": head.owner.pk} if head.owner else {})}
    scene = Scene(head.viewer, head.case, head.owner)
    asking = command_pages.Asking(request, spec, scene, head.href("case"), assigned=head.mine, fixed=fixed)
    return asking.answer("web/staff/give_any.html", head.context())


def _verdict(head: Head, command: str) -> tuple[Verdict | None, bool]:
    """What the law says of a decision before it is made, and whether the period has passed."""
    if head.certification is None or command not in ("CertifyTierOne", "RefuseCertification"):
        return None, False
    facts = verdicts.facts_of(head)
    verdict = verdicts.certify(head, facts) if command == "CertifyTierOne" else verdicts.refuse(head, facts)
    return verdict, facts.due_on is not None and head.on > facts.due_on
