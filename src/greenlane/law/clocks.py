"""The clocks of both laws, in one place to import from: what runs, when it is due, how it stands, was it in time."""

from __future__ import annotations

from greenlane.law.filing import explain_lateness, filing_window
from greenlane.law.grid import GridPeriod, PeriodMet, grid_due, grid_history, grid_met, grid_period
from greenlane.law.reckoning import (
    Clock,
    Due,
    Duty,
    Force,
    Pause,
    PauseRefused,
    Roll,
    clock_of,
    clocks,
    clocks_for,
    dates,
    due,
    due_as_set,
    merge_pauses,
    pausing_commands,
    roll_of,
)
from greenlane.law.standings import Standing, State, standing

__all__ = [
    "Clock",
    "Due",
    "Duty",
    "Force",
    "GridPeriod",
    "Pause",
    "PauseRefused",
    "PeriodMet",
    "Roll",
    "Standing",
    "State",
    "clock_of",
    "clocks",
    "clocks_for",
    "dates",
    "due",
    "due_as_set",
    "explain_lateness",
    "filing_window",
    "grid_due",
    "grid_history",
    "grid_met",
    "grid_period",
    "merge_pauses",
    "pausing_commands",
    "roll_of",
    "standing",
]
