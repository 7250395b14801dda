"""Decisions on cargo entries, agencies' answers, policies and what-if (6 USC 964(a); 19 USC 4311(b)(4))."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Header, Query, Router, Schema
from ninja.errors import HttpError
from pydantic import ConfigDict, Field

from greenlane.api import authority
from greenlane.api.authority import Access, operation, viewer
from greenlane.api.cases import note_read
from greenlane.api.giving import KEY_HELP, AnswerShape, answered
from greenlane.api.paging import USUAL, Cursor, Limit, page
from greenlane.api.participants import Purpose
from greenlane.api.problems import refusal
from greenlane.api.shapes import PARTICIPANT, STAFF, Shape, clearance, listed, of, page_of, reply, show
from greenlane.casework.answers import Answer
from greenlane.casework.doors import command_key, give, perform, say
from greenlane.casework.execution import writing
from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.law.authority import Office
from greenlane.law.sentences import N_, Sentence
from greenlane.release import kept, queries
from greenlane.release.commands_entries import MOST, DecideEntries
from greenlane.release.deciding import answers_on_record, decide, filed_of
from greenlane.release.engine.entries import Answer as Says
from greenlane.release.engine.entries import CargoEntry, latest_answers
from greenlane.release.engine.inputs import GOVERNMENT
from greenlane.release.formats.reading import MOST_PROBLEMS, BadFile
from greenlane.release.formats.tabular import read_jsonl
from greenlane.release.kept import Told
from greenlane.release.models import Agency, FiledEntry, ReleaseDecision, ReleasePolicy
from greenlane.sharing.queries import agency_of

router = Router(tags=["release"])
CITE = ("6 USC 964(a)", "6 USC 965(b)", "6 USC 966(c)", "19 USC 4311(b)(4)")
RELEASE = ("19 USC 4311(b)(4)(A)",)
LINES = "application/x-ndjson"
MOST_LINES = 10_000
Programme = Annotated[str, Query(max_length=40)]
STRICT = ConfigDict(extra="forbid")
"""A field that is not read is refused: left out without a word it would seem to count."""


class DecisionShape(Shape):
    """What was decided of an entry, and why: scores in points, each reason with its clause.

    ``id`` is null for a decision that is not kept. ``customs_release`` is customs' own; ``government`` is all of
    government's, and only 'released' when every agency with authority over the goods has let them go.
    """

    floor = "staff"

    id: Annotated[UUID | None, STAFF]
    entry_number: Annotated[str, STAFF]
    known_at: Annotated[datetime | None, STAFF]
    policy: Annotated[str, STAFF]
    score_before: Annotated[int, STAFF]
    reduction: Annotated[int, STAFF]
    tier_one_cap: Annotated[int, STAFF]
    threshold: Annotated[int, STAFF]
    score_after: Annotated[int, STAFF]
    examination: Annotated[str, STAFF]
    priority: Annotated[str, STAFF]
    customs_release: Annotated[bool, STAFF]
    government: Annotated[str, STAFF]
    pathway: Annotated[str, STAFF]
    parties: Annotated[dict[str, dict[str, Any]], STAFF]
    agencies: Annotated[dict[str, list[str]], STAFF]
    reasons: Annotated[list[dict[str, str]], STAFF]


class EntryAtAgencyShape(Shape):
    """An entry as an agency with authority over its goods sees it: the goods and the answers, never a score."""

    entry_number: Annotated[str, PARTICIPANT]
    filed_at: Annotated[datetime, PARTICIPANT]
    port: Annotated[str, PARTICIPANT]
    origin: Annotated[str, PARTICIPANT]
    tariff: Annotated[str, PARTICIPANT]
    mode: Annotated[str, PARTICIPANT]
    government: Annotated[str, PARTICIPANT]
    answers: Annotated[dict[str, str], PARTICIPANT]


class PolicyShape(Shape):
    """A policy of benefits. The number that chance is drawn with is shown to nobody."""

    floor = "staff"

    id: Annotated[UUID, STAFF]
    programme: Annotated[str, STAFF]
    version: Annotated[int, STAFF]
    title: Annotated[str, STAFF]
    why: Annotated[str, STAFF]
    status: Annotated[str, STAFF]
    effective_from: Annotated[date, STAFF]
    numbers: Annotated[dict[str, int], STAFF]
    commercial_consulted_on: Annotated[date | None, STAFF]
    maritime_consulted_on: Annotated[date | None, STAFF]
    published_on: Annotated[date | None, STAFF]
    simulation: Annotated[dict[str, Any] | None, STAFF]


class AgencySays(Schema):
    """An agency's answer; ``answered_at`` is when it acted, with a time zone."""

    model_config = STRICT

    agency: Annotated[str, Field(max_length=8)]
    answer: Annotated[str, Field(max_length=20)]
    answered_at: Annotated[str, Field(max_length=40)]
    program: Annotated[str, Field(max_length=4)] = ""
    note: Annotated[str, Field(max_length=2000)] = ""


