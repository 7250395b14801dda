"""Looking inside an uploaded file for what must not be kept: active content, bombs, disguises (6 USC 971(c))."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from defusedxml import DefusedXmlException  # type: ignore[import-untyped]
from defusedxml.ElementTree import ParseError, fromstring  # type: ignore[import-untyped]

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason
from greenlane.records import media
from greenlane.records.refusals import problem, unreadable

MAX_PIXELS = 100_000_000
MAX_SIDE = 30_000
MAX_OFFICE_PARTS = 10_000
MAX_OFFICE_BYTES = 512 * 1024 * 1024
MAX_OFFICE_RATIO = 200
MAX_PDF_INFLATED = 128 * 1024 * 1024
_CHUNK = 1024 * 1024
_PIECE = 16 * 1024
_LONGEST_DICTIONARY = 16 * 1024
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = {media.DOCX: "wordprocessingml.document.main+xml", media.XLSX: "spreadsheetml.sheet.main+xml"}
_MACRO = re.compile(r"vbaproject|vbadata|/activex/|/oleobject|\.(bin|exe|dll|js|vbs|hta|jar)$", re.IGNORECASE)
_HARMLESS_BIN = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
_PDF_ACTIVE = re.compile(rb"/(JavaScript|Launch|Rendition|RichMedia|EmbeddedFiles?|ImportData|SubmitForm|GoToE)\b")
_PDF_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# the standard test file of virus scanners, in two halves so that scanners leave this source alone
VIRUS_TEST = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def inspect(kind: media.Kind, file: BinaryIO) -> list[Reason]:
    """Everything that speaks against keeping *file*, whose name and first bytes say that it is of *kind*."""
    if kind is media.PDF:
        return _pdf(file)
    if kind in (media.DOCX, media.XLSX):
        return _office(kind, file)
    if kind in (media.CSV, media.TEXT):
        return _text(kind, file)
    return _image(kind, file)


def _image(kind: media.Kind, file: BinaryIO) -> list[Reason]:
    size = media.image_size(kind, file)
    if size is None or 0 in size:
        return [unreadable(kind.title)]
    width, height = size
    if width * height > MAX_PIXELS or max(size) > MAX_SIDE:
        return [
            problem(
                "image_too_large",
                N_("The image is %(width)s by %(height)s pixels; %(most)s million pixels are the most that is kept."),
                N_("Scan or save it again at a lower resolution; 300 dots per inch are enough to read every document."),
                width=width,
                height=height,
                most=MAX_PIXELS // 1_000_000,
            )
        ]
    return []


def _text(kind: media.Kind, file: BinaryIO) -> list[Reason]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    while True:
        chunk = file.read(_CHUNK)
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError:
            return [_not_text(kind)]
        strange = next((c for c in text if (c < " " and c not in "\t\r\n\f") or c == "\x7f"), None)
        if strange is not None:
            return [_not_text(kind)]
        if not chunk:
            return []


def _not_text(kind: media.Kind) -> Reason:
    return problem(
        "not_text",
        N_("The file is named as %(kind)s, but it is not plain text in UTF-8."),
        N_("Save it again and choose the encoding UTF-8, for example 'CSV UTF-8' in a spreadsheet program."),
        kind=kind.title,
    )


def _office(kind: media.Kind, file: BinaryIO) -> list[Reason]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if _is_bomb(parts):
                return [
                    problem(
                        "file_unpacks_too_large",
                        N_("The file unpacks to far more than an honest document of its size."),
                        N_("Save the document again under a new name, or save it as PDF, and upload that."),
                    )
                ]
            if any(part.flag_bits & 1 for part in parts):
                return [_locked(kind)]
            return _office_parts(kind, archive, [part.filename for part in parts])
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError, KeyError):
        return [unreadable(kind.title)]
    except (DefusedXmlException, ParseError):
        return [unreadable(kind.title)]


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    total, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    return (
        len(parts) > MAX_OFFICE_PARTS
        or total > MAX_OFFICE_BYTES
        or (total > 10 * _CHUNK and total > MAX_OFFICE_RATIO * packed)
    )


def _office_parts(kind: media.Kind, archive: zipfile.ZipFile, names: list[str]) -> list[Reason]:
    with archive.open(_CONTENT_TYPES) as part:
        raw = part.read(_CHUNK + 1)
    if len(raw) > _CHUNK:
        return [unreadable(kind.title)]
    types = {str(node.get("ContentType", "")) for node in fromstring(raw, forbid_dtd=True)}
    active = [name for name in names if _MACRO.search(f"/{name}") and not _HARMLESS_BIN.search(name)]
    if active or any("macroenabled" in found.lower() or "vbaproject" in found.lower() for found in types):
        return [
            problem(
                "file_holds_macros",
                N_("The document holds macros or embedded programs (%(part)s), which could harm whoever opens it."),
                N_("Save it without macros as %(kind)s, or save it as PDF, and upload that."),
                part=active[0][:80] if active else _CONTENT_TYPES,
                kind=kind.title,
            )
        ]
    if not any(found.endswith(_MAIN[kind]) for found in types):
        return [unreadable(kind.title)]
    if archive.testzip() is not None:
        return [unreadable(kind.title)]
    return []


def _locked(kind: media.Kind) -> Reason:
    return problem(
        "file_locked",
        N_("The %(kind)s file is encrypted or has a password, so it can be neither checked nor read by the reviewer."),
        N_("Save it again without a password. It is protected here by access rules and a log of every read."),
        kind=kind.title,
    )


def _pdf(file: BinaryIO) -> list[Reason]:
    file.seek(0)
    raw = file.read()
    if b"%%EOF" not in raw[-2048:]:
        return [unreadable(media.PDF.title)]
    plain = _names(raw)
    if re.search(rb"/Encrypt\b", plain):
        return [_locked(media.PDF)]
    try:
        found = _PDF_ACTIVE.search(plain) or next(
            (hit for part in _object_streams(raw) if (hit := _PDF_ACTIVE.search(_names(part)))), None
        )
    except ValueError:
        return [unreadable(media.PDF.title)]
    if found is None:
        return []
    return [
        problem(
            "file_holds_actions",
            N_("The PDF holds active content (%(name)s), which could harm whoever opens it."),
            N_("Print it to a new PDF file and upload that one; upload attached files each on its own."),
            name=found.group(1).decode(),
        )
    ]


def _names(raw: bytes) -> bytes:
    """Names with their #xx escapes resolved: '/J#61vaScript' is '/JavaScript'."""
    return _PDF_NAME_ESCAPE.sub(lambda match: bytes([int(match.group(1), 16)]), raw)


