"""The company profile as saved pages: corrections keep what was there before (6 USC 962, 963(2))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.law.terms import Terms
from greenlane.participants import queries
from greenlane.participants.commands import AmendProfile
from greenlane.participants.models import Dated
from greenlane.participants.parts import EndPart
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared
from greenlane.web.components import Column, Crumb, Fact, Row, Table
from greenlane.web.giving import attempt, refusal
from greenlane.web.maps import Leg as MapLeg
from greenlane.web.maps import Node as MapNode
from greenlane.web.maps import supply_chain_map
from greenlane.web.trader.access import Own, own_company
from greenlane.web.trader.accounts import country_choices, country_name
from greenlane.web.trader.part_forms import DOES, KINDS, MODES, USES, Kind, facts_of, name_of
from greenlane.web.words import long_date

CARGO_HINTS = {
    "containerized": gettext_lazy("Cargo in containers, trailers or unit load devices."),
    "bulk": gettext_lazy("Loose cargo such as grain, ore or oil."),
    "break_bulk": gettext_lazy("Pieces that are loaded one by one."),
    "roll_on_roll_off": gettext_lazy("Vehicles and what moves on wheels."),
}


class ProfileForm(forms.GreenlaneForm):
    """The company itself."""

    legal_name = forms.TextField(label=gettext_lazy("Legal name of the company"), max_length=200)
    trade_name = forms.TextField(label=gettext_lazy("Trade name"), max_length=200, required=False)
    address = forms.TextField(label=gettext_lazy("Street address"), max_length=300)
    city = forms.TextField(label=gettext_lazy("City"), max_length=100)
    country = django_forms.ChoiceField(label=gettext_lazy("Country"), choices=[])
    website = forms.TextField(label=gettext_lazy("Website"), max_length=200, required=False)
    phone = forms.TextField(label=gettext_lazy("Telephone"), max_length=40, required=False, width="lg")
    cargo_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Which kinds of cargo do you move?"),
        choices=[],
        hints=dict(CARGO_HINTS),
        help_text=gettext_lazy("Choose all that you move. They decide which criteria are asked."),
    )

    def __init__(self, *args: Any, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(code, _(title)) for code, title in terms.cargo_kinds.items()]
        self.fields["cargo_kinds"].choices = kinds  # type: ignore[attr-defined]
        self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]


@declared(*COMPANY)
@require_safe
def profile(request: HttpRequest, participant: UUID) -> HttpResponse:
    """The whole profile with the map of the supply chain."""
    own = own_company(request, participant)
    rows = {code: list(queries.live(kind.model, participant)) for code, kind in KINDS.items()}
    places = place_names(rows)
    sections = [
        {
            "kind": kind,
            "rows": [(name_of(row, places), facts_of(row), row) for row in rows[code]],
            "add": own.href("part-add", part=code),
            "list": own.href("parts", part=code),
        }
        for code, kind in KINDS.items()
    ]
    context = own.shell(
        "profile",
        Crumb(_("Company profile")),
        title=_("Company profile"),
        facts=_facts(own),
        sections=sections[:2],
        chain=sections[2:],
        map=chain_map(rows),
    )
    return render(request, "web/trader/profile.html", context)


def _facts(own: Own) -> list[Fact]:
    row, change = own.participant, own.href("company")
    kinds = ", ".join(_(own.terms.cargo_kinds.get(kind, kind)) for kind in row.cargo_kinds)
    return [
        Fact(_("Business type"), _(own.business_type.title), cite="6 USC 962"),
        Fact(_("Legal name"), row.legal_name, change),
        Fact(_("Trade name"), row.trade_name or _("Not given"), change),
        Fact(_("Address"), f"{row.address}\n{row.city}, {country_name(row.country)}", change),
        Fact(_("Website"), row.website or _("Not given"), change),
        Fact(_("Telephone"), row.phone or _("Not given"), change),
        Fact(_("Kinds of cargo"), kinds or _("Not said yet"), change, cite="6 USC 970"),
    ]


def place_names(rows: dict[str, list[Any]]) -> dict[str, str]:
    """The names of sites and partners by series."""
    return {str(row.series): row.name for code in ("site", "partner") for row in rows[code]}


def chain_map(rows: dict[str, list[Any]]) -> Any:
    """The map of the places whose coordinates are known, or None while there is none."""
    nodes = [
        MapNode(str(row.series), row.name, str(words.get(code, code)), row.latitude_e6 / 1e6, row.longitude_e6 / 1e6)
        for part, words in (("site", USES), ("partner", DOES))
        for row in rows[part]
        for code in (row.use if part == "site" else row.does,)
        if row.latitude_e6 is not None and row.longitude_e6 is not None
    ]
    known = {node.key for node in nodes}
    legs = [
        MapLeg(str(row.origin), str(row.destination), str(MODES.get(row.mode, row.mode)))
        for row in rows["leg"]
        if {str(row.origin), str(row.destination)} <= known
    ]
    return supply_chain_map(_("Your supply chain"), nodes, legs) if nodes else None


@declared(*COMPANY)
def company(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Correct or complete the company itself."""
    own = own_company(request, participant)
    names = ProfileForm.base_fields
    initial = {name: getattr(own.participant, name) for name in names}
    form = ProfileForm(request.POST or None, initial=initial, terms=own.terms)
    answer = None
    if request.method == "POST" and form.is_valid():
        answer = attempt(request, form, AmendProfile, {"participant_id": participant, **form.cleaned_data})
        if answer and answer.granted:
            return redirect(own.href("profile"))
    context = own.shell(
        "profile",
        Crumb(_("Company profile"), own.href("profile")),
        Crumb(_("The company")),
        title=_("The company"),
        form=form,
        refusal=refusal(answer, form),
        intro=_("A correction takes effect today; what was there before stays on record."),
        cite="6 USC 962",
        cancel_href=own.href("profile"),
    )
    return render(request, "web/trader/form.html", context, status=422 if request.method == "POST" else 200)