def decision_json(told: Told) -> dict[str, Any]:
    """A decision as this interface shows it to the staff."""
    row = told.row
    values = {
        **told.words,
        "id": row.pk if row else None,
        "entry_number": told.entry.entry_number,
        "known_at": told.known_at,
        "policy": told.version.code,
        "parties": {
            role: {"number": told.entry.party(role), **vars(status), "benefits": sorted(status.benefits)}
            for role, status in told.parties.items()
        },
        "agencies": {name: list(codes) for name, codes in told.explanation.agencies.items()},
        "reasons": [
            {"cite": one.citation, "step": one.step, "sentence": say(one.sentence)} for one in told.explanation.reasons
        ],
    }
    return show(DecisionShape, values, "staff")


@operation(router, "POST", "/release/decisions", access=Access.STAFF, citations=CITE, response=DecisionShape)
def release_decisions(
    request: HttpRequest,
    programme: Programme = "ctpat",
    keep: Annotated[bool, Query(description="false: decide and forget; nothing is kept.")] = True,
    known_at: Annotated[datetime | None, Query(description="As it was known then; only where nothing is kept.")] = None,
    idempotency_key: Annotated[str | None, Header(description=KEY_HELP)] = None,
) -> HttpResponse:
    """Decide one entry (a JSON object), or thousands (JSON lines, application/x-ndjson), with the reasons of each.

    The fields are the columns of a table of entries. Either every line is decided, or none, with what is wrong by line
    and field. Answers of agencies on record are joined to those that come with the entry.
    """
    entries = _entries(request)
    if known_at is not None and (keep or known_at.tzinfo is None):
        raise bad_input(
            "known_at",
            N_("What was known earlier decides nothing now, and a time needs a zone."),
            N_("Add keep=false, and write the time as 2026-03-01T14:05:00Z."),
            "6 USC 971(b)",
        )
    try:
        found = _kept(request, programme, entries, idempotency_key) if keep else _tried(programme, entries, known_at)
    except BadInput as error:
        raise BadInput([_by_line(one) for one in error.problems]) from None
    except _Refused as refused:
        return refusal(request, refused.answer)
    items = [decision_json(one) for one in found]
    if not _many(request):
        return reply(request, items[0], status=201 if keep else 200)
    text = "".join(json.dumps(one, default=str, ensure_ascii=False) + "\n" for one in items)
    return HttpResponse(text, content_type=LINES, headers={"Cache-Control": "no-store"}, status=201 if keep else 200)


class _Refused(Exception):
    """A command was refused: nothing that came with it is kept."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


def _many(request: HttpRequest) -> bool:
    return (request.content_type or "") in (LINES, "application/jsonl", "application/json-lines")


def _entries(request: HttpRequest) -> list[CargoEntry]:
    """The entries of the body. Raises BadInput with every problem by line, HttpError 413 for too many."""
    body = request.body if _many(request) else request.body.replace(b"\r", b" ").replace(b"\n", b" ")
    problems: list[Problem] = []
    entries: list[CargoEntry] = []
    try:
        for record in read_jsonl(io.BytesIO(body)):
            if len(entries) + len(problems) >= MOST_LINES:
                raise HttpError(413, f"More than {MOST_LINES} entries: send them in several parts.")
            entries += [record.entry] if record.entry is not None else []
            problems += [_problem(record.line, one.field, one) for one in record.problems]
    except BadFile as bad:
        problems += [_problem(one.line, one.field, one) for one in bad.problems]
    if not entries and not problems:
        raise bad_input("body", N_("There is no entry in the body."), N_("Send one JSON object, or one on each line."))
    if problems:
        raise BadInput(problems[:MOST_PROBLEMS])
    return entries


def _problem(line: int, field: str, one: Any) -> Problem:
    what = Sentence(N_("%(what)s %(why)s"), {"what": say(one.what), "why": say(one.why)})
    return Problem(f"line {line}: {field}" if field else f"line {line}", what, one.mend, CITE[0])


def _by_line(one: Problem) -> Problem:
    """'entries.3.score' is said as 'line 4: score'."""
    parts = one.where.split(".", 2)
    if parts[0] != "entries" or len(parts) < 3 or not parts[1].isdigit():
        return one
    return Problem(f"line {int(parts[1]) + 1}: {parts[2]}", one.what, one.mend, one.cite)


def _tried(programme: str, entries: Sequence[CargoEntry], known_at: datetime | None) -> list[Told]:
    known = known_at or authority.now()
    return [kept.told(made, known) for made in decide(programme, entries, known=known)]


def _kept(request: HttpRequest, programme: str, entries: Sequence[CargoEntry], key: str | None) -> list[Told]:
    """Decide and keep them all, or none."""
    now, account = authority.now(), viewer(request).account
    base = command_key(key, account)
    with writing():
        made = decide(programme, entries, known=now)  # every problem, by its line, before anything is written
        for start in range(0, len(entries), MOST):
            part = DecideEntries(programme=programme, entries=tuple(entries[start : start + MOST]))
            given = give(part, account=account, now=now, command_id=uuid5(base, str(start)))
            if not given.granted:
                if start:
                    transaction.set_rollback(True)
                break
    if not given.granted:
        raise _Refused(given)
    found = ReleaseDecision.objects.filter(current__number__in=[entry.entry_number for entry in entries])
    rows = {row.number: row for row in found}
    return [replace(kept.told(one, now), row=rows[one.entry.entry_number]) for one in made]


@operation(
    router, "GET", "/release/decisions/{uuid:decision_id}", access=Access.STAFF, citations=CITE, response=DecisionShape
)
def release_decision(request: HttpRequest, decision_id: UUID, purpose: Purpose = "") -> HttpResponse:
    """One decision on record, explained from the very numbers that it was made with."""
    return _read(request, kept.decision_with(decision_id), purpose)


@operation(
    router,
    "POST",
    "/release/entries/{path:number}/answers",
    access=Access.COMMAND,
    citations=RELEASE,
    response=AnswerShape,
)
def release_answer(request: HttpRequest, number: str, body: AgencySays) -> HttpResponse:
    """An agency's answer on an entry. The same message twice is one; the answer of the latest action counts."""
    account = viewer(request).account
    values = {"entry_number": number, **body.dict()}
    key = command_key(f"release/{json.dumps(values, sort_keys=True)}"[:180], account)
    given = perform(
        "RecordAgencyAnswer",
        values,
        account=account,
        now=authority.now(),
        command_id=uuid5(key, json.dumps(values, sort_keys=True)),
    )
    return answered(request, given, opens=False)


