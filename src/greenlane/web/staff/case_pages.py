"""The pages of a case that tell its story: overview, timeline, letters, documents, who read what (971(b)-(c))."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from greenlane.applications.queries import questionnaire
from greenlane.casework.context import Recorded
from greenlane.casework.models import Case, Deadline, Document, Notice, StateRow
from greenlane.casework.registry import COMMANDS
from greenlane.certification.models import Certification
from greenlane.law.authority import Office
from greenlane.people.visibility import audiences_in
from greenlane.records.reads import reads_of
from greenlane.vetting.models import Investigation
from greenlane.web import components as c
from greenlane.web.authority import OFFICE_TITLES, STAFF, declared
from greenlane.web.shared import timeline
from greenlane.web.shared.access import case_for
from greenlane.web.shared.case_story import drawing
from greenlane.web.shared.documents import series_of
from greenlane.web.staff import people, wording
from greenlane.web.staff.case_any import overview
from greenlane.web.staff.case_head import Head, open_case
from greenlane.web.words import say

READERS = (*STAFF, Office.VALIDATOR, Office.PARTNER_AGENCY)
READS_SHOWN = 100
ACTIONS = (
    "AssignCase",
    "ReleaseCase",
    "BeginReview",
    "ReturnForCorrection",
    "RecommendCertification",
    "RecommendRefusal",
    "SendBackRecommendation",
    "CertifyTierOne",
    "RefuseCertification",
)


@declared(*READERS)
@require_safe
def case(request: HttpRequest, key: UUID) -> HttpResponse:
    """The overview of a certification; an investigation or application opens inside its certification."""
    row = case_for(request, key)
    if row.kind in ("investigation", "application"):
        return HttpResponseRedirect(_inside(row))
    if row.kind == "merger":  # a register, which follows no procedure
        return HttpResponseRedirect(reverse("web:staff-company", args=[row.participant_id]))
    if row.kind != "certification":
        return overview(request, row)
    head = open_case(request, key, "case", what="overview", case=row)
    certification = head.certification
    assert certification is not None
    found = list(certification.findings.values_list("finding", flat=True))
    context = head.context(
        steps=[c.TaskGroup(_("From receipt to decision"), _steps(head, found))],
        actions=_actions(head),
        facts=_facts(head),
        more=_more(head),
    )
    return render(request, "web/staff/case.html", context)


def _inside(row: Case) -> str:
    """Where an investigation or an application is worked on: in its certification, once there is one."""
    name = {"investigation": "case-checks", "application": "case-application"}.get(row.kind, "case")
    application: UUID | None = row.pk
    if row.kind == "investigation":
        application = Investigation.objects.filter(pk=row.pk).values_list("application_id", flat=True).first()
    rows = Certification.objects.filter(application_id=application) if application else Certification.objects.none()
    inside = rows.values_list("pk", flat=True).first()
    return reverse(f"web:{name}", args=[inside or row.pk])


def _steps(head: Head, found: list[str]) -> list[c.Task]:
    """The steps of a certification with where each is done."""
    status, state = c.TaskStatus, head.case.state
    over = state in ("certified", "refused", "withdrawn")
    asked = len(questionnaire(head.application)) if head.application else 0
    back = found.count("sent_back")
    read = _("%(read)d of %(asked)d read") % {"read": len(found), "asked": asked}
    if back:
        read += ", " + ngettext("%(n)d sent back", "%(n)d sent back", back) % {"n": back}
    review = status.COMPLETED if len(found) >= asked and not back else status.IN_PROGRESS
    review = status.NOT_YET_STARTED if state == "received" else review
    recommended = bool(head.certification and head.certification.recommended)
    decided = status.COMPLETED if over else status.NOT_YET_STARTED
    return [
        c.Task(
            _("Assign the case"),
            status.COMPLETED if head.people or over else status.NOT_YET_STARTED,
            head.give_href("AssignCase") if head.offered("AssignCase") else "",
            ", ".join(head.people.values()),
        ),
        c.Task(_("Review the documentation"), review, head.href("case-criteria"), read),
        c.Task(_("Investigate the background"), _vetted(head), head.href("case-checks"), _vetting_hint(head)),
        c.Task(
            _("Recommend"),
            status.COMPLETED if recommended or over else status.NOT_YET_STARTED,
            head.href("case-decide"),
            _recommended(head),
        ),
        c.Task(
            _("Decide, as a second person"),
            decided if recommended or over else status.CANNOT_START_YET,
            head.href("case-decide") if recommended or over else "",
            "" if recommended or over else _("When it is recommended"),
        ),
    ]


def _vetted(head: Head) -> c.TaskStatus:
    found = head.investigation
    if found is None:
        return c.TaskStatus.CANNOT_START_YET
    states = {"cleared": c.TaskStatus.COMPLETED, "adverse": c.TaskStatus.PROBLEM, "closed": c.TaskStatus.COMPLETED}
    return states.get(found.state, c.TaskStatus.IN_PROGRESS)  # type: ignore[attr-defined]


def _vetting_hint(head: Head) -> str:
    found = head.investigation
    if found is None:
        return _("No investigation is on record yet.")
    waiting: int = found.open_hits  # type: ignore[attr-defined]
    state = str(wording.state_words(found.state))  # type: ignore[attr-defined]
    if waiting:
        return ngettext("%(n)d hit to decide", "%(n)d hits to decide", waiting) % {"n": waiting}
    return state


def _recommended(head: Head) -> str:
    words = {"certify": _("To certify"), "refuse": _("To refuse")}
    return words.get(head.certification.recommended, "") if head.certification else ""


def _actions(head: Head) -> list[dict[str, Any]]:
    """The commands that this person may give here now, as links to their pages."""
    offered = head.offered(*ACTIONS)
    found = []
    for name in ACTIONS:
        if name in offered and (name != "ReleaseCase" or head.people):
            spec = COMMANDS[name]
            found.append({"href": head.give_href(name), "title": _(spec.title), "help": _(spec.summary)})
    return found


def _facts(head: Head) -> list[c.Fact]:
    company, certification = head.participant, head.certification
    assert certification is not None
    rows = [
        c.Fact(_("Company"), company.legal_name),
        c.Fact(_("Business type"), head.business_type, cite="6 USC 962"),
        c.Fact(_("Group"), company.group.name),
        c.Fact(_("Address"), f"{company.address}, {company.city}, {company.country}"),
        c.Fact(_("Received"), certification.received_on, cite="6 USC 964(c)"),
        c.Fact(_("Assigned to"), ", ".join(head.people.values()) or _("Nobody")),
    ]
    if certification.decided_on:
        rows.append(c.Fact(_("Decided"), certification.decided_on))
        rows.append(c.Fact(_("Guidelines"), certification.guidelines, cite="6 USC 964(b)"))
    if certification.late:
        rows.append(c.Fact(_("Decided late because"), certification.lateness_reason, cite="6 USC 964(c)"))
    return rows


def _more(head: Head) -> list[c.Link]:
    links = [c.Link(_("The whole record of this case"), head.href("case-timeline"))]
    if head.certification and head.certification.decided_on:
        links.insert(0, c.Link(_("The decision, clause by clause"), head.href("decision")))
    return links


@declared(*READERS)
@require_safe
def story(request: HttpRequest, key: UUID) -> HttpResponse:
    """What happened, as a picture and entry by entry, each with the proof that it stands in the sealed record."""
    head = open_case(request, key, "case-timeline", what="timeline")
    subjects = [head.case.pk]
    if head.application and head.application.pk != head.case.pk:
        subjects.append(head.application.pk)
    if head.investigation and head.investigation.pk not in subjects:
        subjects.append(head.investigation.pk)
    found = timeline.entries_about(subjects, audiences_in(head.viewer, head.case))
    states = list(StateRow.objects.filter(case=head.case).order_by("effective_from", "recorded_at"))
    clocks: list[Deadline] = [head.due.row] if head.due else []
    context = head.context(
        events=_events(found),
        picture=drawing(head.case, states, clocks, found, head.on),
        cut=len(found) == timeline.LONGEST,
    )
    return render(request, "web/staff/timeline.html", context)


def _events(found: list[Recorded]) -> list[c.Event]:
    """Entries as events with the person who acted, both dates, and a link to the entry itself."""
    names = people.names(one.actor for one in found)
    return [
        replace(
            event,
            who=", ".join(part for part in (names.get(one.actor, "") if one.actor else "", str(event.who)) if part),
            href=reverse("web:entry", args=[one.uid]),
            recorded_at=one.at,
        )
        for one, event in zip(found, timeline.events(found), strict=True)
    ]


def _cases(head: Head) -> list[UUID]:
    rows = [head.case.pk]
    if head.application:
        rows.append(head.application.pk)
    if head.investigation:
        rows.append(head.investigation.pk)
    return rows


@declared(*READERS)
@require_safe
def letters(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every notice that was served in this case, with its frozen words."""
    head = open_case(request, key, "case-letters", what="list of letters")
    rows = Notice.objects.filter(case__in=_cases(head)).order_by("-served_on", "-pk").defer("body")
    columns = (c.Column(_("Letter"), heads_row=True), c.Column(_("Served")), c.Column(_("As PDF")))
    table = c.Table(
        _("Letters"),
        columns,
        [
            c.Row(
                (
                    c.Link(row.subject, reverse("web:letter", args=[row.pk])),
                    row.served_on,
                    c.Link(_("PDF: %(title)s") % {"title": row.subject}, reverse("web:letter-pdf", args=[row.pk])),
                )
            )
            for row in rows
        ],
        caption_hidden=True,
        empty=_("No letter has been served in this case."),
    )
    return render(request, "web/staff/case_table.html", head.context(table=table, title=_("Letters")))


