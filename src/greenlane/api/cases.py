"""Cases as they stand: the queue, one case, its timeline, deadlines and documents (6 USC 971(b)-(c))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Header, Query, Router

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.shapes import PARTICIPANT, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework import recording
from greenlane.casework.doors import say
from greenlane.casework.models import Case, Deadline, Document
from greenlane.casework.problems import Missing, bad_input
from greenlane.casework.standings import due_of, open_deadlines, overdue, standing_of
from greenlane.law.authority import GRANTS
from greenlane.law.clocks import clock_of
from greenlane.law.procedures_registry import procedure_of, procedures
from greenlane.law.sentences import N_
from greenlane.participants.models import Participant
from greenlane.people.models import Assignment
from greenlane.people.queries import in_force
from greenlane.people.visibility import PUBLIC_KINDS, Viewer, cases_visible_to, reading_office
from greenlane.records.classification import visible_to
from greenlane.records.documents import open_file
from greenlane.records.models import Entry
from greenlane.records.reads import log_read

router = Router(tags=["cases"])
PURPOSE = "Why you read it, in a few words; the participant sees it in its log of reads."


class PersonShape(Shape):
    """A person of the programme to whom a case is assigned."""

    id: Annotated[UUID, PARTICIPANT]
    name: Annotated[str, PARTICIPANT]


class CaseShape(Shape):
    """A case or register, with whom it is assigned to and the next day on which something is due."""

    id: Annotated[UUID, PARTICIPANT]
    reference: Annotated[str, PARTICIPANT]
    kind: Annotated[str, PARTICIPANT]
    state: Annotated[str, PARTICIPANT]
    state_since: Annotated[date, PARTICIPANT]
    opened_on: Annotated[date, PARTICIPANT]
    programme: Annotated[str, PARTICIPANT]
    participant_id: Annotated[UUID | None, PARTICIPANT]
    participant_name: Annotated[str, PARTICIPANT]
    assigned_to: Annotated[list[PersonShape], PARTICIPANT]
    next_due_on: Annotated[date | None, PARTICIPANT]
    next_clock: Annotated[str, PARTICIPANT]


class OneCaseShape(CaseShape):
    """One case, with the commands that its procedure permits from the state in which it is."""

    open_commands: Annotated[list[str], PARTICIPANT]


class TimelineShape(Shape):
    """One entry of the record, as a sentence, with the clauses that it rests on."""

    uid: Annotated[UUID, PARTICIPANT]
    kind: Annotated[str, PARTICIPANT]
    sentence: Annotated[str, PARTICIPANT]
    effective_on: Annotated[date, PARTICIPANT]
    recorded_at: Annotated[datetime, PARTICIPANT]
    office: Annotated[str, PARTICIPANT]
    command: Annotated[str, PARTICIPANT]
    command_id: Annotated[UUID, STAFF]
    actor: Annotated[UUID | None, STAFF]
    audience: Annotated[str, PARTICIPANT]
    citations: Annotated[list[str], PARTICIPANT]
    granted: Annotated[bool | None, PARTICIPANT]


class DeadlineShape(Shape):
    """A clock of a case and how it stands today; standing, days and words are computed when asked."""

    clock: Annotated[str, PARTICIPANT]
    title: Annotated[str, PARTICIPANT]
    citation: Annotated[str, PARTICIPANT]
    force: Annotated[str, PARTICIPANT]
    started_on: Annotated[date, PARTICIPANT]
    due_on: Annotated[date, PARTICIPANT]
    met_on: Annotated[date | None, PARTICIPANT]
    paused_days: Annotated[int, PARTICIPANT]
    rule: Annotated[str, PARTICIPANT]
    standing: Annotated[str, PARTICIPANT]
    days: Annotated[int, PARTICIPANT]
    sentence: Annotated[str, PARTICIPANT]


class DocumentShape(Shape):
    """One version of a document; its bytes are at its content."""

    id: Annotated[UUID, PARTICIPANT]
    series: Annotated[UUID, PARTICIPANT]
    version: Annotated[int, PARTICIPANT]
    case_id: Annotated[UUID, PARTICIPANT]
    title: Annotated[str, PARTICIPANT]
    file_name: Annotated[str, PARTICIPANT]
    media_type: Annotated[str, PARTICIPANT]
    size: Annotated[int, PARTICIPANT]
    sha256: Annotated[str, PARTICIPANT]
    uploaded_on: Annotated[date, PARTICIPANT]
    uploaded_by: Annotated[UUID | None, STAFF]


def visible_case(request: HttpRequest, case_id: UUID) -> Case:
    """The case, if the viewer may know of it. Raises Missing."""
    case = cases_visible_to(viewer(request)).filter(pk=case_id).first()
    if case is None:
        raise Missing("case", case_id)
    note_outsider(request, case.participant_id, f"case {case.reference}")
    return case


def note_outsider(request: HttpRequest, participant: UUID | None, what: str) -> None:
    """Log each look of somebody who is neither of the programme nor of the company: a validator, another agency."""
    who = viewer(request)
    if participant is not None and not who.is_staff and participant not in who.participants:
        note_read(request, participant, what, "")


def audiences_within(request: HttpRequest, case: Case) -> tuple[str, ...]:
    """The audiences whose entries and documents of a visible case the viewer may read."""
    who = viewer(request)
    public_only = case.kind in PUBLIC_KINDS and not who.is_staff
    return tuple(visible_to("public" if public_only else clearance(who)))


@operation(router, "GET", "/cases", access=Access.SIGNED_IN, response=page_of(CaseShape))
def cases(
    request: HttpRequest,
    limit: Limit = USUAL,
    cursor: Cursor = "",
    kind: Annotated[str, Query(max_length=40, description="A kind of case, for example certification.")] = "",
    state: Annotated[str, Query(max_length=40)] = "",
    participant: UUID | None = None,
    assigned: Annotated[str, Query(max_length=40, description="'me', 'nobody' or the id of an account.")] = "",
    due_before: Annotated[date | None, Query(description="With an unmet last day before this one.")] = None,
    overdue_only: Annotated[bool, Query(alias="overdue", description="With a clock that is overdue today.")] = False,
    q: Annotated[str, Query(max_length=100, description="Part of a reference or of a company's name.")] = "",
) -> HttpResponse:
    """The cases that you may see, the newest first."""
    rows = cases_visible_to(viewer(request))
    if kind:
        rows = rows.filter(kind=_known_kind(kind))
    if state:
        rows = rows.filter(state=state)
    if participant:
        rows = rows.filter(participant_id=participant)
    if assigned:
        rows = _assigned(rows, assigned, viewer(request))
    if due_before:
        rows = rows.filter(pk__in=open_deadlines(due_before).order_by().values("case_id"))
    if overdue_only:
        rows = rows.filter(pk__in=overdue(authority.today()).order_by().values("case_id"))
    if q:
        named = Participant.objects.filter(legal_name__icontains=q)
        rows = rows.filter(Q(reference__icontains=q) | Q(participant_id__in=named.values("pk")))
    found, following = page(rows, ("-opened_on", "id"), limit, cursor, "cases")
    for case in found:
        note_outsider(request, case.participant_id, f"case {case.reference}, in a list")
    return listed(request, case_values(found, viewer(request)), following)


def _known_kind(kind: str) -> str:
    """A kind of case, or a register of which there is one. Raises BadInput, naming the kinds of case."""
    known = tuple(procedure.kind for procedure in procedures())
    if kind not in known and not Case.objects.filter(kind=kind).exists():
        raise bad_input(
            "kind",
            N_("There is no kind of case '%(kind)s'."),
            N_("Use one of: %(known)s."),
            "6 USC 971(b)",
            kind=kind,
            known=", ".join(known),
        )
    return kind


def _assigned(rows: QuerySet[Case], to: str, who: Viewer) -> QuerySet[Case]:
    live = Assignment.objects.filter(in_force(who.on))
    if to == "nobody":
        return rows.exclude(pk__in=live.values("case_id"))
    try:
        account = who.account if to == "me" else UUID(to)
    except ValueError:
        raise bad_input(
            "assigned", N_("This is not a person."), N_("Write 'me', 'nobody' or the id of an account.")
        ) from None
    return rows.filter(pk__in=live.filter(account_id=account).values("case_id"))


def case_values(found: list[Case], who: Viewer) -> list[dict[str, Any]]:
    """Cases as they are shown; three queries, however many they are."""
    keys = [case.pk for case in found]
    names = dict(Participant.objects.filter(pk__in={c.participant_id for c in found}).values_list("pk", "legal_name"))
    people: dict[UUID, list[dict[str, Any]]] = {}
    for row in Assignment.objects.filter(in_force(who.on), case_id__in=keys).select_related("account").order_by("id"):
        person = show(PersonShape, {"id": row.account_id, "name": row.account.name}, clearance(who))
        people.setdefault(row.case_id, []).append(person)
    due: dict[UUID, Deadline] = {}
    for deadline in open_deadlines().filter(case_id__in=keys):
        due.setdefault(deadline.case_id, deadline)
    cleared = clearance(who)
    return [show(CaseShape, _case_row(c, names.get(c.participant_id, ""), people, due), cleared) for c in found]


def _case_row(
    case: Case, name: str, people: dict[UUID, list[dict[str, Any]]], due: dict[UUID, Deadline]
) -> dict[str, Any]:
    columns = ("id", "reference", "kind", "state", "state_since", "opened_on", "programme", "participant_id")
    return {
        **of(case, *columns),
        "participant_name": name,
        "assigned_to": people.get(case.pk, []),
        "next_due_on": due[case.pk].due_on if case.pk in due else None,
        "next_clock": due[case.pk].clock if case.pk in due else "",
    }


@operation(router, "GET", "/cases/{uuid:case_id}", access=Access.SIGNED_IN, response=OneCaseShape)
def one_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """One case, and what may be done with it next."""
    case = visible_case(request, case_id)
    [values] = case_values([case], viewer(request))
    return reply(request, show(OneCaseShape, {**values, "open_commands": _open(case)}, clearance(viewer(request))))


def _open(case: Case) -> list[str]:
    try:
        commands = procedure_of(case.kind).open_commands(case.state)
    except KeyError:
        return []  # a register follows no procedure
    return [name for name in commands if any(grant.office != "system" for grant in GRANTS.get(name, ()))]


@operation(router, "GET", "/cases/{uuid:case_id}/timeline", access=Access.SIGNED_IN, response=page_of(TimelineShape))
def timeline(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """What happened in a case, in order: every entry of the record that is meant for you."""
    case = visible_case(request, case_id)
    rows = Entry.objects.filter(subject=case.pk, audience__in=audiences_within(request, case))
    found, following = page(rows, ("id",), limit, cursor, f"timeline/{case_id}")
    return listed(request, (_told(row, clearance(viewer(request))) for row in found), following)


def _told(row: Entry, cleared: str) -> dict[str, Any]:
    one = recording.read(row)
    values = {
        **of(row, "uid", "kind", "effective_on", "recorded_at", "office", "command", "command_id", "actor", "audience"),
        "sentence": say(one.data.sentence()),
        "citations": list(row.citations),
        "granted": one.verdict.granted if one.verdict else None,
    }
    return show(TimelineShape, values, cleared)


@operation(router, "GET", "/cases/{uuid:case_id}/deadlines", access=Access.SIGNED_IN, response=page_of(DeadlineShape))
def deadlines(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """The clocks of a case and how each stands today."""
    rows = Deadline.objects.filter(case=visible_case(request, case_id))
    found, following = page(rows, ("due_on", "id"), limit, cursor, f"deadlines/{case_id}")
    on, cleared = authority.today(), clearance(viewer(request))
    return listed(request, (show(DeadlineShape, deadline_values(row, on), cleared) for row in found), following)


def deadline_values(row: Deadline, on: date) -> dict[str, Any]:
    """A deadline with its standing on a day."""
    clock, stands = clock_of(row.clock), standing_of(row, on)
    return {
        **of(row, "clock", "citation", "started_on", "due_on", "met_on"),
        "title": clock.title,
        "force": clock.force.value,
        "paused_days": row.fact["paused_days"],
        "rule": say(due_of(row).rule),
        "standing": stands.state.value,
        "days": stands.days,
        "sentence": say(stands.sentence),
    }


@operation(router, "GET", "/cases/{uuid:case_id}/documents", access=Access.SIGNED_IN, response=page_of(DocumentShape))
def documents(request: HttpRequest, case_id: UUID, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """The documents of a case, every version of each."""
    case = visible_case(request, case_id)
    rows = Document.objects.filter(case=case, audience__in=audiences_within(request, case))
    found, following = page(rows, ("uploaded_on", "id"), limit, cursor, f"documents/{case_id}")
    return listed(request, _documents(found, clearance(viewer(request))), following)


def _documents(found: Iterable[Document], cleared: str) -> Iterable[dict[str, Any]]:
    return (show(DocumentShape, of(row, *DocumentShape.model_fields), cleared) for row in found)


@operation(
    router,
    "GET",
    "/documents/{uuid:document_id}/content",
    access=Access.SIGNED_IN,
    response={200: None},
    extra={"x-media": "application/octet-stream"},
)
def document_content(
    request: HttpRequest,
    document_id: UUID,
    purpose: Annotated[str, Header(alias="Greenlane-Purpose", max_length=200, description=PURPOSE)] = "",
) -> FileResponse:
    """The bytes of a document, checked against their hash. Every read is logged, and shown to the participant."""
    document = Document.objects.select_related("case").filter(pk=document_id).first()
    if document is None or not cases_visible_to(viewer(request)).filter(pk=document.case_id).exists():
        raise Missing("document", document_id)
    if document.audience not in audiences_within(request, document.case):
        raise Missing("document", document_id)
    content = open_file(document.sha256)
    note_read(request, document.participant_id, f"document {document.title}, version {document.version}", purpose)
    response = FileResponse(content, as_attachment=True, filename=document.file_name)
    response["Content-Type"] = document.media_type
    response["ETag"] = f'"{document.sha256}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def note_read(request: HttpRequest, participant: UUID | None, what: str, purpose: str) -> None:
    """Log a look at a participant's data, with its purpose."""
    who = viewer(request)
    log_read(
        who.account,
        reading_office(who),
        participant,
        what[:200],
        purpose.strip()[:200] or "through the JSON interface",
        authority.now(),
    )
