"""Create an account, follow an invitation, register a company for one kind of business (6 USC 962, 971(c))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from greenlane.casework.problems import BadInput
from greenlane.law.authority import Office
from greenlane.law.terms import Terms
from greenlane.participants.commands import RegisterParticipant
from greenlane.participants.models import Participant
from greenlane.people.commands import OpenAccount
from greenlane.people.models import Account
from greenlane.people.state import keep_password
from greenlane.people.visibility import Viewer
from greenlane.places.countries import UnknownCountry, countries, country
from greenlane.programs.models import Programme
from greenlane.programs.queries import terms_of
from greenlane.web import forms, throttle
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.components import Crumb
from greenlane.web.giving import add_problems, attempt, give_for_visitor, refusal
from greenlane.web.trader.kinds import explanation


class PasswordForm(forms.GreenlaneForm):
    """A password, twice. The rules are those of the site."""

    password = forms.PasswordField(
        label=gettext_lazy("Password"),
        autocomplete="new-password",
        help_text=gettext_lazy("At least 12 characters. A few words in a row are easy to remember and hard to guess."),
    )
    again = forms.PasswordField(label=gettext_lazy("The same password again"), autocomplete="new-password")

    account: Account | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password, again = data.get("password"), data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords differ. Write the same one in both boxes."))
        if password:
            try:
                validate_password(password, self.account)
            except ValidationError as weak:
                self.add_error("password", weak)
        return data


class JoinForm(PasswordForm):
    """Name, email address and password of a person."""

    name = forms.TextField(label=gettext_lazy("Your full name"), max_length=200, autocomplete="name")
    email = forms.EmailField(label=gettext_lazy("Email address"))
    field_order = ("name", "email", "password", "again")


@declared("public")
@sensitive_post_parameters("password", "again")
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Open an account: the platform gives the command for the visitor, who is then signed in."""
    if request.user.is_authenticated:
        return redirect("web:home")
    form, answer = JoinForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if throttle.blocked(request, "join"):
            form.add_error(None, _("There were too many attempts. Wait 15 minutes, then try again."))
        else:
            throttle.failed(request, "join")  # each attempt counts: a free address can be told from a taken one
            try:
                answer = give_for_visitor(request, OpenAccount, {"email": data["email"], "name": data["name"]})
            except BadInput as bad:
                add_problems(form, bad)
        if answer and answer.granted and answer.case_id:
            _enter(request, Account.objects.get(pk=answer.case_id), data["password"])
            return redirect("web:register-company")
    context = {"form": form, "refusal": refusal(answer, form)}
    return render(request, "web/trader/join.html", context, status=422 if request.method == "POST" else 200)


@declared("public")
@sensitive_post_parameters("password", "again")
@never_cache
def invitation(request: HttpRequest, account: UUID, token: str) -> HttpResponse:
    """The link that an officer handed over: the person chooses a password once, and is signed in."""
    row = Account.objects.filter(pk=account, closed_on=None).first()
    if row is None or not default_token_generator.check_token(row, token):
        return render(request, "web/trader/invitation_over.html", status=410)
    form = PasswordForm(request.POST or None)
    form.account = row
    if request.method == "POST" and form.is_valid():
        _enter(request, row, form.cleaned_data["password"])
        return redirect("web:home")
    context = {"form": form, "account": row}
    return render(request, "web/trader/invitation.html", context, status=422 if form.errors else 200)


def invitation_address(request: HttpRequest, account: Account) -> str:
    """The whole address with which a new person chooses a password; worthless once that is done."""
    token = default_token_generator.make_token(account)
    return request.build_absolute_uri(reverse("web:invitation", kwargs={"account": account.pk, "token": token}))


def _enter(request: HttpRequest, account: Account, password: str) -> None:
    """Set the password, which is kept apart from the record, and sign the person in."""
    keep_password(account, password)
    login(request, account)


class CompanyForm(forms.GreenlaneForm):
    """One company, one kind of business, one programme."""

    business_type = forms.ChoiceField(label=gettext_lazy("What does the company do?"), choices=[])
    legal_name = forms.TextField(
        label=gettext_lazy("Legal name of the company"), max_length=200, autocomplete="organization"
    )
    address = forms.TextField(label=gettext_lazy("Street address"), max_length=300, autocomplete="street-address")
    city = forms.TextField(label=gettext_lazy("City"), max_length=100, autocomplete="address-level2", width="lg")
    country = django_forms.ChoiceField(label=gettext_lazy("Country"), choices=[])

    def __init__(self, *args: Any, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = terms.business_types
        hints = {kind.code: explanation(kind) for kind in kinds}
        self.fields["business_type"] = forms.ChoiceField(
            label=self.fields["business_type"].label,
            choices=[(kind.code, _(kind.title)) for kind in kinds],
            widget=forms.RadioTiles(hints=hints),
            help_text=_("A company that does several of these has an account for each, in one group."),
            error_messages={"required": _("Choose what the company does.")},
        )
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]
        self.fields["country"].widget.attrs["autocomplete"] = "country"


def country_choices() -> list[tuple[str, str]]:
    """Countries by name, with an empty line first."""
    return [("", ""), *sorted(((c.alpha2, _(c.name)) for c in countries()), key=lambda pair: pair[1])]


def country_name(code: str) -> str:
    """The name of a country; a code that is none stays as it is."""
    try:
        return _(country(code).name)
    except UnknownCountry:
        return code


@declared("signed_in")
def register_company(request: HttpRequest) -> HttpResponse:
    """Register a company, or another kind of business of a group in which the person is an officer."""
    viewer = viewer_of_request(request)
    in_force = Programme.objects.filter(versions__effective_from__lte=viewer.on)
    programmes = list(in_force.distinct().order_by("code").values_list("code", flat=True))
    if not programmes:
        return render(request, "web/trader/no_programme.html", {"title": _("Register a company")})
    asked = request.GET.get("programme", "")
    if asked not in programmes and len(programmes) > 1:
        offered = [terms_of(code, viewer.on) for code in programmes]
        return render(request, "web/trader/choose_programme.html", {"programmes": offered})
    programme = asked if asked in programmes else programmes[0]
    terms = terms_of(programme, viewer.on)
    sibling = _sibling(viewer, request.GET.get("of", ""))
    given = {"legal_name": sibling.legal_name, "address": sibling.address} if sibling else {}
    given |= {"city": sibling.city, "country": sibling.country} if sibling else {}
    form, answer = CompanyForm(request.POST or None, initial=given, terms=terms), None
    if request.method == "POST" and form.is_valid():
        values = {"programme": programme, "group_id": sibling.group_id if sibling else None, **form.cleaned_data}
        answer = attempt(request, form, RegisterParticipant, values)
        if answer and answer.granted:
            return redirect("web:trader-home", participant=answer.case_id)
    context = {
        "form": form,
        "refusal": refusal(answer, form, group_id=""),
        "terms": terms,
        "sibling": sibling,
        "crumbs": [Crumb(_("Home"), reverse("web:home")), Crumb(_("Register a company"))],
    }
    return render(request, "web/trader/register.html", context, status=422 if request.method == "POST" else 200)


def _sibling(viewer: Viewer, text: str) -> Participant | None:
    """The account of the group to which the new one is to belong, when the person is an officer there."""
    try:
        key = UUID(text)
    except ValueError:
        return None
    if Office.APPLICANT_OFFICER not in viewer.offices_for(key):
        return None
    return Participant.objects.select_related("group").filter(pk=key).first()
