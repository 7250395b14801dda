"""The decision that an appeal concerns, read from the record: which, of what day, and who took part (6 USC 967(c))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from greenlane.casework.models import Case
from greenlane.casework.recording import reference
from greenlane.consequences.entries_decision import ConsequenceDecided
from greenlane.consequences.models import Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.people.models import Account
from greenlane.people.queries import answers_for
from greenlane.records.models import Entry

STANDS = ("emergency", "emergency_noticed", "in_force", "ended")
"""States of a consequence in which a decision stands against the participant, so that it can be appealed."""

_NO_PART = ("casework.CommandRefused", "people.CaseAssigned", "people.CaseReleased")
"""Entries that are no part in a decision: what was refused, and who gave whom the work."""


@dataclass(frozen=True)
class Decided:
    """A decision under 967(a) or 967(b). ``entry`` is the uid of its entry, ``place`` the place of that in the ledger.

    ``stands``: it still works against the participant. ``lost_on`` is the day on which status or benefits were lost.
    """

    consequence: Consequence
    entry: UUID
    place: int
    command_id: UUID
    decided_on: date
    lost_on: date
    stands: bool

    @property
    def at_once(self) -> bool:
        """An emergency action: notice, response and review, which come before other decisions, follow it (967(a))."""
        return self.consequence.measure == "emergency"


def decided(consequence_id: UUID) -> Decided | None:
    """The latest decision on a consequence, or None before there is one. Raises Missing."""
    consequence = consequence_of(consequence_id)
    row = decision_entry(consequence_id)
    if row is None or not consequence.decision:
        return None
    return of_entry(consequence, row, Case.objects.get(pk=consequence_id).state)


def of_entry(consequence: Consequence, row: Entry, state: str) -> Decided:
    """The decision that an entry says, of a consequence whose case is in that state."""
    return Decided(
        consequence=consequence,
        entry=row.uid,
        place=row.pk,
        command_id=row.command_id,
        decided_on=row.effective_on,
        lost_on=consequence.lost_on or row.effective_on,
        stands=state in STANDS,
    )


def decision_entry(consequence_id: UUID) -> Entry | None:
    """The entry of the latest decision: after a remand it is the new one, which has a period to appeal of its own."""
    rows = Entry.objects.filter(subject=consequence_id, kind=ConsequenceDecided.entry_kind)
    return rows.order_by("id").last()


def took_part(decision: Decided) -> frozenset[UUID]:
    """Everybody of the programme who had a part in the decision: by the room's own list, and by the record itself.

    Whoever did something in the case up to the decision took part, and so did the holder of an office that was lent;
    with an emergency action also whoever gave its notice or confirmed it.
    """
    named = {UUID(str(key)) for key in decision.consequence.took_part}
    rows = Entry.objects.filter(subject=decision.consequence.pk).exclude(actor=None)
    if not decision.at_once:
        rows = rows.filter(pk__lte=decision.place)
    for row in rows.exclude(kind__in=_NO_PART).only("actor", "office", "effective_on", "participant"):
        if row.actor is not None and row.office not in _COMPANY:
            named.add(row.actor)
            named.update(answers_for(row.actor, row.office, row.effective_on))
    return frozenset(named)


_COMPANY = ("applicant_officer", "applicant_staff", "consultant", "system", "none")


def called(account: UUID) -> str:
    """A person by name and number, so that two of one name are told apart: 'Ann Invented (ACC-ABCD-EFGH)'."""
    row = Account.objects.filter(pk=account).first()
    return f"{row.name if row else '-'} ({reference('account', account)})"
