"""Open a consequence, record its evidence, drop it (6 USC 967(a)-(b))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.consequences import entries
from greenlane.consequences.checks import came_from, on_file, said
from greenlane.consequences.entries import FailureFound, Misinformed, Proposal
from greenlane.consequences.facts import available, misinformation_of, requirements_of
from greenlane.consequences.models import Consequence
from greenlane.consequences.queries import consequence_of
from greenlane.law.listing import left_out, listed
from greenlane.law.s967 import may_close_without_sanction
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of

BENEFITS = {"label": N_("Benefits"), "choices": "benefits", "help": N_("Each can be denied alone.")}


@command(
    "6 USC 967(a)",
    "6 USC 967(b)",
    title=N_("Open a consequence"),
    procedure="consequence",
    case="",
    lock="participant_id",
    audience="staff",
)
@dataclass(frozen=True, kw_only=True)
class OpenConsequence(Command):
    """Propose to deny benefits to a participant, or to suspend or expel it, on grounds that name their requirement."""

    participant_id: UUID = field(metadata={"label": N_("Participant"), "choices": "participants"})
    proposed: Proposal = field(metadata={"label": N_("What is proposed")})
    benefits: tuple[str, ...] = field(default=(), metadata=BENEFITS)
    failures: tuple[FailureFound, ...] = field(default=(), metadata={"label": N_("Failures to meet a requirement")})
    misinformation: Misinformed | None = field(
        default=None,
        metadata={
            "label": N_("False or misleading information"),
            "help": N_("Given knowingly, in a validation: the only ground for suspension or expulsion."),
        },
    )
    because_of: UUID | None = field(
        default=None, metadata={"label": N_("Case from which this comes"), "choices": "cases"}
    )


@handles(OpenConsequence)
def open_consequence(ctx: Context, cmd: OpenConsequence) -> Decision:
    participant = participant_of(cmd.participant_id)
    key = ctx.new_id()
    reasons = [
        takes_part(participant),
        *_grounds(cmd),
        *failure_reasons(cmd.failures, participant, ctx.on),
        *benefit_reasons(cmd.benefits, participant, ctx.on),
        *came_from(cmd.because_of, participant.pk),
        *(_misinformed(cmd.misinformation, participant, ctx.on) if cmd.misinformation else ()),
    ]
    opened = entries.ConsequenceOpened(
        consequence_id=key,
        participant_id=participant.pk,
        programme=participant.programme,
        proposed=cmd.proposed,
        benefits=tuple(dict.fromkeys(cmd.benefits)),
        failures=cmd.failures,
        misinformation=cmd.misinformation,
        because_of=cmd.because_of,
    )
    opens = Opening(key, "consequence", programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), (opened,), opens=opens)


def takes_part(participant: Participant) -> Reason:
    return finding(
        "6 USC 967(a)",
        "is_participant",
        participant.standing in ("certified", "suspended"),
        N_("%(company)s takes part in the programme."),
        N_("%(company)s takes no part in the programme (standing: %(standing)s)."),
        mend=N_("Only a participant has something to lose; an application is refused in its own procedure."),
        where="participant_id",
        company=participant.legal_name,
        standing=participant.standing,
    )


def _grounds(cmd: OpenConsequence) -> Iterator[Reason]:
    if cmd.proposed == "denial":
        yield finding(
            "6 USC 967(a)",
            "grounds_of_a_denial",
            bool(cmd.failures and cmd.benefits),
            N_("It names the failures and the benefits."),
            N_("A denial names at least one failure to meet a requirement, and the benefits to be denied."),
            mend=N_("Add the failure and the benefits."),
            where="failures" if not cmd.failures else "benefits",
        )
        return
    yield finding(
        "6 USC 967(b)",
        "grounds_of_a_sanction",
        cmd.misinformation is not None,
        N_("It names the false or misleading information."),
        N_("Only knowingly false or misleading information in a validation leads to suspension or expulsion."),
        mend=N_("Record that information, or propose to deny benefits for a requirement that is not met."),
        where="misinformation",
    )


def failure_reasons(failures: tuple[FailureFound, ...], participant: Participant, on: date) -> Iterator[Reason]:
    strange = left_out((f.requirement for f in failures), requirements_of(participant, on)) if failures else ()
    if failures:
        yield finding(
            "6 USC 967(a)",
            "requirement_named",
            not strange,
            N_("Each failure names a requirement that applies to %(company)s."),
            N_("No requirement that applies to %(company)s: %(strange)s."),
            mend=N_(
                "Give the number of the criterion as it is asked of the company, or a clause such as 6 USC 963(2)."
            ),
            where="failures",
            company=participant.legal_name,
            strange=listed(word[:40] or "-" for word in strange),
        )
    for failure in failures:
        yield said(failure.found, "failures.found")
        yield _not_ahead(failure.found_on, "failures.found_on", on)
        yield from on_file(failure.documents, participant.pk, "failures.documents")


def _not_ahead(day: date, where: str, on: date, cite: str = "6 USC 967(a)") -> Reason:
    return finding(
        cite,
        "day_has_come",
        day <= on,
        N_("It was on %(day)s."),
        N_("%(day)s is after %(on)s: what has not happened is no ground."),
        mend=N_("Correct the day."),
        where=where,
        day=day,
        on=on,
    )


def benefit_reasons(benefits: tuple[str, ...], participant: Participant, on: date) -> Iterator[Reason]:
    there = available(participant, on)
    strange = left_out(benefits, there)
    if benefits:
        yield finding(
            "6 USC 967(a)",
            "benefits_otherwise_available",
            not strange,
            N_("The benefits are otherwise available to the company."),
            N_("Not available to the company: %(strange)s."),
            mend=N_("Choose among: %(available)s."),
            where="benefits",
            strange=listed(word[:60] for word in strange),
            available=listed(there),
        )


def _misinformed(found: Misinformed, participant: Participant, on: date) -> Iterator[Reason]:
    for where, text in (("said", found.said), ("found", found.found), ("ground", found.ground_of_knowledge)):
        yield said(text, f"misinformation.{where}", "6 USC 967(b)")
    yield _not_ahead(found.given_on, "misinformation.given_on", on, "6 USC 967(b)")
    yield from on_file(found.documents, participant.pk, "misinformation.documents", "6 USC 967(b)")


@command("6 USC 967(a)", title=N_("Record evidence"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordEvidence(Command):
    """Record evidence for a failure, a further failure with its evidence, or the finding of misinformation.

    What is recorded after the notice needs a new notice that shows it.
    """

    case_id: UUID
    requirement: str = field(
        default="",
        metadata={
            "label": N_("Requirement"),
            "help": N_("The failure that it shows; leave it out for false or misleading information."),
        },
    )
    statement: str = field(default="", metadata={"label": N_("What it shows"), "widget": "textarea"})
    documents: tuple[UUID, ...] = field(default=(), metadata={"label": N_("Documents"), "choices": "company_documents"})
    failure: FailureFound | None = field(default=None, metadata={"label": N_("A further failure")})
    misinformation: Misinformed | None = field(default=None, metadata={"label": N_("False or misleading information")})


@handles(RecordEvidence)
def record_evidence(ctx: Context, cmd: RecordEvidence) -> Decision:
    row = consequence_of(cmd.case_id)
    failures = (cmd.failure,) if cmd.failure else ()
    reasons = [
        *failure_reasons(failures, row.participant, ctx.on),
        *(_misinformed(cmd.misinformation, row.participant, ctx.on) if cmd.misinformation else ()),
        *(() if cmd.failure else _piece(row, cmd)),
    ]
    found = cmd.misinformation
    recorded = entries.EvidenceRecorded(
        evidence_id=ctx.new_id(),
        requirement=cmd.failure.requirement if cmd.failure else cmd.requirement,
        statement=cmd.statement.strip() or (found.ground_of_knowledge if found else ""),
        documents=cmd.documents or (found.documents if found else ()),
        failure=cmd.failure,
        misinformation=found,
    )
    return Decision(all_of(reasons), (recorded,))


def _piece(row: Consequence, cmd: RecordEvidence) -> Iterator[Reason]:
    """Evidence without a new failure belongs to one that is on file, or to the finding of misinformation."""
    if cmd.misinformation is None:
        known = (
            row.failures.filter(requirement=cmd.requirement).exists() if cmd.requirement else bool(row.misinformation)
        )
        yield finding(
            "6 USC 967(a)",
            "evidence_of_something",
            known,
            N_("It belongs to what is on file."),
            N_("No failure to meet %(requirement)s is on file here, so there is nothing that it shows."),
            mend=N_("Name a failure of this case, or record it as a further failure."),
            where="requirement",
            requirement=cmd.requirement[:40] or "-",
        )
        yield said(cmd.statement, "statement")
    documents = cmd.documents or (cmd.misinformation.documents if cmd.misinformation else ())
    yield finding(
        "6 USC 967(a)",
        "documents_named",
        bool(documents),
        N_("Evidence names its documents."),
        N_("Evidence names no document."),
        mend=N_("Add the document to the case, then choose it here."),
        where="documents",
    )
    yield from on_file(documents, row.participant_id, "documents")


@command("6 USC 967(a)", "6 USC 967(b)", title=N_("Drop the consequence"), procedure="consequence", audience="staff")
@dataclass(frozen=True, kw_only=True)
class DropConsequence(Command):
    """Drop a consequence without a decision. Knowingly false information in a validation cannot be dropped."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(DropConsequence)
def drop_consequence(ctx: Context, cmd: DropConsequence) -> Decision:
    row = consequence_of(cmd.case_id)
    reasons = [said(cmd.reason, "reason"), *may_close_without_sanction(misinformation_of(row)).reasons]
    dropped = entries.ConsequenceDropped(
        company=row.participant.legal_name, noticed=row.notice_on is not None, reason=cmd.reason.strip()
    )
    return Decision(all_of(reasons), (dropped,))
