"""Rows of a consequence as the facts that 967 asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.models import Case
from greenlane.consequences.checks import titles
from greenlane.consequences.models import Consequence
from greenlane.criteria.queries import edition_in_force
from greenlane.law.authority import Office
from greenlane.law.citations import all_clauses
from greenlane.law.procedures_registry import procedure_of
from greenlane.law.s967 import (
    CorrectiveAction,
    DenialFacts,
    EmergencyFacts,
    EndingFacts,
    Failure,
    Misinformation,
    Protections,
    ReinstatementFacts,
    SanctionFacts,
)
from greenlane.participants.benefits import denied_on, stood_on
from greenlane.participants.models import Participant
from greenlane.people.queries import answers_for
from greenlane.programs.queries import terms_of

REQUIRING = ("6 USC 961", "6 USC 962", "6 USC 963", "6 USC 964", "6 USC 965", "6 USC 966", "6 USC 968", "6 USC 969")
"""Sections of 'this part' with requirements that a participant's measures and practices can fail to meet (967(a))."""

VALIDATING = ("validation", "revalidation")
"""Kinds of case that are the validation process of this part (965, 966, 969)."""


def requirements_of(participant: Participant, on: date) -> tuple[str, ...]:
    """The requirements that apply to a participant: its criteria by number, and the clauses that require something."""
    edition = edition_in_force(participant.programme, participant.business_type, on)
    kinds = participant.cargo_kinds
    numbers = tuple(c.number for c in edition.criteria if not c.cargo_kinds or c.concerns(kinds))
    clauses = tuple(c.cite for c in all_clauses() if c.cite.split("(")[0] in REQUIRING)
    return numbers + clauses


def failures_of(row: Consequence) -> tuple[Failure, ...]:
    """Each failure with the evidence on file for it."""
    evidence = evidence_of(row)
    return tuple(
        Failure(f.requirement, f.found, f.found_on, evidence.get(f.requirement, ()))
        for f in row.failures.order_by("recorded_on", "requirement", "id")
    )


def evidence_of(row: Consequence) -> dict[str, tuple[str, ...]]:
    """Titles of the documents that are on file as evidence, by requirement ('' for misinformation)."""
    rows = list(row.evidence.order_by("recorded_at", "id"))
    named = titles(key for piece in rows for key in piece.documents)
    found: dict[str, tuple[str, ...]] = {}
    for piece in rows:
        shown = tuple(named[key] for key in piece.documents if key in named)
        found[piece.requirement] = (*found.get(piece.requirement, ()), *shown)
    return found


def protections_of(row: Consequence) -> Protections:
    """The protections so far. A notice shows the evidence when all that is on file was on file when it was given."""
    whole = not (row.failures.filter(noticed=False).exists() or row.evidence.filter(noticed=False).exists())
    return Protections(row.notice_on, whole, row.response_until, row.responded_on, row.replied_on)


def denied_by_others(participant_id: UUID, on: date, case: UUID | None = None) -> tuple[str, ...]:
    """Benefits that another case denies on a day. A decision counts at once, before the register has followed it."""
    listed = {code for code, cases in denied_on(participant_id, on).items() if set(cases) - {case}}
    rows = Consequence.objects.filter(participant_id=participant_id, ended_on=None).exclude(decision="")
    others = rows.exclude(pk=case) if case else rows
    for benefits in others.values_list("benefits", flat=True):
        listed |= set(benefits)
    return tuple(sorted(listed))


def rank_on(participant_id: UUID, on: date) -> int:
    """The tier held on a day; 0 for one that takes no part."""
    stood = stood_on(participant_id, on)
    return stood.tier if stood.standing == "certified" else 0


def denial_facts(row: Consequence, benefits: tuple[str, ...], on: date) -> DenialFacts:
    return DenialFacts(
        participant=row.participant.legal_name,
        rank=rank_on(row.participant_id, on),
        requirements=requirements_of(row.participant, on),
        failures=failures_of(row),
        benefits=benefits,
        protections=protections_of(row),
        denied=denied_by_others(row.participant_id, on, row.pk),
    )


def misinformation_of(row: Consequence) -> Misinformation:
    """The finding of misinformation as it is on file, with the validation process in which the day lies."""
    found: dict[str, Any] = row.misinformation
    given_on = date.fromisoformat(found["given_on"]) if found else row.opened_on
    since, until = validation_process(row.participant_id, given_on)
    return Misinformation(
        said=found.get("said", ""),
        found=found.get("found", ""),
        given_on=given_on,
        false_or_misleading=bool(found),
        knowingly=bool(found),
        ground_of_knowledge=found.get("ground_of_knowledge", ""),
        validation_from=since,
        validation_to=until,
        evidence=evidence_of(row).get("", ()),
    )


