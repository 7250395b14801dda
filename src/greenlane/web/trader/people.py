"""Who acts for the company: give and end the offices of officer, staff and consultant; its letters (6 USC 971(c))."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.casework.answers import Answer
from greenlane.casework.models import Notice
from greenlane.casework.problems import BadInput
from greenlane.law.authority import Office
from greenlane.participants.queries import persons
from greenlane.people.commands import EndOffice, GrantOffice, OpenAccount
from greenlane.people.models import Account, OfficeHolding
from greenlane.people.queries import company_people
from greenlane.web import forms
from greenlane.web.authority import COMPANY, OFFICE_TITLES, declared
from greenlane.web.components import Crumb
from greenlane.web.giving import add_problems, attempt, give_for_visitor, refusal
from greenlane.web.trader.access import Own, own_company
from greenlane.web.trader.accounts import invitation_address

HINTS = {
    Office.APPLICANT_OFFICER.value: gettext_lazy("Prepares, signs, submits and withdraws; gives offices to others."),
    Office.APPLICANT_STAFF.value: gettext_lazy("Prepares everything; signs nothing."),
    Office.CONSULTANT.value: gettext_lazy("From outside the company: prepares everything; signs nothing."),
}


class PersonForm(forms.GreenlaneForm):
    """A person by email address, and the office that they are given."""

    email = forms.EmailField(label=gettext_lazy("Email address of the person"), autocomplete="off")
    name = forms.TextField(
        label=gettext_lazy("Full name"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Needed when the person has no account here yet; one is then opened."),
    )
    office = forms.ChoiceField(
        label=gettext_lazy("Office"),
        choices=[(office.value, OFFICE_TITLES[office]) for office in COMPANY],
        hints=HINTS,
    )
    until = forms.MemorableDateField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty: until you end it.")
    )


@declared(*COMPANY)
@require_safe
def people(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Everybody who acts for the company today."""
    own = own_company(request, participant)
    rows = company_people(participant, own.today).order_by("account__name", "office")
    named = set(persons(participant).filter(role="officer").values_list("account_id", flat=True))
    context = own.shell(
        "people",
        Crumb(_("People")),
        title=_("People"),
        rows=[(row, OFFICE_TITLES[Office(row.office)], row.account_id in named, _new(own, row)) for row in rows],
        invitation=request.session.pop(f"invitation-{participant}", None),
    )
    return render(request, "web/trader/people.html", context)


def _new(own: Own, row: OfficeHolding) -> bool:
    """May this officer hand the person a link to choose a first password?"""
    return own.is_officer and not row.account.has_usable_password()


@declared(*COMPANY)
def person_add(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Give an office by email address; an account is opened for a person who has none."""
    own = own_company(request, participant)
    form, answer = PersonForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        account, answer = _account(request, own, form)
        if account is not None:
            data = form.cleaned_data
            values = {"account_id": account.pk, "office": data["office"], "participant_id": participant}
            answer = attempt(request, form, GrantOffice, {**values, "until": data["until"]}, part="office")
            if answer and answer.granted:
                if not account.has_usable_password():
                    _offer(request, participant, account)
                return redirect(own.href("people"))
    context = own.shell(
        "people",
        Crumb(_("People"), own.href("people")),
        Crumb(_("Give an office")),
        title=_("Give an office"),
        form=form,
        refusal=refusal(answer, form, account_id="#id_email", participant_id=""),
        intro=_("Only an officer gives and ends offices of the company."),
        cite="6 USC 971(c)",
        save_label=_("Give the office"),
        cancel_href=own.href("people"),
    )
    return render(request, "web/trader/form.html", context, status=422 if request.method == "POST" else 200)


def _account(request: HttpRequest, own: Own, form: PersonForm) -> tuple[Account | None, Answer | None]:
    """The account with that address; else a new one, which only an officer may have opened."""
    data = form.cleaned_data
    known = Account.objects.filter(email=data["email"].strip().lower(), closed_on=None).first()
    if known is not None or not own.is_officer:
        # who is no officer learns from the refusal of the command itself, and not whether the address is known
        return known or Account.objects.get(pk=own.viewer.account), None
    if not data["name"]:
        form.add_error("name", _("There is no account with this address yet. Give the person's full name to open one."))
        return None, None
    try:
        answer = give_for_visitor(request, OpenAccount, {"email": data["email"], "name": data["name"]})
    except BadInput as bad:
        add_problems(form, bad)
        return None, None
    return (Account.objects.get(pk=answer.case_id), None) if answer.granted else (None, answer)


def _offer(request: HttpRequest, participant: UUID, account: Account) -> None:
    """Keep the link for the next page only: it is shown once, to the officer who asked for it."""
    request.session[f"invitation-{participant}"] = {
        "name": account.name,
        "address": invitation_address(request, account),
    }


@declared(Office.APPLICANT_OFFICER)
def person_invite(request: HttpRequest, participant: UUID, account: UUID) -> HttpResponse:
    """A new link for a person who has not chosen a password yet and works for no company but the officer's own."""
    own = own_company(request, participant)
    row = Account.objects.filter(pk=account, closed_on=None).first()
    holdings = set(OfficeHolding.objects.filter(account_id=account).values_list("participant_id", flat=True))
    new = row is not None and not row.has_usable_password() and holdings == {participant}
    if request.method != "POST" or row is None or not new or not own.is_officer:
        raise Http404
    _offer(request, participant, row)
    return redirect(own.href("people"))


class EndForm(forms.GreenlaneForm):
    """Why an office ends."""

    reason = forms.TextAreaField(label=gettext_lazy("Reason"), max_length=2000, rows=3)


@declared(*COMPANY)
def person_end(request: HttpRequest, participant: UUID, account: UUID, office: str) -> HttpResponse:
    """End an office; the company keeps at least one officer."""
    own = own_company(request, participant)
    held = company_people(participant, own.today).filter(account_id=account, office=office).first()
    if held is None:
        raise Http404
    form, answer = EndForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        values = {"account_id": account, "office": office, "participant_id": participant}
        answer = attempt(request, form, EndOffice, {**values, "reason": form.cleaned_data["reason"]})
        if answer and answer.granted:
            messages.success(request, _("The office of %(name)s has ended.") % {"name": held.account.name})
            return redirect("web:home" if account == own.viewer.account else own.href("people"))
    title = _("End the office of %(name)s") % {"name": held.account.name}
    context = own.shell(
        "people",
        Crumb(_("People"), own.href("people")),
        Crumb(title),
        title=title,
        form=form,
        refusal=refusal(answer, form),
        intro=_("%(name)s is %(office)s of the company. From today this ends.")
        % {"name": held.account.name, "office": OFFICE_TITLES[Office(office)]},
        save_label=_("End the office"),
        cancel_href=own.href("people"),
    )
    return render(request, "web/trader/form.html", context, status=422 if request.method == "POST" else 200)


@declared(*COMPANY)
@require_safe
def letters(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Every letter and notice that was served on the company, the newest first."""
    own = own_company(request, participant)
    rows = Notice.objects.select_related("case").filter(participant_id=participant).order_by("-served_on", "-pk")
    context = own.shell("letters", Crumb(_("Letters")), title=_("Letters"), letters=list(rows))
    return render(request, "web/trader/letters.html", context)
