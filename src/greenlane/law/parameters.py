"""Every number of both laws as dated data with its clause; a programme sets only what the law leaves open: 961(a)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache

from greenlane.law.citations import Citation
from greenlane.law.sentences import N_, Sentence, Value
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, rule


class Unit(StrEnum):
    """What a value counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    PERIOD_YEARS = "period_years"
    """The length of the periods of a fixed grid, in years."""
    FISCAL_YEARS = "fiscal_years"
    DAY_OF_YEAR = "day_of_year"
    """A month and a day, as '12-31'."""
    PERCENT = "percent"
    PERSONNEL = "personnel"
    USD = "usd"
    SHIPMENTS = "shipments"
    SCORE = "score"
    CHOICE = "choice"
    """One of the words in ``choices``."""


@dataclass(frozen=True)
class Parameter:
    """One value with the days on which it is in force (both inclusive; ``in_force_to`` None is without end).

    ``open_to_programmes``: the law gives no number, so the terms of a programme may set another.
    ``set_by``: the code of the programme whose terms set this value; empty for the law's or the product's own.
    """

    code: str
    title: str
    value: int | str
    unit: Unit
    in_force_from: date
    in_force_to: date | None
    citation: Citation
    open_to_programmes: bool = False
    choices: tuple[str, ...] = ()
    minimum: int = 0
    set_by: str = ""

    @property
    def number(self) -> int:
        """The value as a number. Raises TypeError for a choice or a day of the year."""
        if isinstance(self.value, str):
            raise TypeError(f"{self.code} is {self.value!r}, not a number")
        return self.value

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


class ParameterError(ValueError):
    """A parameter cannot be given; ``sentence`` says why in words that a door can translate."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class UnknownParameter(ParameterError):
    """Neither law has a parameter of this code."""


class NotInForce(ParameterError):
    """The parameter has no value on this day."""


class OverrideRefused(ParameterError):
    """A programme's terms set a number that the law sets, or set an open one to a value it cannot have."""


@cache
def _table() -> dict[str, tuple[Parameter, ...]]:
    from greenlane.law.parameter_table import ROWS  # here: the table needs the classes above

    table: dict[str, tuple[Parameter, ...]] = {}
    for row in ROWS:
        table[row.code] = (*table.get(row.code, ()), row)
    return table


def parameters() -> tuple[Parameter, ...]:
    """Every dated value of every parameter, in the order of the statute."""
    return tuple(row for rows in _table().values() for row in rows)


def history(code: str) -> tuple[Parameter, ...]:
    """All dated values of one parameter, earliest first. Raises UnknownParameter."""
    if code not in _table():
        raise UnknownParameter(
            Sentence(N_("There is no parameter '%(code)s' in 6 USC 961-973 or 19 USC 4311."), {"code": code})
        )
    return _table()[code]


def parameter(code: str, on: date, terms: Terms | None = None) -> Parameter:
    """The value in force *on* this day, as the terms of a programme set it where the law leaves it open.

    Raises UnknownParameter, NotInForce, or OverrideRefused when *terms* set what the law sets.
    """
    rows = history(code)
    found = next((row for row in rows if row.in_force(on)), None)
    if found is None:
        raise NotInForce(_not_in_force(rows, on))
    if terms is None or code not in terms.parameters:
        return found
    value = terms.parameters[code]
    refusal = _refusal(found, value)
    if refusal is not None:
        raise OverrideRefused(refusal)
    return replace(found, value=value, set_by=terms.code)


def _not_in_force(rows: tuple[Parameter, ...], on: date) -> Sentence:
    values: dict[str, Value] = {
        "code": rows[0].code,
        "on": on,
        "cite": rows[0].citation.cite,
        "first": rows[0].in_force_from,
    }
    if on < rows[0].in_force_from:
        return Sentence(
            N_("'%(code)s' (%(cite)s) is in force from %(first)s; %(on)s is before that day. Check the date."), values
        )
    return Sentence(N_("'%(code)s' (%(cite)s) has no value on %(on)s: the law gives it for other years only."), values)


def _refusal(row: Parameter, value: object) -> Sentence | None:
    """Why *row* may not be set to *value*; None when it may."""
    values: dict[str, Value] = {"code": row.code, "cite": row.citation.cite, "value": str(value), "law": row.value}
    if not row.open_to_programmes:
        return Sentence(
            N_("A programme may not set '%(code)s' to %(value)s: %(cite)s sets it to %(law)s. Remove it."),
            values,
        )
    if row.choices:
        values["choices"] = ", ".join(row.choices)
        return (
            None
            if value in row.choices
            else Sentence(N_("'%(code)s' (%(cite)s) cannot be '%(value)s'; choose one of: %(choices)s."), values)
        )
    if isinstance(value, bool) or not isinstance(value, int) or value < row.minimum:
        values |= {"minimum": row.minimum, "unit": row.unit.value}
        return Sentence(
            N_("'%(code)s' (%(cite)s) must be a whole number of %(unit)s, at least %(minimum)s, not '%(value)s'."),
            values,
        )
    return None


@rule("6 USC 961(a)", "19 USC 4311(a)")
def check_overrides(terms: Terms) -> Verdict:
    """A programme's terms set only what the law leaves open, and to values that make sense."""
    reasons = tuple(_check_one(terms, code, value) for code, value in terms.parameters.items())
    if reasons:
        return Verdict(reasons)
    none_set = Sentence(N_("The terms of %(programme)s set no parameter."), {"programme": terms.code})
    return Verdict((Reason(Citation("6 USC 961(a)"), "override", none_set, True),))


def _check_one(terms: Terms, code: str, value: object) -> Reason:
    mend = Sentence(N_("Correct or remove this parameter in the terms of %(programme)s."), {"programme": terms.code})
    try:
        row = history(code)[-1]
    except UnknownParameter as unknown:
        return Reason(Citation("6 USC 961(a)"), "override", unknown.sentence, False, mend, code)
    refusal = _refusal(row, value)
    if refusal is not None:
        return Reason(row.citation, "override", refusal, False, mend, code)
    sentence = Sentence(
        N_("The law leaves '%(code)s' open; %(programme)s sets it to %(value)s."),
        {"code": code, "programme": terms.code, "value": str(value)},
    )
    return Reason(row.citation, "override", sentence, True, where=code)