def validation_process(participant_id: UUID, on: date) -> tuple[date | None, date | None]:
    """First and last day of the validation or revalidation in which a day lies, else of the latest before or after it.

    (None, None): the participant never was in one. A last day of None: it is still open.
    """
    cases = Case.objects.filter(participant_id=participant_id, kind__in=VALIDATING).order_by("opened_on", "id")
    spans = [(case.opened_on, _closed_on(case)) for case in cases]
    within = [span for span in spans if span[0] <= on and (span[1] is None or on <= span[1])]
    chosen: Iterable[tuple[date, date | None]] = within or spans
    return max(chosen, key=lambda span: span[0], default=(None, None))


def _closed_on(case: Case) -> date | None:
    return case.state_since if case.state in procedure_of(case.kind).final else None


def sanction_facts(row: Consequence, period_until: date | None, on: date) -> SanctionFacts:
    return SanctionFacts(
        participant=row.participant.legal_name,
        rank=rank_on(row.participant_id, on),
        standing=stood_on(row.participant_id, on).standing,
        finding=misinformation_of(row),
        period_from=on,
        period_until=period_until,
        protections=protections_of(row),
    )


def emergency_facts(row: Consequence) -> EmergencyFacts:
    """The action that was taken, for its confirmation."""
    return EmergencyFacts(
        participant=row.participant.legal_name,
        grounds=row.grounds,
        officer=str(row.decided_by or ""),
        benefits=tuple(row.benefits),
        taken_on=row.taken_on or row.opened_on,
        notice_on=row.emergency_notice_on,
    )


def reinstatement_facts(row: Consequence) -> ReinstatementFacts:
    """The company and its plan. Only an accepted plan counts; a goal is done on the day its report was made."""
    goals = list(row.goals.order_by("number")) if row.plan_accepted_on else []
    named = titles(key for goal in goals for key in goal.documents)
    return ReinstatementFacts(
        participant=row.participant.legal_name,
        standing=row.participant.standing,
        period_until=row.period_until,
        actions=tuple(
            CorrectiveAction(g.goal, g.goal_on, g.done_on, tuple(named[k] for k in g.documents if k in named))
            for g in goals
        ),
        accepted_by=str(row.plan_accepted_by or ""),
    )


def ending_facts(row: Consequence) -> EndingFacts:
    return EndingFacts(
        reinstatement=reinstatement_facts(row),
        decided_on=row.decided_on or row.opened_on,
        expelled=row.measure == "expulsion",
        plan_waits=row.plan_proposed_on is not None and row.plan_accepted_on is None,
    )


def second_person(ctx: Context, recommended_by: UUID | None) -> str:
    """Who decides, for 971(a): an office lent by the one who recommended is not a second person's."""
    account = ctx.actor.account
    if account is None:
        return ""
    return str(recommended_by if set(answering(ctx)) == {recommended_by} else account)


def not_only_of(ctx: Context, *before: UUID | None) -> bool:
    """Is a person deciding here who is none of those before, on an office that not only they have lent (971(a))?"""
    account = ctx.actor.account
    return account is not None and account not in before and not set(answering(ctx)) <= set(before)


def answering(ctx: Context) -> tuple[UUID, ...]:
    """Whose office is used here: the person's own, or those of all who lent it; they took part as well."""
    return answers_for(ctx.actor.account, ctx.office or Office.SUPERVISOR.value, ctx.on) if ctx.actor.account else ()


def part_takers(ctx: Context, row: Consequence | None) -> tuple[UUID, ...]:
    """Everybody who had a part in a decision: those on file, whoever decides, and who lent the office for it."""
    on_file = {UUID(key) for key in row.took_part} if row else set()
    own = {ctx.actor.account} if ctx.actor.account else set()
    return tuple(sorted(on_file | own | set(answering(ctx))))


def available(row_or_company: Participant, on: date) -> tuple[str, ...]:
    """The benefits otherwise available to a company on a day."""
    rank = rank_on(row_or_company.pk, on)
    return tuple(b.code for b in terms_of(row_or_company.programme, on).benefits if b.from_rank <= rank)
