"""A file of names, of whatever format it turns out to be: CSV, JSON lines or Parquet, or refused in words (964(b))."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

from greenlane.law.sentences import N_, Sentence
from greenlane.places.files import kind_of
from greenlane.vetting.naming.delimited import Layout, layout_of, read_csv
from greenlane.vetting.naming.encodings import SEEN, Encoding, encoding_of, named
from greenlane.vetting.naming.objects import parquet_headings, read_jsonl, read_parquet
from greenlane.vetting.naming.problems import MOST_PROBLEMS, NamesRefused, Problem, refused
from greenlane.vetting.naming.rows import Read

MOST_BYTES = 1 << 30
FORMATS = ("csv", "jsonl", "parquet")
_WORKBOOK = N_("In the spreadsheet, save the sheet with the names as 'CSV UTF-8', and give that file.")
_OTHERS = {
    "ZIP": (N_("This is a ZIP archive or a workbook of a spreadsheet, not a file of names."), _WORKBOOK),
    "Microsoft Office": (N_("This is a document of an office program, not a file of names."), _WORKBOOK),
    "GZIP": (N_("This is a compressed file."), N_("Unpack it, and give the file that is inside.")),
}


@dataclass(frozen=True)
class NamesFile:
    """A file of names as it is read. ``encoding`` and ``layout`` are None where the format has none."""

    path: Path
    on: date
    format: str
    encoding: Encoding | None = None
    layout: Layout | None = None
    headings: tuple[str, ...] = ()

    def records(self) -> Iterator[Read]:
        """The records, read anew at each call; memory does not grow with the file. Raises NamesRefused."""
        with self.path.open("rb") as source:
            if self.format == "parquet":
                yield from read_parquet(source, self.on)
            elif self.format == "jsonl":
                yield from read_jsonl(source, self.on, self._encoding)
            elif self.layout is not None:
                yield from read_csv(source, self.on, self._encoding, self.layout)

    @property
    def _encoding(self) -> Encoding:
        return self.encoding or Encoding("utf-8")

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings of columns that are not read."""
        return self.layout.columns.unused if self.layout else self.headings

    def notices(self) -> tuple[Sentence, ...]:
        """What a person should know of how the file was read."""
        found = []
        if self.encoding and self.encoding.guessed:
            text = N_("The file does not say its encoding; it was read as %(encoding)s.")
            found.append(Sentence(text, {"encoding": self.encoding.title}))
            if self.encoding.sample:
                text = N_("Check that these words are as they should be: %(words)s.")
                found.append(Sentence(text, {"words": ", ".join(self.encoding.sample)}))
        if self.unused:
            text = N_("Columns that are not used: %(columns)s.")
            found.append(Sentence(text, {"columns": ", ".join(self.unused)}))
        return tuple(found)


def names_file(
    path: Path, on: date, *, encoding: str = "", most_bytes: int = MOST_BYTES, formats: tuple[str, ...] = FORMATS
) -> NamesFile:
    """How the file is to be read. *on*: the day of the screening. *encoding*: its name, '' to tell it from the file.

    Raises NamesRefused for what is no file of names, saying what it looks like and what to do.
    """
    chosen = named(encoding) if encoding else None
    with _opened(path, most_bytes) as source:
        head = source.read(SEEN)
        source.seek(0)
        if head.startswith(b"PAR1"):
            return _allowed(NamesFile(path, on, "parquet", headings=parquet_headings(source)), formats)
        check_kind(head)
        told = chosen or encoding_of(source)
        source.seek(0)
        begins = head.decode(told.codec, "replace").lstrip("\N{BYTE ORDER MARK} \t\r\n")
        if begins.startswith("<"):
            raise refused(N_("This is XML or HTML, not a file of names."), _MEND)
        if begins.startswith("["):
            raise refused(
                N_("This is one list in JSON."), N_("Write one object on each line (JSON lines), without brackets.")
            )
        if begins.startswith("{"):
            return _allowed(NamesFile(path, on, "jsonl", told), formats)
        return _allowed(NamesFile(path, on, "csv", told, layout_of(source, told)), formats)


_MEND = N_("Give a CSV file whose first line names the columns, JSON lines, or Parquet.")


def _opened(path: Path, most: int) -> BinaryIO:
    if not path.is_file():
        raise refused(N_("The file %(name)s is not there."), N_("Choose the file again."), name=path.name)
    size = path.stat().st_size
    if size == 0:
        raise refused(N_("The file is empty."), N_("Check that this is the file you mean."))
    if size > most:
        raise refused(
            N_("The file has %(size)d bytes; at most %(most)d are read."),
            N_("Divide it, or check that this is the file you mean."),
            size=size,
            most=most,
        )
    return path.open("rb")


def check_kind(head: bytes) -> None:
    """Raises NamesRefused where a file that begins with *head* is known to be no text: an archive, a picture, PDF."""
    kind = kind_of(head)
    if kind in _OTHERS:
        raise refused(*_OTHERS[kind])
    if kind:
        raise refused(N_("This is a %(kind)s file, not a file of names."), _MEND, kind=kind)


def _allowed(file: NamesFile, formats: tuple[str, ...]) -> NamesFile:
    if file.format not in formats:
        raise refused(
            N_("A %(format)s file is not taken here."),
            N_("Give one of: %(known)s; the command line takes every format."),
            format=file.format,
            known=", ".join(formats),
        )
    return file


@dataclass(frozen=True)
class Checked:
    """A file read to its end: how many parties it names, how many records are bad."""

    good: int
    bad: int


def check(
    file: NamesFile,
    *,
    aside: Callable[[Read], None] | None = None,
    most: int = 0,
    step: Callable[[int], None] = lambda _count: None,
) -> Checked:
    """Read the whole file once. Bad records go to *aside*; without it one of them refuses the whole file.

    *most* names are taken (0: any number); *step* is told how many records were read. Raises NamesRefused.
    """
    good = bad = found = 0
    problems: list[Problem] = []
    for record in file.records():
        step(1)
        if record.named is not None:
            good += 1
            if most and good > most:
                raise refused(_TOO_MANY, N_("Divide the file, or screen it on the command line."), most=most)
            continue
        bad += 1
        if aside is not None:
            aside(record)
            continue
        found += len(record.problems)
        problems += record.problems[: MOST_PROBLEMS - len(problems)]
    if found:
        raise NamesRefused(problems, found)
    if not good:
        raise refused(N_("The file names nobody."), N_("Check that this is the file you mean."))
    return Checked(good, bad)


_TOO_MANY = N_("The file has more than %(most)d names.")
