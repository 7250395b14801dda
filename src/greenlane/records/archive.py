"""Reading a zip file from a stranger: bounded in parts and bytes; every trouble is one kind of error (971(c))."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self

MAX_PARTS = 100_000
FREE_BYTES = 64 * 1024 * 1024
"""Unpacked bytes that are always read; beyond them a part may be MAX_RATIO times the packed file at most."""
MAX_RATIO = 100
_CHUNK = 1024 * 1024
_TROUBLES = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


class PartRefused(ValueError):
    """Raised when the file is no zip file, or a part of it is missing, damaged or too large."""


class Archive:
    """An opened zip file. All methods raise PartRefused on anything that is wrong with it."""

    def __init__(self, path: Path) -> None:
        try:
            self._budget = FREE_BYTES + MAX_RATIO * path.stat().st_size
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise PartRefused(f"there is no file {path.name}") from None
        except _TROUBLES:
            raise PartRefused(f"{path.name} is not a zip file, or is cut off or damaged") from None
        names = self._zip.namelist()
        if len(names) > MAX_PARTS or len(set(names)) != len(names):
            self._zip.close()
            raise PartRefused(f"{path.name} has more than {MAX_PARTS} parts, or two parts of one name")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str, limit: int) -> bytes:
        """The whole part *name*, of at most *limit* bytes."""
        found = bytearray()
        for chunk in self._chunks(name):
            found += chunk
            if len(found) > limit:
                raise PartRefused(f"{name} is larger than {limit} bytes")
        return bytes(found)

    def digest(self, name: str) -> str:
        """SHA-256 of the part *name*, in hexadecimal."""
        digest = sha256()
        for chunk in self._chunks(name):
            digest.update(chunk)
        return digest.hexdigest()

    def lines(self, name: str, limit: int) -> Iterator[bytes]:
        """The lines of the part *name*, each of at most *limit* bytes; the last one ends with a newline too."""
        rest = b""
        for chunk in self._chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
            if len(rest) > limit:
                raise PartRefused(f"{name} has a line of more than {limit} bytes")
        if rest:
            raise PartRefused(f"{name} is cut off within a line")

    def _chunks(self, name: str) -> Iterator[bytes]:
        try:
            part = self._zip.open(name)
        except KeyError:
            raise PartRefused(f"the part {name} is missing") from None
        except _TROUBLES:
            raise PartRefused(f"the part {name} is encrypted or damaged") from None
        with part:
            while chunk := self._chunk(part, name):
                self._budget -= len(chunk)
                if self._budget < 0:
                    raise PartRefused("it unpacks to far more bytes than an honest file of its size holds")
                yield chunk

    @staticmethod
    def _chunk(part: IO[bytes], name: str) -> bytes:
        try:
            return part.read(_CHUNK)
        except _TROUBLES:
            raise PartRefused(f"the part {name} is damaged") from None