def _kind(part: str) -> Kind:
    if part not in KINDS:
        raise Http404
    return KINDS[part]


def _crumbs(own: Own, kind: Kind, last: str) -> list[Crumb]:
    return [
        Crumb(_("Company profile"), own.href("profile")),
        Crumb(kind.many, own.href("parts", part=kind.code)),
        Crumb(last),
    ]


@declared(*COMPANY)
@require_safe
def parts(request: HttpRequest, participant: UUID, part: str) -> HttpResponse:
    """The parts of one kind: those in force, and those that ended."""
    own, kind = own_company(request, participant), _kind(part)
    rows = list(kind.model._default_manager.filter(participant_id=participant).order_by("-recorded_at", "id"))
    places = {}
    if part == "leg":
        places = place_names({code: list(queries.live(KINDS[code].model, participant)) for code in ("site", "partner")})
    live = [row for row in rows if row.effective_to is None]
    in_force = {row.series for row in live}
    gone = {row.series: row for row in reversed(rows) if row.series not in in_force}
    context = own.shell(
        "profile",
        Crumb(_("Company profile"), own.href("profile")),
        Crumb(kind.many),
        title=kind.many,
        kind=kind,
        rows=[(name_of(row, places), facts_of(row), row) for row in reversed(live)],
        ended=[(name_of(row, places), row) for row in gone.values()],
        add=own.href("part-add", part=part),
    )
    return render(request, "web/trader/parts.html", context)


@declared(*COMPANY)
def part_add(request: HttpRequest, participant: UUID, part: str) -> HttpResponse:
    """Add a part."""
    own, kind = own_company(request, participant), _kind(part)
    initial = {"kind": request.GET.get("kind", "")} if part == "identifier" else {}
    return _edit(request, own, kind, None, kind.form(request.POST or None, own=own, initial=initial))


