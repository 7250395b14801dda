"""Small relations as Arrow tables, and as the Parquet files that a cluster reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from greenlane.release.engine.sql_tables import Rows

if TYPE_CHECKING:
    import pyarrow as pa


def arrow_table(rows: Rows) -> pa.Table:
    """The rows with every column a 64-bit integer, save texts."""
    import pyarrow as pa

    schema = pa.schema([(name, pa.string() if name in rows.texts else pa.int64()) for name in rows.columns])
    return pa.table(rows.by_column(), schema=schema)


def write_parquet(rows: Rows, file: Path) -> None:
    """Write the rows to a Parquet file."""
    import pyarrow.parquet as pq

    pq.write_table(arrow_table(rows), file)
