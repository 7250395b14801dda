"""Kinds of files that may be kept as evidence, told by their content and not by their name (6 USC 971(c))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

import filetype  # type: ignore[import-untyped]

HEAD_BYTES = 8192


@dataclass(frozen=True)
class Kind:
    """A kind of file: its media type, what people call it, the endings it may have, what browsers call it."""

    media_type: str
    title: str
    endings: tuple[str, ...]
    declared: tuple[str, ...] = ()


_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF = Kind("application/pdf", "PDF", ("pdf",), ("application/x-pdf",))
PNG = Kind("image/png", "PNG", ("png",))
JPEG = Kind("image/jpeg", "JPEG", ("jpg", "jpeg"), ("image/jpg", "image/pjpeg"))
WEBP = Kind("image/webp", "WebP", ("webp",))
DOCX = Kind(_OFFICE + "wordprocessingml.document", "Word (docx)", ("docx",))
XLSX = Kind(_OFFICE + "spreadsheetml.sheet", "Excel (xlsx)", ("xlsx",))
CSV = Kind("text/csv", "CSV", ("csv",), ("application/csv", "application/vnd.ms-excel", "text/plain"))
TEXT = Kind("text/plain", "TXT", ("txt",))
ALLOWED = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, CSV, TEXT)
UNKNOWN_TO_BROWSERS = ("", "application/octet-stream", "binary/octet-stream")


def by_name(file_name: str) -> Kind | None:
    """The kind that a file's ending claims, or None when it is not one of the allowed ones."""
    ending = file_name.rpartition(".")[2].lower() if "." in file_name else ""
    return next((kind for kind in ALLOWED if ending in kind.endings), None)


def fits(kind: Kind, head: bytes) -> bool:
    """Does a file that begins with *head* look like *kind*? (Office files and text are read further elsewhere.)"""
    if kind is PDF:
        return head.startswith(b"%PDF-")
    if kind is PNG:
        return head.startswith(b"\x89PNG\r\n\x1a\n")
    if kind is JPEG:
        return head.startswith(b"\xff\xd8\xff")
    if kind is WEBP:
        return head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    if kind in (DOCX, XLSX):
        return head.startswith(b"PK\x03\x04")
    return True  # text has no first bytes of its own: 'BM' begins an image, and a list of BMW cars


def looks_like(head: bytes) -> str:
    """What a file's first bytes look like, for the message to the person: a media type, or '' when nothing known."""
    guessed = filetype.guess(head)
    return str(guessed.mime) if guessed else ""


def declared_fits(kind: Kind, declared: str) -> bool:
    """May a browser have declared *declared* for a file of this kind?"""
    plain = declared.partition(";")[0].strip().lower()
    return plain in (kind.media_type, *kind.declared, *UNKNOWN_TO_BROWSERS)


def image_size(kind: Kind, file: BinaryIO) -> tuple[int, int] | None:
    """Width and height in pixels from an image's header, without decoding it; None when the header is damaged."""
    file.seek(0)
    if kind is PNG:
        head = file.read(24)
        return _pair(head, 16, "big", 4) if head[12:16] == b"IHDR" else None
    if kind is WEBP:
        return _webp_size(file.read(30))
    return _jpeg_size(file)


def _pair(head: bytes, at: int, order: str, size: int) -> tuple[int, int] | None:
    if len(head) < at + 2 * size:
        return None
    big = order == "big"
    first, second = head[at : at + size], head[at + size : at + 2 * size]
    return (
        int.from_bytes(first, "big" if big else "little"),
        int.from_bytes(second, "big" if big else "little"),
    )


def _webp_size(head: bytes) -> tuple[int, int] | None:
    chunk = head[12:16]
    if chunk == b"VP8X" and len(head) == 30:
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if chunk == b"VP8L" and len(head) >= 25 and head[20] == 0x2F:
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if chunk == b"VP8 " and len(head) == 30 and head[23:26] == b"\x9d\x01\x2a":
        width, height = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        return width & 0x3FFF, height & 0x3FFF
    return None


def _jpeg_size(file: BinaryIO) -> tuple[int, int] | None:
    """Follow the segments to the first frame header."""
    file.seek(2)
    while True:
        marker = file.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            return None
        if marker[1] == 0xFF:  # fill byte
            file.seek(-1, 1)
            continue
        if marker[1] in (0x01, *range(0xD0, 0xD8)):
            continue
        length = int.from_bytes(file.read(2), "big")
        if length < 2 or marker[1] in (0xD9, 0xDA):
            return None
        if 0xC0 <= marker[1] <= 0xCF and marker[1] not in (0xC4, 0xC8, 0xCC):
            frame = file.read(5)
            size = _pair(frame, 1, "big", 2)
            return (size[1], size[0]) if size else None
        file.seek(length - 2, 1)
