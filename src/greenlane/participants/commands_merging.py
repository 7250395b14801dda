"""Merge one account into another, with the recorded consent of both companies (6 USC 962)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s962 import MergerFacts, may_merge
from greenlane.law.sentences import N_
from greenlane.law.verdicts import all_of, finding
from greenlane.participants import entries_merging as entries
from greenlane.participants import merging
from greenlane.participants.checks import filled
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.participants.queries_merging import consent_in_force

Act = Literal["survive", "merge", "split", "divide", "extract"]
WITH_ANOTHER = ("survive", "merge", "split")
ACT_HELP = N_(
    "'survive': the other account is merged into yours. 'merge': yours is merged into the other. 'split': they part "
    "again. 'divide' and 'extract': parts of yours go to a new account."
)


@command("6 USC 961(a)", "6 USC 962", title=N_("Consent to a change of the account"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class ConsentToAccountChange(Command):
    """Consent, as an officer, to a merger, a split or an extract of your account. It is used once."""

    participant_id: UUID
    act: Act = field(metadata={"label": N_("What you consent to"), "help": ACT_HELP})
    other_id: UUID | None = field(
        default=None, metadata={"label": N_("The other account"), "help": N_("Its number, for a merger or a split.")}
    )
    reason: str = field(metadata={"label": N_("Why"), "widget": "textarea"})


@handles(ConsentToAccountChange)
def consent_to_account_change(ctx: Context, cmd: ConsentToAccountChange) -> Decision:
    named = cmd.other_id is not None and cmd.other_id != cmd.participant_id
    other = named and Participant.objects.filter(pk=cmd.other_id or cmd.participant_id).exists()
    reasons = [
        finding(
            "6 USC 962",
            "other_account_named",
            other if cmd.act in WITH_ANOTHER else cmd.other_id is None,
            N_("The consent names the accounts that it is for."),
            N_("A merger or a split is with one other account on record; the other changes name none."),
            mend=N_("Give the number of the other account as its officer reads it on its page."),
            where="other_id",
        ),
        finding(
            "6 USC 961(a)",
            "not_consented_already",
            consent_in_force(cmd.participant_id, cmd.act, cmd.other_id) is None,
            N_("This consent is new."),
            N_("This consent is on record already, and not used yet."),
            where="act",
        ),
        filled("reason", cmd.reason, 2000),
    ]
    consented = entries.AccountChangeConsented(
        consent_id=ctx.new_id(),
        participant_id=cmd.participant_id,
        act=cmd.act,
        other_id=cmd.other_id,
        reason=cmd.reason.strip(),
    )
    return Decision(all_of(reasons), (consented,))


@command("6 USC 961(a)", "6 USC 962", title=N_("Withdraw the consent to a change"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class WithdrawAccountChangeConsent(Command):
    """Withdraw a consent to a change of the account that was not carried out yet."""

    participant_id: UUID
    act: Act = field(metadata={"label": N_("What you had consented to"), "help": ACT_HELP})
    other_id: UUID | None = field(default=None, metadata={"label": N_("The other account")})


@handles(WithdrawAccountChangeConsent)
def withdraw_account_change_consent(ctx: Context, cmd: WithdrawAccountChangeConsent) -> Decision:
    given = consent_in_force(cmd.participant_id, cmd.act, cmd.other_id)
    if given is None:
        raise Missing("consent", cmd.other_id or cmd.act)
    verdict = all_of((finding("6 USC 961(a)", "consent_is_voluntary", True, N_("Taking part is voluntary."), ""),))
    withdrawn = entries.AccountChangeConsentWithdrawn(
        consent_id=given.pk, participant_id=cmd.participant_id, act=given.act
    )
    return Decision(verdict, (withdrawn,))


@command("6 USC 962", title=N_("Merge two accounts"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class MergeAccounts(Command):
    """Let one account go on in another. Its parts are copied; nothing that was written of it is changed."""

    participant_id: UUID = field(metadata={"label": N_("The account that goes on"), "choices": "participants"})
    merged_id: UUID = field(metadata={"label": N_("The account that is merged into it"), "choices": "participants"})
    takeover: bool = field(
        default=False,
        metadata={
            "label": N_("It is a takeover"),
            "help": N_("Two company groups, of which one takes over the other."),
        },
    )
    left: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("Parts that do not go along"), "help": N_("All others go.")}
    )
    people: tuple[UUID, ...] = field(
        default=(),
        metadata={
            "label": N_("People who go along"),
            "help": N_(
                "Accounts of people of the merged company; they receive their offices in the other account too."
            ),
        },
    )
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(MergeAccounts)
def merge_accounts(ctx: Context, cmd: MergeAccounts) -> Decision:
    merging.lock_accounts(cmd.participant_id, cmd.merged_id)
    survivor, merged = participant_of(cmd.participant_id), participant_of(cmd.merged_id)
    both = (survivor.pk, merged.pk)
    cases, parts = merging.cases_at_merger(both, merged.pk), merging.parts_going(merged.pk, set(cmd.left))
    consents = [
        consent_in_force(survivor.pk, "survive", merged.pk),
        consent_in_force(merged.pk, "merge", survivor.pk),
    ]
    facts = MergerFacts(
        survivor=merging.account_facts(ctx, survivor, consents[0]),
        merged=merging.account_facts(ctx, merged, consents[1]),
        takeover=cmd.takeover,
        pending=merging.pending((survivor, merged), cases),
        parts=merging.parts_facts(parts, set(cmd.left)),
        people=frozenset(str(key) for key in cmd.people),
        of_the_company=merging.people_keys(ctx, merged.pk),
    )
    verdict = all_of((*may_merge(facts).reasons, filled("reason", cmd.reason, 2000)))
    merger_id = ctx.new_id()
    entry = entries.AccountsMerged(
        merger_id=merger_id,
        survivor_id=survivor.pk,
        survivor=survivor.legal_name,
        survivor_tier=survivor.tier,
        merged_id=merged.pk,
        merged=merged.legal_name,
        takeover=cmd.takeover,
        goes=merging.copies(ctx, parts.goes),
        left=tuple(merging.named(part, row) for part, row in parts.left),
        offices=merging.offices(ctx, survivor.pk, merged.pk, cmd.people),
        cases=tuple(cases),
        standing_before=merged.standing,
        tier_before=merged.tier,
        consents=tuple(one.pk for one in consents if one),
        reason=cmd.reason.strip(),
    )
    opens = Opening(merger_id, "merger", programme=survivor.programme, participant=survivor.pk)
    return Decision(verdict, (entry,), to="merged", opens=opens, participant=survivor.pk)
