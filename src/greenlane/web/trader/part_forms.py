"""Forms of the parts of a company profile, each with the command that saves it (6 USC 962, 963(2))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.registry import Command
from greenlane.participants import queries
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.models import Dated, Identifier, Leg, Partner, Person, Site
from greenlane.participants.parts import RecordIdentifier, RecordPerson, title_of
from greenlane.people.queries import company_people
from greenlane.web import forms
from greenlane.web.trader.access import Own
from greenlane.web.trader.accounts import country_choices, country_name
from greenlane.web.trader.kinds import hints_for, identifier_choices, identifier_title

USES = {
    "office": gettext_lazy("Office"),
    "warehouse": gettext_lazy("Warehouse"),
    "factory": gettext_lazy("Factory"),
    "terminal": gettext_lazy("Terminal"),
    "yard": gettext_lazy("Yard"),
    "consolidation": gettext_lazy("Consolidation point"),
    "other": gettext_lazy("Something else"),
}
DOES = {
    "manufacturer": gettext_lazy("Manufacturer"),
    "supplier": gettext_lazy("Supplier"),
    "carrier": gettext_lazy("Carrier"),
    "broker": gettext_lazy("Customs broker"),
    "consolidator": gettext_lazy("Consolidator"),
    "warehouse": gettext_lazy("Warehouse"),
    "terminal": gettext_lazy("Terminal"),
    "customer": gettext_lazy("Customer"),
    "other": gettext_lazy("Something else"),
}
MODES = {
    "sea": gettext_lazy("Sea"),
    "air": gettext_lazy("Air"),
    "road": gettext_lazy("Road"),
    "rail": gettext_lazy("Rail"),
    "several": gettext_lazy("Several of these"),
}
ROLES = {"officer": gettext_lazy("Officer"), "owner": gettext_lazy("Owner")}


class PartForm(forms.GreenlaneForm):
    """A part of the profile. ``values()`` are those of its command."""

    def __init__(self, *args: Any, own: Own, **options: Any) -> None:
        self.own = own
        super().__init__(*args, **options)
        if "country" in self.fields:
            self.fields["country"].choices = country_choices()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def _country() -> django_forms.ChoiceField:
    return django_forms.ChoiceField(label=gettext_lazy("Country"), choices=[])


class IdentifierForm(PartForm):
    """Kind and value; the kinds that this business needs come first, each with what it looks like."""

    kind = forms.ChoiceField(label=gettext_lazy("Which number is it?"), choices=[])
    value = forms.TextField(label=gettext_lazy("The number"), max_length=60, width="lg")

    def __init__(self, *args: Any, own: Own, **options: Any) -> None:
        super().__init__(*args, own=own, **options)
        choices = identifier_choices(own.terms, own.participant.business_type)
        groups = own.business_type.identifiers
        needed = {code for group in groups for code in group}
        looks = hints_for(choices)
        marks = {
            c: _("%(looks)s. Your kind of business needs it.") % {"looks": h} for c, h in looks.items() if c in needed
        }
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label, choices=choices, widget=forms.RadioTiles(hints={**looks, **marks})
        )


class PersonForm(PartForm):
    """An owner or officer."""

    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=list(ROLES.items()),
        hints={
            "officer": gettext_lazy("Binds the company: can sign the agreement when the account is named below."),
            "owner": gettext_lazy("Holds a share of the company, as a person or as a company."),
        },
    )
    name = forms.TextField(label=gettext_lazy("Full name"), max_length=200)
    title = forms.TextField(label=gettext_lazy("Position"), max_length=100, required=False)
    is_company = django_forms.BooleanField(label=gettext_lazy("This owner is a company"), required=False)
    birth_date = forms.MemorableDateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        help_text=gettext_lazy("Needed for a person: people are screened by name and date of birth."),
    )
    country = django_forms.ChoiceField(label=gettext_lazy("Country of nationality or seat"), choices=[])
    share_percent = django_forms.IntegerField(
        label=gettext_lazy("Share, in whole percent"), required=False, min_value=0, max_value=100
    )
    account_id = django_forms.ChoiceField(
        label=gettext_lazy("Signs with the account of"),
        required=False,
        choices=[],
        help_text=gettext_lazy("Only for an officer who signs here. The person must hold an office under “People”."),
    )

    def __init__(self, *args: Any, own: Own, **options: Any) -> None:
        super().__init__(*args, own=own, **options)
        rows = company_people(own.participant.pk, own.today)
        people = {str(row.account_id): f"{row.account.name} ({row.account.email})" for row in rows}
        self.fields["account_id"].choices = [("", _("Nobody")), *people.items()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "account_id": self.cleaned_data["account_id"] or None}


class SiteForm(PartForm):
    """A place of the company's own."""

    name = forms.TextField(label=gettext_lazy("Name of the site"), max_length=200)
    use = forms.ChoiceField(label=gettext_lazy("What it is used for"), choices=list(USES.items()))
    address = forms.TextField(label=gettext_lazy("Street address"), max_length=300)
    city = forms.TextField(
        label=gettext_lazy("City"), max_length=100, help_text=gettext_lazy("Puts the site on the map.")
    )
    country = _country()


