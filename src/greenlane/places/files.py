"""Official data files, read whole or refused whole with a report by line (facts for 6 USC 961(b) and 964(b))."""

from __future__ import annotations

import codecs
import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenlane.law.sentences import N_, Sentence, Value

MOST_PROBLEMS = 50
MOST_BYTES = 256 * 1024 * 1024
_CHUNK = 1 << 20
_END_MARK = "\x1a"

_WRONG_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x1f\x8b", "GZIP"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
)


@dataclass(frozen=True)
class Problem:
    """One reason to refuse a file: its role, the 1-based line (0 = the whole file), what is wrong, how to mend it."""

    file: str
    line: int
    what: Sentence
    how_to_mend: Sentence

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.what} {self.how_to_mend}"


class FileRefused(ValueError):
    """Nothing was taken from the file; ``problems`` holds up to 50 reasons, ``found`` how many there were in all."""

    def __init__(self, problems: tuple[Problem, ...], found: int | None = None) -> None:
        self.problems = problems
        self.found = len(problems) if found is None else found
        super().__init__("\n".join(str(problem) for problem in problems))


class Problems:
    """Collects problems over one or more files, keeping the first 50 and counting all."""

    def __init__(self, refusal: type[FileRefused] = FileRefused) -> None:
        self._kept: list[Problem] = []
        self._refusal = refusal
        self.found = 0

    def add(self, file: str, line: int, what: str, mend: str, /, **values: Value) -> None:
        """Note one problem; *what* and *mend* are marked messages that share *values*."""
        self.found += 1
        if len(self._kept) < MOST_PROBLEMS:
            self._kept.append(Problem(file, line, Sentence(what, values), Sentence(mend, values)))

    def refuse_if_any(self) -> None:
        """Raise the refusal when anything was noted."""
        if self.found:
            raise self._refusal(tuple(self._kept), self.found)


@dataclass(frozen=True)
class Inspected:
    """What one pass over the bytes told: hash, size, encoding to read it with, and how it ends."""

    sha256: str
    size: int
    encoding: str
    complete_last_line: bool
    has_end_mark: bool


DOWNLOAD_AGAIN = N_(
    "Download the file again from the publisher and import it without opening or saving it in another program."
)


def inspect(
    path: Path, file: str, problems: Problems, *, latin_1: bool = False, most_bytes: int = MOST_BYTES
) -> Inspected | None:
    """Read *path* once in chunks; note what makes it unreadable and return None, else how to read it.

    UTF-8 is expected; with *latin_1* a file that is not UTF-8 is read as ISO 8859-1, which some publishers use.
    """
    if not path.is_file():
        problems.add(file, 0, N_("The file %(name)s is not there."), N_("Choose the file again."), name=path.name)
        return None
    size = path.stat().st_size
    if size == 0:
        problems.add(file, 0, N_("The file is empty."), DOWNLOAD_AGAIN)
        return None
    if size > most_bytes:
        what = N_("The file has %(size)d bytes; at most %(most)d are read.")
        problems.add(
            file, 0, what, N_("Check that it is the list and not an archive of many lists."), size=size, most=most_bytes
        )
        return None
    with path.open("rb") as stream:
        head = stream.read(2048)
    if _wrong_kind(head, file, problems):
        return None
    return _scan(path, size, file, problems, latin_1)


def kind_of(head: bytes) -> str:
    """The kind of a file that begins with *head*, where that is known to be no plain data: 'PDF', 'ZIP' …; else ''."""
    kind = next((name for magic, name in _WRONG_KINDS if head.startswith(magic)), "")
    stripped = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    return "HTML" if stripped.startswith((b"<!doctype html", b"<html", b"<head")) else kind


