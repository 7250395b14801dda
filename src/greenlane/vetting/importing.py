"""From the files of an official list to the command that imports it, and to its entries (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.law.sentences import N_, Sentence
from greenlane.places.files import MOST_BYTES
from greenlane.records.documents import clean_name
from greenlane.records.kept import keep
from greenlane.records.refusals import FileRefused
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.lists.entries import ListKind
from greenlane.vetting.matching.warming import warm_up


def prepare(
    kind: ListKind | str,
    files: Mapping[str, Path],
    source: str,
    retrieved_on: date,
    *,
    accept_drop: bool = False,
    reason: str = "",
) -> ImportList:
    """Keep the *files* of a list (by role, see ``lists.reading.ROLES``) and build the command that imports them.

    *source* says where they come from, *retrieved_on* when. Nothing is imported yet: give the command to ``execute()``.
    Raises BadInput for a file that cannot be kept and for an unknown kind.
    """
    try:
        known = ListKind(kind)
    except ValueError:
        kinds = ", ".join(ListKind)
        what, mend = N_("'%(kind)s' is not a kind of list."), N_("Use one of: %(kinds)s.")
        raise bad_input("kind", what, mend, "6 USC 964(b)", kind=str(kind)[:60], kinds=kinds) from None
    kept, problems = {}, []
    for role, path in files.items():
        try:
            with path.open("rb") as stream:
                kept[role] = keep(stream, path.name, MOST_BYTES)[0]
        except FileRefused as refused:
            problems += [Problem(role, one.sentence, one.mend, "6 USC 964(b)") for one in refused.problems]
        except OSError:
            what, mend = N_("The file %(name)s cannot be read."), N_("Check that it is there and choose it again.")
            problems.append(Problem(role, Sentence(what, {"name": path.name}), Sentence(mend), "6 USC 964(b)"))
    if problems:
        raise BadInput(problems)
    warm_up()  # a new version is compared with everybody's parties, each within a transaction
    names = {role: clean_name(path.name) for role, path in files.items()}
    return ImportList(
        kind=known,
        files=kept,
        file_names=names,
        source=source,
        retrieved_on=retrieved_on,
        accept_drop=accept_drop,
        reason=reason,
    )
