"""A name in a file is never taken for a formula by the spreadsheet that opens it (6 USC 971(c))."""

from __future__ import annotations

import csv
import io

import pytest

from greenlane.casework.tables import as_csv, plain


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_what_begins_like_a_formula_is_kept_a_text(name: str) -> None:
    assert plain(name) == f"'{name}"


@pytest.mark.parametrize(("value", "text"), [(None, ""), ("", ""), (2, "2"), ("a=b", "a=b"), ("O'Neill", "O'Neill")])
def test_all_else_is_written_as_it_is(value: object, text: str) -> None:
    assert plain(value) == text


def test_a_table_reads_back_as_it_was_written() -> None:
    rows = [["Smith, Jones & Co", None], ['The "Blue" Line', 3], ["Two\nlines", "=x"]]
    read = list(csv.reader(io.StringIO(as_csv(("name", "tier"), rows), newline="")))
    assert read == [["name", "tier"], ["Smith, Jones & Co", ""], ['The "Blue" Line', "3"], ["Two\nlines", "'=x"]]
