"""Lines of a file of 80-column records, grouped by the entry that they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from greenlane.law.sentences import N_
from greenlane.release.engine.problems import Problem
from greenlane.release.formats.reading import bad_file, lines

MOST_LINES = 20_000
"""Most records of one entry."""
ENVELOPE = re.compile(r"[ABYZ][ 0-9]")
"""How the records around messages begin; nothing is read from them."""
OTHER_KINDS = ("PK", "PAR1", "%PDF", "<", "{", "[")
"""How files begin that are none of these records: archives, Parquet, PDF, XML, JSON."""

Line = tuple[int, str | Problem]


def grouped(source: BinaryIO, header: str) -> Iterator[list[Line]]:
    """The lines from each record *header* ('SE10', 'SO10') up to the next; lines before the first by themselves.

    Raises BadFile for a file that begins as another kind of file does, and for more than ``MOST_LINES`` in a group.
    """
    group: list[Line] = []
    for number, text in lines(source, "ascii"):
        if number == 1 and isinstance(text, str) and text.startswith(OTHER_KINDS):
            raise bad_file(
                N_("This is another kind of file."),
                N_("It does not begin with a record of 80 columns."),
                N_("Check that this is the file you mean."),
                line=1,
                column=1,
            )
        if isinstance(text, str) and ENVELOPE.match(text):
            continue
        if isinstance(text, str) and text.startswith(header) and group:
            yield group
            group = []
        group.append((number, text))
        if len(group) > MOST_LINES:
            raise bad_file(
                N_("More than %(most)d records belong to one entry."),
                N_("No filing is that long."),
                N_("Look for lost %(header)s records, or check that this is the file you mean."),
                line=number,
                most=MOST_LINES,
                header=header,
            )
    if group:
        yield group
