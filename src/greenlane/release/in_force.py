"""What entries of a day are decided with: policy, threshold, agencies and criteria, compiled once (6 USC 964(a))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from greenlane.casework.problems import BadInput, bad_input
from greenlane.law.sentences import N_
from greenlane.programs.models import Programme
from greenlane.release import queries
from greenlane.release.compatibility import turning_days
from greenlane.release.engine.versions import Criterion, PolicyVersion, criteria_tables
from greenlane.release.models import Agency, AgencyCriteria, ReleasePolicy, Threshold
from greenlane.release.numbers import PolicyNumbers, numbers_of

CITE = "6 USC 964(a)"


@dataclass(frozen=True)
class InForce:
    """What the entries of a day are decided with, as it was known at an instant."""

    policy: ReleasePolicy
    threshold: Threshold
    version: PolicyVersion
    criteria: tuple[AgencyCriteria, ...]

    @property
    def basis(self) -> dict[str, Any]:
        """What a decision keeps beside its policy, to be made again: threshold and criteria by their ids."""
        return {
            "policy": str(self.policy.pk),
            "threshold": str(self.threshold.pk),
            "points": self.threshold.points,
            "criteria": [str(row.pk) for row in self.criteria],
        }


def in_force(programme: str, on: date, at: datetime | None = None) -> InForce:
    """What decides the entries of *on*, as known at an instant (None: now). Raises BadInput where nothing does."""
    policy = queries.policy_on(programme, on, at)
    threshold = queries.threshold_on(programme, on, at)
    if policy is None or threshold is None:
        raise _nothing(programme, on.isoformat())
    criteria = tuple(queries.criteria_on(on, at))
    numbers = numbers_of(policy.numbers).parameters(threshold.points, policy.salt or 0)
    made = version_of(f"{programme}-{policy.version}", policy.effective_from, numbers, queries.agencies(), criteria)
    return InForce(policy, threshold, made, criteria)


def _nothing(programme: str, day: str) -> BadInput:
    if not Programme.objects.filter(code=programme).exists():
        return bad_input(
            "programme",
            N_("There is no programme '%(programme)s'."),
            N_("Give the code of a programme on record, for example ctpat."),
            CITE,
            programme=programme[:40],
        )
    return bad_input(
        "filed_at",
        N_("No policy of benefits, or no high-risk threshold, is in force (programme: %(programme)s, day: %(day)s)."),
        N_("Record the threshold and publish a policy, or check the time of filing."),
        CITE,
        day=day,
        programme=programme[:40],
    )


def entry_day(filed_at: datetime) -> date:
    """The day whose policy decides an entry: that of UTC, the same in every engine (decision 0425)."""
    return filed_at.astimezone(UTC).date()


def history(programme: str, at: datetime | None = None, policy: ReleasePolicy | None = None) -> list[PolicyVersion]:
    """Every version that decides entries, by its first day, as known at an instant (None: now), for files of any days.

    *policy*: decide all of them with its numbers, published or not, by the thresholds of their days. Raises BadInput
    where there is nothing to decide with.
    """
    begun = list(queries.thresholds(programme))
    published = queries.policies(programme).filter(status=queries.PUBLISHED)
    days = {row.in_force_from for row in begun} | set(published.values_list("effective_from", flat=True))
    resting = AgencyCriteria.objects.exclude(rests_on=None).values_list("rests_on", flat=True)
    days |= turning_days(key for key in resting if key)
    for row in AgencyCriteria.objects.all():
        days |= {row.in_force_from} | ({row.in_force_until + timedelta(days=1)} if row.in_force_until else set())
    first = max(min((row.in_force_from for row in begun), default=date.max), _first(policy, published))
    found = [_on(programme, day, at, policy) for day in sorted(days) if day >= first]
    if not found:
        raise _nothing(programme, "-")
    return found


def _first(policy: ReleasePolicy | None, published: QuerySet[ReleasePolicy]) -> date:
    return date.min if policy else min(published.values_list("effective_from", flat=True), default=date.max)


def _on(programme: str, day: date, at: datetime | None, policy: ReleasePolicy | None) -> PolicyVersion:
    if policy is None:
        return replace(in_force(programme, day, at).version, effective_from=day)
    threshold = queries.threshold_on(programme, day, at)
    numbers = numbers_of(policy.numbers).parameters(threshold.points if threshold else 1, policy.salt or 0)
    criteria = tuple(queries.criteria_on(day, at))
    return version_of(f"{programme}-{policy.version}", day, numbers, queries.agencies(), criteria)


def drafted(policy: ReleasePolicy, threshold: int, like: PolicyVersion | None = None) -> PolicyVersion:
    """A version that is not published, or was. Chance is drawn as in *like*, so that only the numbers differ."""
    salt = like.parameters["salt"] if like else policy.salt or 0
    return with_numbers(numbers_of(policy.numbers), threshold, salt, like, f"{policy.programme}-{policy.version}")


def with_numbers(
    numbers: PolicyNumbers, threshold: int, salt: int, like: PolicyVersion | None, code: str
) -> PolicyVersion:
    """A version with these numbers, and the agencies and criteria of another one."""
    parameters = numbers.parameters(threshold, salt)
    day = like.effective_from if like else date.min
    if like is None:
        return PolicyVersion(code, day, parameters)
    return PolicyVersion(code, day, parameters, like.tables, like.agencies)


def version_of(
    code: str,
    effective_from: date,
    parameters: Mapping[str, int],
    agencies: list[Agency],
    criteria: tuple[AgencyCriteria, ...],
) -> PolicyVersion:
    """The version with these numbers and criteria; the same ones give the same object, so that it is compiled once."""
    met = tuple(
        sorted((row.agency.code, tuple(row.ports), tuple(row.origins), tuple(row.headings)) for row in criteria)
    )
    return _version(code, effective_from, tuple(sorted(parameters.items())), tuple(a.code for a in agencies), met)


@lru_cache(maxsize=32)
def _version(
    code: str,
    effective_from: date,
    parameters: tuple[tuple[str, int], ...],
    agencies: tuple[str, ...],
    criteria: tuple[tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...],
) -> PolicyVersion:
    found = [Criterion(code, _any(ports), _any(origins), _any(heads)) for code, ports, origins, heads in criteria]
    return PolicyVersion(code, effective_from, dict(parameters), criteria_tables(found, agencies), agencies)


def _any(values: tuple[str, ...]) -> frozenset[str] | None:
    return frozenset(values) or None
