"""What both pages of a case show of it: its drawing, its periods, its letters and documents (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greenlane.casework.context import Recorded
from greenlane.casework.entries import DocumentReceived, NoticeServed
from greenlane.casework.models import Case, Deadline, Document, Notice, StateRow
from greenlane.casework.queue import RIGHTS, WORK_KINDS
from greenlane.casework.recording import CommandRefused
from greenlane.law.procedures_registry import procedure_of
from greenlane.people.visibility import Viewer, audiences_in
from greenlane.web.case_pictures import Flag, Mark, Phase, case_picture
from greenlane.web.charts import Chart
from greenlane.web.components import Event
from greenlane.web.shared import deadlines, timeline
from greenlane.web.shared.deadlines import Shown
from greenlane.web.staff import wording
from greenlane.web.words import say

NEWEST = 5


@dataclass(frozen=True)
class Story:
    """A case as it is told on its page: five queries, whatever its length."""

    picture: Chart
    clocks: Sequence[Shown]
    events: Sequence[Event]
    letters: Sequence[Notice]
    documents: Sequence[Document]


def story_of(case: Case, viewer: Viewer) -> Story:
    """Everything about one case that this person may read, as its page tells it."""
    audiences = audiences_in(viewer, case)
    states = list(StateRow.objects.filter(case=case).order_by("effective_from", "recorded_at"))
    rows = list(Deadline.objects.filter(case=case).order_by("due_on", "pk"))
    found = timeline.entries_about([case.pk], audiences)
    letters = list(Notice.objects.filter(case=case).order_by("-served_on", "-pk").defer("body")[:NEWEST])
    documents = list(
        Document.objects.filter(case=case, audience__in=audiences).order_by("-uploaded_on", "-version", "pk")[:NEWEST]
    )
    return Story(
        picture=drawing(case, states, rows, found, viewer.on),
        clocks=[deadlines.shown(row, viewer.on) for row in rows if row.met_on is None],
        events=timeline.events(found[:NEWEST]),
        letters=letters,
        documents=documents,
    )


def drawing(
    case: Case, states: Sequence[StateRow], rows: Sequence[Deadline], found: Iterable[Recorded], on: date
) -> Chart:
    """The case over time."""
    final = procedure_of(case.kind).final if case.kind in WORK_KINDS else ()
    phases = [
        Phase(
            words=str(wording.state_words(row.state)),
            tone=_tone(row.state),
            from_=row.effective_from,
            to=row.effective_to,
            final=row.state in final,
        )
        for row in states
    ]
    quiet = (CommandRefused, NoticeServed, DocumentReceived)
    marks = [Mark(one.on, say(one.data.sentence())) for one in found if not isinstance(one.data, quiet)]
    flags = [
        Flag(str(shown.title), shown.due_on, row.met_on, row.citation, row.clock in RIGHTS)
        for row, shown in ((row, deadlines.shown(row, on)) for row in rows)
    ]
    return case_picture(case.reference, _joined(phases), marks, flags, on)


def _tone(state: str) -> wording.Tone:
    return wording.STATES[state][1] if state in wording.STATES else "neutral"


def _joined(phases: Sequence[Phase]) -> list[Phase]:
    """Phases of the same state that follow each other are one; a state that lasted no day is left out."""
    joined: list[Phase] = []
    for phase in phases:
        last = joined[-1] if joined else None
        if last is not None and last.words == phase.words and last.to in (phase.from_, phase.from_ - timedelta(days=1)):
            joined[-1] = Phase(last.words, last.tone, last.from_, phase.to, phase.final)
        elif phase.to is None or phase.to > phase.from_:
            joined.append(phase)
    return joined
