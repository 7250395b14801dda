"""Versions of a policy: which decides a day, what they refuse, and how agencies' criteria become tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from greenlane.release.engine.codes import agencies_in, agency_mask, heading_number, origin_number, port_number
from greenlane.release.engine.expressions import OutOfRange
from greenlane.release.engine.versions import EXAMPLE, NO_CRITERIA, Criterion, criteria_tables, version_on


def test_the_example_is_a_policy_that_the_graph_takes() -> None:
    assert replace(EXAMPLE, code="another").parameters["threshold"] == 190


def test_a_version_refuses_numbers_that_the_graph_does_not_take() -> None:
    with pytest.raises(OutOfRange, match="threshold is 0"):
        replace(EXAMPLE, parameters={**EXAMPLE.parameters, "threshold": 0})
    with pytest.raises(OutOfRange, match="tier_one_percent: not among"):
        replace(EXAMPLE, parameters={**EXAMPLE.parameters, "tier_one_percent": 20})
    with pytest.raises(OutOfRange, match="criteria_port has 1 values"):
        replace(EXAMPLE, tables={**EXAMPLE.tables, "criteria_port": (0,)})


def test_the_latest_version_that_has_begun_decides() -> None:
    later = replace(EXAMPLE, code="later", effective_from=date(2026, 7, 1))
    assert version_on((later, EXAMPLE), date(2026, 6, 30)) is EXAMPLE
    assert version_on((later, EXAMPLE), date(2026, 7, 1)) is later
    with pytest.raises(LookupError, match="2006-12-31"):
        version_on((later, EXAMPLE), date(2006, 12, 31))


@pytest.mark.clause("19 USC 4311(b)(4)(C)")
def test_criteria_become_bits_at_what_they_name() -> None:
    tables = criteria_tables([Criterion("B", frozenset({"2704"}), None, frozenset({"8471.30.0100"}))], ("A", "B"))
    assert tables["criteria_port"][2704] == 2
    assert sum(tables["criteria_port"]) == 2
    assert set(tables["criteria_origin"]) == {2}
    assert tables["criteria_tariff"][8471] == 2
    assert not any(NO_CRITERIA["criteria_port"])


def test_criteria_are_refused_with_what_is_wrong() -> None:
    with pytest.raises(ValueError, match="'C' has a criterion"):
        criteria_tables([Criterion("C")], ("A",))
    with pytest.raises(ValueError, match="'A' has two criteria"):
        criteria_tables([Criterion("A"), Criterion("A")], ("A",))
    with pytest.raises(ValueError, match="stands twice"):
        criteria_tables([], ("A", "A"))
    with pytest.raises(ValueError, match="at most 62"):
        criteria_tables([], [f"A{number}" for number in range(63)])


@pytest.mark.parametrize("code", ["", "27", "27a4", "270411", "²704"])
def test_what_is_no_port_is_said(code: str) -> None:
    with pytest.raises(ValueError, match="Schedule D"):
        port_number(code)


@pytest.mark.parametrize("code", ["", "C", "C1", "CHN", "ÄÖ"])
def test_what_is_no_country_is_said(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 3166"):
        origin_number(code)


@pytest.mark.parametrize("code", ["", "847", "84713001000", "8471x"])
def test_what_is_no_tariff_code_is_said(code: str) -> None:
    with pytest.raises(ValueError, match="no tariff code"):
        heading_number(code)


def test_codes_as_numbers() -> None:
    assert (port_number("0401"), origin_number("AA"), origin_number("zz"), heading_number("8471.30")) == (
        401,
        0,
        675,
        8471,
    )
    assert agency_mask(["FDA", "EPA"], EXAMPLE.agencies) == 5
    assert agencies_in(5, EXAMPLE.agencies) == ("FDA", "EPA")
    with pytest.raises(ValueError, match="'XYZ' is not among"):
        agency_mask(["XYZ"], EXAMPLE.agencies)
    with pytest.raises(ValueError, match="more than the 8"):
        agencies_in(1 << 8, EXAMPLE.agencies)
