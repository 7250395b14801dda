"""Import an edition of the World Port Index (6 USC 963(2))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import all_of, finding
from greenlane.places.entries import PortsImported
from greenlane.places.files import MOST_BYTES, FileRefused
from greenlane.places.models import PortIndex
from greenlane.places.ports import PortImport, read_world_port_index
from greenlane.records.documents import DocumentDamaged
from greenlane.records.kept import keep, kept_path
from greenlane.records.refusals import FileRefused as NotKept

CITE = "6 USC 963(2)"


@command(CITE, title=N_("Import ports"), case="")
@dataclass(frozen=True, kw_only=True)
class ImportPorts(Command):
    """Import an edition of the World Port Index whole; a bad file is refused, line by line."""

    sha256: str = field(metadata={"label": N_("SHA-256 of the kept file")})
    source: str = field(metadata={"label": N_("Where the file comes from")})
    retrieved_on: date = field(metadata={"label": N_("Retrieved on")})


def prepare_ports(path: Path, source: str, retrieved_on: date) -> ImportPorts:
    """Keep the file and build the command that imports it. Raises BadInput."""
    try:
        with path.open("rb") as stream:
            digest, _size = keep(stream, path.name, MOST_BYTES)
    except NotKept as refused:
        raise BadInput([Problem("file", one.sentence, one.mend, CITE) for one in refused.problems]) from None
    except OSError:
        raise bad_input(
            "file", N_("The file %(name)s cannot be read."), N_("Check that it is there."), CITE, name=path.name
        ) from None
    return ImportPorts(sha256=digest, source=source, retrieved_on=retrieved_on)


@handles(ImportPorts)
def import_ports(ctx: Context, cmd: ImportPorts) -> Decision:
    read = _read(cmd)
    alone("ports")  # one edition takes the place of another
    reasons = [
        finding(
            CITE,
            "source_named",
            bool(cmd.source.strip()),
            N_("The source is named."),
            N_("The source of the file is not named."),
            mend=N_("Say where the file comes from, for example the publisher's address."),
            where="source",
        ),
        finding(
            CITE,
            "retrieved_by_today",
            cmd.retrieved_on <= ctx.on,
            N_("It was retrieved on %(day)s."),
            N_("It cannot have been retrieved on %(day)s, which is still to come."),
            where="retrieved_on",
            day=cmd.retrieved_on,
        ),
        finding(
            CITE,
            "edition_is_new",
            not PortIndex.objects.filter(sha256=cmd.sha256).exists(),
            N_("This edition is new."),
            N_("This very file is already in use."),
            mend=N_("Nothing needs to be done."),
            where="sha256",
        ),
    ]
    imported = PortsImported(
        index_id=ctx.new_id(),
        sha256=cmd.sha256,
        source=cmd.source.strip()[:200],
        retrieved_on=cmd.retrieved_on,
        ports=len(read.ports),
    )
    return Decision(all_of(reasons), (imported,))


def _read(cmd: ImportPorts) -> PortImport:
    try:
        return read_world_port_index(kept_path(cmd.sha256))
    except DocumentDamaged:
        raise bad_input("sha256", N_("This file was not handed in."), N_("Hand it in first."), CITE) from None
    except FileRefused as refused:
        raise BadInput(
            [Problem(f"file:{one.line}", one.what, one.how_to_mend, CITE) for one in refused.problems]
        ) from None
