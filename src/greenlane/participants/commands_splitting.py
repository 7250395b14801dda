"""Split merged accounts again, and note a change in the history of each account that it concerns (6 USC 962)."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s962 import SplitFacts, Stands, may_split, stands_after_split
from greenlane.law.sentences import N_
from greenlane.law.verdicts import all_of, finding
from greenlane.participants import entries_merging as changes
from greenlane.participants import merging, splitting
from greenlane.participants.checks import filled
from greenlane.participants.models import Merger
from greenlane.participants.queries import participant_of
from greenlane.participants.queries_merging import consent_in_force
from greenlane.people.models import OfficeHolding


@command("6 USC 962", title=N_("Split merged accounts"), case="merger_id", audience="staff")
@dataclass(frozen=True, kw_only=True)
class SplitAccount(Command):
    """Undo a merger: the merged account stands by itself again, with its parts as they are now."""

    merger_id: UUID
    kept: tuple[UUID, ...] = field(
        default=(),
        metadata={
            "label": N_("Parts that stay"),
            "help": N_("Parts that came with the merger and that the other keeps."),
            "choices": "merger_came",
        },
    )
    goes: tuple[UUID, ...] = field(
        default=(),
        metadata={
            "label": N_("Parts that go along"),
            "help": N_("Parts recorded since the merger that go with it."),
            "choices": "merger_since",
        },
    )
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(SplitAccount)
def split_account(ctx: Context, cmd: SplitAccount) -> Decision:
    merger = Merger.objects.get(pk=ctx.the_case.id)
    merging.lock_accounts(merger.survivor_id, merger.merged_id)
    survivor, restored = participant_of(merger.survivor_id), participant_of(merger.merged_id)
    cases = merging.cases_at_merger((survivor.pk, restored.pk), restored.pk)
    consents = [
        consent_in_force(survivor.pk, "split", restored.pk),
        consent_in_force(restored.pk, "split", survivor.pk),
    ]
    plan = splitting.plan_of(ctx, merger, cmd.kept, cmd.goes)
    facts = SplitFacts(
        survivor=merging.account_facts(ctx, survivor, consents[0]),
        restored=merging.account_facts(ctx, restored, consents[1]),
        split_already=merger.split_on is not None,
        pending=merging.pending((survivor, restored), cases),
        parts=plan.facts(),
    )
    verdict = all_of((*may_split(facts).reasons, filled("reason", cmd.reason, 2000)))
    stands = stands_after_split(
        Stands(merger.standing_before, merger.tier_before),
        merger.survivor_tier,
        Stands(survivor.standing, survivor.tier),
    )
    entry = changes.AccountSplit(
        merger_id=merger.pk,
        survivor_id=survivor.pk,
        survivor=survivor.legal_name,
        restored_id=restored.pk,
        restored=restored.legal_name,
        returned=tuple(plan.returned),
        corrected=tuple(plan.corrected),
        goes=plan.goes,
        ended=tuple(plan.ended),
        kept=tuple(plan.kept),
        nodes=tuple(sorted(plan.nodes.items())),
        offices=_offices_that_end(merger),
        standing=stands.standing,
        tier=stands.tier,
        consents=tuple(one.pk for one in consents if one),
        reason=cmd.reason.strip(),
    )
    return Decision(verdict, (entry,), to="split", participant=survivor.pk)


def _offices_that_end(merger: Merger) -> tuple[changes.OfficeGoes, ...]:
    """Offices that the merger gave end with it; those that were ended before stay as they ended."""
    rows = OfficeHolding.objects.filter(pk__in=merger.holdings, effective_to=None).order_by("pk")
    return tuple(
        changes.OfficeGoes(
            holding_id=row.pk, account_id=row.account_id, office=row.office, participant_id=row.participant_id
        )
        for row in rows
        if row.participant_id is not None
    )


@command("6 USC 971(b)", title=N_("Note a change of accounts"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class NoteAccountChange(Command):
    """Put a merger, split, division or extract into the history of an account that it concerns."""

    participant_id: UUID
    because: UUID
    act: str
    source: str
    target: str


@handles(NoteAccountChange)
def note_account_change(ctx: Context, cmd: NoteAccountChange) -> Decision:
    verdict = all_of((finding("6 USC 971(b)", "history_stays_whole", True, N_("Both histories say so."), ""),))
    noted = changes.AccountChangeNoted(because=cmd.because, act=cmd.act, source=cmd.source, target=cmd.target)
    return Decision(verdict, (noted,))
