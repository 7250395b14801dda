"""People and offices: accounts, offices held, delegations, keys for programs (971(c))."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.answers import Answer
from greenlane.casework.registry import Command
from greenlane.law.authority import Office
from greenlane.people.commands import CloseAccount, EndOffice, GrantOffice, OpenAccount
from greenlane.people.delegation import DelegateOffice, EndDelegation, IssueToken, RevokeToken
from greenlane.people.models import Account, Delegation, OfficeHolding, Token
from greenlane.people.queries import in_force, token_hash
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import COMPANY, OFFICE_TITLES, declared, viewer_of_request
from greenlane.web.command_forms import command_form
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.staff import people as names_of

MANAGER = Office.PROGRAMME_MANAGER
LENDERS = (Office.SPECIALIST, Office.SUPERVISOR, MANAGER)
NOT_HERE = frozenset({*COMPANY, Office.PUBLIC, Office.SYSTEM})
PEOPLE_SHOWN = 100
KEY_DAYS = 90


def _offices() -> list[tuple[str, Any]]:
    return [(office.value, OFFICE_TITLES[office]) for office in Office if office not in NOT_HERE]


class GrantForm(forms.GreenlaneForm):
    """An office of the programme, for an agency where it is one's, until a day or until it is ended."""

    office = forms.ChoiceField(label=gettext_lazy("Office"), choices=_offices())
    agency = forms.TextField(
        label=gettext_lazy("Agency"), required=False, max_length=100, help_text=gettext_lazy("For a partner agency.")
    )
    until = forms.MemorableDateField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty means until it is ended.")
    )


class EndForm(forms.GreenlaneForm):
    """Why an office ends."""

    reason = forms.TextAreaField(label=gettext_lazy("Reason"), rows=3)


class KeyForm(forms.GreenlaneForm):
    """What a key is for and its last day."""

    label = forms.TextField(label=gettext_lazy("What the key is for"), max_length=100)
    expires_on = forms.MemorableDateField(label=gettext_lazy("Last day"))


class LendForm(forms.GreenlaneForm):
    """An office that one holds, lent to a colleague for some days."""

    delegate_id = forms.ChoiceField(label=gettext_lazy("Colleague"), choices=[])
    office = forms.ChoiceField(label=gettext_lazy("Office"), choices=[])
    from_day = forms.MemorableDateField(label=gettext_lazy("First day"))
    to_day = forms.MemorableDateField(label=gettext_lazy("Last day"))
    reason = forms.TextAreaField(label=gettext_lazy("Reason"), rows=3)

    def __init__(self, *args: Any, colleagues: list[Any], offices: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("delegate_id", colleagues), ("office", offices)):
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=choices)


