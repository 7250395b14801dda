"""The start page, signing in and out, the signed-in home and the style guide."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from greenlane.law.authority import Office
from greenlane.law.citations import Citation, all_clauses
from greenlane.web import forms, throttle
from greenlane.web.authority import COMPANY, STAFF, declared, offices_of_request
from greenlane.web.style_guide import showcase


@declared("public")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What Greenlane is, for whom, and the two laws that it runs. A signed-in person may read it too."""
    purpose = Citation("6 USC 961(a)")
    return render(request, "web/start.html", {"purpose": purpose, "clauses": len(all_clauses())})


class SignInForm(forms.GreenlaneForm):
    """Email and password. Whether an account exists is never told."""

    email = forms.EmailField(label=gettext_lazy("Email address"), autocomplete="username")
    password = forms.PasswordField(label=gettext_lazy("Password"), autocomplete="current-password")


def _destination(request: HttpRequest) -> str:
    """The page that was asked for when it is on this site, else the home page."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure()):
        return asked
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@declared("public")
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with email and password; 429 after too many failures, with one message for every wrong pair."""
    destination = _destination(request)
    if request.user.is_authenticated and request.method != "POST":
        return HttpResponseRedirect(destination)
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if throttle.blocked(request, email):
            status = 429
            form.add_error(
                None,
                _("There were too many attempts to sign in. Wait 15 minutes, then try again."),
            )
        else:
            account = authenticate(request, username=email, password=form.cleaned_data["password"])
            if account is not None:
                throttle.succeeded(request, email)
                login(request, account)
                return HttpResponseRedirect(destination)
            throttle.failed(request, email)
            status = 422
            form.add_error(
                None,
                _("The email address and the password do not match an account. Check both, then try again."),
            )
    elif form.errors:
        status = 422
    return render(request, "web/sign_in.html", {"form": form, "next": destination}, status=status)


@declared("public")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session. Only by POST, so that no link of another site can sign a person out."""
    logout(request)
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


@declared("signed_in")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Where a person lands after signing in: the offices held and the pages that they open."""
    offices = offices_of_request(request)
    if offices & set(COMPANY) and not offices & set(STAFF):
        return HttpResponseRedirect(reverse("web:trader"))
    if offices & {*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY}:
        return HttpResponseRedirect(reverse("web:staff-home"))
    return render(request, "web/home.html")


@declared("public")
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component with invented content. It exists while developing and in a demonstration only."""
    if not (settings.DEBUG or getattr(settings, "DEMONSTRATION", False)):
        raise Http404
    return render(request, "web/style_guide.html", showcase(request))
