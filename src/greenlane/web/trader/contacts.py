"""Contacts of the company, the hand-over of its account, and leaving the programme (6 USC 961(a), 963(3); RC-18)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.law.s963_review import contacts_kept
from greenlane.profiles.commands_handover import AcceptHandOver, open_hand_overs
from greenlane.profiles.contacts import contact_facts, contacts_of, keeps_contacts
from greenlane.profiles.models import Contact, HandOver
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared, viewer_of_request
from greenlane.web.components import Chip, Crumb
from greenlane.web.giving import attempt, refusal
from greenlane.web.trader.access import own_company


@declared(*COMPANY)
@require_safe
def contacts(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Who can be reached, what is missing, and the ways to mend it."""
    own = own_company(request, participant)
    facts = contact_facts(participant, own.today)
    context = own.shell(
        "people",
        Crumb(_("People"), own.href("people")),
        Crumb(_("Contacts")),
        title=_("Contacts"),
        rows=[(row, _state(row, facts.live)) for row in contacts_of(participant)],
        verdict=contacts_kept(facts) if keeps_contacts(participant) else None,
        hand_overs=open_hand_overs(participant),
        leaves=keeps_contacts(participant),
        account=own.viewer.account,
    )
    return render(request, "web/trader/contacts.html", context)


def _state(row: Contact, live: tuple[str, ...]) -> Chip:
    if row.bounced_on is not None:
        return Chip(_("Cannot be reached"), "bad")
    if row.confirmed_on is None:
        return Chip(_("Not confirmed yet"), "warn")
    return Chip(_("Reached"), "good") if f"{row.name} <{row.email}>" in live else Chip(_("No longer acts here"), "bad")


class AcceptForm(forms.GreenlaneForm):
    """What the new officer says of itself, and the signature: a box that is not ticked beforehand."""

    title = forms.TextField(label=gettext_lazy("Position"), max_length=100, required=False)
    birth_date = forms.MemorableDateField(label=gettext_lazy("Date of birth"))
    country = forms.TextField(
        label=gettext_lazy("Country of nationality"),
        max_length=2,
        help_text=gettext_lazy("Two letters, for example US."),
    )
    signed = django_forms.BooleanField(
        label=gettext_lazy("I am an officer of the company with authority to bind it, and I take its duties over"),
        required=False,
    )


@declared("signed_in")
def accept(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """The page of the person to whom an account is handed over. It does not exist for anybody else."""
    viewer = viewer_of_request(request)
    row = HandOver.objects.select_related("participant").filter(pk=hand_over).first()
    if row is None or row.to_account != viewer.account or row.accepted_on is not None or row.withdrawn_on is not None:
        raise Http404
    form, answer = AcceptForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST" and form.is_valid():
        values: dict[str, Any] = {"participant_id": row.participant_id, "hand_over_id": row.pk, **form.cleaned_data}
        answer = attempt(request, form, AcceptHandOver, values)
        if answer and answer.granted:
            return redirect("web:trader-home", participant=row.participant_id)
    context = {
        "title": _("Take the account over"),
        "form": form,
        "row": row,
        "refusal": refusal(answer, form),
        "save_label": _("Sign and take it over"),
    }
    return render(request, "web/trader/hand_over.html", context, status=422 if request.method == "POST" else 200)