def _object_streams(raw: bytes) -> Iterator[bytes]:
    """Contents of compressed object streams, in which a PDF can hide objects. Raises ValueError on a bomb."""
    budget = MAX_PDF_INFLATED
    for match in _PDF_STREAM.finditer(raw):
        start = raw.rfind(b"obj", max(0, match.start() - _LONGEST_DICTIONARY), match.start())
        if start < 0:
            raise ValueError("a stream whose dictionary is too long to be honest")
        dictionary = _names(raw[start : match.start()])
        if b"/First" not in dictionary:
            continue
        if b"/Filter" in dictionary and b"/FlateDecode" not in dictionary and b"/Fl" not in dictionary:
            raise ValueError("an object stream that cannot be read")
        part, whole = _inflate(raw, match.end(), budget)
        if not whole and b"/ObjStm" in dictionary and b"/Filter" in dictionary:
            raise ValueError("an object stream that cannot be read")
        budget -= len(part)
        yield part


def _inflate(raw: bytes, at: int, budget: int) -> tuple[bytes, bool]:
    """What unpacks from *at* on, and whether it ended well. Raises ValueError beyond *budget* bytes."""
    inflater, found = zlib.decompressobj(), bytearray()
    try:
        while not inflater.eof and at < len(raw):
            # by small pieces: what follows the stream is never copied as a whole
            found += inflater.decompress(raw[at : at + _PIECE], budget + 1)
            at += _PIECE
            if len(found) > budget:
                raise ValueError("object streams that unpack to too much")
    except zlib.error:
        return bytes(found), False
    return bytes(found), inflater.eof
