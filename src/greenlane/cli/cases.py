"""``greenlane cases`` and ``greenlane letters``: find a case, read its story, print its letters (6 USC 971(b))."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import click

from greenlane.cli.acting import acting_as, acting_options, day, settle
from greenlane.cli.machine import Access, Output, console, today, tool

if TYPE_CHECKING:
    from greenlane.casework.models import Case, Notice

FILE = click.Path(path_type=Path, dir_okay=False)
PAGE = 500


@click.group("cases")
def cases() -> None:
    """Cases as they stand, and how they came to stand so."""


@tool(
    cases,
    "list",
    access=Access.OPERATOR,
    examples=[
        "greenlane cases list --kind certification --state under_review",
        "greenlane cases list --overdue",
        "greenlane cases list --due-before 2026-04-01 --json",
    ],
)
@click.option("--kind", metavar="KIND", help="certification, application, investigation, participant ...")
@click.option("--state", metavar="STATE")
@click.option("--due-before", metavar="DATE", help="With an unmet last day before this one.")
@click.option("--overdue", is_flag=True, help="With a clock that is overdue today.")
@click.option("--q", metavar="TEXT", help="Part of a reference or of a company's name.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=PAGE, show_default=True)
@click.pass_obj
def list_cases(
    out: Output, kind: str | None, state: str | None, due_before: str | None, overdue: bool, q: str | None, limit: int
) -> None:
    """List cases, the newest first."""
    from django.db.models import Q

    from greenlane.casework.models import Case
    from greenlane.casework.standings import open_deadlines
    from greenlane.casework.standings import overdue as late
    from greenlane.participants.models import Participant

    rows = Case.objects.order_by("-opened_on", "id")
    rows = rows.filter(**{name: value for name, value in (("kind", kind), ("state", state)) if value})
    if due_before:
        rows = rows.filter(pk__in=open_deadlines(day(due_before, "--due-before")).order_by().values("case_id"))
    if overdue:
        rows = rows.filter(pk__in=late(today()).order_by().values("case_id"))
    if q:
        named = Participant.objects.filter(legal_name__icontains=q)
        rows = rows.filter(Q(reference__icontains=q) | Q(participant_id__in=named.values("pk")))
    out.table(case_rows(list(rows[:limit])), ("reference", "kind", "state", "company", "opened_on", "due", "standing"))


def case_rows(found: list[Case]) -> list[dict[str, Any]]:
    """Cases with their company and next deadline; two queries, however many they are."""
    from greenlane.casework.doors import say
    from greenlane.casework.standings import open_deadlines, standing_of
    from greenlane.participants.models import Participant

    names = dict(Participant.objects.filter(pk__in={c.participant_id for c in found}).values_list("pk", "legal_name"))
    due: dict[UUID, Any] = {}
    for row in open_deadlines().filter(case_id__in=[case.pk for case in found]):
        due.setdefault(row.case_id, row)
    on = today()
    return [
        {
            "id": str(case.pk),
            "reference": case.reference,
            "kind": case.kind,
            "state": case.state,
            "since": case.state_since,
            "opened_on": case.opened_on,
            "programme": case.programme,
            "company": names.get(case.participant_id, "") if case.participant_id else "",
            "due": due[case.pk].due_on if case.pk in due else None,
            "standing": say(standing_of(due[case.pk], on).sentence) if case.pk in due else "",
        }
        for case in found
    ]


@tool(
    cases,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane cases show CER-ABCD-EFGH", "greenlane cases show CER-ABCD-EFGH --json"],
)
@click.argument("case")
@click.pass_obj
def show(out: Output, case: str) -> None:
    """Show one case, by its reference or id: state, deadlines with their rule and clause, documents, letters."""
    from greenlane.casework.doors import say
    from greenlane.casework.models import Deadline, Document, Notice
    from greenlane.casework.standings import due_of, standing_of
    from greenlane.people.queries import assigned_to

    one = case_named(case)
    on = today()
    [value] = case_rows([one])
    value["assigned_to"] = [account.name for account in assigned_to(one.pk, on)]
    value["deadlines"] = [
        {
            "clock": row.clock,
            "citation": row.citation,
            "due_on": row.due_on,
            "met_on": row.met_on,
            "standing": say(standing_of(row, on).sentence),
            "rule": say(due_of(row).rule),
        }
        for row in Deadline.objects.filter(case=one).order_by("due_on", "id")
    ]
    value["documents"] = list(
        Document.objects.filter(case=one).order_by("uploaded_on", "id").values("id", "title", "version", "sha256")
    )
    value["letters"] = list(
        Notice.objects.filter(case=one).order_by("served_on", "id").values("id", "subject", "served_on")
    )
    lines = [f"{one.reference}  {one.kind}  {one.state} since {one.state_since}  {value['company']}".rstrip()]
    lines += [f"  assigned to {name}" for name in value["assigned_to"]]
    lines += [f"  {d['clock']}: {d['standing']}. {d['rule']} ({d['citation']})" for d in value["deadlines"]]
    lines += [f"  document {d['title']}, version {d['version']}" for d in value["documents"]]
    lines += [f"  letter of {n['served_on']}: {n['subject']}  {n['id']}" for n in value["letters"]]
    out.show(value, *lines)


@tool(
    cases,
    "timeline",
    access=Access.OPERATOR,
    examples=[
        "greenlane cases timeline CER-ABCD-EFGH",
        "greenlane cases timeline CER-ABCD-EFGH --audience participant",
    ],
)
@click.argument("case")
@click.option(
    "--audience",
    type=click.Choice(["public", "participant", "staff", "restricted"]),
    default="staff",
    show_default=True,
    help="As this audience may read it.",
)
@click.pass_obj
def timeline(out: Output, case: str, audience: str) -> None:
    """Tell what happened in a case, entry by entry, each with its clauses."""
    from greenlane.casework import recording
    from greenlane.casework.doors import say
    from greenlane.records.classification import visible_to

    rows = [
        {
            "uid": str(one.uid),
            "on": one.on,
            "recorded_at": one.at,
            "office": one.office,
            "command": one.command,
            "sentence": say(one.data.sentence()),
            "citations": list(one.citations),
        }
        for one in recording.history(case_named(case).pk, visible_to(audience))
    ]
    lines = [f"{r['on']}  {r['sentence']}  [{r['office']}; {', '.join(r['citations'])}]" for r in rows]
    out.show(rows, *lines)


@tool(
    cases,
    "upload-document",
    access=Access.PERSON,
    examples=[
        "greenlane cases upload-document CER-ABCD-EFGH manual.pdf --title 'Security manual' --as mia@example.org"
    ],
)
@click.argument("case")
@click.argument("file", type=FILE)
@click.option("--title", required=True, metavar="TEXT", help="What the document shows, in a few words.")
@click.option("--replaces", metavar="ID", help="The document that this is a new version of.")
@acting_options
@click.pass_obj
def upload_document(out: Output, case: str, file: Path, title: str, replaces: str | None, **acting: str | None) -> None:
    """Hand in a file: it is checked, stored under its hash, and added to the case."""
    from greenlane.casework.doors import hand_in
    from greenlane.casework.problems import bad_input
    from greenlane.cli.programmes import existing
    from greenlane.law.sentences import N_

    who = acting_as("UploadDocument", acting)
    if who.pop("on"):
        raise bad_input("--on", N_("A document counts on the day it is received."), N_("Leave the date out."))
    one = case_named(case)
    with existing(file, "file").open("rb") as stream:
        answer = hand_in(
            stream,
            file_name=file.name,
            declared_type="",
            case_id=one.pk,
            title=title,
            replaces=_uuid(replaces, "--replaces") if replaces else None,
            **who,
        )
    settle(out, answer)


def case_named(text: str) -> Case:
    """The case of a reference or an id. Raises Missing."""
    from greenlane.casework.models import Case
    from greenlane.casework.problems import Missing

    found = Case.objects.filter(reference__iexact=text.strip()).first()
    if found is None:
        try:
            found = Case.objects.filter(pk=UUID(text)).first()
        except ValueError:
            found = None
    if found is None:
        raise Missing("case", text[:60])
    return found


def _uuid(text: str, where: str) -> UUID:
    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_

    try:
        return UUID(text)
    except ValueError:
        raise bad_input(where, N_("This is not a record number."), N_("Copy the number as it is shown.")) from None


@click.group("letters")
def letters() -> None:
    """Notices and letters as they were served, word for word."""


@tool(
    letters,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane letters show ID", "greenlane letters show ID --pdf letter.pdf"],
)
@click.argument("notice", metavar="ID")
@click.option("--pdf", type=FILE, help="Write the letter on paper to this file (PDF/UA-1).")
@click.pass_obj
def show_letter(out: Output, notice: str, pdf: Path | None) -> None:
    """Show a letter, on screen or as a PDF."""
    from greenlane.casework.doors import say
    from greenlane.casework.models import Notice
    from greenlane.casework.notices import Block
    from greenlane.casework.problems import Missing

    one = Notice.objects.select_related("case").filter(pk=_uuid(notice, "ID")).first()
    if one is None:
        raise Missing("notice", notice)
    blocks = [Block.from_json(block) for block in one.body]
    value = {
        "id": str(one.pk),
        "reference": one.case.reference,
        "subject": one.subject,
        "served_on": one.served_on,
        "sha256": one.sha256,
        "blocks": [{"kind": b.kind, "text": say(b.text), "cite": b.cite} for b in blocks],
    }
    if pdf:
        pdf.write_bytes(_paper(one))
        value["pdf"] = str(pdf)
    if out.as_json:
        out.json(value)
        return
    terminal = console()
    terminal.print(f"{one.subject}", style="bold", markup=False, highlight=False)
    terminal.print(f"{one.case.reference}, served on {one.served_on}", markup=False, highlight=False)
    for b in blocks:
        mark = "  * " if b.kind == "item" else ""
        cite = f" ({b.cite})" if b.cite else ""
        terminal.print(f"{mark}{say(b.text)}{cite}", markup=False, highlight=False)
    if pdf:
        terminal.print(f"Written to {pdf}.", markup=False, highlight=False)


def _paper(one: Notice) -> bytes:
    from greenlane.casework.pdf import letter_pdf
    from greenlane.participants.models import Participant
    from greenlane.programs.models import Programme

    programme = Programme.objects.filter(code=one.case.programme).first()
    company = Participant.objects.filter(pk=one.participant_id).first()
    parts = (company.legal_name, company.address, company.city, company.country) if company else ()
    return letter_pdf(
        one,
        agency=programme.agency if programme else "",
        programme=programme.title if programme else "",
        recipient="\n".join(part for part in parts if part),
    )