@declared(MANAGER, Office.AUDITOR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Accounts with the offices that they hold today; the people of companies on request."""
    viewer = viewer_of_request(request)
    text = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    held = OfficeHolding.objects.filter(in_force(viewer.on))
    rows = Account.objects.order_by("name", "email")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    else:
        ours = held.exclude(office__in=[office.value for office in COMPANY])
        rows = rows.filter(pk__in=ours.values("account_id"))
    shown = list(
        rows.prefetch_related(Prefetch("offices", held.order_by("office"), to_attr="held"))[: PEOPLE_SHOWN + 1]
    )
    columns = (c.Column(_("Name"), heads_row=True), c.Column(_("Email")), c.Column(_("Offices")), c.Column(_("Since")))
    table = c.Table(
        _("Accounts"),
        columns,
        [
            c.Row((c.Link(row.name, reverse("web:manage-person", args=[row.pk])), row.email, _held(row), row.opened_on))
            for row in shown[:PEOPLE_SHOWN]
        ],
        caption_hidden=True,
    )
    context = {"table": table, "q": text, "more": len(shown) > PEOPLE_SHOWN, "manager": MANAGER in viewer.offices}
    return render(request, "web/staff/people.html", context)


def _held(row: Account) -> str:
    if row.closed_on:
        return _("Closed")
    titles = dict.fromkeys(str(OFFICE_TITLES[Office(one.office)]) for one in row.held)  # type: ignore[attr-defined]
    return ", ".join(titles) or _("None")


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Open an account. It holds no office until one is given."""
    form = command_form(OpenAccount)(request.POST if request.method == "POST" else None)
    answer = attempt(request, form, OpenAccount, form.cleaned_data) if form.is_bound and form.is_valid() else None
    if answer is not None and answer.granted and answer.case_id:
        messages.success(request, _("The account is open. It holds no office yet."))
        return HttpResponseRedirect(reverse("web:manage-person", args=[answer.case_id]))
    return _form_page(request, form, answer, _("Open an account"), reverse("web:manage-people"), _crumbs(_("New")))


@declared(MANAGER, Office.AUDITOR)
@require_safe
def person(request: HttpRequest, key: UUID) -> HttpResponse:
    """One account: offices with their dates, delegations, keys; and what may be done with each."""
    return _person(request, _account(key))


def _account(key: UUID) -> Account:
    row = Account.objects.filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def _person(request: HttpRequest, row: Account, **more: Any) -> HttpResponse:
    viewer = viewer_of_request(request)
    holdings = list(row.offices.order_by("-effective_from", "office"))
    lent = list(
        Delegation.objects.filter(Q(holder=row) | Q(delegate=row))
        .select_related("holder", "delegate")
        .order_by("-effective_from")[:20]
    )
    context = {
        "account": row,
        "holdings": [{"row": one, "title": _title(one.office), "live": _lives(one, viewer.on)} for one in holdings],
        "delegations": [{"row": one, "title": _title(one.office)} for one in lent],
        "keys": list(row.tokens.order_by("-issued_on", "label")),
        "manager": MANAGER in viewer.offices,
        "key_field": key_field(),
        "on": viewer.on,
        "crumbs": _crumbs(row.name),
        **more,
    }
    return render(request, "web/staff/person.html", context)


def _title(office: str) -> Any:
    return OFFICE_TITLES[Office(office)]


def _lives(row: OfficeHolding, on: Any) -> bool:
    return bool(row.effective_from <= on and (row.effective_to is None or on < row.effective_to))


def _crumbs(last: Any) -> list[c.Crumb]:
    return [c.Crumb(_("People and offices"), reverse("web:manage-people")), c.Crumb(last)]


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give a person an office of the programme."""
    row = _account(key)
    form = GrantForm(request.POST if request.method == "POST" else None)
    return _give(request, row, form, GrantOffice, {"account_id": row.pk}, _("Give an office"))


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, key: UUID, holding: UUID) -> HttpResponse:
    """End an office that a person holds."""
    row = _account(key)
    held = row.offices.filter(pk=holding).first()
    if held is None:
        raise Http404
    form = EndForm(request.POST if request.method == "POST" else None)
    values = {"account_id": row.pk, "office": held.office, "participant_id": held.participant_id}
    return _give(
        request, row, form, EndOffice, values, _("End the office: %(office)s") % {"office": _title(held.office)}
    )


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Close an account: its offices and keys end today."""
    row = _account(key)
    form = EndForm(request.POST if request.method == "POST" else None)
    return _give(request, row, form, CloseAccount, {"account_id": row.pk}, _("Close the account"))


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, key: UUID) -> HttpResponse:
    """Issue a key for programs. It is shown once, in this answer, and kept nowhere: the record holds its hash only."""
    row, viewer = _account(key), viewer_of_request(request)
    initial = {"expires_on": viewer.on + timedelta(days=KEY_DAYS)}
    form = KeyForm(request.POST if request.method == "POST" else None, initial=initial)
    answer = None
    if form.is_bound and form.is_valid():
        token = secrets.token_urlsafe(32)
        values = {**form.cleaned_data, "account_id": row.pk, "hash": token_hash(token)}
        answer = attempt(request, form, IssueToken, values)
        if answer is not None and answer.granted:
            return _person(request, row, token=token)
    return _form_page(
        request, form, answer, _("Issue a key"), reverse("web:manage-person", args=[row.pk]), _crumbs(row.name)
    )


