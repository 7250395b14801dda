"""What entries of a day are decided with: policy, threshold, agencies and criteria, compiled once (6 USC 964(a))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from greenlane.casework.problems import bad_input
from greenlane.law.sentences import N_
from greenlane.release import queries
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
        raise bad_input(
            "filed_at",
            N_("No policy of benefits, or no high-risk threshold, is in force on %(day)s in %(programme)s."),
            N_("Record the threshold and publish a policy, or check the time of filing."),
            CITE,
            day=on.isoformat(),
            programme=programme[:40],
        )
    criteria = tuple(queries.criteria_on(on, at))
    numbers = numbers_of(policy.numbers).parameters(threshold.points, policy.salt or 0)
    made = version_of(f"{programme}-{policy.version}", policy.effective_from, numbers, queries.agencies(), criteria)
    return InForce(policy, threshold, made, criteria)


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
