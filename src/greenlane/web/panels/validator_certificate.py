"""What a certificate of a third party validator shows of itself, and the choices of its commands (6 USC 968(d)-(g))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case
from greenlane.law.s968 import current, is_monitored
from greenlane.people.visibility import Viewer
from greenlane.programs.queries import terms_of
from greenlane.validators.facts import monitoring_facts, procedure_facts
from greenlane.validators.models import Certificate, ConductedReview, Policy
from greenlane.validators.queries import certificate_of, in_force, review_complete
from greenlane.web import components as c
from greenlane.web.choices import Scene, vocabulary
from greenlane.web.panels.registry import Panel, heading, panel


@heading("validator_certificate")
def named(case: Case) -> str:
    """The case is named by the validator."""
    return Certificate.objects.select_related("validator").get(pk=case.pk).validator.name


@panel("validator_certificate", title=gettext_lazy("The certificate"))
def certificate(case: Case, viewer: Viewer, on: date) -> Panel:
    """Whether it is in force today and why; what it rests on; inspections and reviews for the programme."""
    row = certificate_of(case.pk)
    verdict = in_force(row, on)
    monitoring = monitoring_facts(row) if viewer.is_staff else None
    terms = terms_of(row.validator.programme, on)
    context = {
        "certificate": row,
        "in_force": c.Chip(_("In force today"), "good") if verdict.granted else c.Chip(_("Not in force today"), "bad"),
        "verdict": verdict,
        "facts": _facts(row),
        "policies": _policies(row),
        "agreements": _agreements(row, on),
        "monitored": is_monitored(monitoring, on, terms) if monitoring else None,
        "reviews": _reviews(row) if viewer.is_staff and row.outcome == "revoked" else None,
        "reviewed": review_complete(row) if viewer.is_staff and row.outcome == "revoked" else None,
    }
    return Panel("panels/validator_certificate.html", context)


def _facts(row: Certificate) -> list[c.Fact]:
    validator = row.validator
    limit = max(row.limits.all(), key=lambda one: (one.since, one.recorded_at), default=None)
    facts = [
        c.Fact(_("Entity"), validator.name),
        c.Fact(_("Seat"), f"{validator.address}, {validator.country}"),
        c.Fact(_("People"), ", ".join(sorted(one.name for one in row.people.all())) or "-"),
        c.Fact(_("Certified on"), row.certified_on or "-", cite="6 USC 968(d)"),
        c.Fact(_("Information for the limits"), row.submission_on or _("not submitted"), cite="6 USC 968(e)"),
        c.Fact(
            _("Limit set"),
            _("%(limit)s dollars from %(day)s") % {"limit": f"{limit.limit_usd:,}", "day": limit.since.isoformat()}
            if limit
            else _("the programme's own"),
            cite="6 USC 968(d)(2)(B)",
        ),
        c.Fact(_("Proprietary information"), row.protection_signed_on or _("not signed"), cite="6 USC 968(d)(3)"),
    ]
    if limit and limit.conditions:
        facts.append(c.Fact(_("Conditions of the insurance"), limit.conditions))
    if row.ended_on:
        facts.append(c.Fact(_("Ended on"), row.ended_on, cite="6 USC 968(g)(2)(A)"))
    return facts


def _policies(row: Certificate) -> c.Table:
    columns = (
        c.Column(_("Insurer"), heads_row=True), c.Column(_("Number")), c.Column(_("Limit"), numeric=True),
        c.Column(_("From")), c.Column(_("Until")), c.Column(_("Conditions")),
    )  # fmt: skip
    live = [one for one in row.policies.all() if one.superseded_at is None]
    rows = [
        c.Row((one.insurer, one.number, f"{one.limit_usd:,}", one.since,
               min(one.until, one.cancelled_on or one.until), _("met") if one.meets_conditions else _("not met")))
        for one in sorted(live, key=lambda one: (one.since, one.pk))
    ]  # fmt: skip
    return c.Table(_("Liability insurance"), columns, rows, empty=_("No policy is on record."))


def _agreements(row: Certificate, on: date) -> c.Table:
    agreed = {(one.procedure.code, one.procedure.version): one.agreed_on for one in row.agreements.all()}
    shown = {one.code: one.shown_on for one in row.demonstrations.all() if one.satisfied}
    known = procedure_facts(row.validator.programme)
    wanted = [*current(known, on), *(one for one in known if one.in_force_from > on)]
    columns = (
        c.Column(_("Procedure"), heads_row=True), c.Column(_("In force from")), c.Column(_("Agreed to on")),
        c.Column(_("Ability shown on")),
    )  # fmt: skip
    rows = [
        c.Row((f"{one.code} v{one.version}", one.in_force_from, agreed.get((one.code, one.version), "-"),
               shown.get(one.code, "-")))
        for one in wanted
    ]  # fmt: skip
    return c.Table(_("Procedures"), columns, rows, empty=_("No procedure is published."))


def _reviews(row: Certificate) -> c.Table:
    found = list(ConductedReview.objects.filter(certificate=row).order_by("opened_on", "pk"))
    references = dict(Case.objects.filter(pk__in=[one.validation_id for one in found]).values_list("pk", "reference"))
    columns = (c.Column(_("Validation"), heads_row=True), c.Column(_("Reviewed on")), c.Column(_("Found")))
    rows = [
        c.Row((references.get(one.validation_id, "-"), one.reviewed_on or _("not yet"), one.found or "-"))
        for one in found
    ]
    return c.Table(_("Review of every validation that it conducted"), columns, rows)


@vocabulary("validator_procedures")
def validator_procedures(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The procedures in force."""
    return [(one.code, f"{one.code} v{one.version}") for one in current(procedure_facts(scene.programme), scene.on)]


@vocabulary("validator_policies")
def validator_policies(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The policies of this certificate."""
    rows = Policy.objects.filter(certificate_id=scene.case.pk if scene.case else None, superseded_at=None)
    return [(one.series, f"{one.insurer} {one.number}") for one in rows.order_by("since", "pk")]


@vocabulary("conducted_validations")
def conducted_validations(scene: Scene) -> Iterable[tuple[Any, str]]:
    """The validations of a revoked validator that nobody has reviewed."""
    rows = ConductedReview.objects.filter(certificate_id=scene.case.pk if scene.case else None, reviewed_on=None)
    keys = list(rows.values_list("validation_id", flat=True))
    return Case.objects.filter(pk__in=keys).order_by("reference").values_list("pk", "reference")
