"""Contacts follow a merger, and go back with a split (6 USC 962, 963(3), 971(c))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, finding
from greenlane.participants.models import Merger
from greenlane.profiles import entries_duties, entries_merging
from greenlane.profiles.contacts import came_with, contacts_of, stays_because

CITE = "6 USC 963(3)"


@command("6 USC 962", CITE, title=N_("Bring the contacts along"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class BringContacts(Command):
    """Let the contacts of a merged account be contacts of that in which it goes on, and say who is not."""

    participant_id: UUID
    merger_id: UUID


@handles(BringContacts)
def bring_contacts(ctx: Context, cmd: BringContacts) -> Decision:
    merger = Merger.objects.select_related("merged").get(pk=cmd.merger_id)
    named: list[entries_duties.ContactNamed] = []
    stay: list[entries_merging.ContactStays] = []
    for row in contacts_of(merger.merged_id):
        why = stays_because(row, cmd.participant_id, ctx.on)
        if why:
            stay.append(entries_merging.ContactStays(name=row.name, why=why))
            continue
        named.append(
            entries_duties.ContactNamed(
                contact_id=ctx.new_id(),
                participant_id=cmd.participant_id,
                name=row.name,
                email=row.email,
                phone=row.phone,
                account_id=row.account_id,
                confirmed=row.confirmed_on is not None,
            )
        )
    came = entries_merging.ContactsCame(
        merger_id=merger.pk,
        participant_id=cmd.participant_id,
        company=merger.merged.legal_name,
        contacts=tuple(one.contact_id for one in named),
        came=tuple(one.name for one in named),
        stay=tuple(stay),
    )
    follows = finding(CITE, "contacts_follow", True, N_("Whoever could be reached before the merger still can be."), "")
    return Decision(Verdict((follows,)), (*named, came))


@command("6 USC 962", "6 USC 971(c)", title=N_("Give the contacts back"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class GiveContactsBack(Command):
    """End the contacts that came with a merger which was undone: they are contacts of the restored account alone."""

    participant_id: UUID
    merger_id: UUID


@handles(GiveContactsBack)
def give_contacts_back(ctx: Context, cmd: GiveContactsBack) -> Decision:
    merger = Merger.objects.select_related("merged").get(pk=cmd.merger_id)
    rows = contacts_of(cmd.participant_id).filter(pk__in=came_with(cmd.participant_id, cmd.merger_id))
    ended = tuple(
        entries_duties.ContactEnded(
            contact_id=row.pk,
            participant_id=row.participant_id,
            name=row.name,
            reason="The merger with which this contact came was undone (6 USC 962).",
        )
        for row in rows
    )
    back = entries_merging.ContactsWentBack(
        merger_id=merger.pk,
        participant_id=cmd.participant_id,
        company=merger.merged.legal_name,
        went=tuple(one.name for one in ended),
    )
    own = finding("6 USC 971(c)", "contacts_of_its_own", True, N_("Each company is reached by its own people."), "")
    return Decision(Verdict((own,)), (*ended, back))
