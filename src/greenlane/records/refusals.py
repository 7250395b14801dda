"""Refused files: each problem says what, why under 971(c), and what to do about it."""

from __future__ import annotations

from typing import Any

from greenlane.law.sentences import N_, Value
from greenlane.law.verdicts import Reason, finding

CITE = "6 USC 971(c)"


class FileRefused(ValueError):
    """Raised when a file is not taken into the store; ``problems`` lists every reason found, for the person to mend."""

    def __init__(self, problems: tuple[Reason, ...]) -> None:
        super().__init__("; ".join(str(problem.sentence) for problem in problems))
        self.problems = problems

    def to_json(self) -> dict[str, Any]:
        return {"problems": [problem.to_json() for problem in self.problems]}


def problem(code: str, what: str, mend: str, **values: Value) -> Reason:
    """One reason why a file is refused; *what* and *mend* are messages marked with ``N_``."""
    return finding(CITE, code, False, "", what, mend=mend, where="file", **values)


def unreadable(kind: str) -> Reason:
    """The file is of an allowed kind by its looks, but damaged."""
    return problem(
        "file_damaged",
        N_("The file says that it is %(kind)s, but it is damaged or cut off and cannot be checked."),
        N_("Open it on your computer, save it again, and upload the new file."),
        kind=kind,
    )