class PartnerForm(PartForm):
    """A business partner."""

    name = forms.TextField(label=gettext_lazy("Name of the partner"), max_length=200)
    does = django_forms.ChoiceField(
        label=gettext_lazy("What it does for you"), choices=[("", ""), *DOES.items()], widget=django_forms.Select()
    )
    city = forms.TextField(
        label=gettext_lazy("City"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Puts the partner on the map."),
    )
    country = _country()
    trusted_as = forms.TextField(
        label=gettext_lazy("Trusted-trader status"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Its programme and number, if it takes part in one."),
    )


class LegForm(PartForm):
    """A way of the cargo between two places that are on record."""

    origin = django_forms.ChoiceField(label=gettext_lazy("From"), choices=[])
    destination = django_forms.ChoiceField(label=gettext_lazy("To"), choices=[])
    mode = forms.ChoiceField(label=gettext_lazy("How the cargo moves"), choices=list(MODES.items()))
    carrier = forms.TextField(label=gettext_lazy("Carrier"), max_length=200, required=False)
    port_of_lading = forms.TextField(
        label=gettext_lazy("Port of lading"),
        max_length=10,
        required=False,
        width="sm",
        help_text=gettext_lazy("A UN/LOCODE such as CNSHA."),
    )
    port_of_unlading = forms.TextField(
        label=gettext_lazy("Port of unlading"),
        max_length=10,
        required=False,
        width="sm",
        help_text=gettext_lazy("A U.S. port code such as 2704, or a UN/LOCODE."),
    )

    def __init__(self, *args: Any, own: Own, **options: Any) -> None:
        super().__init__(*args, own=own, **options)
        key = own.participant.pk
        places: list[tuple[str, str]] = [
            *((str(row.series), row.name) for row in queries.sites(key)),
            *((str(row.series), f"{row.name} ({DOES.get(row.does, row.does)})") for row in queries.partners(key)),
        ]
        for name in ("origin", "destination"):
            self.fields[name].choices = [("", ""), *places]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Kind:
    """A kind of part: its table, form and command, and what pages call it."""

    code: str
    model: type[Dated]
    form: type[PartForm]
    command: type[Command]
    one: Any
    many: Any
    intro: Any
    cite: str
    corrects: bool = True

    def initial(self, row: Dated) -> dict[str, Any]:
        """The values of a row as the form shows them."""
        names = self.form.base_fields
        values: Mapping[str, Any] = {name: getattr(row, name) for name in names}
        return {name: str(value) if name in ("origin", "destination", "account_id") and value else value
                for name, value in values.items()}  # fmt: skip


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "identifier",
            Identifier,
            IdentifierForm,
            RecordIdentifier,
            gettext_lazy("Identifier"),
            gettext_lazy("Identifiers"),
            gettext_lazy(
                "Numbers by which the trade knows the company. Their form and check digits are tested at once."
            ),
            "6 USC 962",
            corrects=False,
        ),
        Kind(
            "person",
            Person,
            PersonForm,
            RecordPerson,
            gettext_lazy("Owner or officer"),
            gettext_lazy("Owners and officers"),
            gettext_lazy("They are screened in the background investigation. An officer named here can sign."),
            "6 USC 964(b)",
        ),
        Kind(
            "site",
            Site,
            SiteForm,
            RecordSite,
            gettext_lazy("Site"),
            gettext_lazy("Sites"),
            gettext_lazy("Your own places through which cargo passes, and the offices that direct it."),
            "6 USC 963(2)",
        ),
        Kind(
            "partner",
            Partner,
            PartnerForm,
            RecordPartner,
            gettext_lazy("Business partner"),
            gettext_lazy("Business partners"),
            gettext_lazy("Everybody who makes, stores, moves or clears your cargo."),
            "6 USC 963(2)(A)",
        ),
        Kind(
            "leg",
            Leg,
            LegForm,
            RecordLeg,
            gettext_lazy("Leg"),
            gettext_lazy("Legs"),
            gettext_lazy("Each movement of cargo from one of these places to another, with its ports."),
            "6 USC 963(2)",
        ),
    )
}


def name_of(row: Dated, places: Mapping[str, str] | None = None) -> str:
    """What people call a part; a leg by its two ends where they are known."""
    if isinstance(row, Identifier):
        return f"{identifier_title(row.kind)}: {row.value}"
    if isinstance(row, Leg) and places:
        ends = (places.get(str(row.origin), "?"), places.get(str(row.destination), "?"))
        return _("%(origin)s to %(destination)s") % {"origin": ends[0], "destination": ends[1]}
    return title_of(row)


def facts_of(row: Dated) -> str:
    """A line of facts under the name."""
    parts: Iterable[Any] = ()
    if isinstance(row, Person):
        share = f"{row.share_percent} %" if row.share_percent is not None else ""
        parts = (ROLES.get(row.role, row.role), row.title, country_name(row.country), share)
    elif isinstance(row, Site):
        parts = (USES.get(row.use, row.use), row.address, row.city, country_name(row.country))
    elif isinstance(row, Partner):
        parts = (DOES.get(row.does, row.does), row.city, country_name(row.country), row.trusted_as)
    elif isinstance(row, Leg):
        ports = " – ".join(p for p in (row.port_of_lading, row.port_of_unlading) if p)
        parts = (MODES.get(row.mode, row.mode), row.carrier, ports)
    return " · ".join(str(part) for part in parts if part)
