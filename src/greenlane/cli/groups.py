"""Groups of the rooms, with what a person must see before giving their generated commands (6 USC 962, 963, 964(b))."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from greenlane.cli import vetting_screen
from greenlane.cli.machine import Access, Output, today, tool

if TYPE_CHECKING:
    from greenlane.applications.models import Application
    from greenlane.casework.models import Case


@click.group("participants")
def participants() -> None:
    """Register companies and keep what they tell of themselves (6 USC 962, 963(2))."""


@click.group("applications")
def applications() -> None:
    """Apply to take part: history, risks, answers, signature, submission (6 USC 963)."""


@click.group("vetting")
def vetting() -> None:
    """Background investigations: screening, hits, completion (6 USC 964(b))."""


@click.group("certification")
def certification() -> None:
    """Review and decide certification in the first tier, within 90 days (6 USC 964)."""


PARTS = {
    "identifiers": ("kind", "value"),
    "persons": ("role", "name", "title", "country", "share_percent"),
    "sites": ("name", "use", "city", "country"),
    "partners": ("name", "does", "city", "country"),
    "legs": ("mode", "origin", "destination", "port_of_lading", "port_of_unlading"),
}


@tool(
    participants,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane participants show PAR-ABCD-EFGH", "greenlane participants show PAR-ABCD-EFGH --json"],
)
@click.argument("participant")
@click.pass_obj
def show_participant(out: Output, participant: str) -> None:
    """Show a company account, by its reference or id: standing, and every part with the series that names it."""
    from greenlane.participants import queries

    case = _case(participant, "participant")
    row = queries.participant_of(case.pk)
    columns = ("legal_name", "programme", "business_type", "standing", "tier", "certified_on", "cargo_kinds")
    value = {"id": str(row.pk), "reference": case.reference, **{name: getattr(row, name) for name in columns}}
    lines = [f"{case.reference}  {row.legal_name}  {row.business_type}  {row.standing}"]
    for part, shown in PARTS.items():
        rows = getattr(queries, part)(row.pk)
        value[part] = [{"series": str(one.series), **{name: getattr(one, name) for name in shown}} for one in rows]
        lines += [f"  {part}: {', '.join(str(text) for text in one.values() if text)}" for one in value[part]]
    out.show(value, *lines)


@tool(
    applications,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane applications show APP-ABCD-EFGH", "greenlane applications show APP-ABCD-EFGH --json"],
)
@click.argument("case")
@click.pass_obj
def show_application(out: Output, case: str) -> None:
    """Show an application: its questions, risks and criteria as answered, and what is missing before submission."""
    from greenlane.applications.queries import application_of, readiness
    from greenlane.casework.doors import say
    from greenlane.law.authority import Office

    found = _case(case, "application")
    application = application_of(found.pk)
    verdict = readiness(application, None, Office.PUBLIC, today())
    missing = [reason for reason in verdict.failing if reason.where != "submission"]  # who will submit is not known yet
    value: dict[str, Any] = {
        "id": str(found.pk),
        "reference": found.reference,
        "state": found.state,
        "participant": str(application.participant_id),
        "received_on": application.received_on,
        **_asked(application),
        "missing": [
            {"where": r.where, "what": say(r.sentence), "mend": say(r.mend), "cite": r.citation.cite} for r in missing
        ],
    }
    lines = [f"{found.reference}  {found.state}  {application.participant.legal_name}"]
    lines += [f"  question {q['key']}: {q['answer'] or 'not answered'}. {q['text']}" for q in value["questions"]]
    lines += [f"  risk {r['area']} at {r['title']} ({r['node']}): {r['assessed']}" for r in value["risks"]]
    lines += [f"  criterion {c['number']} ({c['level']}): {c['answer']}. {c['text']}" for c in value["criteria"]]
    lines += [f"  missing: {m['what']} ({m['cite']})" for m in value["missing"]]
    out.show(value, *lines)


def _asked(application: Application) -> dict[str, Any]:
    """Everything that the application asks of this company, with what is answered so far."""
    from greenlane.applications.facts import nodes_of
    from greenlane.applications.queries import questionnaire
    from greenlane.law.s962 import questions_for
    from greenlane.programs.queries import terms_of

    terms = terms_of(application.programme, today())
    answers = dict(application.answers.values_list("number", "value"))
    risks = {(row.area, str(row.node)): row.reviewed_on for row in application.risks.all()}
    return {
        "questions": [
            {"key": q.key, "kind": q.kind, "text": q.text, "answer": application.eligibility.get(q.key, "")}
            for q in questions_for(application.business_type, terms)
        ],
        "risks": [
            {"area": area.code, "node": node.key, "title": node.title, "assessed": risks.get((area.code, node.key))}
            for area in terms.areas
            for node in nodes_of(application.participant)
            if node.kind in area.nodes
        ],
        "criteria": [
            {"number": c.number, "level": c.level, "text": c.text, "answer": answers.get(c.number, "unanswered")}
            for c in questionnaire(application)
        ],
    }


@tool(
    vetting,
    "hits",
    access=Access.OPERATOR,
    examples=["greenlane vetting hits INV-ABCD-EFGH", "greenlane vetting hits INV-ABCD-EFGH --json"],
)
@click.argument("case")
@click.pass_obj
def hits(out: Output, case: str) -> None:
    """Show the hits of an investigation, the undecided first: both sides, line by line, and why they are alike."""
    from greenlane.casework.doors import say
    from greenlane.vetting.queries import hits_of
    from greenlane.vetting.queries_hit import hit_detail

    rows, lines = [], []
    for hit in hits_of(_case(case, "investigation").pk):
        detail = hit_detail(hit.pk)
        compared = [{"what": e.label, "ours": e.ours, "listed": e.theirs, "supports": e.supports} for e in detail.lines]
        row = {
            "id": str(hit.pk),
            "status": hit.status,
            "role": hit.role,
            "party_name": hit.party_name,
            "listed_name": hit.listed_name,
            "list_code": hit.list_code,
            "entry_key": hit.entry_key,
            "score": hit.score,
            "evidence": hit.evidence,
            "lines": compared,
            "reasons": [{"sentence": say(r.sentence), "supports": r.supports} for r in detail.reasons],
            "parts": [{"code": p.code, "points": p.points, "sentence": say(p.sentence)} for p in detail.parts],
            "words": detail.hit.words,
            "changed": [vars(change) for change in detail.difference] if detail.asked_again else [],
        }
        rows.append(row)
        lines.append(f"{hit.status}  {hit.score}  {hit.role} {hit.party_name} / {hit.listed_name} ({hit.list_code})")
        lines += [f"  {e['what']}: {'; '.join(e['ours'])} / {'; '.join(e['listed'])}" for e in compared]
        lines.append(f"  hit {hit.pk}")
    out.show(rows, *(lines or ["There is nothing to show."]))


def _case(text: str, kind: str) -> Case:
    """The case or register of one kind by its reference or id. Raises Missing."""
    from greenlane.casework.problems import Missing
    from greenlane.cli.cases import case_named

    found = case_named(text)
    if found.kind != kind:
        raise Missing(kind, text[:60])
    return found


vetting_screen.add_to(vetting)
