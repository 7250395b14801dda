"""Where files are written: never over what is read, never into a folder that is not there; no clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from greenlane.law.sentences import N_
from greenlane.release.formats.reading import bad_file


def check_places(reads: Iterable[Path], writes: Sequence[Path]) -> None:
    """Raises BadFile when a file would be written over one that is read, twice, or into a folder that is not there."""
    for one in writes:
        if not one.absolute().parent.is_dir():
            raise bad_file(
                N_("There is no folder '%(folder)s'."),
                N_("'%(name)s' would be written there."),
                N_("Make the folder, or name another."),
                folder=str(one.parent),
                name=one.name,
            )
    read, written = {one.resolve() for one in reads}, [one.resolve() for one in writes]
    for place, one in enumerate(written):
        if one in read or one in written[:place]:
            raise bad_file(
                N_("'%(name)s' would be read and written at once, or written twice."),
                N_("What it holds now would be lost."),
                N_("Give every file a name of its own."),
                name=one.name,
            )
