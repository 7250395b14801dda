"""What an auditor looks at first, and the lists behind it: reads, second persons (6 USC 971(a)-(c))."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from greenlane.casework.models import Case, OutboxMessage
from greenlane.casework.recording import CommandRefused
from greenlane.certification.models import Certification
from greenlane.consequences.models import Consequence
from greenlane.law.authority import Office
from greenlane.participants.models import Participant
from greenlane.people.visibility import BY_ASSIGNMENT
from greenlane.records.ledger import latest_checkpoint
from greenlane.records.models import Entry, Inbox, ReadLog
from greenlane.validation.models import Validation
from greenlane.web import components as c
from greenlane.web.authority import OFFICE_TITLES, declared
from greenlane.web.staff import people, wording
from greenlane.web.words import long_date

OVERSEERS = (Office.AUDITOR, Office.PROGRAMME_MANAGER)
VERIFIED = "the whole record, to verify it"
"""What the log of reads keeps of a verification; its purpose says how it ended."""
SOUND, UNSOUND = "found sound", "found not to be sound"
RECENT = timedelta(days=30)
ALONE = Q(recommended_by=None) | Q(recommended_by=F("decided_by"))
"""Of what was decided: without a second person."""
PAGE = 50
MOST = 200
_TITLES = {office.value: title for office, title in OFFICE_TITLES.items()}
_OUTSIDE = tuple(office.value for office in BY_ASSIGNMENT)


def determinations(*, alone: bool = False) -> QuerySet[Any, dict[str, Any]]:
    """Every determination with who recommended and who decided; *alone*: only those without a second person.

    An action at once for national security has no recommendation; another person confirms it (967(a)).
    """
    columns = ("pk", "recommended_by", "decided_by", "decided_on")
    first, *rest = (rows.filter(ALONE if alone else Q()).values(*columns) for rows in _decided())
    return first.union(*rest, all=True)


def _decided() -> tuple[QuerySet[Any, Any], ...]:
    """What was decided, by kind of case; a revalidation keeps its people with its validation."""
    decided = Q(decided_on__isnull=False, decided_by__isnull=False)
    consequences = Consequence.objects.filter(decided).exclude(measure="emergency")
    return Certification.objects.filter(decided), Validation.objects.filter(decided), consequences


def first_look(overdue: int, on: date) -> c.Table:
    """The questions of an audit with their answers today, each leading to its list: three queries."""
    read = _log_of_reads(on)
    found = _counts()
    rows = [
        _row(_("Cases past a last day of the law"), overdue, reverse("web:work") + "?due=overdue", "6 USC 971(d)"),
        _row(_("Steps of the platform that a rule refused"), found["refused"], reverse("web:audit-undone"),
             "6 USC 971(b)"),
        _row(_("Steps of the platform that failed and are tried again"), found["failed"], reverse("web:audit-undone"),
             "6 USC 971(b)"),
        _row(_("Determinations without a second person"), found["alone"],
             reverse("web:audit-determinations") + "?alone=yes", "6 USC 971(a)"),
        c.Row((c.Link(_("Refusals on record"), reverse("web:audit-refusals")), f"{found['asked']:,}", "6 USC 971(b)")),
        *_record(read, found["waiting"]),
        _reads(read),
    ]  # fmt: skip
    columns = (c.Column(_("What"), heads_row=True), c.Column(_("How it stands")), c.Column(_("Clause")))
    return c.Table(_("What an audit looks at first"), columns, rows, caption_hidden=True)


def _counts() -> Counter[str]:
    """How many steps were refused or failed, determinations stand alone, refusals and waiting entries: one query."""
    steps = OutboxMessage.objects.exclude(error="")
    sets: list[tuple[str, QuerySet[Any, Any]]] = [
        ("refused", steps.filter(done_at__isnull=False)),
        ("failed", steps.filter(done_at=None)),
        ("asked", Entry.objects.filter(kind=CommandRefused.entry_kind)),
        ("waiting", Inbox.objects.all()),
        *(("alone", rows.filter(ALONE)) for rows in _decided()),
    ]
    first, *rest = (
        rows.order_by().annotate(label=Value(name)).values("label").annotate(n=Count("pk")) for name, rows in sets
    )
    found: Counter[str] = Counter()
    for row in first.union(*rest, all=True):
        found[row["label"]] += row["n"]
    return found


def _row(title: str, number: int, href: str, cite: str) -> c.Row:
    """A number that should be nought."""
    chip = c.Chip(f"{number:,}", "bad") if number else c.Chip(_("None"), "good")
    return c.Row((c.Link(title, href), chip, cite))


def _record(read: dict[str, Any], waiting: int) -> list[c.Row]:
    sealed = latest_checkpoint()
    told: Any = _("Nothing has been sealed yet.")
    if sealed:
        told = _("%(size)s entries, sealed on %(day)s; %(waiting)s wait") % {
            "size": f"{sealed.size:,}",
            "day": long_date(_day(sealed.sealed_at)),
            "waiting": f"{waiting:,}",
        }
    href = reverse("web:audit")
    return [
        c.Row((c.Link(_("Last checkpoint of the record"), href), told, "6 USC 971(b)")),
        c.Row((c.Link(_("Last verification of the record on its page"), href), _verified(read), "6 USC 971(b)")),
    ]


def _verified(read: dict[str, Any]) -> c.Chip:
    """The last time that somebody verified the record on its page, and how it ended."""
    sound, unsound = read["sound"], read["unsound"]
    if unsound and (not sound or unsound > sound):
        return c.Chip(_("%(day)s: found not to be sound") % {"day": long_date(_day(unsound))}, "bad")
    if sound:
        return c.Chip(_("%(day)s: found sound") % {"day": long_date(_day(sound))}, "good")
    return c.Chip(_("Not yet"), "warn")


def _day(at: datetime) -> date:
    return at.astimezone(get_default_timezone()).date()


def _log_of_reads(on: date) -> dict[str, Any]:
    """Reads of participants lately, in all and by outsiders, and the last verifications: one query."""
    lately = Q(at__gte=datetime.combine(on - RECENT, time(), get_default_timezone()), participant__isnull=False)
    verified = Q(participant=None, what=VERIFIED)
    return ReadLog.objects.filter(lately | verified).aggregate(
        all=Count("pk", filter=lately),
        outside=Count("pk", filter=lately & Q(office__in=_OUTSIDE)),
        sound=Max("at", filter=verified & Q(purpose=SOUND)),
        unsound=Max("at", filter=verified & Q(purpose=UNSOUND)),
    )


def _reads(read: dict[str, Any]) -> c.Row:
    words = ngettext("%(n)s read", "%(n)s reads", read["all"]) % {"n": f"{read['all']:,}"}
    words += ", " + _("%(n)s by validators and agencies") % {"n": f"{read['outside']:,}"}
    title = _("Reads of participants' data within %(days)d days") % {"days": RECENT.days}
    return c.Row((c.Link(title, reverse("web:audit-reads")), words, "6 USC 971(c)"))


@declared(*OVERSEERS)
@require_safe
def reads(request: HttpRequest) -> HttpResponse:
    """Who read what of whom, and what for: the newest first, by office."""
    asked, before = request.GET.get("office", ""), request.GET.get("before", "")
    asked = asked if asked in _TITLES else ""
    rows = ReadLog.objects.filter(participant__isnull=False).order_by("-id")
    rows = rows.filter(office=asked) if asked else rows
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(id__lt=int(before))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    counts = ReadLog.objects.filter(participant__isnull=False).values_list("office").annotate(n=Count("pk"))
    tabs = [c.Tab(_("All"), "?", not asked)]
    tabs += [c.Tab(_TITLES.get(office, office), f"?office={office}", office == asked, n)
             for office, n in counts.order_by("office")]  # fmt: skip
    more = f"?before={shown[-1].pk}" + (f"&office={asked}" if asked else "") if len(found) > PAGE else ""
    context = {
        "title": _("Reads of participants' data"),
        "lead": _("Every look is kept with who looked and what for; the participant concerned sees it too."),
        "cite": "6 USC 971(c)",
        "crumbs": [c.Crumb(_("Audit"), reverse("web:audit")), c.Crumb(_("Reads"))],
        "tabs": tabs,
        "table": _reads_table(shown),
        "page": c.Page(next_href=more),
    }
    return render(request, "web/staff/oversight.html", context)


def _reads_table(shown: list[ReadLog]) -> c.Table:
    names = people.names(row.account for row in shown)
    keys = {row.participant for row in shown}
    companies = dict(Participant.objects.filter(pk__in=keys).values_list("pk", "legal_name"))
    columns = (c.Column(_("When"), heads_row=True), c.Column(_("Who")), c.Column(_("Office")),
               c.Column(_("Participant")), c.Column(_("What")), c.Column(_("What for")))  # fmt: skip
    cells = [
        c.Row((row.at, names.get(row.account, _("The platform")) if row.account else _("The platform"),
               _TITLES.get(row.office, row.office),
               c.Link(companies[row.participant], reverse("web:staff-company", args=[row.participant]))
               if row.participant in companies else "-", row.what, row.purpose))
        for row in shown
    ]  # fmt: skip
    return c.Table(_("Reads, the newest first"), columns, cells, empty=_("Nobody has read a participant's data."))


@declared(*OVERSEERS)
@require_safe
def decided(request: HttpRequest) -> HttpResponse:
    """Each determination with the person who recommended and the one who decided."""
    alone = request.GET.get("alone") == "yes"
    rows = list(determinations(alone=alone).order_by("-decided_on", "pk")[:MOST])
    counts = determinations().count(), determinations(alone=True).count()
    context = {
        "title": _("Determinations and their second person"),
        "lead": _("One person recommends, and another decides. Each determination names both."),
        "cite": "6 USC 971(a)",
        "crumbs": [c.Crumb(_("Audit"), reverse("web:audit")), c.Crumb(_("Determinations"))],
        "tabs": [
            c.Tab(_("All"), "?", not alone, counts[0]),
            c.Tab(_("Without a second person"), "?alone=yes", alone, counts[1], "bad" if counts[1] else "neutral"),
        ],
        "table": _determinations_table(rows),
        "note": _("The newest %(n)d are shown.") % {"n": MOST} if len(rows) == MOST else "",
    }
    return render(request, "web/staff/oversight.html", context)


def _determinations_table(rows: list[dict[str, Any]]) -> c.Table:
    cases = Case.objects.in_bulk([row["pk"] for row in rows])
    names = people.names(key for row in rows for key in (row["recommended_by"], row["decided_by"]))
    columns = (c.Column(_("Case"), heads_row=True), c.Column(_("Kind")), c.Column(_("Decided")),
               c.Column(_("Recommended by")), c.Column(_("Decided by")), c.Column(_("Second person")))  # fmt: skip
    cells = []
    for row in rows:
        case, first, second = cases[row["pk"]], row["recommended_by"], row["decided_by"]
        chip = c.Chip(_("Yes"), "good") if first and first != second else c.Chip(_("No"), "bad")
        link = c.Link(case.reference, reverse("web:case", args=[case.pk]))
        who = (names.get(first, "-"), names.get(second, "-"))
        cells.append(c.Row((link, wording.kind_words(case.kind), row["decided_on"], *who, chip)))
    empty = _("Every determination has a second person.")
    return c.Table(_("Determinations, the newest first"), columns, cells, empty=empty)
