"""What has ended is closed once its appeal process is over (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from greenlane.appeals.decisions import of_entry
from greenlane.appeals.facts import last_day_to_file
from greenlane.appeals.models import Appeal
from greenlane.casework.models import Case
from greenlane.casework.registry import Command
from greenlane.casework.timers import timer
from greenlane.consequences.commands_appeal import CloseConsequence
from greenlane.consequences.entries_decision import ConsequenceDecided
from greenlane.consequences.models import Consequence
from greenlane.programs.queries import terms_at_hand
from greenlane.records.models import Entry


@timer
def appeal_process_is_over(on: date) -> Iterator[Command]:
    """Close each ended consequence whose time to appeal is over, or whose appeal has ended and left it standing."""
    ended = Case.objects.filter(kind="consequence", state="ended").values("pk")
    decisions = Entry.objects.filter(subject__in=ended, kind=ConsequenceDecided.entry_kind)
    latest = {entry.subject: entry for entry in decisions.order_by("id")}
    appeals = {row.decision_entry: row for row in Appeal.objects.filter(consequence_id__in=ended)}
    terms = terms_at_hand()
    rows = Consequence.objects.select_related("participant").filter(pk__in=ended).exclude(decision="")
    for consequence in rows.order_by("pk"):
        entry = latest.get(consequence.pk)
        if entry is None:
            continue
        decision = of_entry(consequence, entry, "ended")
        appeal = appeals.get(entry.uid)
        over = not appeal.is_open if appeal is not None else on > last_day_to_file(decision, terms).due_on
        if over:
            yield CloseConsequence(case_id=consequence.pk, reason="the appeal process is over")
