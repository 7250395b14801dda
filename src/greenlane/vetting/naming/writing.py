"""Hits written to a file as they are found: CSV, JSON lines or Parquet, one row for each hit, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from greenlane.casework.tables import plain
from greenlane.law.sentences import N_
from greenlane.vetting.naming.problems import refused

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 10_000
"""Rows of a Parquet file that are written at once."""
SUFFIXES = (".csv", ".jsonl", ".parquet")
PARTS = ("name", "alias", "country", "birth_date", "identifier", "address", "limit")
"""Codes of the parts of a score, each a column of a flat file."""
PARTY = ("id", "line", "name", "type", "role")
HIT = (
    "list", "list_code", "entry_key", "entry_sha256", "list_version", "list_sha256", "list_retrieved_on", "list_stale",
    "our_name", "listed_name", "alias_kind", "listed_type", "listed_countries", "listed_under", "score", "band",
    "method",
)  # fmt: skip
FLAT = (*PARTY, *HIT, *(f"points_{code}" for code in PARTS), "why", "words", "notices", "model_version")
"""The columns of a CSV file."""
_JOINT = " | "


class HitsFile:
    """A file of hits. It appears under its name when all is written, and not at all when something went wrong.

    ``write`` takes rows of plain values: those of a party (``PARTY``, notices) and of a hit (``HIT``, parts, words,
    reasons, model_version). Raises NamesRefused for a suffix that is none of ``SUFFIXES``.
    """

    def __init__(self, path: Path) -> None:
        check_target(path)
        self.path = path
        self.rows = 0
        self._waiting: list[dict[str, Any]] = []
        self._beside = path.with_name(f".{path.name}.{os.getpid()}")

    def __enter__(self) -> Self:
        if self.path.suffix == ".parquet":
            import pyarrow.parquet as pq

            self._parquet = pq.ParquetWriter(self._beside, schema(), compression="zstd")
        else:
            self._text = self._beside.open("w", encoding="utf-8", newline="")
            self._csv = csv.writer(self._text, lineterminator="\r\n")
            if self.path.suffix == ".csv":
                self._csv.writerow(FLAT)
        return self

    def write(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write the rows."""
        found = list(rows)
        self.rows += len(found)
        if self.path.suffix == ".parquet":
            self._waiting += map(dict, found)
            if len(self._waiting) >= ROWS:
                self._write_table()
        elif self.path.suffix == ".csv":
            self._csv.writerows(map(flat, found))
        else:
            self._text.writelines(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in found)

    def _write_table(self) -> None:
        import pyarrow as pa

        self._parquet.write_table(pa.Table.from_pylist(self._waiting, schema()))
        self._waiting.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._waiting and kind is None:
            self._write_table()
        (self._parquet if self.path.suffix == ".parquet" else self._text).close()
        if kind is None:
            self._beside.replace(self.path)
        else:
            self._beside.unlink(missing_ok=True)


def check_target(path: Path) -> None:
    """Raises NamesRefused for a file that hits are not written to."""
    if path.suffix not in SUFFIXES:
        raise refused(
            N_("'%(name)s' is no kind of file that hits are written to."),
            N_("Name it with .csv, .jsonl or .parquet: the suffix says how it is written."),
            name=path.name,
        )


def flat(row: Mapping[str, Any]) -> list[str]:
    """A row as the texts of a CSV line, with an apostrophe where a spreadsheet would see a formula."""
    points = {f"points_{part['code']}": part["points"] for part in row["parts"]}
    why = _JOINT.join(one["sentence"] for one in (row["parts"] or row["reasons"]))
    words = _JOINT.join(f"{word['ours'] or '-'} / {word['theirs'] or '-'} ({word['how']})" for word in row["words"])
    values = {**row, **points, "why": why, "words": words}
    return [_cell(values.get(name, "")) for name in FLAT]


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)  # a negative number is no formula
    return plain(_JOINT.join(map(str, value)) if isinstance(value, list) else value)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no plain form")


def schema() -> pa.Schema:
    """The columns of a Parquet file; parts, words and reasons are lists."""
    import pyarrow as pa

    text, whole = pa.string(), pa.int32()
    types: dict[str, Any] = {
        **dict.fromkeys(("line", "list_version", "score"), whole),
        "list_retrieved_on": pa.date32(),
        "list_stale": pa.bool_(),
        **dict.fromkeys(("listed_countries", "listed_under"), pa.list_(text)),
    }
    part = pa.struct([("code", text), ("points", whole), ("sentence", text)])
    word = pa.struct([("ours", text), ("theirs", text), ("how", text), ("weight", whole)])
    reason = pa.struct([("code", text), ("supports", pa.bool_()), ("sentence", text)])
    columns = [(name, types.get(name, text)) for name in (*PARTY, *HIT)]
    lists = [("parts", part), ("words", word), ("reasons", reason), ("notices", text)]
    return pa.schema([*columns, *((name, pa.list_(kind)) for name, kind in lists), ("model_version", text)])
