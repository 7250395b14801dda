"""The framework and the measures as they stood on a day (6 USC 969(2))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from greenlane.casework.problems import Missing
from greenlane.law.s969 import FrameworkFacts, RiskFactor
from greenlane.revalidation.models import Framework, RiskScore


def framework_on(programme: str, on: date) -> Framework | None:
    """The framework in force on a day: the latest version that was published by then."""
    rows = Framework.objects.filter(programme=programme, published_on__lte=on)
    return rows.order_by("-version").first()


def framework_of(key: UUID) -> Framework:
    """A version of the framework. Raises Missing."""
    row = Framework.objects.filter(pk=key).first()
    if row is None:
        raise Missing("framework", key)
    return row


def factors_of(framework: Framework) -> tuple[RiskFactor, ...]:
    return tuple(
        RiskFactor(row["code"], row["definition"], row["data_source"], row["weight"]) for row in framework.factors
    )


def framework_facts(framework: Framework | None) -> FrameworkFacts:
    """The framework for the law; None is one that nobody published."""
    if framework is None:
        return FrameworkFacts(0, None, ())
    return FrameworkFacts(framework.version, framework.published_on, factors_of(framework))


def scores_on(participants: Iterable[UUID], on: date, at: datetime | None = None) -> dict[UUID, dict[str, RiskScore]]:
    """Each participant's measures by criterion: of those that counted by a day, the one that was measured last.

    *at*: only what was on record at that instant.
    """
    rows = RiskScore.objects.filter(participant_id__in=set(participants), measured_on__lte=on, recorded_on__lte=on)
    rows = rows.filter(recorded_at__lte=at) if at else rows
    found: dict[UUID, dict[str, RiskScore]] = {}
    for row in rows.order_by("measured_on", "recorded_at", "id"):
        found.setdefault(row.participant_id, {})[row.factor] = row
    return found
