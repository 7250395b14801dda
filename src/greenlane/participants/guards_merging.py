"""A merged account goes on in another one: what concerns it is done there, and its standing rests (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import AmendProfile, InviteParticipant
from greenlane.participants.commands_merging import ConsentToAccountChange
from greenlane.participants.commands_standing import SetStanding
from greenlane.participants.parts import EndPart, RecordIdentifier, RecordPerson
from greenlane.participants.queries_merging import merger_in_force
from greenlane.people.commands import EndOffice, GrantOffice
from greenlane.people.queries import company_people


@guards(AmendProfile, RecordIdentifier, RecordPerson, EndPart, RecordSite, RecordPartner, RecordLeg, InviteParticipant)
def goes_on_elsewhere(ctx: Context, cmd: Any) -> Iterable[Reason]:
    """Nothing is written in a merged account: a split gives it back as it was."""
    merger = merger_in_force(cmd.participant_id)
    if merger is not None:
        yield finding(
            "6 USC 962",
            "account_goes_on_elsewhere",
            False,
            "",
            N_("This account is merged: it goes on in that of %(survivor)s since %(day)s."),
            mend=N_("Do it in that account."),
            survivor=merger.survivor.legal_name,
            day=merger.merged_on,
        )


@guards(GrantOffice, EndOffice)
def offices_rest(ctx: Context, cmd: GrantOffice | EndOffice) -> Iterable[Reason]:
    """In a merged account officers only read: whom they named there would stay after a split."""
    if ctx.office == Office.APPLICANT_OFFICER and cmd.participant_id is not None:
        yield from goes_on_elsewhere(ctx, cmd)


@guards(ConsentToAccountChange)
def own_officer_consents(ctx: Context, cmd: ConsentToAccountChange) -> Iterable[Reason]:
    """Whoever is an officer of a merged account by the merger alone does not speak for it (961(a))."""
    merger = merger_in_force(cmd.participant_id)
    if merger is None:
        return
    held = company_people(cmd.participant_id, ctx.on).filter(
        account_id=ctx.actor.account, office=Office.APPLICANT_OFFICER.value
    )
    yield finding(
        "6 USC 961(a)",
        "own_officer",
        held.exclude(pk__in=merger.holdings).exists(),
        N_("An officer of the company itself consents."),
        N_("You are an officer of this account by its merger alone; the company's own officer consents for it."),
        mend=N_("Ask an officer whom the company had before it was merged; a supervisor hands over on proof."),
        where="act",
    )


@guards(SetStanding)
def standing_rests(ctx: Context, cmd: SetStanding) -> Iterable[Reason]:
    """While it is merged an account has no standing of its own, and only a merger gives it that one."""
    merged = merger_in_force(cmd.participant_id) is not None
    yield finding(
        "6 USC 962",
        "standing_rests_while_merged",
        merged == (cmd.standing == "merged"),
        N_("The standing fits the account."),
        N_("An account stands as merged while it goes on in another one, and only then."),
        mend=N_("Split the accounts first."),
    )
