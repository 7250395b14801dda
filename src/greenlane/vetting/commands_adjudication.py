"""Decide a hit and complete an investigation: always a person, always with reasons (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s964_investigation import investigation_complete
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.vetting import entries, facts
from greenlane.vetting.models import Investigation, ScreeningHit
from greenlane.vetting.parties import PERSON_ROLES

CITE = "6 USC 964(b)"
KIND = "investigation"
SHORTEST_REASON = 10

ReasonCode = Literal[
    "different_name",
    "different_birth_date",
    "different_country",
    "different_number",
    "different_kind",
    "different_address",
    "same_number",
    "same_birth_date",
    "same_address",
    "confirmed_by_document",
    "other",
]
OUTCOMES = {
    "false_match": N_("False match: another party"),
    "true_match": N_("True match: the listed party"),
    "unresolved": N_("Not resolved yet"),
}
REASON_CODES = {
    "different_name": N_("Another name"),
    "different_birth_date": N_("Another date of birth"),
    "different_country": N_("Another country"),
    "different_number": N_("Another identifying number"),
    "different_kind": N_("A person and a company, or a ship"),
    "different_address": N_("Another address or place"),
    "same_number": N_("The same identifying number"),
    "same_birth_date": N_("The same name and date of birth"),
    "same_address": N_("The same name and address"),
    "confirmed_by_document": N_("Confirmed by a document"),
    "other": N_("Another ground, as written"),
}


@command(CITE, title=N_("Decide a hit"), procedure=KIND, audience="restricted")
@dataclass(frozen=True, kw_only=True)
class AdjudicateHit(Command):
    """Decide whether a party is the listed party, is not, or cannot be told yet. A second look adds a new decision."""

    case_id: UUID
    hit_id: UUID = field(metadata={"label": N_("Hit")})
    outcome: Literal["true_match", "false_match", "unresolved"] = field(
        metadata={
            "label": N_("Decision"),
            "help": N_("True match: this party is the listed one. What is not resolved stays open, with your reason."),
            "choices": OUTCOMES,
        }
    )
    reason_code: ReasonCode = field(metadata={"label": N_("Ground"), "choices": REASON_CODES})
    reason: str = field(
        metadata={
            "label": N_("Reason"),
            "widget": "textarea",
            "help": N_("What you compared, and where you looked, so that another person can follow it."),
        }
    )
    seen_evidence: str = field(
        default="", metadata={"label": N_("Evidence seen"), "widget": "hidden", "help": N_("The hit as it was shown.")}
    )


@handles(AdjudicateHit)
def adjudicate_hit(ctx: Context, cmd: AdjudicateHit) -> Decision:
    hit = ScreeningHit.objects.filter(pk=cmd.hit_id, investigation_id=cmd.case_id).first()
    if hit is None:
        raise Missing("hit", cmd.hit_id)
    decided = entries.HitAdjudicated(
        adjudication_id=ctx.new_id(),
        hit_id=hit.pk,
        party_name=hit.party_name,
        listed_name=hit.listed_name,
        outcome=cmd.outcome,
        reason_code=cmd.reason_code,
        reason=cmd.reason.strip(),
        evidence=hit.evidence,
    )
    return Decision(all_of(_adjudication(ctx, cmd, hit)), (decided,))


def _adjudication(ctx: Context, cmd: AdjudicateHit, hit: ScreeningHit) -> Iterator[Reason]:
    yield by_a_person(ctx)
    yield finding(
        CITE,
        "hit_is_present",
        hit.status != "gone",
        N_("The latest screening shows this hit."),
        N_("The latest screening does not show this hit any more."),
        mend=N_("Nothing needs to be decided on it."),
        where="hit_id",
    )
    yield finding(
        CITE,
        "evidence_as_seen",
        cmd.seen_evidence in ("", hit.evidence),
        N_("It is decided on what was shown."),
        N_("What is known of this hit has changed since it was shown to you."),
        mend=N_("Look at it again, then decide."),
        where="hit_id",
    )
    against = cmd.reason_code.startswith("different")
    yield finding(
        CITE,
        "ground_fits_decision",
        cmd.reason_code == "other" or cmd.outcome == "unresolved" or against == (cmd.outcome == "false_match"),
        N_("The ground goes with the decision."),
        N_("The ground '%(ground)s' speaks against the decision '%(outcome)s'."),
        mend=N_("Choose a ground that speaks for your decision, or change the decision."),
        where="reason_code",
        ground=cmd.reason_code,
        outcome=cmd.outcome,
    )
    yield reason_written(cmd.reason)


def by_a_person(ctx: Context) -> Reason:
    return finding(
        CITE,
        "decided_by_a_person",
        not ctx.actor.is_system,
        N_("A person decides."),
        N_("A hit is decided by a person, never by the platform."),
    )


def reason_written(reason: str) -> Reason:
    return finding(
        CITE,
        "reason_written",
        SHORTEST_REASON <= len(reason.strip()) <= 2000,
        N_("The reason is written."),
        N_("The reason is shorter than %(least)d characters, or longer than 2000."),
        mend=N_("Write what you compared and where you looked."),
        where="reason",
        least=SHORTEST_REASON,
    )


@command(CITE, title=N_("Complete the investigation"), procedure=KIND, audience="restricted")
@dataclass(frozen=True, kw_only=True)
class CompleteInvestigation(Command):
    """Complete the investigation: cleared, or adverse when a true match or another adverse fact stands."""

    case_id: UUID
    summary: str = field(
        metadata={
            "label": N_("Summary"),
            "widget": "textarea",
            "help": N_("What was looked at, in which sources, and what was found."),
        }
    )
    adverse_grounds: str = field(
        default="",
        metadata={
            "label": N_("Adverse facts beside the lists"),
            "widget": "textarea",
            "help": N_("Each with its source. Leave it empty when there are none; a true match needs no words here."),
        },
    )


@handles(CompleteInvestigation)
def complete_investigation(ctx: Context, cmd: CompleteInvestigation) -> Decision:
    row = Investigation.objects.select_related("screening", "participant").filter(pk=cmd.case_id).first()
    found = facts.investigation_facts(cmd.case_id, ctx.on)
    if row is None or found is None:
        raise Missing(KIND, cmd.case_id)
    programme = row.participant.programme
    terms = terms_of(programme, ctx.on)
    screening = row.screening
    until = facts.holds_until(screening.screened_on if screening else ctx.on, ctx.on, terms)
    done = facts.as_completed(found, bool(cmd.adverse_grounds.strip()), ctx.on, until)
    used = screening.lists if screening else []
    required = facts.required_kinds(programme, ctx.on)
    verdict = all_of(
        [
            *investigation_complete(done, ctx.on).reasons,
            *facts.lists_sufficient(used, required, ctx.on, terms),
            *_written(ctx, cmd),
        ]
    )
    if not verdict.granted or screening is None:
        return Decision(verdict)
    completed = entries.InvestigationCompleted(
        result=done.state,
        summary=cmd.summary.strip(),
        adverse_grounds=cmd.adverse_grounds.strip(),
        screening_id=screening.pk,
        persons_named=tuple(body["names"][0] for body in screening.parties if body["role"] in PERSON_ROLES),
        sources=tuple(f"{one['code']} {one['dated']}: {one['source']}" for one in used),
        true_matches=found.true_matches,
        false_matches=ScreeningHit.objects.filter(investigation=row, status="false_match").count(),
        expires_on=until,
    )
    return Decision(verdict, (completed,), to=done.state)


def _written(ctx: Context, cmd: CompleteInvestigation) -> Iterator[Reason]:
    yield finding(
        CITE,
        "summary_written",
        SHORTEST_REASON <= len(cmd.summary.strip()) <= 5000 and len(cmd.adverse_grounds) <= 5000,
        N_("What was looked at and found is summed up."),
        N_("The summary is shorter than %(least)d characters, or a text is longer than 5000."),
        mend=N_("Write what was looked at, in which sources, and what was found."),
        where="summary",
        least=SHORTEST_REASON,
    )
    yield finding(
        CITE,
        "completed_by_a_person",
        not ctx.actor.is_system,
        N_("A person completes it."),
        N_("An investigation is completed by a person, never by the platform."),
    )
