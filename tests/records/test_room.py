"""The room says what it is: its README quotes the clauses exactly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenlane import records
from greenlane.law.citations import Citation


@pytest.mark.parametrize("cite", ["6 USC 971(b)", "6 USC 971(c)"])
def test_the_readme_quotes_its_clauses_exactly(cite: str) -> None:
    readme = Path(str(records.__file__)).with_name("README.md").read_text(encoding="utf-8")
    clause = Citation(cite)
    quoted = re.search(rf"\*\*{re.escape(cite)}\*\* {re.escape(clause.heading or '')}\. (.*)", readme)
    assert quoted is not None
    assert quoted.group(1) == clause.text