@declared(*READERS)
@require_safe
def documents(request: HttpRequest, key: UUID) -> HttpResponse:
    """The documents of the case with all their versions; each download is written to the log of reads."""
    head = open_case(request, key, "case-documents", what="list of documents")
    rows = Document.objects.filter(case__in=_cases(head), audience__in=audiences_in(head.viewer, head.case))
    return render(request, "web/staff/documents.html", head.context(documents=series_of(rows)))


@declared(*STAFF)
@require_safe
def reads(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who looked at what of this company, when and what for: the company sees the same list."""
    head = open_case(request, key, "case-reads", what="access log", purpose="supervision of access")
    rows = list(reads_of(head.participant.pk)[:READS_SHOWN])
    names = people.names(row.account for row in rows)
    columns = (
        c.Column(_("When"), heads_row=True), c.Column(_("Who")), c.Column(_("Office")), c.Column(_("What")),
        c.Column(_("What for")),
    )  # fmt: skip
    table = c.Table(
        _("Looks at the data of this company, the newest first"),
        columns,
        [
            c.Row((row.at, names.get(row.account, _("The platform")) if row.account else _("The platform"),
                   _office(row.office), row.what, row.purpose))
            for row in rows
        ],
    )  # fmt: skip
    note = _("The newest %(count)d looks. The company can read the same list.") % {"count": READS_SHOWN}
    return render(request, "web/staff/case_table.html", head.context(table=table, title=_("Access log"), note=note))


def _office(code: str) -> str:
    return str(OFFICE_TITLES.get(Office(code), code)) if code in {office.value for office in Office} else say(code)
