"""Plainly invented entries for tests of files, and how hypothesis makes more of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from greenlane.release.engine.entries import ANSWERS, Answer, CargoEntry, Claim
from greenlane.release.engine.inputs import MODES, PARTIES
from greenlane.release.engine.numbers import entry_number
from greenlane.release.engine.versions import EXAMPLE

FILED = datetime(2026, 3, 1, 14, 5, tzinfo=UTC)
AGENCIES = EXAMPLE.agencies


def invented_entry(**changes: object) -> CargoEntry:
    """An entry with nothing wrong with it."""
    values: dict[str, object] = {
        "entry_number": entry_number("ZZ9", 1234567),
        "filed_at": FILED,
        "importer": "99-999999900",
        "carrier": "ZZZZ",
        "broker": "ZZ9",
        "maker": "XXINVENTED1",
        "port": "2704",
        "origin": "CN",
        "tariff": "8471300100",
        "mode": "sea",
    }
    return CargoEntry(**(values | changes))  # type: ignore[arg-type]


times = st.integers(0, 10**6).map(lambda minutes: FILED + timedelta(minutes=minutes))
answers = st.builds(
    Answer,
    agency=st.sampled_from(AGENCIES),
    answer=st.sampled_from(ANSWERS),
    at=st.integers(0, 5).map(lambda minutes: FILED + timedelta(minutes=minutes)),
    program=st.sampled_from(("", "DEV", "FOO")),
)
identifiers = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20).filter(
    str.isprintable
)
entries = st.builds(
    CargoEntry,
    entry_number=st.integers(0, 9_999_999).map(lambda serial: entry_number("ZZ9", serial)) | identifiers,
    filed_at=times,
    importer=identifiers,
    carrier=identifiers | st.just(""),
    broker=identifiers | st.just(""),
    maker=identifiers | st.just(""),
    score=st.integers(0, 1000),
    port=st.sampled_from(("", "2704", "0401", "46011")),
    origin=st.sampled_from(("", "CN", "DE", "MX")),
    tariff=st.sampled_from(("", "8471300100", "8703", "610910")),
    mode=st.sampled_from(MODES),
    advance_data=st.booleans(),
    threat_level=st.integers(0, 3),
    customs_hold=st.booleans(),
    threat_information=st.booleans(),
    authority=st.lists(st.sampled_from(AGENCIES), unique=True).map(tuple),
    answers=st.lists(answers, max_size=4).map(tuple),
    claims=st.lists(
        st.builds(Claim, party=st.sampled_from(("", *PARTIES)), identifier=identifiers, role=st.just("MF")), max_size=2
    ).map(tuple),
)
