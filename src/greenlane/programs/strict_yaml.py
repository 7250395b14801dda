"""Reads the data files of a programme strictly: every problem with file, line, what is wrong and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

MAX_BYTES = 2_000_000
"""A data file larger than this is refused unread: it is not a programme's data."""

Where = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top of the file."""


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with a data file: where, what, and how to mend it."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what} {self.mend}".rstrip()


class DataProblems(ValueError):
    """Everything wrong with a set of data files, in order of file and line; nothing of them is used."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
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

    def problem(self, where: Where, what: str, mend: str) -> Problem:
        return Problem(self.file, self.line(where), what, mend)


Model = TypeVar("Model", bound=BaseModel)


def read(path: Path, problems: list[Problem]) -> Document | None:
    """Parse one file; add what is wrong with it to ``problems`` and return None when it cannot be read at all."""
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        problems.append(Problem(str(path), 1, f"The file cannot be read ({error.strerror}).", "Check path and rights."))
        return None
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(Problem(str(path), line, "The file is not UTF-8 text.", "Save it as UTF-8."))
        return None
    if len(raw) > MAX_BYTES:
        problems.append(Problem(str(path), 1, f"The file has more than {MAX_BYTES} bytes.", "Split it into files."))
        return None
    return _parse(str(path), text, problems)


def _parse(file: str, text: str, problems: list[Problem]) -> Document | None:
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        problems.append(Problem(file, line, f"This is not YAML: {error.reason}.", "Remove the control character."))
        return None
    try:
        node = loader.get_single_node()
        walk = _Walk(file, loader)
        value = walk.value(node, ()) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problems.append(Problem(file, line, f"This is not YAML: {error.problem}.", "Mend the line or the one above."))
        return None
    except RecursionError:
        problems.append(Problem(file, 1, "The file is nested too deeply.", "Data files are a few levels deep."))
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
            self._add(node, "An alias (*name) repeats another part of the file.", "Write the value out.")
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
                self._add(key_node, f"The key {key!r} is not a plain word.", "Use a word, in quotes where needed.")
                continue
            if key in result:
                self._add(key_node, f"The key '{key}' is given twice.", "Keep one of them.")
                continue
            self.lines[(*where, key)] = key_node.start_mark.line + 1
            result[key] = self.value(item, (*where, key))
        return result

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError):
            self._add(node, f"The value {node.value!r} cannot be read as what it looks like.", "Put it in quotes.")
            return node.value

    def _add(self, node: yaml.Node, what: str, mend: str) -> None:
        self.problems.append(Problem(self.file, node.start_mark.line + 1, what, mend))


def fit(document: Document, model: type[Model], problems: list[Problem]) -> Model | None:
    """The document as a ``model``; every misfit goes to ``problems`` with its line, and then the answer is None."""
    if not isinstance(document.value, dict):
        problems.append(document.problem((), "The file does not hold keys and values.", "Start it with 'key: value'."))
        return None
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        problems += [_misfit(document, detail) for detail in error.errors(include_url=False)]
        return None


def _misfit(document: Document, detail: Any) -> Problem:
    where: Where = detail["loc"]
    name = next((step for step in reversed(where) if isinstance(step, str)), "the file")
    what, mend = _WORDS.get(detail["type"], _other)(name, detail)
    return document.problem(where, what, mend)


def _other(name: str, detail: Any) -> tuple[str, str]:
    return f"'{name}' does not fit: {detail['msg']}.", "Correct the value."


def _text(name: str, detail: Any) -> tuple[str, str]:
    given = detail["input"]
    hint = " (4.10 without quotes is the number 4.1)" if isinstance(given, float) else ""
    return f"'{name}' must be text, not {given!r}.", f"Put it in quotes{hint}."


_WORDS: dict[str, Callable[[str, Any], tuple[str, str]]] = {
    "extra_forbidden": lambda name, _: (f"The key '{name}' is unknown here.", "Correct its spelling or remove it."),
    "missing": lambda name, _: (f"The key '{name}' is missing.", "Add it."),
    "string_type": _text,
    "literal_error": lambda name, d: (f"'{name}' is {d['input']!r}.", f"Use {d['ctx']['expected']}."),
    "string_too_long": lambda name, d: (
        f"'{name}' has {len(d['input'])} characters.",
        f"Shorten it to {d['ctx']['max_length']} at most.",
    ),
    "string_too_short": lambda name, _: (f"'{name}' is empty.", "Write it, or remove the key."),
    "too_short": lambda name, _: (f"'{name}' is empty.", "Give at least one."),
    "string_pattern_mismatch": lambda name, d: (
        f"'{name}' is {d['input']!r}, which has not the expected form.",
        f"It must match {d['ctx']['pattern']}.",
    ),
    "date_type": lambda name, d: (
        f"'{name}' is {d['input']!r}, not a date.",
        "Write it as 2020-01-31, without quotes.",
    ),
    "int_type": lambda name, d: (f"'{name}' is {d['input']!r}, not a whole number.", "Write it without quotes."),
    "bool_type": lambda name, d: (f"'{name}' is {d['input']!r}.", "Write true or false."),
}