@declared(MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: HttpRequest, key: UUID, token: UUID) -> HttpResponse:
    """Revoke a key at once."""
    row = _account(key)
    found = Token.objects.filter(pk=token, account=row, revoked_on=None).first()
    if found is None:
        raise Http404
    form = forms.GreenlaneForm(request.POST if request.method == "POST" else None)
    title = _("Revoke the key “%(label)s”") % {"label": found.label}
    return _give(request, row, form, RevokeToken, {"account_id": row.pk, "token_id": found.pk}, title)


@declared(*LENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def lend(request: HttpRequest) -> HttpResponse:
    """Lend an office that one holds to a colleague for some days, with the reason."""
    viewer = viewer_of_request(request)
    own = [
        (office.value, OFFICE_TITLES[office])
        for office in Office
        if office in viewer.offices and office not in NOT_HERE
    ]
    colleagues = [(key, label) for key, label in names_of.workers(viewer.on) if UUID(key) != viewer.account]
    form = LendForm(request.POST if request.method == "POST" else None, colleagues=colleagues, offices=own)
    answer = attempt(request, form, DelegateOffice, form.cleaned_data) if form.is_bound and form.is_valid() else None
    if answer is not None and answer.granted:
        messages.success(request, _("The office is lent. It comes back by itself after the last day."))
        return HttpResponseRedirect(request.path)
    lent = Delegation.objects.filter(holder_id=viewer.account, ended_on=None, effective_to__gte=viewer.on)
    context = {
        "form": form,
        "refusal": refusal(answer, form),
        "key_field": key_field(),
        "lent": [{"row": one, "title": _title(one.office)} for one in lent.select_related("delegate")],
    }
    return render(request, "web/staff/lend.html", context, status=422 if request.method == "POST" else 200)


@declared(*LENDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end_loan(request: HttpRequest, delegation: UUID) -> HttpResponse:
    """End a delegation before its last day."""
    row = Delegation.objects.filter(pk=delegation, ended_on=None).select_related("delegate").first()
    if row is None:
        raise Http404
    form = forms.GreenlaneForm(request.POST if request.method == "POST" else None)
    values = {"delegate_id": row.delegate_id, "delegation_id": row.pk}
    answer = attempt(request, form, EndDelegation, values) if form.is_bound and form.is_valid() else None
    manager = MANAGER in viewer_of_request(request).offices
    back = reverse("web:manage-person", args=[row.delegate_id]) if manager else reverse("web:lend")
    if answer is not None and answer.granted:
        messages.success(request, _("The delegation has ended."))
        return HttpResponseRedirect(back)
    title = _("Take the office back from %(name)s") % {"name": row.delegate.name}
    return _form_page(request, form, answer, title, back, [])


def _give(
    request: HttpRequest,
    row: Account,
    form: forms.GreenlaneForm,
    command: type[Command],
    values: Mapping[str, Any],
    title: str,
) -> HttpResponse:
    """Give a command about an account with what the form holds, and return to the account."""
    back = reverse("web:manage-person", args=[row.pk])
    answer = None
    if form.is_bound and form.is_valid():
        asked = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        answer = attempt(request, form, command, {**asked, **values})
        if answer is not None and answer.granted:
            messages.success(request, _("Done: %(what)s.") % {"what": title})
            return HttpResponseRedirect(back)
    return _form_page(request, form, answer, title, back, _crumbs(row.name))


def _form_page(
    request: HttpRequest, form: Any, answer: Answer | None, title: str, back: str, crumbs: list[c.Crumb]
) -> HttpResponse:
    context = {
        "form": form,
        "refusal": refusal(answer, form),
        "title": title,
        "cancel_href": back,
        "key_field": key_field(),
        "crumbs": crumbs,
    }
    return render(request, "web/staff/form.html", context, status=422 if request.method == "POST" else 200)
