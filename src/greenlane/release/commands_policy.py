"""The threshold, and policies: drafted, consulted on, tried, published by a second person (6 USC 964(a), 966(c))."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.checks import filled
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s964 import second_person
from greenlane.law.s964_benefits import Threshold
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.release import entries_policy as entries
from greenlane.release import queries
from greenlane.release.checks import begins_ahead
from greenlane.release.engine.inputs import MOST_POINTS, PRIME
from greenlane.release.facts import capped, publishing_reasons
from greenlane.release.models import ReleasePolicy
from greenlane.release.models import Threshold as ThresholdRow
from greenlane.release.numbers import PolicyNumbers, numbers_of, out_of_range
from greenlane.release.simulation import simulate

CITE = "6 USC 964(a)"
KIND = "release_policy"


@command(CITE, title=N_("Record the high-risk threshold"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordThreshold(Command):
    """Record the high-risk threshold that the Secretary established, with the day from which it is in force."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    points: int = field(metadata={"label": N_("High-risk threshold"), "help": N_("In points, 1 to 1000.")})
    in_force_from: date = field(metadata={"label": N_("In force from")})
    basis: str = field(
        metadata={"label": N_("Established by"), "help": N_("The decision of the Secretary and its number.")}
    )


@handles(RecordThreshold)
def record_threshold(ctx: Context, cmd: RecordThreshold) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("release", cmd.programme)
    key = ctx.new_id()
    same = ThresholdRow.objects.filter(programme=cmd.programme, in_force_from=cmd.in_force_from)
    reasons = [
        filled(CITE, "basis", cmd.basis, 300),
        finding(
            CITE,
            "points_in_range",
            1 <= cmd.points <= MOST_POINTS,
            N_("The threshold is %(points)d points."),
            N_("A threshold of %(points)d points lies outside 1 to %(most)d."),
            mend=N_("Give whole points."),
            where="points",
            points=cmd.points,
            most=MOST_POINTS,
        ),
        *begins_ahead(ctx, CITE, cmd.in_force_from, "in_force_from"),
        finding(
            CITE,
            "one_threshold_a_day",
            not same.exists(),
            N_("No other threshold begins on that day."),
            N_("Another threshold begins on %(day)s already."),
            mend=N_("Choose another day."),
            where="in_force_from",
            day=cmd.in_force_from,
        ),
        *_policies_fit(cmd),
    ]
    recorded = entries.ThresholdRecorded(
        threshold_id=key,
        programme=cmd.programme,
        points=cmd.points,
        in_force_from=cmd.in_force_from,
        basis=cmd.basis.strip(),
    )
    opens = Opening(key, "release_threshold", programme=cmd.programme)
    return Decision(all_of(reasons), (recorded,), to="recorded", opens=opens)


def _policies_fit(cmd: RecordThreshold) -> Iterator[Reason]:
    """Every published policy that is in force while this threshold is, held against it (RC-10)."""
    if not 1 <= cmd.points <= MOST_POINTS:
        return
    first = queries.policy_on(cmd.programme, cmd.in_force_from)
    later = queries.policies(cmd.programme).filter(status=queries.PUBLISHED, effective_from__gt=cmd.in_force_from)
    for policy in (*([first] if first else []), *later):
        begins = max(policy.effective_from, cmd.in_force_from)
        yield from capped(numbers_of(policy.numbers), (Threshold(cmd.in_force_from, cmd.points),), begins)


