"""The figures of the report on the pilot, each counted from records (6 USC 968(i))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from greenlane.law.sentences import N_
from greenlane.records.models import ReadLog
from greenlane.validation.models import Validation
from greenlane.validators.entries_pilot import PilotFigure
from greenlane.validators.models import Certificate, Engagement, PilotProgramme, ReportedFinding, ValidatorPerson

FIGURE_NAMES = {
    "reports": N_("Third parties reported on so many validations"),
    "accepted": N_("Reports that officers accepted as advice"),
    "rejected": N_("Reports that officers rejected"),
    "validated": N_("Companies validated after a third party's visit"),
    "protection_agreements": N_("Validators that signed the agreement on proprietary information"),
    "reads": N_("Looks of validators at companies' data, each logged and shown to the company"),
    "total_cost": N_("Paid by companies, in dollars"),
    "mean_cost": N_("Paid for one validation on average, in dollars"),
    "mean_hours": N_("Hours of work for one validation on average"),
    "mean_days": N_("Days from the begin to the report on average"),
    "decided": N_("Validations decided in the pilot"),
    "decided_before": N_("Validations decided in the 365 days before it"),
    "share": N_("Of those decided in the pilot, after a third party's visit, in percent"),
    "not_met": N_("Criteria that third parties found not met"),
    "revoked": N_("Certificates revoked"),
}


def records_behind(figures: Iterable[PilotFigure]) -> int:
    """How many records the figures of a part rest on, each once."""
    return len({key for figure in figures for key in figure.records})


def pilot_figures(pilot: PilotProgramme, until: date) -> dict[str, tuple[PilotFigure, ...]]:
    """For each part of the report its figures, from the first day of the pilot to *until*."""
    since = pilot.started_on or until
    reported = list(
        Engagement.objects.filter(
            validator__programme=pilot.programme, reports__gt=0, begun_on__range=(since, until)
        ).order_by("begun_on", "pk")
    )
    return {
        "results": _results(reported),
        "proprietary_information": _protection(pilot, reported, since, until),
        "cost": _cost(reported),
        "efficiency": _efficiency(reported),
        "validation_rate": _rate(pilot, reported, since, until),
        "national_security": _security(pilot, reported, since, until),
        "recommendations": (),
    }


def _figure(name: str, value: int | str, records: Iterable[UUID]) -> PilotFigure:
    return PilotFigure(name=name, value=str(value), records=tuple(dict.fromkeys(records)))


def _keys(rows: Iterable[Engagement]) -> list[UUID]:
    return [row.pk for row in rows]


def _results(reported: Sequence[Engagement]) -> tuple[PilotFigure, ...]:
    accepted = [row for row in reported if row.accepted_on is not None]
    rejected = [row for row in reported if row.accepted_on is None and row.ended_on is not None]
    decided = Validation.objects.filter(pk__in=[row.validation_id for row in accepted])
    good = decided.filter(outcome__in=("validated", "revalidated")).order_by("pk").values_list("pk", flat=True)
    return (
        _figure("reports", len(reported), _keys(reported)),
        _figure("accepted", len(accepted), _keys(accepted)),
        _figure("rejected", len(rejected), _keys(rejected)),
        _figure("validated", len(good), good),
    )


def _protection(
    pilot: PilotProgramme, reported: Sequence[Engagement], since: date, until: date
) -> tuple[PilotFigure, ...]:
    signed = Certificate.objects.filter(validator__programme=pilot.programme, certified_on__lte=until)
    signed = signed.exclude(protection_signed_on=None).order_by("certified_on", "pk")
    people = ValidatorPerson.objects.filter(certificate_id__in=[row.certificate_id for row in reported])
    accounts = set(people.values_list("account_id", flat=True))
    companies = {row.participant_id for row in reported}
    looks = ReadLog.objects.filter(account__in=accounts, participant__in=companies, at__date__range=(since, until))
    return (
        _figure("protection_agreements", len(signed), [row.pk for row in signed]),
        _figure("reads", looks.count(), _keys(reported)),
    )


def _mean(values: Sequence[int]) -> int:
    """Rounded half up to a whole number; 0 of none."""
    return (2 * sum(values) + len(values)) // (2 * len(values)) if values else 0


def _cost(reported: Sequence[Engagement]) -> tuple[PilotFigure, ...]:
    costs = [row.cost_usd or 0 for row in reported]
    return (_figure("total_cost", sum(costs), _keys(reported)), _figure("mean_cost", _mean(costs), _keys(reported)))


def _efficiency(reported: Sequence[Engagement]) -> tuple[PilotFigure, ...]:
    days = [(row.report_on - row.begun_on).days for row in reported if row.report_on and row.begun_on]
    hours = [row.hours or 0 for row in reported]
    return (_figure("mean_hours", _mean(hours), _keys(reported)), _figure("mean_days", _mean(days), _keys(reported)))


def _decided(programme: str, since: date, until: date) -> list[UUID]:
    rows = Validation.objects.filter(programme=programme, decided_on__range=(since, until))
    return list(rows.order_by("decided_on", "pk").values_list("pk", flat=True))


def _rate(pilot: PilotProgramme, reported: Sequence[Engagement], since: date, until: date) -> tuple[PilotFigure, ...]:
    during = _decided(pilot.programme, since, until)
    before = _decided(pilot.programme, since - timedelta(days=365), since - timedelta(days=1))
    third = {row.validation_id for row in reported if row.accepted_on is not None}
    after_visit = [key for key in during if key in third]
    share = (200 * len(after_visit) + len(during)) // (2 * len(during)) if during else 0
    return (
        _figure("decided", len(during), during),
        _figure("decided_before", len(before), before),
        _figure("share", share, after_visit),
    )


def _security(
    pilot: PilotProgramme, reported: Sequence[Engagement], since: date, until: date
) -> tuple[PilotFigure, ...]:
    number = {row.pk: row.reports for row in reported}
    found = ReportedFinding.objects.filter(engagement_id__in=number, finding="not_met")
    not_met = [key for key, report in found.values_list("engagement_id", "report") if report == number[key]]
    revoked = Certificate.objects.filter(
        validator__programme=pilot.programme, outcome="revoked", ended_on__range=(since, until)
    )
    return (
        _figure("not_met", len(not_met), _keys(reported)),
        _figure("revoked", len(revoked), [row.pk for row in revoked.order_by("ended_on", "pk")]),
    )
