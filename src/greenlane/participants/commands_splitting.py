"""Split merged accounts again, divide an account, extract one business type into an account of its own (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import entries, merging, splitting
from greenlane.participants import entries_merging as changes
from greenlane.participants.checks import filled, known_country
from greenlane.participants.models import ChangeConsent, Merger, Participant
from greenlane.participants.queries import participant_of
from greenlane.participants.queries_merging import consent_in_force, merger_in_force
from greenlane.people.models import OfficeHolding
from greenlane.people.queries import company_people
from greenlane.programs.queries import terms_of


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
    reasons = [
        *_still_merged(merger, survivor),
        *merging.officers_consented((survivor, consents[0]), (restored, consents[1])),
        *merging.nothing_pending(ctx, (survivor, restored), cases),
        _known_parts(plan.strange, "kept"),
        *plan.legs(),
        filled("reason", cmd.reason, 2000),
    ]
    standing, tier = merging.standing_restored(
        (merger.standing_before, merger.tier_before), merger.survivor_tier, (survivor.standing, survivor.tier)
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
        standing=standing,
        tier=tier,
        consents=_keys(consents),
        reason=cmd.reason.strip(),
    )
    return Decision(all_of(reasons), (entry,), to="split", participant=survivor.pk)


def _still_merged(merger: Merger, survivor: Participant) -> Iterator[Reason]:
    yield finding(
        "6 USC 962",
        "still_merged",
        merger.split_on is None,
        N_("The accounts are merged."),
        N_("These accounts were split already."),
    )
    yield finding(
        "6 USC 962",
        "not_merged_further",
        merger_in_force(survivor.pk) is None,
        N_("%(name)s has an account that goes on by itself."),
        N_("%(name)s is itself merged into another account."),
        mend=N_("Split that merger first."),
        name=survivor.legal_name,
    )


def _known_parts(strange: set[UUID], where: str) -> Reason:
    return finding(
        "6 USC 963(2)",
        "parts_on_record",
        not strange,
        N_("The parts that are named are on record."),
        N_("These are no parts of the account now: %(strange)s."),
        mend=N_("Keep parts that came with the merger; let go along those that were recorded since."),
        where=where,
        strange=", ".join(sorted(str(key) for key in strange)) or "-",
    )


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


def _keys(consents: list[ChangeConsent | None]) -> tuple[UUID, ...]:
    return tuple(one.pk for one in consents if one)


@dataclass(frozen=True, kw_only=True)
class _NewAccount(Command):
    """What a new account that comes out of another one needs."""

    participant_id: UUID
    goes: tuple[UUID, ...] = field(
        metadata={
            "label": N_("Parts that go to the new account"),
            "help": N_("They end in this one."),
            "choices": "account_parts",
        }
    )
    legal_name: str = field(metadata={"label": N_("Legal name of the new account's company")})
    country: str = field(metadata={"label": N_("Country"), "help": N_("Two letters, for example US.")})
    address: str = field(metadata={"label": N_("Street address")})
    city: str = field(metadata={"label": N_("City")})
    officer_id: UUID = field(
        metadata={
            "label": N_("Its first officer"),
            "help": N_("The account of a person who acts for this company."),
            "choices": "company_people",
        }
    )
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@command("6 USC 962", title=N_("Divide an account"), case="participant_id", audience="staff")
@dataclass(frozen=True, kw_only=True)
class DivideAccount(_NewAccount):
    """Give parts of a company that leaves the group an account of their own. It applies anew: no tier goes along."""


@handles(DivideAccount)
def divide_account(ctx: Context, cmd: DivideAccount) -> Decision:
    source = participant_of(cmd.participant_id)
    return _new_account(ctx, cmd, source, "divide", source.business_type, None)


@command("6 USC 962", title=N_("Extract a business type"), case="participant_id", audience="staff")
@dataclass(frozen=True, kw_only=True)
class ExtractAccount(_NewAccount):
    """Give one business type an account of its own in the group. It applies anew: no tier goes along."""

    business_type: str = field(metadata={"label": N_("Business type of the new account")})


@handles(ExtractAccount)
def extract_account(ctx: Context, cmd: ExtractAccount) -> Decision:
    source = participant_of(cmd.participant_id)
    return _new_account(ctx, cmd, source, "extract", cmd.business_type, source.group_id)


def _new_account(
    ctx: Context,
    cmd: _NewAccount,
    source: Participant,
    act: str,
    kind: str,
    group: UUID | None,
) -> Decision:
    """The new account is registered like any other; what goes to it is named, and it is an applicant (964(a))."""
    alone("company", source.programme, kind, group or cmd.legal_name.strip().casefold())
    cases = merging.cases_at_merger((source.pk,), source.pk)
    parts = merging.parts_going(source.pk, set(cmd.goes))
    consent = consent_in_force(source.pk, act, None)
    reasons = [
        *merging.officers_consented((source, consent)),
        *merging.nothing_pending(ctx, (source,), cases),
        *_registration(ctx, cmd, source, kind, group),
        *merging.parts_named(parts, set(cmd.goes), "goes"),
        filled("reason", cmd.reason, 2000),
    ]
    target, new_group = ctx.new_id(), ctx.new_id()
    registered = entries.ParticipantRegistered(
        participant_id=target,
        group_id=group or new_group,
        group_name=source.group.name if group else cmd.legal_name.strip(),
        group_is_new=group is None,
        programme=source.programme,
        business_type=kind,
        legal_name=cmd.legal_name.strip(),
        country=cmd.country.strip().upper(),
        address=cmd.address.strip(),
        city=cmd.city.strip(),
        officer_holding_id=ctx.new_id(),
        officer_account_id=cmd.officer_id,
    )
    extracted = changes.PartsExtracted(
        source_id=source.pk,
        source=source.legal_name,
        target_id=target,
        target=cmd.legal_name.strip(),
        act=act,
        goes=merging.copies(ctx, parts.left),
        consents=_keys([consent]),
        reason=cmd.reason.strip(),
    )
    opens = Opening(target, "participant", programme=source.programme, participant=target)
    return Decision(all_of(reasons), (registered, extracted), to="open", opens=opens, participant=target)


def _registration(
    ctx: Context, cmd: _NewAccount, source: Participant, kind: str, group: UUID | None
) -> Iterator[Reason]:
    yield finding(
        "6 USC 962",
        "business_type_known",
        terms_of(source.programme, ctx.on).business_type(kind) is not None,
        N_("The programme admits this business type."),
        N_("'%(type)s' is not a business type of this programme."),
        mend=N_("Choose a type of the programme."),
        where="business_type",
        type=kind[:60],
    )
    same = Participant.objects.filter(programme=source.programme, business_type=kind)
    taken = same.filter(group_id=group) if group else same.filter(legal_name__iexact=cmd.legal_name.strip())
    yield finding(
        "6 USC 962",
        "one_account_per_business_type",
        not taken.exists(),
        N_("The company has no account of this business type yet."),
        N_("The company already has an account of this business type."),
        mend=N_("Use that account, or name the company as it is called now."),
        where="business_type" if group else "legal_name",
    )
    yield finding(
        "6 USC 971(c)",
        "people_of_the_company",
        company_people(source.pk, ctx.on)
        .filter(account_id=cmd.officer_id, account__closed_on=None, office__in=merging.READERS)
        .exists(),
        N_("The first officer acts for the company."),
        N_("The first officer is neither an officer nor on the staff of this company."),
        mend=N_("Name a person of the company itself; a consultant does not bind it."),
        where="officer_id",
    )
    yield finding(
        "6 USC 962",
        "something_goes",
        bool(cmd.goes),
        N_("It is named what goes to the new account."),
        N_("Nothing is named that goes to the new account."),
        mend=N_("Name at least one part."),
        where="goes",
    )
    yield filled("legal_name", cmd.legal_name, 200)
    yield filled("address", cmd.address, 300)
    yield filled("city", cmd.city, 100)
    yield known_country("country", cmd.country)


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
