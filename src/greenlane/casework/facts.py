"""Frozen facts that rooms hand to casework: a deadline as it follows from the law and the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.clocks import Due, Pause


@dataclass(frozen=True)
class DeadlineFact:
    """One clock of one case: what ``law.clocks.due`` answered, and the day on which it was met, if it was."""

    due: Due
    met_on: date | None = None
    pauses: tuple[Pause, ...] = ()
