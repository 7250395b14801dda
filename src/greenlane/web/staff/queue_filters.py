"""The filters of the work queue: from the address of the page to what is wanted, and back to chips. No clause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.utils.translation import gettext as _

from greenlane.casework.queue import ORDERS, WORK_KINDS, Wanted
from greenlane.law.authority import Office
from greenlane.law.procedures_registry import procedure_of
from greenlane.participants.queries import of_business_type, search
from greenlane.people.visibility import Viewer
from greenlane.web.components import Filter
from greenlane.web.staff import wording
from greenlane.web.staff.people import cases_of
from greenlane.web.staff.waiting import WORDS, waits_for

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_TEXT = 100


def due_words() -> dict[str, str]:
    return {
        "overdue": _("Overdue"),
        "soon": _("Due soon, within 14 days"),
        "week": _("Due within 7 days"),
        "month": _("Due within 31 days"),
        "late": _("Decided late"),
    }


def assigned_words() -> dict[str, str]:
    return {"me": _("Assigned to me"), "nobody": _("Assigned to nobody")}


def states_of(kind: str) -> tuple[str, ...]:
    """The states that the queue can be narrowed to, in the order of the procedures."""
    kinds = (kind,) if kind else WORK_KINDS
    return tuple(dict.fromkeys(state for one in kinds for state in procedure_of(one).states))


@dataclass(frozen=True)
class Asked:
    """What the address asks for. What it does not know is left out: an old bookmark still opens the list."""

    kind: str = ""
    state: str = ""
    assigned: str = ""
    waits: str = ""
    type: str = ""
    due: str = ""
    q: str = ""
    sort: str = "due"

    @classmethod
    def read(cls, query: QueryDict) -> Asked:
        def one_of(name: str, known: object, usual: str = "") -> str:
            value = query.get(name, "")
            return value if value and value in known else usual  # type: ignore[operator]

        kind = one_of("kind", WORK_KINDS)
        return cls(
            kind=kind,
            state=one_of("state", ("decided", *states_of(kind))),
            assigned=one_of("assigned", assigned_words()),
            waits=one_of("waits", WORDS),
            type=query.get("type", "")[:60],
            due=one_of("due", due_words()),
            q=" ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT],
            sort=one_of("sort", ORDERS, "due"),
        )

    def query(self, **changes: str) -> str:
        """The query string for this, with changes; what is usual is left out."""
        now = replace(self, **changes)
        usual = Asked()
        pairs = [(name, value) for name, value in vars(now).items() if value and value != getattr(usual, name)]
        return "?" + urlencode(pairs)

    def wanted(self, viewer: Viewer) -> Wanted:
        """The same for the queue."""
        where: list[Q] = []
        if self.assigned == "me":
            where.append(Q(pk__in=cases_of(viewer.account, viewer.on)))
        elif self.assigned == "nobody":
            where.append(~Q(pk__in=cases_of(None, viewer.on)))
        if self.waits:
            where.append(waits_for(Office(self.waits)))
        if self.type:
            where.append(Q(participant_id__in=of_business_type(self.type)))
        if self.q:
            where.append(Q(reference__istartswith=self.q) | Q(participant_id__in=search(self.q)))
        kinds = (self.kind,) if self.kind else WORK_KINDS
        return Wanted(kinds=kinds, state=self.state or "open", due=self.due, where=tuple(where))

    def chips(self, types: dict[str, str]) -> list[Filter]:
        """The filters in force, each with the address without it."""
        found = []
        if self.q:
            found.append(Filter(_("Search: %(text)s") % {"text": self.q}, self.query(q="")))
        if self.state:
            words = _("Decided") if self.state == "decided" else str(wording.state_words(self.state))
            found.append(Filter(_("State: %(state)s") % {"state": words}, self.query(state="")))
        if self.due:
            found.append(Filter(due_words()[self.due], self.query(due="")))
        if self.assigned:
            found.append(Filter(assigned_words()[self.assigned], self.query(assigned="")))
        if self.waits:
            found.append(Filter(WORDS[self.waits], self.query(waits="")))
        if self.type:
            found.append(Filter(types.get(self.type, wording.readable(self.type)), self.query(type="")))
        return found
