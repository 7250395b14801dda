"""What the components of a page are given, one small frozen dataclass each: a view says what it shows. No clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = Any
"""Something that people read: str, a lazy translation, or greenlane.law.sentences.Sentence."""
Tone = Literal["neutral", "info", "good", "warn", "bad", "quiet"]


class TaskStatus(StrEnum):
    """The five statuses of a task."""

    NOT_YET_STARTED = "not_yet_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANNOT_START_YET = "cannot_start_yet"
    PROBLEM = "problem"


TASK_WORDS: dict[TaskStatus, str | Promise] = {
    TaskStatus.NOT_YET_STARTED: _("Not yet started"),
    TaskStatus.IN_PROGRESS: _("In progress"),
    TaskStatus.COMPLETED: _("Completed"),
    TaskStatus.CANNOT_START_YET: _("Cannot start yet"),
    TaskStatus.PROBLEM: _("There is a problem"),
}
TASK_TONES: dict[TaskStatus, Tone] = {
    TaskStatus.NOT_YET_STARTED: "info",
    TaskStatus.IN_PROGRESS: "warn",
    TaskStatus.COMPLETED: "good",
    TaskStatus.CANNOT_START_YET: "quiet",
    TaskStatus.PROBLEM: "bad",
}


@dataclass(frozen=True)
class Task:
    """A row of a task list. Without *href* it cannot be opened yet; *hint* says why, or what it asks."""

    title: Text
    status: TaskStatus
    href: str = ""
    hint: Text = ""

    @property
    def word(self) -> str:
        return str(TASK_WORDS[self.status])

    @property
    def tone(self) -> Tone:
        return TASK_TONES[self.status]


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under one heading."""

    title: Text
    tasks: Sequence[Task]


@dataclass(frozen=True)
class Step:
    """A step of a sequence of pages: 'done', 'current' or 'ahead'."""

    title: Text
    state: Literal["done", "current", "ahead"]
    href: str = ""


@dataclass(frozen=True)
class Fact:
    """A row of a description list. With *change_href* the row ends in a link that names what it changes."""

    term: Text
    value: Text
    change_href: str = ""
    cite: str = ""


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds numbers (set to the right) or names the row."""

    title: Text
    numeric: bool = False
    heads_row: bool = False
    sort_href: str = ""
    sorted: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Link:
    """A cell or item that leads somewhere."""

    text: Text
    href: str


@dataclass(frozen=True)
class Chip:
    """A short status. The text carries the meaning, the tone only supports it."""

    text: Text
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True)
class Row:
    """Cells in the order of the columns: text, number, date, Link, Chip or a standing with a 'sentence' (deadline)."""

    cells: Sequence[Any]
    value: str = ""
    """What a checkbox at the start of the row sends, for work on several rows at once."""
    label: Text = ""


NOTHING = _("Nothing to show.")


@dataclass(frozen=True)
class Table:
    """A table with its caption. On a phone each row becomes a block that repeats the headings."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Row]
    select_name: str = ""
    """Name of the checkboxes; empty for a table without them."""
    caption_hidden: bool = False
    empty: Text = NOTHING


@dataclass(frozen=True)
class Filter:
    """A filter in force: what it says and the address without it."""

    text: Text
    remove_href: str


@dataclass(frozen=True)
class Tab:
    """A tab as a link. ``count`` None shows no number; ``tone`` 'bad' marks a count that should be nought."""

    title: Text
    href: str
    current: bool = False
    count: int | None = None
    tone: Tone = "neutral"


@dataclass(frozen=True)
class Event:
    """An entry of a timeline. *on* is when it counts in law, *recorded_at* when the system learnt it."""

    title: Text
    on: date
    body: Text = ""
    who: Text = ""
    cites: Sequence[Any] = ()
    tone: Tone = "neutral"
    icon: str = ""
    href: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class Crumb:
    """A step of the way back; the last one, the page itself, has no address."""

    title: Text
    href: str = ""


@dataclass(frozen=True)
class Page:
    """Where a cursor stands: addresses of the neighbours (empty when there is none) and what is shown."""

    previous_href: str = ""
    next_href: str = ""
    shown: Text = ""


@dataclass(frozen=True)
class Facet:
    """A row of a queue's summary: how many stand in one group, and where to see them."""

    title: Text
    count: int
    href: str = ""
    tone: Tone = "neutral"
    note: Text = field(default="")
