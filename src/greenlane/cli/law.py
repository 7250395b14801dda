"""``greenlane law``: every clause of the two laws, and what carries it out. Needs no database."""

from __future__ import annotations

from typing import Any

import click

from greenlane.cli.machine import Access, Output, console, tool


@click.group("law")
def law() -> None:
    """Read 6 USC 961-973 and 19 USC 4311, clause by clause."""


@tool(
    law,
    "list",
    access=Access.ANYBODY,
    django=False,
    examples=["greenlane law list", "greenlane law list --section 964", "greenlane law list --json"],
)
@click.option("--section", metavar="NUMBER", help="Only this section: 961 to 973, or 4311.")
@click.pass_obj
def list_clauses(out: Output, section: str | None) -> None:
    """List every clause with its heading."""
    from greenlane.law import sections  # noqa: F401 - registers every rule
    from greenlane.law.citations import UnknownClause, citations
    from greenlane.law.verdicts import rules

    counted: dict[str, int] = {}
    for rule in rules():
        for citation in rule.citations:
            counted[citation.cite] = counted.get(citation.cite, 0) + 1
    rows = [
        {"cite": c.cite, "heading": c.heading or "", "rules": counted.get(c.cite, 0)}
        for c in citations()
        if section is None or c.section == section
    ]
    if not rows:
        raise UnknownClause(f"There is no section {section!r}; the sections are 961 to 973 and 4311.")
    out.table(rows, ("cite", "heading", "rules"))


@tool(
    law,
    "show",
    access=Access.ANYBODY,
    django=False,
    examples=["greenlane law show 964(c)", "greenlane law show '19 USC 4311(b)(1)'", "greenlane law show 967 --json"],
)
@click.argument("cite")
@click.pass_obj
def show(out: Output, cite: str) -> None:
    """Show a clause exactly as published, and the rules that carry it out.

    CITE is what you would write: 964(c), '6 U.S.C. 964(c)', '19 USC 4311(b)(1)'.
    """
    from greenlane.law import sections  # noqa: F401 - registers every rule
    from greenlane.law.citations import Citation
    from greenlane.law.verdicts import rules

    one = Citation.parse(cite)
    found = [rule for rule in rules() if one in rule.citations]
    value: dict[str, Any] = {
        "cite": one.cite,
        "heading": one.heading or "",
        "text": one.text,
        "parent": one.parent.cite if one.parent else None,
        "children": [child.cite for child in one.children()],
        "rules": [{"rule": f"{rule.module}.{rule.name}", "summary": rule.summary} for rule in found],
    }
    if out.as_json:
        out.json(value)
        return
    terminal = console()
    terminal.print(f"{one.cite}  {one.heading or ''}".rstrip(), style="bold", markup=False, highlight=False)
    if one.text:
        terminal.print(one.text, markup=False, highlight=False)
    for child in one.children():
        terminal.print(f"  {child.cite}  {child.heading or ''}".rstrip(), markup=False, highlight=False)
    if found:
        terminal.print("Carried out by:", style="bold")
    for rule in found:
        terminal.print(f"  {rule.module}.{rule.name}: {rule.summary}", markup=False, highlight=False)


@tool(law, "coverage", access=Access.ANYBODY, examples=["greenlane law coverage", "greenlane law coverage --json"])
@click.option("--status", metavar="STATUS", help="Only clauses of this status.")
@click.pass_obj
def show_coverage(out: Output, status: str | None) -> None:
    """Show how far each clause runs: its rules, commands, situations and tests."""
    from greenlane.statute.coverage import coverage, summary

    rows = [row for row in coverage() if status is None or row.status.value == status]
    if out.as_json:
        out.json({"summary": summary().to_json(), "clauses": [row.to_json() for row in rows]})
        return
    plain = [
        {
            "cite": row.cite,
            "status": row.status.value.replace("_", " "),
            "rules": len(row.rules),
            "commands": len(row.commands),
            "situations": len(row.situations),
            "tests": len(row.tests),
            "missing": " ".join(str(sentence) for sentence in row.missing),
        }
        for row in rows
    ]
    out.table(plain, ("cite", "status", "rules", "commands", "situations", "tests", "missing"))
    whole = summary()
    out.lines(f"{whole.works} work, {whole.in_progress} in progress, {whole.outside_software} outside software.")
