"""The terms of a programme on a day (6 USC 961(a))."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from django.db.models import QuerySet

from greenlane.casework.problems import Missing
from greenlane.law.terms import Terms
from greenlane.programs.models import TermsVersion

_NAMESPACE = UUID("6f0d6f0e-6a4e-5d5b-9a35-6a1f0a2c9610")


def programme_id(code: str) -> UUID:
    """The id of a programme follows from its code."""
    return uuid5(_NAMESPACE, code)


def terms_version(code: str, on: date) -> TermsVersion:
    """The version in force on a day: the latest that took effect by then. Raises Missing."""
    version = _versions(code, on).first()
    if version is None:
        raise Missing("programme", code)
    return version


def _versions(code: str, on: date) -> QuerySet[TermsVersion]:
    rows = TermsVersion.objects.filter(programme__code=code, effective_from__lte=on)
    return rows.order_by("-effective_from", "-number")


def terms_of(code: str, on: date) -> Terms:
    """The terms of a programme in force on a day. Raises Missing."""
    version = _versions(code, on).values_list("sha256", "pk").first()  # not the pack: it is long, and parsed once
    if version is None:
        raise Missing("programme", code)
    return _terms(*version)


def terms_at_hand() -> Callable[[str, date], Terms]:
    """``terms_of`` for many questions: what is in force since when is read once. Raises Missing where asked."""
    rows = TermsVersion.objects.order_by("-effective_from", "-number")
    known = list(rows.values_list("programme__code", "effective_from", "sha256", "pk"))

    def at_hand(code: str, on: date) -> Terms:
        for programme, since, sha256, key in known:
            if programme == code and since <= on:
                return _terms(sha256, key)
        raise Missing("programme", code)

    return at_hand


@lru_cache(maxsize=64)
def _terms(sha256: str, key: UUID) -> Terms:
    return Terms.from_mapping(TermsVersion.objects.get(pk=key).pack)
