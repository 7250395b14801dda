"""Every procedure by its kind."""

from __future__ import annotations

from greenlane.law.procedures import APPLICATION, CERTIFICATION, INVESTIGATION, Procedure

_ALL = (APPLICATION, INVESTIGATION, CERTIFICATION)


def procedures() -> tuple[Procedure, ...]:
    """All procedures, in the order of the statute."""
    return _ALL


def procedure_of(kind: str) -> Procedure:
    """The procedure of a kind of case. Raises KeyError for an unknown kind."""
    return {p.kind: p for p in _ALL}[kind]