@command(
    CITE,
    "6 USC 965(b)",
    "6 USC 966(c)",
    title=N_("Draft a policy of benefits"),
    procedure=KIND,
    case="",
    audience="staff",
)
@dataclass(frozen=True, kw_only=True)
class DraftReleasePolicy(Command):
    """Draft the next version of the policy: by how much each benefit acts on cargo, and from which day."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    title: str = field(metadata={"label": N_("Title")})
    why: str = field(metadata={"label": N_("Why it changes"), "widget": "textarea"})
    effective_from: date = field(metadata={"label": N_("In force from")})
    numbers: PolicyNumbers = field(metadata={"label": N_("Numbers")})


@handles(DraftReleasePolicy)
def draft_release_policy(ctx: Context, cmd: DraftReleasePolicy) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("release", cmd.programme)
    latest = queries.policies(cmd.programme).first()
    version, key = (latest.version + 1 if latest else 1), ctx.new_id()
    reasons = [
        filled(CITE, "title", cmd.title, 200),
        filled(CITE, "why", cmd.why, 2000),
        *begins_ahead(ctx, CITE, cmd.effective_from, "effective_from"),
        *_numbers_fit(cmd.numbers),
    ]
    drafted = entries.ReleasePolicyDrafted(
        policy_id=key,
        programme=cmd.programme,
        version=version,
        title=cmd.title.strip(),
        why=cmd.why.strip(),
        numbers=cmd.numbers,
        effective_from=cmd.effective_from,
    )
    return Decision(all_of(reasons), (drafted,), opens=Opening(key, KIND, programme=cmd.programme))


def _numbers_fit(numbers: PolicyNumbers) -> Iterator[Reason]:
    wrong = out_of_range(numbers)
    for name, (low, high) in wrong.items():
        yield finding(
            CITE,
            "number_in_range",
            False,
            "",
            N_("%(value)d lies outside %(low)d to %(high)d."),
            mend=N_("Give a whole number from %(low)d to %(high)d."),
            where=f"numbers.{name}",
            value=getattr(numbers, name),
            low=low,
            high=high,
        )
    yield finding(
        CITE,
        "examinations_deepen",
        numbers.document_permille <= numbers.scan_permille,
        N_("A higher score is examined more deeply."),
        N_("Cargo would be scanned from a lower score than that from which documents are examined."),
        mend=N_("Let the scan begin at the same share of the threshold or above."),
        where="numbers.scan_permille",
    )


@command("6 USC 966(c)", title=N_("Record a consultation on the policy"), procedure=KIND, audience="staff")
@dataclass(frozen=True, kw_only=True)
class ConsultOnReleasePolicy(Command):
    """Record that the consultation with one of the two advisory committees was concluded, and what it advised."""

    case_id: UUID
    committee: Literal["commercial", "maritime"] = field(
        metadata={
            "label": N_("Committee"),
            "choices": (
                ("commercial", N_("Commercial Operations Advisory Committee")),
                ("maritime", N_("National Maritime Security Advisory Committee")),
            ),
        }
    )
    concluded_on: date = field(metadata={"label": N_("Concluded on")})
    advice: str = field(metadata={"label": N_("What it advised"), "widget": "textarea"})


@handles(ConsultOnReleasePolicy)
def consult_on_release_policy(ctx: Context, cmd: ConsultOnReleasePolicy) -> Decision:
    policy = queries.policy_of(cmd.case_id)
    reasons = [
        filled("6 USC 966(c)", "advice", cmd.advice, 10_000),
        finding(
            "6 USC 966(c)",
            "consulted_on_the_draft",
            policy.drafted_on <= cmd.concluded_on <= ctx.on,
            N_("The consultation was concluded on %(day)s."),
            N_("A consultation of %(day)s was not one on this draft of %(drafted)s, or has not ended by %(on)s."),
            mend=N_("Give the day on which the committee concluded its advice on this draft."),
            where="concluded_on",
            day=cmd.concluded_on,
            drafted=policy.drafted_on,
            on=ctx.on,
        ),
    ]
    consulted = entries.ReleasePolicyConsultedOn(
        policy_id=policy.pk,
        committee=cmd.committee,
        concluded_on=cmd.concluded_on,
        advice=cmd.advice.strip(),
    )
    return Decision(all_of(reasons), (consulted,))


@command(CITE, title=N_("Try the policy on entries on record"), procedure=KIND, audience="staff")
@dataclass(frozen=True, kw_only=True)
class SimulateReleasePolicy(Command):
    """Decide the latest entries on record again with the draft, and keep what it would have changed."""

    case_id: UUID


@handles(SimulateReleasePolicy)
def simulate_release_policy(ctx: Context, cmd: SimulateReleasePolicy) -> Decision:
    policy = queries.policy_of(cmd.case_id)
    threshold = queries.threshold_on(policy.programme, policy.effective_from)
    ready = finding(
        CITE,
        "threshold_in_force",
        threshold is not None,
        N_("A high-risk threshold is in force when the policy begins."),
        N_("No high-risk threshold is in force on %(day)s, so nothing can be reckoned."),
        mend=N_("Record the high-risk threshold first."),
        where="case_id",
        day=policy.effective_from,
    )
    if threshold is None:
        return Decision(all_of([ready]))
    found = simulate(policy.programme, numbers_of(policy.numbers), threshold.points)
    simulated = entries.ReleasePolicySimulated(policy_id=policy.pk, found=found.to_json())
    return Decision(all_of([ready]), (simulated,))


@command(
    CITE,
    "6 USC 965(b)",
    "6 USC 966(c)",
    "6 USC 971(a)",
    title=N_("Publish the policy"),
    procedure=KIND,
    audience="staff",
)
@dataclass(frozen=True, kw_only=True)
class PublishReleasePolicy(Command):
    """Publish a draft that somebody else wrote: it decides every entry from its first day until the next begins."""

    case_id: UUID


@handles(PublishReleasePolicy)
def publish_release_policy(ctx: Context, cmd: PublishReleasePolicy) -> Decision:
    policy = queries.policy_of(cmd.case_id)
    alone("release", policy.programme)
    terms = terms_of(policy.programme, policy.effective_from)
    reasons = [
        *publishing_reasons(policy, queries.threshold_facts(policy.programme), terms),
        second_person(str(policy.drafted_by or ""), str(ctx.actor.account or "")),
        *begins_ahead(ctx, CITE, policy.effective_from, "effective_from"),
        *_ready(policy),
    ]
    published = entries.ReleasePolicyPublished(
        policy_id=policy.pk,
        programme=policy.programme,
        version=policy.version,
        effective_from=policy.effective_from,
    )
    salt = entries.DrawSet(policy_id=policy.pk, salt=secrets.randbelow(PRIME))
    return Decision(all_of(reasons), (published, salt))


def _ready(policy: ReleasePolicy) -> Iterator[Reason]:
    yield finding(
        CITE,
        "simulated",
        policy.simulation is not None,
        N_("The draft was tried on the entries on record."),
        N_("The draft was not tried on the entries on record."),
        mend=N_("Try it, read what it changes, then publish it."),
        where="simulation",
    )
    same = queries.policies(policy.programme).filter(
        status=queries.PUBLISHED, effective_from__gte=policy.effective_from
    )
    other = same.order_by("effective_from").first()
    yield finding(
        CITE,
        "follows_the_last",
        other is None,
        N_("No published policy begins on that day or later."),
        N_("A published policy begins on %(day)s already."),
        mend=N_("Draft it to begin on a later day."),
        where="effective_from",
        day=other.effective_from if other else "-",
    )


@command(CITE, title=N_("Withdraw the draft"), procedure=KIND, audience="staff")
@dataclass(frozen=True, kw_only=True)
class WithdrawReleasePolicy(Command):
    """Withdraw a draft that is not to be published."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(WithdrawReleasePolicy)
def withdraw_release_policy(ctx: Context, cmd: WithdrawReleasePolicy) -> Decision:
    policy = queries.policy_of(cmd.case_id)
    withdrawn = entries.ReleasePolicyWithdrawn(policy_id=policy.pk, reason=cmd.reason.strip())
    return Decision(all_of([filled(CITE, "reason", cmd.reason, 2000)]), (withdrawn,))
