"""What the law pages show of a clause, in words: what runs, and each situation from its facts to its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.law.authority import Office
from greenlane.law.parameters import Parameter, Unit
from greenlane.law.verdicts import rules
from greenlane.statute.coverage import ClauseRow, CommandLine, MoveLine, Status
from greenlane.statute.reach import rule_id
from greenlane.statute.traceability import ShownSituation
from greenlane.web import components as c
from greenlane.web.authority import OFFICE_TITLES
from greenlane.web.words import long_date

STATUS_CHIPS = {
    Status.WORKS: c.Chip(gettext_lazy("Works"), "good", "check_circle"),
    Status.IN_PROGRESS: c.Chip(gettext_lazy("In progress"), "warn"),
    Status.OUTSIDE: c.Chip(gettext_lazy("Outside software"), "quiet"),
}
ANSWERS = {
    "granted": c.Chip(gettext_lazy("granted"), "good", "check"),
    "refused": c.Chip(gettext_lazy("refused"), "bad", "close"),
    "value": c.Chip(gettext_lazy("reckoned"), "info"),
}
UNITS = {
    Unit.DAYS: gettext_lazy("days"),
    Unit.MONTHS: gettext_lazy("months"),
    Unit.YEARS: gettext_lazy("years"),
    Unit.PERIOD_YEARS: gettext_lazy("years in each period"),
    Unit.FISCAL_YEARS: gettext_lazy("fiscal years"),
    Unit.DAY_OF_YEAR: gettext_lazy("(month and day)"),
    Unit.PERCENT: gettext_lazy("percent"),
    Unit.PERSONNEL: gettext_lazy("persons"),
    Unit.USD: gettext_lazy("US dollars"),
    Unit.SHIPMENTS: gettext_lazy("shipments"),
    Unit.SCORE: gettext_lazy("points"),
    Unit.CHOICE: "",
}


@dataclass(frozen=True)
class RuleShown:
    """A rule with its id and whether some part of this release asks it."""

    id: str
    summary: str
    asked: bool


@dataclass(frozen=True)
class ValueShown:
    """A dated value: title, code, value with unit, when in force, and who may set it."""

    title: str
    code: str
    value: str
    in_force: str
    open: bool


@dataclass(frozen=True)
class CommandShown:
    """A command with the offices that may give it."""

    line: CommandLine
    offices: str


@dataclass(frozen=True)
class Shown:
    """A clause ready for a template; ``depth`` 0 is the section."""

    row: ClauseRow
    chip: c.Chip
    depth: int
    rules: tuple[RuleShown, ...]
    commands: tuple[CommandShown, ...]
    values: tuple[ValueShown, ...]
    later: tuple[MoveLine, ...]
    granted: int
    refused: int
    reckoned: int
    full: bool


@dataclass(frozen=True)
class Told:
    """A situation in words: its name, the day, what differs from the given facts, and the answer with its reasons."""

    name: str
    chip: c.Chip
    on: str
    differs: tuple[tuple[str, str], ...]
    without: tuple[str, ...]
    value: str
    source: ShownSituation


@dataclass(frozen=True)
class ToldGroup:
    """Situations of one rule that start from the same facts."""

    title: str
    rule: str
    file: str
    given: tuple[tuple[str, str], ...]
    situations: tuple[Told, ...]


def shown(row: ClauseRow, full: bool = False) -> Shown:
    """What runs beside a clause; *full* for its own page."""
    return Shown(
        row=row,
        chip=STATUS_CHIPS[row.status],
        depth=len(tuple(row.citation.ancestors())),
        rules=tuple(RuleShown(rule_id(r), r.summary, rule_id(r) not in row.rules_not_asked) for r in row.rules),
        commands=tuple(CommandShown(line, _offices(line.offices)) for line in row.commands),
        values=tuple(_value(parameter) for parameter in row.parameters),
        later=tuple(move for move in row.moves if not move.runs),
        granted=row.answered("granted"),
        refused=row.answered("refused"),
        reckoned=row.answered("value"),
        full=full,
    )


def _offices(offices: tuple[str, ...]) -> str:
    return ", ".join(str(OFFICE_TITLES[Office(office)]) for office in offices)


def _value(row: Parameter) -> ValueShown:
    number = number_format(row.value, use_l10n=True, force_grouping=True) if isinstance(row.value, int) else row.value
    if row.in_force_to is None:
        force = _("since %(day)s") % {"day": long_date(row.in_force_from)}
    else:
        days = {"from": long_date(row.in_force_from), "to": long_date(row.in_force_to)}
        force = _("from %(from)s to %(to)s") % days
    return ValueShown(_(row.title), row.code, f"{number} {UNITS[row.unit]}".strip(), force, row.open_to_programmes)


def grouped_situations(row: ClauseRow) -> tuple[ToldGroup, ...]:
    """The situations of a clause in words, by the file that they stand in."""
    summaries = {rule_id(rule): rule.summary for rule in rules()}
    files = dict.fromkeys(situation.file for situation in row.situations)
    groups = []
    for file in files:
        of_file = [situation for situation in row.situations if situation.file == file]
        first = of_file[0]
        told = tuple(_told(situation) for situation in of_file)
        groups.append(ToldGroup(summaries[first.rule], first.rule, file, tuple(_given(first.given)), told))
    return tuple(groups)


def _given(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What every situation of a file starts from; 'facts' itself goes without saying."""
    for key, value in given.items():
        yield from leaves(value, "" if key == "facts" and isinstance(value, Mapping) else _way(key))


def _told(situation: ShownSituation) -> Told:
    return Told(
        name=situation.name,
        chip=ANSWERS[situation.answered],
        on=situation.on,
        differs=tuple(pair for key, value in situation.when.items() for pair in leaves(value, _way(key))),
        without=tuple(_way(key) for key in situation.without),
        value=_plain(situation.value) if situation.answered == "value" else "",
        source=situation,
    )


def leaves(value: Any, way: str = "") -> Iterator[tuple[str, str]]:
    """Every single fact inside *value*, as the way to it and the fact in words."""
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from leaves(item, _joined(way, _way(str(key))))
    elif isinstance(value, list) and any(isinstance(item, (Mapping, list)) for item in value):
        for position, item in enumerate(value, 1):
            yield from leaves(item, _joined(way, str(position)))
    else:
        yield way, _plain(value)


def _joined(way: str, step: str) -> str:
    return f"{way} › {step}" if way else step


def _way(key: str) -> str:
    """'facts.lists.0.dated' in words: 'lists › 1 › dated'; people count from one, and all of it is facts."""
    steps = [str(int(step) + 1) if step.isdecimal() else step.replace("_", " ") for step in key.split(".")]
    return " › ".join(steps[1:] if steps[0] == "facts" and len(steps) > 1 else steps)


def _plain(value: Any) -> str:
    if value is None:
        return _("nothing recorded")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (list, Mapping)) and not value:
        return _("none")
    if isinstance(value, list):
        return ", ".join(_plain(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{_way(str(key))}: {_plain(item)}" for key, item in value.items())
    return str(value) if value != "" else _("left empty")