@declared(*COMPANY)
def part_edit(request: HttpRequest, participant: UUID, part: str, series: UUID) -> HttpResponse:
    """Correct a part; every earlier version stays on record and is shown."""
    own, kind = own_company(request, participant), _kind(part)
    row = _live(kind, participant, series)
    if not kind.corrects:
        return redirect(own.href("part-end", part=part, series=series))
    return _edit(request, own, kind, row, kind.form(request.POST or None, own=own, initial=kind.initial(row)))


def _live(kind: Kind, participant: UUID, series: UUID) -> Any:
    row = queries.live(kind.model, participant).filter(series=series).first()
    if row is None:
        raise Http404
    return row


def _edit(request: HttpRequest, own: Own, kind: Kind, row: Any, form: Any) -> HttpResponse:
    answer = None
    if request.method == "POST" and form.is_valid():
        values = {"participant_id": own.participant.pk, **form.values()}
        if kind.corrects:
            values["series"] = row.series if row else None
        answer = attempt(request, form, kind.command, values)
        if answer and answer.granted:
            return redirect(own.href("parts", part=kind.code))
    title = _("Correct: %(name)s") % {"name": name_of(row)} if row else _("Add: %(kind)s") % {"kind": kind.one}
    context = own.shell(
        "profile",
        *_crumbs(own, kind, title),
        title=title,
        form=form,
        refusal=refusal(answer, form, series=""),
        intro=kind.intro,
        cite=kind.cite,
        cancel_href=own.href("parts", part=kind.code),
        form_class="gl-form--wide" if kind.code == "identifier" else "",
        history=_history(kind, row) if row else None,
        end_href=own.href("part-end", part=kind.code, series=row.series) if row else "",
    )
    return render(request, "web/trader/part.html", context, status=422 if request.method == "POST" else 200)


def _history(kind: Kind, row: Dated) -> Table:
    """Every version of a part, the newest first."""
    rows = kind.model._default_manager.filter(series=row.series).order_by("-recorded_at", "id")
    columns = (Column(_("From"), heads_row=True), Column(_("Until")), Column(_("What it said")))
    return Table(
        _("Versions"),
        columns,
        [
            Row(
                (
                    long_date(one.effective_from),
                    long_date(one.effective_to) if one.effective_to else _("Now"),
                    " · ".join(text for text in (name_of(one), facts_of(one)) if text),
                )
            )
            for one in rows
        ],
        caption_hidden=True,
    )


class EndForm(forms.GreenlaneForm):
    """Why a part ends."""

    reason = forms.TextAreaField(label=gettext_lazy("Why does it end?"), max_length=2000, rows=3)


@declared(*COMPANY)
def part_end(request: HttpRequest, participant: UUID, part: str, series: UUID) -> HttpResponse:
    """Say that a part is no longer one of the company; it stays on record."""
    own, kind = own_company(request, participant), _kind(part)
    known = kind.model._default_manager.filter(participant=participant, series=series)
    if request.method == "POST" and known.exists() and not queries.live(kind.model, participant).filter(series=series):
        messages.info(request, _("It has ended already; nothing was changed."))  # the form was sent twice
        return redirect(own.href("parts", part=part))
    row = _live(kind, participant, series)
    form, answer = EndForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        values = {"participant_id": participant, "part": part, "series": series, "reason": form.cleaned_data["reason"]}
        answer = attempt(request, form, EndPart, values)
        if answer and answer.granted:
            return redirect(own.href("parts", part=part))
    title = _("End: %(name)s") % {"name": name_of(row)}
    context = own.shell(
        "profile",
        *_crumbs(own, kind, title),
        title=title,
        form=form,
        refusal=refusal(answer, form, series=own.href("parts", part="leg")),
        intro=_("It is no longer part of the company from today. It stays on record with the reason."),
        save_label=_("End it"),
        cancel_href=own.href("parts", part=part),
    )
    return render(request, "web/trader/form.html", context, status=422 if request.method == "POST" else 200)
