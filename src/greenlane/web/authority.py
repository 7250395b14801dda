"""Every page declares who may open it; what is not declared is refused: 971(c)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from greenlane.casework.dates import legal_date
from greenlane.law.authority import Office
from greenlane.law.citations import Citation

if TYPE_CHECKING:
    from django.http import HttpRequest

    from greenlane.people.visibility import Viewer

V = TypeVar("V")
SAFEGUARDS = Citation("6 USC 971(c)")

OFFICE_TITLES = {
    Office.APPLICANT_OFFICER: _("Company officer"),
    Office.APPLICANT_STAFF: _("Company staff"),
    Office.CONSULTANT: _("Consultant"),
    Office.SPECIALIST: _("Supply chain security specialist"),
    Office.VETTING_ANALYST: _("Vetting analyst"),
    Office.SUPERVISOR: _("Supervisor"),
    Office.PROGRAMME_MANAGER: _("Programme manager"),
    Office.APPEAL_OFFICER: _("Appeal officer"),
    Office.VALIDATOR: _("Third-party validator"),
    Office.PARTNER_AGENCY: _("Partner agency"),
    Office.AUDITOR: _("Auditor"),
    Office.PUBLIC: _("Public"),
    Office.SYSTEM: _("The platform"),
}
"""The name of each office as people read it."""

COMPANY = (Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT)
"""Those who act for a company."""
STAFF = (
    Office.SPECIALIST,
    Office.VETTING_ANALYST,
    Office.SUPERVISOR,
    Office.PROGRAMME_MANAGER,
    Office.APPEAL_OFFICER,
    Office.AUDITOR,
)
"""Those who act for the administration."""


@dataclass(frozen=True)
class Declaration:
    """Who may open a page: everybody, every signed-in person, or the holders of one of *offices*."""

    access: Literal["public", "signed_in", "offices"]
    offices: frozenset[Office] = frozenset()

    def allows(self, signed_in: bool, offices: frozenset[Office]) -> bool:
        """May a person with these offices open the page?"""
        if self.access == "public":
            return True
        return signed_in and (self.access == "signed_in" or bool(self.offices & offices))


def declared(*who: str | Office) -> Callable[[V], V]:
    """Declare who may open a view: ``@declared("public")``, ``@declared("signed_in")`` or ``@declared(Office.A, …)``.

    Works on functions, on view classes and on what ``as_view()`` returns. Raises ValueError at import for anything
    else, so that a spelling mistake cannot open a page.
    """
    if who in (("public",), ("signed_in",)):
        declaration = Declaration(cast(Any, who[0]))
    elif who and all(isinstance(office, Office) for office in who):
        declaration = Declaration("offices", frozenset(cast(tuple[Office, ...], who)))
    else:
        raise ValueError(f"declared() takes 'public', 'signed_in' or offices, not {who!r}")

    def attach(view: V) -> V:
        view.declared_authority = declaration  # type: ignore[attr-defined]
        return view

    return attach


def declaration_of(view: Any) -> Declaration | None:
    """The declaration of a view function or of the class behind ``as_view()``; None when there is none."""
    found = getattr(view, "declared_authority", None) or getattr(
        getattr(view, "view_class", None), "declared_authority", None
    )
    return found if isinstance(found, Declaration) else None


def viewer_of_request(request: HttpRequest) -> Viewer:
    """The person of this request as somebody who looks, read once for each request; the public for anybody else."""
    kept = getattr(request, "_greenlane_viewer", None)
    if kept is None:
        from greenlane.people.visibility import viewer_of

        user = getattr(request, "user", None)
        account = user if user is not None and user.is_authenticated else None
        kept = viewer_of(cast(Any, account), legal_date(timezone.now()))
        request._greenlane_viewer = kept  # type: ignore[attr-defined]
    return cast("Viewer", kept)


def offices_of_request(request: HttpRequest) -> frozenset[Office]:
    """The offices that the signed-in person holds today; none for anybody else."""
    return viewer_of_request(request).offices


def office_titles(offices: frozenset[Office]) -> list[str]:
    """The names of *offices* in the order of the law's table; 'public' is everybody's and goes without saying."""
    return [str(OFFICE_TITLES[office]) for office in Office if office in offices and office is not Office.PUBLIC]


def addresses(exempt: tuple[str, ...] = ("api/",)) -> Iterator[tuple[str, URLPattern]]:
    """Every address with its pattern, apart from those under *exempt*, which declare their own authority."""
    yield from _walk(get_resolver().url_patterns, "", exempt)


def _walk(patterns: list[Any], prefix: str, exempt: tuple[str, ...]) -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if address.startswith(exempt):
            continue
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, address, exempt)
        else:
            yield address, pattern


def undeclared_views() -> list[str]:
    """Addresses whose view declares nothing. A test holds this list empty."""
    return [address or "/" for address, pattern in addresses() if declaration_of(pattern.callback) is None]
