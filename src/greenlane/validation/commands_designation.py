"""Designate the criteria of the third tier, as data, and withdraw a designation (6 USC 966(b), 966(d))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s966 import DesignatedCriterion, may_designate
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validation import entries_tier_three as entries
from greenlane.validation.entries_tier_three import Kind
from greenlane.validation.models_tier_three import Designation
from greenlane.validation.queries_tier_three import designation_of, designations_on

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
DEADLINE_OF = "6 USC 966"
"""The benefits under this section make 966(d) the deadline of a programme; another programme has none."""


@command(
    "6 USC 966(b)",
    "6 USC 966(b)(1)",
    "6 USC 966(b)(2)",
    "6 USC 966(b)(3)",
    "6 USC 966(b)(4)",
    "6 USC 966(d)",
    title=N_("Designate a criterion of the third tier"),
    case="",
)
@dataclass(frozen=True, kw_only=True)
class DesignateCriterion(Command):
    """Designate a criterion for validating a participant at the third tier, in force from this day."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    code: str = field(metadata={"label": N_("Code"), "help": N_("Short, in small letters: seal_sensors.")})
    kind: Kind = field(metadata={"label": N_("Kind")})
    text: str = field(metadata={"label": N_("What it asks"), "widget": "textarea"})
    exceeds: str = field(
        default="",
        metadata={
            "label": N_("How it exceeds the guidelines for validation"),
            "help": N_("Asked of additional guidelines on access to cargo."),
            "widget": "textarea",
        },
    )
    standard: str = field(
        default="",
        metadata={"label": N_("Standard to be met"), "help": N_("Asked of container security: which standard it is.")},
    )
    before_loading: bool = field(
        default=False,
        metadata={
            "label": N_("The information is given before loading"),
            "help": N_("Asked of additional information regarding cargo."),
        },
    )


@handles(DesignateCriterion)
def designate_criterion(ctx: Context, cmd: DesignateCriterion) -> Decision:
    terms = terms_of(cmd.programme, ctx.on)
    alone("designation", cmd.programme)
    third = terms.tier(3)
    criterion = DesignatedCriterion(
        cmd.code, cmd.kind, cmd.text, ctx.on, cmd.exceeds, cmd.standard, before_loading=cmd.before_loading
    )
    reasons = [
        finding(
            "6 USC 966(b)",
            "third_tier",
            third is not None,
            N_("The programme has a third tier."),
            N_("The programme has no third tier, so nothing can be designated for it."),
            mend=N_("Load terms with a third tier first."),
            where="programme",
        ),
        *may_designate(criterion).reasons,
        *_written(ctx, cmd),
    ]
    key = ctx.new_id()
    ours = any(b.from_rank == 3 and b.citation.cite.startswith(DEADLINE_OF) for b in terms.benefits)
    designated = entries.CriterionDesignated(
        designation_id=key,
        programme=cmd.programme,
        code=cmd.code,
        kind_of=cmd.kind,
        text=cmd.text.strip(),
        exceeds=cmd.exceeds.strip(),
        standard=cmd.standard.strip(),
        before_loading=cmd.before_loading,
        first=ours and not Designation.objects.filter(programme=cmd.programme).exists(),
    )
    opens = Opening(key, "designated_criterion", programme=cmd.programme)
    return Decision(all_of(reasons), (designated,), to="designated", opens=opens)


def _written(ctx: Context, cmd: DesignateCriterion) -> Iterator[Reason]:
    yield finding(
        "6 USC 966(b)",
        "designation_code",
        bool(CODE.fullmatch(cmd.code)),
        N_("It has a code by which it is referred to."),
        N_("'%(criterion)s' is no code: small letters, digits and underscores, at most 40."),
        mend=N_("Give a code such as seal_sensors."),
        where="code",
        criterion=cmd.code[:60],
    )
    yield finding(
        "6 USC 966(b)",
        "designated_once",
        not designations_on(cmd.programme, ctx.on).filter(code=cmd.code).exists(),
        N_("No criterion of this code is in force."),
        N_("A criterion of the code %(criterion)s is already in force."),
        mend=N_("Withdraw that designation first, or give another code."),
        where="code",
        criterion=cmd.code[:60],
    )
    yield finding(
        "6 USC 966(b)",
        "designation_fits",
        len(cmd.text) <= 4000 and len(cmd.exceeds) <= 4000 and len(cmd.standard) <= 300,
        N_("Its texts are not too long."),
        N_("A text is too long: 4000 characters for what it asks and how it exceeds, 300 for the standard."),
        mend=N_("Shorten it, and put the details into the standard."),
        where="text",
    )


@command("6 USC 966(b)", title=N_("Withdraw a designation"))
@dataclass(frozen=True, kw_only=True)
class WithdrawDesignation(Command):
    """Withdraw the designation of a criterion from this day on. What was decided by it stands."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(WithdrawDesignation)
def withdraw_designation(ctx: Context, cmd: WithdrawDesignation) -> Decision:
    row = designation_of(cmd.case_id)
    reasons = (
        finding(
            "6 USC 966(b)",
            "designation_in_force",
            row.withdrawn_on is None,
            N_("It is in force."),
            N_("It was withdrawn on %(day)s already."),
            where="case_id",
            day=row.withdrawn_on or "-",
        ),
        finding(
            "6 USC 966(b)",
            "reason_given",
            0 < len(cmd.reason.strip()) <= 2000,
            N_("A reason is given."),
            N_("No reason is given, or one of more than 2000 characters."),
            mend=N_("Say why it is no longer a criterion."),
            where="reason",
        ),
    )
    withdrawn = entries.DesignationWithdrawn(code=row.code, reason=cmd.reason.strip())
    return Decision(Verdict(reasons), (withdrawn,), to="withdrawn")
