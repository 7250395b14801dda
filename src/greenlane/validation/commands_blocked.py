"""A visit that somebody refuses: blocked, looked at again, taken up again; neither passed nor failed (6 USC 965(a))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s965 import BlockedFacts, may_block
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of
from greenlane.programs.queries import terms_of
from greenlane.validation import entries_visits as entries
from greenlane.validation.checks import fits, on_file, written
from greenlane.validation.commands_locations import VISITS
from greenlane.validation.queries import validation_of

CITE = "6 USC 965(a)"
EVIDENCE = {"label": N_("Documents that show it"), "help": N_("Upload the refusal to this case first.")}
REVIEW = {
    "label": N_("Look at it again on"),
    "help": N_("In 180 days at the latest, unless the programme differs."),
}


@command(CITE, title=N_("Record that the visit is blocked"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class BlockValidation(Command):
    """Record that a government or another refuses the visit: the reason, what shows it, and a day to look again."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})
    refused_by: str = field(metadata={"label": N_("Who refuses the visit")})
    evidence: tuple[UUID, ...] = field(metadata=EVIDENCE)
    review_on: date = field(metadata=REVIEW)


@handles(BlockValidation)
def block_validation(ctx: Context, cmd: BlockValidation) -> Decision:
    validation = validation_of(cmd.case_id)
    facts = BlockedFacts(cmd.reason, cmd.refused_by, tuple(str(key) for key in cmd.evidence), cmd.review_on)
    verdict = may_block(facts, ctx.on, terms_of(validation.programme, ctx.on))
    reasons = [
        *verdict.reasons,
        on_file(CITE, "evidence", cmd.case_id, cmd.evidence),
        fits(CITE, "reason", cmd.reason),
        fits(CITE, "refused_by", cmd.refused_by, 200),
    ]
    blocked = entries.ValidationBlocked(
        participant_id=validation.participant_id,
        reason=cmd.reason.strip(),
        refused_by=cmd.refused_by.strip(),
        evidence=cmd.evidence,
        review_on=cmd.review_on,
    )
    return Decision(all_of(reasons), (blocked,))


@command(CITE, title=N_("Review the blocked visit"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class ReviewBlockedValidation(Command):
    """Look at a blocked visit again: where it is still refused, say why and set the next day to look."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("What was found"), "widget": "textarea"})
    review_on: date = field(metadata=REVIEW)
    evidence: tuple[UUID, ...] = field(default=(), metadata=EVIDENCE)


@handles(ReviewBlockedValidation)
def review_blocked_validation(ctx: Context, cmd: ReviewBlockedValidation) -> Decision:
    validation = validation_of(cmd.case_id)
    shown = (*validation.blocked_evidence, *(str(key) for key in cmd.evidence))
    facts = BlockedFacts(cmd.reason, validation.refused_by, shown, cmd.review_on)
    verdict = may_block(facts, ctx.on, terms_of(validation.programme, ctx.on))
    reasons = [*verdict.reasons, on_file(CITE, "evidence", cmd.case_id, cmd.evidence), fits(CITE, "reason", cmd.reason)]
    reviewed = entries.BlockedValidationReviewed(
        reason=cmd.reason.strip(), evidence=cmd.evidence, review_on=cmd.review_on
    )
    return Decision(all_of(reasons), (reviewed,))


@command(CITE, title=N_("Take the visit up again"), procedure=VISITS)
@dataclass(frozen=True, kw_only=True)
class UnblockValidation(Command):
    """Take a blocked visit up again, because it is allowed now or another location is appropriate."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("What has changed"), "widget": "textarea"})


@handles(UnblockValidation)
def unblock_validation(ctx: Context, cmd: UnblockValidation) -> Decision:
    validation = validation_of(cmd.case_id)
    given = written(CITE, "reason", cmd.reason, N_("Say what has changed."))
    unblocked = entries.ValidationUnblocked(participant_id=validation.participant_id, reason=cmd.reason.strip())
    return Decision(Verdict((given,)), (unblocked,))
