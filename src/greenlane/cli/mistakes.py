"""What the tool says when something cannot be done: what, where, why and what to do; and with which exit code."""

from __future__ import annotations

from typing import Any

from greenlane.cli.machine import BAD_INPUT, MISSING, REFUSED, NotTheOperator
from greenlane.law.citations import UnknownClause

Mistake = dict[str, str]


def mistakes_of(error: Exception) -> tuple[int, list[Mistake]]:
    """The exit code and everything that is wrong. Raises the error again when it is a bug."""
    if isinstance(error, UnknownClause):  # the law needs no settings
        return MISSING, [mistake(str(error))]
    if isinstance(error, NotTheOperator):
        return REFUSED, [mistake(str(error), cite="6 USC 971(c)")]
    return _with_settings(error)


def _with_settings(error: Exception) -> tuple[int, list[Mistake]]:
    from django.core.exceptions import ImproperlyConfigured
    from django.db import OperationalError, ProgrammingError

    from greenlane.casework.doors import say
    from greenlane.casework.problems import BadInput, Missing
    from greenlane.places.files import FileRefused as ListFileRefused
    from greenlane.programs.strict_yaml import DataProblems
    from greenlane.records.bundle import BundleRefused
    from greenlane.records.signing import KeyRefused

    if isinstance(error, BadInput):
        return BAD_INPUT, [mistake(say(p.what), p.where, say(p.mend), p.cite) for p in error.problems]
    if isinstance(error, Missing):
        return MISSING, [mistake(say(error.sentence()))]
    if isinstance(error, DataProblems | ListFileRefused):
        return BAD_INPUT, [_in_file(problem) for problem in error.problems]
    if isinstance(error, OperationalError | ProgrammingError):
        if "locked" in str(error):
            return BAD_INPUT, [mistake("Another process is writing to the database.", mend=_BUSY)]
        return BAD_INPUT, [mistake(f"The database does not answer: {error}", mend=_SETUP)]
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        return BAD_INPUT, [mistake(f"{named}{error.strerror}.", mend=_FILES)]
    if isinstance(error, ImproperlyConfigured | KeyRefused | BundleRefused | OSError):
        return BAD_INPUT, [mistake(str(error))]
    raise error


_BUSY = "Look what is on record already, wait until the other process is done, and give the same command again."
_FILES = "Look whether the name is right, whether its folder is there, and who may read and write in it."
_SETUP = "Run 'greenlane setup' first, and check GREENLANE_DATABASE and GREENLANE_HOME."


def mistake(what: str, where: str = "", mend: str = "", cite: str = "") -> Mistake:
    """One thing that is wrong."""
    return {"where": where, "what": what, "mend": mend, "cite": cite}


def _in_file(problem: Any) -> Mistake:
    from greenlane.casework.doors import say

    where = f"{problem.file}, line {problem.line}" if problem.line else str(problem.file)
    mend = getattr(problem, "how_to_mend", None) or getattr(problem, "mend", None)
    what = problem.what
    return mistake(
        say(what) if hasattr(what, "message") else str(what),
        where,
        say(mend) if hasattr(mend, "message") else str(mend or ""),
    )
