"""Every procedure by its kind: 971(a)(3)."""

from __future__ import annotations

from greenlane.law.procedures import APPLICATION, CERTIFICATION, INVESTIGATION, Procedure
from greenlane.law.procedures_lives import (
    APPEAL,
    CONSEQUENCE,
    CONSULTATION,
    CRITERIA_REVIEW,
    ENGAGEMENT,
    INCIDENT,
    PILOT,
    REVALIDATION,
    VALIDATION,
    VALIDATOR_CERTIFICATE,
)
from greenlane.law.procedures_profiles import CHANGE_NOTICE, CONTACT_ALARM, PROFILE_REVIEW
from greenlane.law.procedures_release import EXERCISE_INVITATION, JOINT_EXERCISE, RELEASE_POLICY

_ALL: tuple[Procedure, ...] = (
    APPLICATION,
    INVESTIGATION,
    CERTIFICATION,
    PROFILE_REVIEW,
    CHANGE_NOTICE,
    CONTACT_ALARM,
    VALIDATION,
    REVALIDATION,
    INCIDENT,
    CONSEQUENCE,
    APPEAL,
    VALIDATOR_CERTIFICATE,
    ENGAGEMENT,
    PILOT,
    CONSULTATION,
    CRITERIA_REVIEW,
    RELEASE_POLICY,
    JOINT_EXERCISE,
    EXERCISE_INVITATION,
)
_BY_KIND = {one.kind: one for one in _ALL}


def procedures() -> tuple[Procedure, ...]:
    """The procedure of every kind of case, in the order in which a participant meets them."""
    return _ALL


def procedure_of(kind: str) -> Procedure:
    """The procedure of one kind of case. Raises KeyError, naming the kinds there are."""
    if kind not in _BY_KIND:
        raise KeyError(f"there is no procedure {kind!r}; the procedures are: {', '.join(_BY_KIND)}")
    return _BY_KIND[kind]
