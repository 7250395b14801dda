"""Reads the data files of a programme strictly: every problem with file, line, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from greenlane.law.sentences import N_, Sentence

MAX_BYTES = 2_000_000
"""A data file larger than this is refused unread: it is not a programme's data."""

Where = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top of the file."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a data file: where, what, and how to mend it."""

    file: str
    line: int
    what: Sentence
    mend: Sentence

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.mend}"


def problem(file: str, line: int, what: str, mend: str, **values: str | int) -> Problem:
    """A problem whose marked messages *what* and *mend* share their values."""
    return Problem(file, line, Sentence(what, values), Sentence(mend, values))


class DataProblems(ValueError):
    """Everything wrong with a set of data files, in order of file and line; nothing of them is used."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line, str(p.what))))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Strict(BaseModel):
    """A mapping in a data file: unknown keys, missing keys and silently converted values are problems."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


@dataclass(frozen=True)
class Document:
    """A parsed file: its plain value, and the line (from 1) of every key and list item."""

    file: str
    value: Any
    lines: dict[Where, int]

    def line(self, where: Where = ()) -> int:
        """The line of the value at ``where``, or of the nearest thing around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def problem(self, where: Where, what: str, mend: str, **values: str | int) -> Problem:
        """A problem at the line of ``where``; *what* and *mend* are marked messages that share their values."""
        return problem(self.file, self.line(where), what, mend, **values)


Model = TypeVar("Model", bound=BaseModel)


def read(path: Path, problems: list[Problem], kind: type[yaml.SafeLoader] = yaml.SafeLoader) -> Document | None:
    """Parse one file; add what is wrong with it to ``problems`` and return None when it cannot be read at all."""
    file = str(path)
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        what = N_("The file cannot be read (%(reason)s).")
        problems.append(problem(file, 1, what, N_("Check its path and rights."), reason=error.strerror or "-"))
        return None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(problem(file, line, N_("The file is not UTF-8 text."), N_("Save it as UTF-8.")))
        return None
    if len(raw) > MAX_BYTES:
        what = N_("The file has more than %(limit)d bytes.")
        problems.append(problem(file, 1, what, N_("Split it into several files."), limit=MAX_BYTES))
        return None
    return _parse(file, text, problems, kind)


def _parse(file: str, text: str, problems: list[Problem], kind: type[yaml.SafeLoader]) -> Document | None:
    not_yaml = N_("This is not YAML: %(reason)s.")
    try:
        loader = kind(text)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        problems.append(problem(file, line, not_yaml, N_("Remove the control character."), reason=error.reason))
        return None
    try:
        node = loader.get_single_node()
        walk = _Walk(file, loader)
        value = walk.value(node, ()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = error.problem or "-"
        mend = N_("Mend this line or the one above.")
        problems.append(problem(file, mark.line + 1 if mark else 1, not_yaml, mend, reason=reason))
        return None
    except RecursionError:
        what = N_("The file is nested too deeply.")
        problems.append(problem(file, 1, what, N_("Data files are only a few levels deep; remove the others.")))
        return None
    finally:
        loader.dispose()
    problems += walk.problems
    return Document(file, value, walk.lines)


class _Walk:
    """Turns nodes into plain values, keeping lines and refusing what hides meaning: duplicates, anchors, odd keys."""

    def __init__(self, file: str, loader: yaml.SafeLoader) -> None:
        self.file, self.loader = file, loader
        self.lines: dict[Where, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, where: Where) -> Any:
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if id(node) in self.seen:
            self._add(node, N_("An alias (*name) repeats another part of the file."), N_("Write the value out."))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, i)) for i, item in enumerate(node.value)]
        return self._mapping(node, where)

    def _mapping(self, node: yaml.Node, where: Where) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, item in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
            if not isinstance(key, str) or key_node.tag != "tag:yaml.org,2002:str":
                what = N_("The key %(key)s is not a plain word.")
                self._add(key_node, what, N_("Use a word, in quotes where needed."), key=repr(key))
                continue
            if key in result:
                self._add(key_node, N_("The key '%(key)s' is given twice."), N_("Keep one of them."), key=key)
                continue
            self.lines[(*where, key)] = key_node.start_mark.line + 1
            result[key] = self.value(item, (*where, key))
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError):
            what = N_("The value %(value)s cannot be read as what it looks like.")
            self._add(node, what, N_("Put it in quotes, or correct it."), value=repr(node.value))
            return node.value

    def _add(self, node: yaml.Node, what: str, mend: str, **values: str) -> None:
        self.problems.append(problem(self.file, node.start_mark.line + 1, what, mend, **values))


def fit(document: Document, model: type[Model], problems: list[Problem]) -> Model | None:
    """The document as a ``model``; every misfit goes to ``problems`` with its line, and then the answer is None."""
    if not isinstance(document.value, dict):
        what = N_("The file does not hold keys and values.")
        problems.append(document.problem((), what, N_("Start it with 'key: value'.")))
        return None
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        problems += [_misfit(document, detail) for detail in error.errors(include_url=False)]
        return None


def _misfit(document: Document, detail: Any) -> Problem:
    where: Where = detail["loc"]
    given, kind = detail["input"], detail["type"]
    what, mend = _WORDS.get(kind, (N_("'%(name)s' does not fit: %(reason)s."), N_("Correct the value.")))
    if kind == "string_type" and isinstance(given, float):
        mend = N_("Put it in quotes; without them, 4.10 is the number 4.1.")
    return document.problem(
        where,
        what,
        mend,
        name=next((step for step in reversed(where) if isinstance(step, str)), "the file"),
        given=repr(given)[:80],
        length=len(given) if isinstance(given, str) else 0,
        reason=detail["msg"],
        **{name: str(detail.get("ctx", {}).get(name, "")) for name in ("expected", "max_length", "pattern")},
    )


_NOT = N_("'%(name)s' is %(given)s.")
_WORDS = {
    "extra_forbidden": (N_("The key '%(name)s' is unknown here."), N_("Correct its spelling or remove it.")),
    "missing": (N_("The key '%(name)s' is missing."), N_("Add it.")),
    "string_type": (N_("'%(name)s' must be text, not %(given)s."), N_("Put it in quotes.")),
    "literal_error": (_NOT, N_("Use %(expected)s.")),
    "string_too_long": (
        N_("'%(name)s' has %(length)d characters."),
        N_("Shorten it to %(max_length)s characters at most."),
    ),
    "string_too_short": (N_("'%(name)s' is empty."), N_("Write it, or remove the key.")),
    "too_short": (N_("'%(name)s' is empty."), N_("Give at least one.")),
    "string_pattern_mismatch": (
        N_("'%(name)s' is %(given)s, which has not the expected form."),
        N_("It must match %(pattern)s."),
    ),
    "date_type": (N_("'%(name)s' is %(given)s, not a date."), N_("Write it as 2020-01-31, without quotes.")),
    "int_type": (N_("'%(name)s' is %(given)s, not a whole number."), N_("Write it in figures, without quotes.")),
    "bool_type": (_NOT, N_("Write true or false.")),
}
