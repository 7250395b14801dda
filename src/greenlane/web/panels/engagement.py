"""What an engagement of a validator shows of itself, and the choices of its commands (6 USC 968(c), (f), (h))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case, Document
from greenlane.law.s968 import common_owners
from greenlane.people.visibility import Viewer
from greenlane.programs.models import Programme
from greenlane.validation.queries import open_validations
from greenlane.validators.facts_engagement import engageable, ownership_facts
from greenlane.validators.models import DeclaredTie, Engagement, ReportedFinding
from greenlane.validators.queries import certified_validators, engagement_of
from greenlane.web import components as c
from greenlane.web.choices import Scene, vocabulary
from greenlane.web.ownership_picture import ownership_picture
from greenlane.web.panels.registry import Panel, panel
from greenlane.web.words import long_date

OPEN = ("proposed", "consented", "authorized")


@panel("engagement", title=gettext_lazy("The engagement"))
def engagement(case: Case, viewer: Viewer, on: date) -> Panel:
    """Both sides, contract, consent and report for all; the register of owners for the programme alone."""
    row = engagement_of(case.pk)
    ties = sorted(row.ties.all(), key=lambda one: (one.declared_on, one.pk))
    context = {
        "facts": _facts(row),
        "ties": _ties(ties) if ties else None,
        "cleared": list(row.cleared.all()),
        "verdict": engageable(row, on) if viewer.is_staff and case.state in OPEN else None,
        "picture": _picture(row, on) if viewer.is_staff else None,
        "visits": _visits(row) if row.reports else None,
        **(_findings(row) if row.reports else {}),
        "summary": row.report_summary,
        "returned": row.returned_reason,
    }
    return Panel("panels/engagement.html", context)


def _picture(row: Engagement, on: date) -> Any:
    facts = ownership_facts(row)
    return ownership_picture(facts.validator, facts.participant, facts.holdings, on)


def _facts(row: Engagement) -> list[c.Fact]:
    contract = (
        _("signed on %(day)s") % {"day": long_date(row.contract_signed_on)}
        if row.contract_signed_on
        else _("not filed")
    )
    facts = [
        c.Fact(_("Validator"), row.validator.name),
        c.Fact(_("Company"), row.participant.legal_name),
        c.Fact(_("Declaration of the validator"), row.validator_declared_on or _("not signed"), cite="6 USC 968(f)(1)"),
        c.Fact(_("Declaration of the company"), row.participant_declared_on or _("not signed"), cite="6 USC 968(f)(1)"),
        c.Fact(_("Contract"), contract, cite="6 USC 968(f)(2)"),
        c.Fact(_("The company pays all costs"), _("yes") if row.participant_pays_all else _("no")),
        c.Fact(_("Consent of the company"), row.consent_on or _("not given"), cite="6 USC 968(h)"),
        c.Fact(_("Authorized on"), row.authorized_on or "-", cite="6 USC 968(f)"),
        c.Fact(_("The validator sees the company since"), row.begun_on or _("it does not yet")),
    ]
    if row.price_usd is not None:
        facts.append(c.Fact(_("Price, in dollars"), f"{row.price_usd:,}"))
    if row.ended_on:
        facts.append(c.Fact(_("Ended on"), row.ended_on))
    if row.end_reason:
        facts.append(c.Fact(_("Because"), row.end_reason))
    return facts


def _ties(ties: Iterable[DeclaredTie]) -> c.Table:
    columns = (
        c.Column(_("Tie"), heads_row=True), c.Column(_("What it is")), c.Column(_("Declared by")),
        c.Column(_("Declared on")), c.Column(_("Ended on")),
    )  # fmt: skip
    rows = [c.Row((one.kind, one.detail, one.side, one.declared_on, one.ended_on or "-")) for one in ties]
    return c.Table(_("Declared ties"), columns, rows)


def _visits(row: Engagement) -> c.Table:
    columns = (
        c.Column(_("Place"), heads_row=True), c.Column(_("Country")), c.Column(_("How")), c.Column(_("First day")),
        c.Column(_("Last day")), c.Column(_("What was seen")),
    )  # fmt: skip
    modes = {"on_site": _("on site"), "virtual": _("at a distance")}
    rows = [
        c.Row((one.place, one.country, modes.get(one.mode, one.mode), one.visited_on, one.visited_to, one.seen))
        for one in row.visits.filter(report=row.reports).order_by("visited_on", "pk")
    ]
    return c.Table(_("Visits of the third party"), columns, rows)


def _findings(row: Engagement) -> dict[str, c.Table | None]:
    """What is not met stands open; what is met is folded away. In the order of the criteria: 1.2 before 1.10."""
    found = sorted(row.findings.filter(report=row.reports), key=lambda one: _place(one.number))
    open_ = [one for one in found if one.finding != "met"]
    met = [one for one in found if one.finding == "met"]
    return {
        "gaps": _finding_table(open_, _("Not met, or not asked here: advice, no decision")),
        "met": _finding_table(met, _("Met: advice, no decision")),
    }


def _place(number: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in number.split("."))


def _finding_table(found: list[ReportedFinding], caption: str) -> c.Table | None:
    columns = (c.Column(_("Criterion"), heads_row=True), c.Column(_("Finding")), c.Column(_("Note")))
    words = {"met": _("met"), "not_met": _("not met"), "not_applicable": _("does not apply")}
    rows = [c.Row((one.number, words.get(one.finding, one.finding), one.note or "-")) for one in found]
    return c.Table(caption, columns, rows) if rows else None


@vocabulary("certified_validators")
def certified(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The validators whose certificate is in force today."""
    codes = [scene.programme] if scene.programme else Programme.objects.order_by("code").values_list("code", flat=True)
    return [(one.validator_id, one.validator.name) for code in codes for one in certified_validators(code, scene.on)]


@vocabulary("validations")
def validations(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The open validations and revalidations of the company."""
    keys = open_validations(scene.participant_id).values("pk") if scene.participant_id else ()
    rows = Case.objects.filter(pk__in=keys) if scene.participant_id else Case.objects.none()
    return rows.order_by("opened_on", "pk").values_list("pk", "reference")


@vocabulary("declared_ties")
def declared_ties(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The ties that were declared in this engagement."""
    rows = DeclaredTie.objects.filter(engagement_id=scene.case.pk if scene.case else None)
    return [(one.pk, f"{one.kind}: {one.detail[:60]}") for one in rows.order_by("declared_on", "pk")]


@vocabulary("common_owners")
def owners(scene: Scene) -> Iterable[tuple[Any, str]]:
    """Who stands above both sides today."""
    if scene.case is None:
        return ()
    facts = ownership_facts(engagement_of(scene.case.pk))
    return [(one, one) for one in common_owners(facts.validator, facts.participant, facts.holdings, scene.on)]


@vocabulary("engagement_documents")
def engagement_documents(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The documents of this engagement."""
    rows = Document.objects.filter(case=scene.case) if scene.case else Document.objects.none()
    return rows.order_by("title", "-version").values_list("pk", "title")
