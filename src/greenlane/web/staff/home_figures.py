"""The numbers of an office's home, each of which opens into the list behind it (971(a), 971(d), 965(a))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from greenlane.casework import queue
from greenlane.casework.models import Case, Deadline
from greenlane.casework.queue import Counts, Day, Group, Wanted
from greenlane.law.authority import Office
from greenlane.people.visibility import Viewer
from greenlane.revalidation.commands_periods import GRID
from greenlane.revalidation.due import WITHIN_A_YEAR
from greenlane.revalidation.periods import CLOCK
from greenlane.vetting.models import ScreeningHit
from greenlane.web.components import Facet
from greenlane.web.staff import people
from greenlane.web.staff.waiting import WAITS, number

OVERSEERS = frozenset({Office.PROGRAMME_MANAGER, Office.AUDITOR})
REVALIDATES = frozenset({Office.SPECIALIST, Office.SUPERVISOR, Office.PROGRAMME_MANAGER})
ASSIGNED = frozenset({Office.SPECIALIST, Office.APPEAL_OFFICER, Office.VALIDATOR, Office.PARTNER_AGENCY})


def figures(viewer: Viewer, visible: QuerySet[Case], today: Day, counts: Counts, mine: tuple[int, bool]) -> list[Facet]:
    """What is late and due for every office, then what its own office looks at first.

    *counts* are the open cases; *mine* how many wait for the person, and whether there are more.
    """
    return [
        *_for_all(viewer, counts),
        *_own(viewer, counts, mine),
        *_periods(viewer, visible, today.on),
        *_overseen(viewer, visible, today, counts),
    ]


def _link(viewer: Viewer, query: str) -> str:
    return reverse("web:work") + query if viewer.is_staff else ""


def _for_all(viewer: Viewer, counts: Counts) -> Iterator[Facet]:
    overdue = counts.of(Group.OVERDUE)
    yield Facet(_("Overdue"), overdue, _link(viewer, "?due=overdue"), "bad" if overdue else "good")
    soon = counts.of(Group.SOON)
    yield Facet(_("Due soon"), soon, _link(viewer, "?due=soon"), "warn" if soon else "neutral", _("within 14 days"))
    yield Facet(_("Open"), counts.of(), _link(viewer, ""), "neutral")


def _own(viewer: Viewer, counts: Counts, mine: tuple[int, bool]) -> Iterator[Facet]:
    held = viewer.offices
    if Office.SUPERVISOR in held:
        yield _waiting(viewer, counts, Office.SUPERVISOR, _("Wait for a second person"), "6 USC 971(a)")
    if Office.VETTING_ANALYST in held:
        hits = ScreeningHit.objects.filter(status="open").count()
        yield Facet(_("Hits to decide"), hits, reverse("web:screening-hits"), "warn" if hits else "good")
    if Office.PROGRAMME_MANAGER in held:
        yield _waiting(viewer, counts, Office.PROGRAMME_MANAGER, _("Appeals to assign"), "6 USC 967(c)")
    if held & ASSIGNED and not held & WAITS.keys():
        note = _("at least") if mine[1] else ""
        yield Facet(_("Assigned to you"), mine[0], _link(viewer, "?assigned=me"), "info", note)


def _periods(viewer: Viewer, visible: QuerySet[Case], on: date) -> Iterator[Facet]:
    """Periods of four years that end within a year or are over, whether or not a revalidation has begun (969(2))."""
    if not viewer.offices & REVALIDATES:
        return
    ending = Deadline.objects.filter(
        case__in=visible.filter(kind=GRID), clock=CLOCK.code, met_on=None, due_on__lte=on + WITHIN_A_YEAR
    )
    count = ending.aggregate(all=Count("pk"), over=Count("pk", filter=Q(due_on__lt=on)))
    yield Facet(
        _("Periods that end within a year"),
        count["all"],
        reverse("web:revalidation"),
        "bad" if count["over"] else "warn" if count["all"] else "good",
        _("%(over)s of them over") % {"over": count["over"]} if count["over"] else "6 USC 969(2)",
    )


def _waiting(viewer: Viewer, counts: Counts, office: Office, title: str, cite: str) -> Facet:
    found = number(counts, office)
    return Facet(title, found, _link(viewer, f"?waits={office.value}"), "warn" if found else "good", cite)


def _overseen(viewer: Viewer, visible: QuerySet[Case], today: Day, counts: Counts) -> Iterator[Facet]:
    """For those who oversee: blocked validations are counted, not forgotten (RC-21); late decisions stay in sight."""
    if not viewer.offices & (OVERSEERS | {Office.SUPERVISOR}):
        return
    blocked = sum(n for (_kind, state, _group), n in counts.found.items() if state == "blocked")
    yield Facet(_("Validations blocked"), blocked, _link(viewer, "?state=blocked"), "warn" if blocked else "good",
                "6 USC 965(a)")  # fmt: skip
    if not viewer.offices & OVERSEERS:
        return
    late_ones = queue.work(visible, Wanted(due="late"), today)
    nobodys = queue.work(visible, Wanted(where=(~Q(pk__in=people.cases_of(None, viewer.on)),)), today)
    found = Case.objects.aggregate(late=_among(late_ones), nobody=_among(nobodys))
    late, nobody = found["late"], found["nobody"]
    yield Facet(_("Decided late"), late, _link(viewer, "?due=late"), "warn" if late else "good", _("since the start"))
    yield Facet(_("Assigned to nobody"), nobody, _link(viewer, "?assigned=nobody"), "warn" if nobody else "good")


def _among(cases: QuerySet[Case]) -> Count:
    """How many cases are among these, so that several numbers take one query."""
    return Count("pk", filter=Q(pk__in=cases.order_by().values("pk")))
