"""The agreement, the check of everything, submission, what happens next, and withdrawal (6 USC 961(a), 963, 964(c))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.applications.commands import SignAgreement, SubmitApplication, WithdrawApplication
from greenlane.applications.facts import signature
from greenlane.casework.models import Deadline
from greenlane.certification.models import Certification
from greenlane.law.authority import GRANTS
from greenlane.law.clocks import clock_of, due
from greenlane.law.procedures import APPLICATION
from greenlane.law.s963 import may_sign
from greenlane.participants.queries import persons
from greenlane.people.models import Account
from greenlane.web import forms
from greenlane.web.authority import COMPANY, OFFICE_TITLES, declared
from greenlane.web.components import Fact
from greenlane.web.giving import attempt, refusal
from greenlane.web.shared import deadlines
from greenlane.web.trader.access import OwnApplication, own_application
from greenlane.web.trader.application import steps
from greenlane.web.trader.progress import Progress, missing_by_part, progress_of, task_groups
from greenlane.web.trader.returned import returned
from greenlane.web.trader.whereabouts import links_for
from greenlane.web.words import long_date

AGREEMENT = (
    (
        gettext_lazy("Taking part is voluntary. Nobody has to, and nothing is held against a company that does not."),
        "6 USC 961(a)",
    ),
    (gettext_lazy("The company may withdraw on any day, for any reason or none, without prejudice."), "6 USC 961(a)"),
    (
        gettext_lazy(
            "The company keeps the security measures that it describes, and tells the programme when they change."
        ),
        "6 USC 963(3)",
    ),
    (gettext_lazy("The company lets the programme visit it to validate those measures."), "6 USC 965(a)"),
    (gettext_lazy("What the company shows in confidence is kept confidential."), "6 USC 971(c)"),
    (
        gettext_lazy("If the measures are not kept, benefits can be denied, with notice and the right to appeal."),
        "6 USC 967",
    ),
)


class AgreementForm(forms.GreenlaneForm):
    """One box, not ticked beforehand."""

    agreed = django_forms.BooleanField(
        label=gettext_lazy("The company takes part of its own will and accepts these terms"), required=False
    )


@declared(*COMPANY)
def agreement(request: HttpRequest, case: UUID) -> HttpResponse:
    """Read and sign. Everybody may try; who may not sign is told why, with the clause."""
    own = own_application(request, case)
    form, answer = AgreementForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        answer = attempt(request, form, SignAgreement, {"case_id": case, "agreed": form.cleaned_data["agreed"]})
        if answer and answer.granted:
            return redirect(own.page("check"))
    may = may_sign(signature(own.application, own.viewer.account, own.acting_office.value, own.today))
    context = own.app_shell(
        _("Agreement"),
        form=form,
        refusal=refusal(answer, form, consent=own.href("parts", part="person")),
        steps=steps(own, "agreement"),
        clauses=AGREEMENT,
        may=may,
        links={"signature": own.href("parts", part="person")},
        officers=[row.name for row in persons(own.participant.pk) if row.role == "officer"],
        signed=_signed(own),
        readonly=not own.writable,
        office=OFFICE_TITLES[own.acting_office],
    )
    return render(request, "web/trader/agreement.html", context, status=422 if request.method == "POST" else 200)


def _signed(own: OwnApplication) -> dict[str, str]:
    """Who signed and when, or nothing."""
    row = own.application
    if row.agreement_signed_on is None:
        return {}
    account = Account.objects.filter(pk=row.agreement_by).first()
    return {"name": account.name if account else "", "day": long_date(row.agreement_signed_on)}


@declared(*COMPANY)
def check(request: HttpRequest, case: UUID) -> HttpResponse:
    """Everything that is still missing, each with a link to the very field; then submit."""
    own = own_application(request, case)
    if not own.writable and request.method != "POST":  # a second press still gets the answer to the first
        return redirect(own.page("overview"))
    form, answer = forms.GreenlaneForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        answer = attempt(request, form, SubmitApplication, {"case_id": case})
        if answer and answer.granted:
            return redirect(own.page("submitted"))
    progress = progress_of(own, returned(own).notes)
    parts = missing_by_part(own, progress)
    failing = [reason for _title, reasons in parts for reason in reasons]
    refused = refusal(answer, None, **links_for(own, answer.verdict.reasons)) if answer else None
    context = own.app_shell(
        _("Check and submit"),
        form=form,
        refusal=refused,
        steps=steps(own, "check", _done(own, progress)),
        verdict=progress.verdict,
        missing=len(failing),
        parts=parts,
        links=links_for(own, failing),
        facts=_summary(own, progress),
        may_give=own.acting_office in {grant.office for grant in GRANTS["SubmitApplication"]},
        again=own.application.submissions > 0,
    )
    return render(request, "web/trader/check.html", context, status=422 if request.method == "POST" else 200)


def _done(own: OwnApplication, progress: Progress) -> set[str]:
    """The steps in which nothing is missing; an agreement that nobody has signed is not done."""
    missing = {name.partition(":")[0] for name in progress.missing}
    if own.application.agreement_signed_on is None:
        missing.add("agreement")
    return {"eligibility", "history", "risk", "criteria", "agreement"} - missing


def _summary(own: OwnApplication, progress: Progress) -> list[Fact]:
    """Each part with how it stands and where to change it."""
    return [
        Fact(task.title, f"{task.word}. {task.hint}" if task.hint else task.word, task.href)
        for group in task_groups(own, progress)
        for task in group.tasks
        if task.href != own.page("check")
    ]


@declared(*COMPANY)
@require_safe
def submitted(request: HttpRequest, case: UUID) -> HttpResponse:
    """The confirmation: reference number, the 90 days with their dates, what happens next."""
    own = own_application(request, case)
    row = own.application
    if row.received_on is None:
        return redirect(own.page("overview"))
    decision = Certification.objects.filter(application_id=case).values("pk")
    clock = Deadline.objects.filter(case_id__in=decision).order_by("-due_on").first()
    last_day = clock.due_on if clock else due(clock_of("tier_1_certification"), row.received_on, terms=own.terms).due_on
    context = own.app_shell(
        _("Submitted"),
        reference=own.reference,
        received=row.received_on,
        last_day=last_day,
        clock=deadlines.shown(clock, own.today) if clock else None,
        again=row.submissions > 1,
    )
    return render(request, "web/trader/submitted.html", context)


class WithdrawForm(forms.GreenlaneForm):
    """A reason is welcome and never needed."""

    reason = forms.TextAreaField(
        label=gettext_lazy("Reason, if you wish to give one"), required=False, max_length=2000, rows=3
    )


@declared(*COMPANY)
def withdraw(request: HttpRequest, case: UUID) -> HttpResponse:
    """Withdraw on any day, for any reason or none."""
    own = own_application(request, case)
    if own.state in APPLICATION.final:
        return redirect(own.page("overview"))
    form, answer = WithdrawForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {"case_id": case, "reason": form.cleaned_data["reason"]}
        answer = attempt(request, form, WithdrawApplication, values)
        if answer and answer.granted:
            return redirect(own.page("overview"))
    context = own.app_shell(
        _("Withdraw the application"),
        form=form,
        refusal=refusal(answer, form, withdrawal=own.href("parts", part="person")),
        intro=_("You need no reason, and withdrawing counts for nothing against you."),
        cite="6 USC 961(a)",
    )
    return render(request, "web/trader/withdraw.html", context, status=422 if request.method == "POST" else 200)
