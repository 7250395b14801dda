"""Reviews of security profiles on the command line: what is due, and one of them whole (6 USC 963(3), 961(b))."""

from __future__ import annotations

from typing import Any

import click

from greenlane.cli.machine import Access, Output, today, tool


@click.group("profiles")
def profiles() -> None:
    """Review profiles each year; contacts, hand-over and notices of change (6 USC 961(b), 963(3))."""


@tool(
    profiles,
    "list",
    access=Access.OPERATOR,
    examples=["greenlane profiles list", "greenlane profiles list --overdue --json"],
)
@click.option("--overdue", is_flag=True, help="Only those whose last day has passed.")
@click.option("--all", "everything", is_flag=True, help="Also those that are submitted or closed.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 1000), help="How many at most.")
@click.pass_obj
def list_reviews(out: Output, overdue: bool, everything: bool, limit: int) -> None:
    """List reviews, the first due first, with how many answers were affirmed or changed."""
    from django.db.models import Count

    from greenlane.casework.models import Case
    from greenlane.profiles.models import ProfileReview

    rows = ProfileReview.objects.select_related("participant").annotate(done=Count("answers"))
    if overdue or not everything:
        rows = rows.filter(submitted_on=None, closed_because="")
    if overdue:
        rows = rows.filter(due_on__lt=today())
    found = list(rows.order_by("due_on", "pk")[:limit])
    cases = Case.objects.in_bulk([row.pk for row in found])
    value: list[dict[str, Any]] = [
        {
            "id": str(row.pk),
            "reference": cases[row.pk].reference,
            "state": cases[row.pk].state,
            "purpose": row.purpose,
            "company": row.participant.legal_name,
            "opens_on": row.opens_on,
            "due_on": row.due_on,
            "affirmed": row.done,
            "submitted_on": row.submitted_on,
            "late": row.late,
        }
        for row in found
    ]
    lines = [
        f"{v['reference']}  {v['state']:<9}  {v['purpose']:<7}  due {v['due_on']}  {v['affirmed']} done  {v['company']}"
        for v in value
    ]
    out.show(value, *(lines or ["There is none."]))


@tool(
    profiles,
    "show",
    access=Access.OPERATOR,
    examples=["greenlane profiles show PRO-ABCD-EFGH", "greenlane profiles show PRO-ABCD-EFGH --json"],
)
@click.argument("case")
@click.pass_obj
def show_review(out: Output, case: str) -> None:
    """Show a review, by its reference or id: its window, and of every answer whether it counts."""
    from greenlane.casework.problems import Missing
    from greenlane.cli.cases import case_named
    from greenlane.profiles.facts import asked_by
    from greenlane.profiles.queries import review_of

    row = case_named(case)
    if row.kind != "profile_review":
        raise Missing("profile_review", case[:60])
    review = review_of(row.pk)
    given = {one.number: one for one in review.answers.all()}
    asked = asked_by(review, review.submitted_on or today())
    answers = []
    for criterion in asked.criteria:
        done, held = given.get(criterion.number), asked.on_file.get(criterion.number)
        answers.append(
            {
                "number": criterion.number,
                "level": criterion.level,
                "value": done.value if done else (held.value if held else "unanswered"),
                "counts": done is not None,
                "changed": bool(done and done.changed),
                "answered_on": done.affirmed_on if done else (held.answered_on if held else None),
            }
        )
    value = {
        "id": str(row.pk),
        "reference": row.reference,
        "state": row.state,
        "purpose": review.purpose,
        "company": review.participant.legal_name,
        "opens_on": review.opens_on,
        "due_on": review.due_on,
        "submitted_on": review.submitted_on,
        "late": review.late,
        "answers": answers,
    }
    lines = [f"{row.reference}  {row.state}  {review.participant.legal_name}  {review.opens_on} to {review.due_on}"]
    lines += [
        f"  {one['number']:<6} {one['value']:<15} {'counts' if one['counts'] else 'does not count yet'}"
        for one in answers
    ]
    out.show(value, *lines)