@operation(router, "GET", "/release/entries/{path:number}", access=Access.STAFF, citations=CITE, response=DecisionShape)
def release_entry(request: HttpRequest, number: str, purpose: Purpose = "") -> HttpResponse:
    """The decision that stands on an entry, by its number."""
    return _read(request, kept.latest(number), purpose)


def _read(request: HttpRequest, row: ReleaseDecision, purpose: str) -> HttpResponse:
    """The decision; each participant that is a party can see that its status was read (971(c)), not of which entry."""
    for participant in kept.participants_of(row):
        note_read(request, participant, "status as a party of an entry", purpose)
    return reply(request, decision_json(kept.told_of(row)))


@operation(
    router,
    "GET",
    "/release/waiting",
    access=Access.AGREEMENT,
    citations=RELEASE,
    response=page_of(EntryAtAgencyShape),
)
def release_waiting(request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "") -> HttpResponse:
    """The entries that wait for the agency of the reader, the one that has waited longest first."""
    agency = _own_agency(request)
    found, following = page(kept.waiting_for(agency), ("decided_at", "number"), limit, cursor, f"release/{agency.code}")
    answers = answers_on_record([row.number for row in found])
    items = [entry_at_agency(row.decision.filed, row.government, answers.get(row.number, ())) for row in found]
    return listed(request, (show(EntryAtAgencyShape, item, "participant") for item in items), following)


def _own_agency(request: HttpRequest) -> Agency:
    seen = viewer(request)
    name = agency_of(seen.account, seen.on) if seen.account and Office.PARTNER_AGENCY in seen.offices else ""
    agency = queries.agency_named(name)
    if agency is None:
        raise HttpError(403, _("You answer for no agency that the programme knows (19 USC 4311(b)(4)(A))."))
    return agency


def entry_at_agency(filed: FiledEntry, government: int, given: Sequence[Says]) -> dict[str, Any]:
    """What an agency may read of an entry."""
    entry = filed_of(filed)
    answers = latest_answers((*entry.answers, *given))
    return {
        **of(entry, "entry_number", "filed_at", "port", "origin", "tariff", "mode"),
        "government": GOVERNMENT[government],
        "answers": {code: answers[code].answer if code in answers else "-" for code in entry.authority},
    }


@operation(router, "GET", "/release/policies", access=Access.STAFF, citations=CITE, response=page_of(PolicyShape))
def release_policies(
    request: HttpRequest, limit: Limit = USUAL, cursor: Cursor = "", programme: Programme = ""
) -> HttpResponse:
    """The policies of benefits, drafts among them, the newest version of each programme first."""
    order = ("programme", "-version")
    found, following = page(queries.policies(programme), order, limit, cursor, f"policies/{programme}")
    return listed(request, (_policy(request, row) for row in found), following)


@operation(
    router, "GET", "/release/policies/{uuid:policy_id}", access=Access.STAFF, citations=CITE, response=PolicyShape
)
def release_policy(request: HttpRequest, policy_id: UUID) -> HttpResponse:
    """One policy with its numbers, its consultations and what was found when it was tried."""
    return reply(request, _policy(request, queries.policy_of(policy_id)))


def _policy(request: HttpRequest, row: ReleasePolicy) -> dict[str, Any]:
    return show(PolicyShape, of(row, *PolicyShape.model_fields), clearance(viewer(request)))
