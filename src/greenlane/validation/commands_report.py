"""Send the report of a visit, when every criterion has a finding (6 USC 965(a), RC-05)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.validation import entries_report as entries
from greenlane.validation import queries
from greenlane.validation.checks import written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.models import CriterionFinding, Validation

CITE = "6 USC 965(a)"


@command(CITE, "6 USC 965(c)", title=N_("Send the report"), procedure=VISITS, audience="staff")
@dataclass(frozen=True, kw_only=True)
class IssueValidationReport(Command):
    """Send the company the report of the visit. Every criterion has a finding, and what is not met has its action."""

    case_id: UUID
    summary: str = field(metadata={"label": N_("Summary of the visit"), "widget": "textarea"})


@handles(IssueValidationReport)
def issue_validation_report(ctx: Context, cmd: IssueValidationReport) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    found = {row.number: row for row in validation.findings.all()}
    asked = [criterion.number for criterion in queries.criteria_asked(validation, ctx.on)]
    reasons = [
        *_every_criterion(asked, found),
        *_every_gap(validation, [found[number] for number in asked if number in found]),
        *_visited_and_dated(validation, ctx.on),
        written(CITE, "summary", cmd.summary, N_("Sum up what was seen.")),
    ]
    report = _report(validation, cmd.summary.strip(), [found[number] for number in asked if number in found])
    return Decision(all_of(reasons), (report,))


def _every_criterion(asked: list[str], found: dict[str, CriterionFinding]) -> Iterator[Reason]:
    """Whatever nobody found on is named: silence is neither a yes nor a no (RC-05)."""
    open_ones = [number for number in asked if number not in found]
    for number in open_ones:
        yield finding(
            CITE,
            "criterion_without_finding",
            False,
            "",
            N_("Criterion %(number)s has no finding."),
            mend=N_("Record whether it is met, not met, or not applicable with the reason."),
            where=number,
            number=number,
        )
    yield finding(
        CITE,
        "every_criterion_found",
        bool(asked) and not open_ones,
        N_("Each of the %(count)d criteria has a finding."),
        N_("%(open)d of %(count)d criteria have no finding."),
        mend=N_("Record a finding on each; none is taken for granted."),
        where="findings",
        count=len(asked),
        open=len(open_ones),
    )


def _every_gap(validation: Validation, found: list[CriterionFinding]) -> Iterator[Reason]:
    required = set(validation.actions.filter(kind="required").values_list("criterion", flat=True))
    gaps = [row.number for row in found if row.mandatory and row.finding == "not_met" and row.number not in required]
    yield finding(
        "6 USC 965(c)",
        "gap_has_action",
        not gaps,
        N_("What is not met has its required action."),
        N_("Criteria that are not met and have no required action: %(gaps)s."),
        mend=N_("Require an action for each."),
        where="actions",
        gaps=", ".join(gaps) or "-",
    )


def _visited_and_dated(validation: Validation, on: date) -> Iterator[Reason]:
    yield finding(
        CITE,
        "visit_recorded",
        queries.visits_made(validation).exists(),
        N_("A visit is on record."),
        N_("No visit that counts is on record."),
        mend=N_("Record the visit first."),
        where="visits",
    )
    past = [action.number for action in validation.actions.filter(due_on__lte=on).order_by("number")]
    yield finding(
        "6 USC 965(c)",
        "actions_due_later",
        not past,
        N_("Every action is due after the report."),
        N_("Actions would be due on or before the day of the report: %(actions)s."),
        mend=N_("Require them anew with a later day."),
        where="actions",
        actions=", ".join(str(number) for number in past) or "-",
    )


def _report(validation: Validation, summary: str, found: list[CriterionFinding]) -> entries.ValidationReportIssued:
    return entries.ValidationReportIssued(
        company=validation.participant.legal_name,
        summary=summary,
        guidelines=validation.guidelines,
        visits=tuple(
            entries.ReportedVisit(
                place=row.place,
                country=row.country,
                foreign=row.foreign,
                mode="on_site" if row.mode == "on_site" else "virtual",
                visited_on=row.visited_on,
                conducted_by=row.conducted_by,
            )
            for row in queries.visits_made(validation)
            if row.visited_on is not None
        ),
        findings=tuple(
            entries.ReportedFinding(number=row.number, finding=row.finding, mandatory=row.mandatory, note=row.note)
            for row in found
        ),
        actions=tuple(
            entries.ReportedAction(
                number=row.number,
                kind="required" if row.kind == "required" else "recommended",
                criterion=row.criterion,
                text=row.text,
                owner=row.owner,
                due_on=row.due_on,
            )
            for row in validation.actions.order_by("number")
        ),
    )
