"""Facts are built by type hints, and a value of the wrong kind is refused where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest

from greenlane.law.authority import Office
from greenlane.law.citations import Citation
from greenlane.law.terms import Terms
from greenlane.statute.building import Misfit, build_arguments
from tests.law.cases import TERMS


@dataclass(frozen=True)
class Inner:
    day: date | None
    pair: tuple[int, str] = (0, "")
    kinds: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if "bad" in self.kinds:
            raise ValueError("no bad kinds")


def rule(
    inner: Inner, office: Office, cite: Citation, notes: Mapping[str, int], terms: Terms, mixed: int | str
) -> None:
    """A rule that takes one of everything."""


def odd(anything: Any) -> None:
    """A rule whose argument no situation can give."""


def terms_named(name: str) -> Terms:
    if name != "lantern":
        raise LookupError("lantern")
    return TERMS


GIVEN: dict[str, Any] = {
    "inner": {"day": date(2026, 1, 2), "pair": [3, "x"], "kinds": ["a", "b"]},
    "office": "supervisor",
    "cite": "964(c)",
    "notes": {"a": 1},
    "terms": "lantern",
    "mixed": "word",
}


def test_everything_is_built_from_plain_values() -> None:
    built = build_arguments(rule, GIVEN, terms_named)
    assert built == {
        "inner": Inner(date(2026, 1, 2), (3, "x"), frozenset({"a", "b"})),
        "office": Office.SUPERVISOR,
        "cite": Citation("6 USC 964(c)"),
        "notes": {"a": 1},
        "terms": TERMS,
        "mixed": "word",
    }
    assert build_arguments(rule, GIVEN | {"inner": {"day": None}, "mixed": 4}, terms_named)["mixed"] == 4


@pytest.mark.parametrize(
    ("change", "way"),
    [
        ({"inner": {"day": datetime(2026, 1, 2, 3, 4)}}, ("inner", "day")),  # noqa: DTZ001
        ({"inner": {"day": "tomorrow"}}, ("inner", "day")),
        ({"inner": {"day": None, "pair": [1]}}, ("inner", "pair")),
        ({"inner": {"day": None, "pair": [True, "x"]}}, ("inner", "pair", 0)),
        ({"inner": {"day": None, "kinds": "a"}}, ("inner", "kinds")),
        ({"inner": {"day": None, "kinds": ["bad"]}}, ("inner",)),
        ({"inner": {}}, ("inner",)),
        ({"inner": 3}, ("inner",)),
        ({"office": "king"}, ("office",)),
        ({"cite": "974"}, ("cite",)),
        ({"cite": 964}, ("cite",)),
        ({"notes": ["a"]}, ("notes",)),
        ({"notes": {"a": "x"}}, ("notes", "a")),
        ({"terms": "moon"}, ("terms",)),
        ({"mixed": [1]}, ("mixed",)),
        ({"colour": "red"}, ("colour",)),
    ],
)
def test_a_misfit_says_where_it_stands(change: dict[str, Any], way: tuple[str | int, ...]) -> None:
    with pytest.raises(Misfit) as caught:
        build_arguments(rule, GIVEN | change, terms_named)
    assert caught.value.way == way
    assert caught.value.what % caught.value.values
    assert caught.value.mend % caught.value.values


def test_a_type_that_no_situation_can_give_is_said() -> None:
    with pytest.raises(Misfit, match="cannot give a value of the type"):
        build_arguments(odd, {"anything": 1}, terms_named)
