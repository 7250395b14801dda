"""Begin a revalidation: in its period, early by risk, or as the review of a revoked validator's validation (969)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s969 import framework_in_force
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.revalidation import entries, queries
from greenlane.revalidation.due import DueItem
from greenlane.revalidation.entries import Basis
from greenlane.revalidation.models import Revalidation
from greenlane.revalidation.queries_framework import framework_facts
from greenlane.revalidation.rank import Ranking
from greenlane.validation import queries as validations

CITE = "6 USC 969(2)"


@command(
    "6 USC 969", "6 USC 969(1)", CITE, title=N_("Select for revalidation"), procedure="revalidation", case="",
    lock="participant_id", audience="staff",
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class SelectForRevalidation(Command):
    """Select a participant by the framework; its place and points on this day are kept.

    By period: for the period that it owes. By risk: early, with the reason in words, and only from its place.
    """

    participant_id: UUID = field(metadata={"label": N_("Participant")})
    basis: Literal["period", "risk"] = field(default="period", metadata={"label": N_("Selected")})
    reason: str = field(
        default="",
        metadata={
            "label": N_("Reason"),
            "help": N_("Asked of an early selection by risk. Only the staff reads it."),
            "widget": "textarea",
        },
    )


@handles(SelectForRevalidation)
def select_for_revalidation(ctx: Context, cmd: SelectForRevalidation) -> Decision:
    participant = participant_of(cmd.participant_id)
    made = queries.ranking(participant.programme, ctx.on)
    item = queries.due_of(participant.pk, ctx.on)
    framework = framework_facts(queries.framework_on(participant.programme, ctx.on))
    reasons = [
        _validated(item),
        *framework_in_force(framework, ctx.on).reasons,
        _none_open(participant),
        *_basis(cmd, item, made),
    ]
    if item is None:
        return Decision(all_of(reasons))
    key = ctx.new_id()
    found = (
        _selected(ctx, key, item, cmd.basis),
        _explained(cmd.reason.strip(), item, made, framework.version),
    )
    opens = Opening(key, "revalidation", programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), found, opens=opens)


def _validated(item: DueItem | None) -> Reason:
    return finding(
        "6 USC 969(1)",
        "validated_participant",
        item is not None,
        N_("The participant was validated and holds a tier."),
        N_("The participant was never validated, or holds no tier now: there is nothing to revalidate."),
        mend=N_("Validate it first (965), or wait until its standing is restored."),
        where="participant_id",
    )


def _none_open(participant: Participant) -> Reason:
    running = queries.open_revalidations(participant.pk).exclude(basis="review").first()
    return finding(
        CITE,
        "no_other_revalidation_open",
        running is None,
        N_("No other revalidation of the participant is open."),
        N_("A revalidation of this participant, begun on %(day)s, is still open."),
        mend=N_("Go on with that one."),
        where="participant_id",
        day=running.selected_on if running else "-",
    )


def _basis(cmd: SelectForRevalidation, item: DueItem | None, made: Ranking) -> Iterator[Reason]:
    if cmd.basis == "period":
        yield finding(
            CITE,
            "period_waits",
            item is not None and not item.met,
            N_("A period waits for its revalidation."),
            N_("The period that runs is met already."),
            mend=N_("Select it by risk, with the reason, if it is to be visited again in this period."),
            where="basis",
        )
    else:
        yield finding(
            CITE,
            "risk_explained",
            0 < len(cmd.reason.strip()) <= 2000,
            N_("The reason for an early selection is written down."),
            N_("An early selection by risk needs its reason, in at most 2000 characters."),
            mend=N_("Write what about this participant asks for a visit now."),
            where="reason",
        )
        yield finding(
            CITE,
            "has_a_place",
            queries.place_of(cmd.participant_id, made) is not None,
            N_("It has its place in the ranking."),
            N_("It has no place in the ranking, because it is not measured by every criterion."),
            mend=N_("Record its measures first, so that the selection rests on objective criteria."),
            where="participant_id",
        )
    yield finding(
        CITE,
        "reason_fits",
        len(cmd.reason) <= 2000,
        N_("The reason fits."),
        N_("The reason is longer than 2000 characters."),
        mend=N_("Shorten it."),
        where="reason",
    )


def _selected(
    ctx: Context, key: UUID, item: DueItem, basis: Basis, reviews: UUID | None = None
) -> entries.RevalidationSelected:
    participant, programme = item.participant, item.participant.programme
    guidelines = validations.guidelines_on(programme, ctx.on)
    schedule = validations.schedule_on(programme, ctx.on)
    return entries.RevalidationSelected(
        revalidation_id=key,
        participant_id=participant.pk,
        company=participant.legal_name,
        programme=programme,
        basis=basis,
        tier=participant.tier,
        certified_on=participant.certified_on or item.initial_on,
        period_index=item.period.index,
        period_starts_on=item.period.starts_on,
        period_ends_on=item.period.ends_on,
        guidelines=guidelines.version if guidelines else "",
        schedule=schedule.version if schedule else "",
        reviews=reviews,
    )


def _explained(reason: str, item: DueItem, made: Ranking, version: int) -> entries.SelectionExplained:
    place = queries.place_of(item.participant_id, made)
    return entries.SelectionExplained(
        reason=reason,
        framework_version=version,
        ranked=len(made.places),
        place=place.place if place else None,
        total=place.total if place else None,
        contributions=tuple((one.code, one.points) for one in place.contributions) if place else (),
    )


@command(
    "6 USC 968(g)(2)(B)", "6 USC 969(1)", title=N_("Review a validation of a revoked validator"),
    procedure="revalidation", case="", lock="participant_id", internal=True,
)  # fmt: skip
@dataclass(frozen=True, kw_only=True)
class ReviewValidatorsValidation(Command):
    """Open the review of a validation that an outside validator conducted whose certificate was revoked."""

    participant_id: UUID
    validation_id: UUID
    validator: str


@handles(ReviewValidatorsValidation)
def review_validators_validation(ctx: Context, cmd: ReviewValidatorsValidation) -> Decision:
    item = queries.due_of(cmd.participant_id, ctx.on, at_rest=True)
    again = Revalidation.objects.filter(reviews=cmd.validation_id, outcome="", closed_on=None).first()
    reasons = [
        _validated(item),
        finding(
            "6 USC 968(g)(2)(B)",
            "reviewed_once",
            again is None,
            N_("This validation is not under review yet."),
            N_("This validation is under review since %(day)s."),
            day=again.selected_on if again else "-",
        ),
    ]
    if item is None:
        return Decision(all_of(reasons))
    key = ctx.new_id()
    reason = f"{cmd.validator}"
    found = (
        _selected(ctx, key, item, "review", cmd.validation_id),
        entries.SelectionExplained(reason=reason, framework_version=0, ranked=0),
    )
    opens = Opening(key, "revalidation", programme=item.participant.programme, participant=cmd.participant_id)
    return Decision(all_of(reasons), found, opens=opens)