def _wrong_kind(head: bytes, file: str, problems: Problems) -> bool:
    kind = kind_of(head)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        what = N_("The file is written in UTF-16, not in the publisher's own encoding.")
        problems.add(file, 1, what, DOWNLOAD_AGAIN)
        return True
    if kind in ("ZIP", "GZIP"):
        mend = N_("Unpack the archive and import the list file that is inside it.")
        problems.add(file, 0, N_("This is a %(kind)s archive, not the list itself."), mend, kind=kind)
    elif kind:
        mend = N_("Choose the data file that the publisher offers for download, not a page or a picture of it.")
        problems.add(file, 0, N_("This is a %(kind)s file, not a data file."), mend, kind=kind)
    return bool(kind)


def _scan(path: Path, size: int, file: str, problems: Problems, latin_1: bool) -> Inspected | None:
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8-sig")("strict")
    line, utf8_bad_line, nul_line, c1 = 1, 0, 0, False
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            if not nul_line and b"\x00" in chunk:
                nul_line = line + chunk[: chunk.index(b"\x00")].count(b"\n")
            if not utf8_bad_line:
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    utf8_bad_line = line + error.object[: error.start].count(b"\n")
            c1 = c1 or any(code in chunk for code in _C1)
            line += chunk.count(b"\n")
            tail = chunk[-64:]
    if not utf8_bad_line:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8_bad_line = line
    if nul_line:
        problems.add(
            file, nul_line, N_("There is a zero byte in the text, so this is not a text file."), DOWNLOAD_AGAIN
        )
        return None
    if utf8_bad_line and (not latin_1 or c1):
        what = N_("The text is not in the encoding that the publisher uses.")
        problems.add(file, utf8_bad_line, what, DOWNLOAD_AGAIN)
        return None
    ends = tail.rstrip(b" ")
    return Inspected(
        digest.hexdigest(),
        size,
        "latin-1" if utf8_bad_line else "utf-8-sig",
        ends.endswith((b"\n", b"\x1a")),
        b"\x1a" in tail,
    )


_C1 = tuple(bytes([code]) for code in (0x81, 0x8D, 0x8F, 0x90, 0x9D))


@dataclass(frozen=True)
class Row:
    """One record of a delimited file: the line it starts on and its cells."""

    line: int
    cells: list[str]


def read_rows(
    path: Path, file: str, inspected: Inspected, problems: Problems, *, delimiter: str = ","
) -> Iterator[Row]:
    """Stream the records of a delimited file; a broken quotation or an over-long cell is noted and ends the reading."""
    with path.open(encoding=inspected.encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        start = 1
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                _note_csv_error(error, file, start, reader.line_num, problems)
                return
            line, start = start, reader.line_num + 1
            if not cells or all(cell.strip() in ("", _END_MARK) for cell in cells):
                continue
            yield Row(line, cells)


def _note_csv_error(error: csv.Error, file: str, start: int, line: int, problems: Problems) -> None:
    if "unexpected end of data" in str(error):
        what = N_("The file stops inside a quotation that begins on this line, so its end is missing.")
        problems.add(file, start, what, DOWNLOAD_AGAIN)
    elif "field larger" in str(error):
        what = N_("A cell on this line is longer than any that the publisher writes; a quotation mark may be missing.")
        problems.add(file, start, what, DOWNLOAD_AGAIN)
    else:
        problems.add(file, line, N_("A quotation mark stands where none can be on this line."), DOWNLOAD_AGAIN)


def check_columns(row: Row, columns: int, file: str, inspected: Inspected, problems: Problems) -> bool:
    """True when the record has *columns* cells; else note it (a short last record of a cut file is said to be that)."""
    if len(row.cells) == columns:
        return True
    if len(row.cells) < columns and not inspected.complete_last_line:
        what = N_("The line has %(found)d columns instead of %(expected)d; the file seems to be cut off.")
    else:
        what = N_("The line has %(found)d columns instead of %(expected)d.")
    problems.add(file, row.line, what, DOWNLOAD_AGAIN, found=len(row.cells), expected=columns)
    return False
