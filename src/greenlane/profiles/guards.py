"""A certified company does not lose the contacts by which it is reached (6 USC 963(3); RC-18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from greenlane.casework.context import Context
from greenlane.casework.models import Case
from greenlane.casework.registry import guards
from greenlane.law.authority import Office
from greenlane.law.s963_review import ContactFacts, may_lose_contact
from greenlane.law.verdicts import Reason
from greenlane.participants.guards_merging import goes_on_elsewhere
from greenlane.participants.models import Participant
from greenlane.people.commands import CloseAccount, EndOffice
from greenlane.profiles.commands_contacts import EndContact, NameContact
from greenlane.profiles.commands_handover import AcceptHandOver, ProposeHandOver
from greenlane.profiles.contacts import CERTIFIED, contact_facts, keeps_contacts
from greenlane.profiles.models import Contact, HandOver


@guards(ProposeHandOver, AcceptHandOver)
def nothing_is_handed_over_while_merged(ctx: Context, cmd: ProposeHandOver | AcceptHandOver) -> Iterable[Reason]:
    """Officers of the account in which it goes on read a merged one; a supervisor hands it over on proof (962)."""
    row = HandOver.objects.filter(pk=cmd.hand_over_id).first() if isinstance(cmd, AcceptHandOver) else None
    if (row.proposed_as if row else ctx.office) == Office.APPLICANT_OFFICER:
        yield from goes_on_elsewhere(ctx, cmd)


@guards(NameContact, EndContact)
def contacts_rest_while_merged(ctx: Context, cmd: NameContact | EndContact) -> Iterable[Reason]:
    """The contacts of a merged account stay as they were, for a split gives them back."""
    yield from goes_on_elsewhere(ctx, cmd)


@guards(EndOffice)
def office_of_a_contact(ctx: Context, cmd: EndOffice) -> Iterable[Reason]:
    """A contact whose last office in the company ends is no longer one."""
    if cmd.participant_id is None or not keeps_contacts(cmd.participant_id):
        return
    _alone([cmd.participant_id])
    after = contact_facts(cmd.participant_id, ctx.on, without_office=(cmd.account_id, cmd.office))
    yield from _kept(contact_facts(cmd.participant_id, ctx.on), after)


@guards(CloseAccount)
def account_of_a_contact(ctx: Context, cmd: CloseAccount) -> Iterable[Reason]:
    """A closed account is no contact of any company."""
    mine = Contact.objects.filter(account_id=cmd.account_id, ended_on=None)
    companies = Participant.objects.filter(pk__in=mine.values("participant_id"), standing__in=CERTIFIED)
    keys = list(companies.exclude(certified_on=None).order_by("pk").values_list("pk", flat=True))
    _alone(keys)
    for key in keys:
        yield from _kept(contact_facts(key, ctx.on), contact_facts(key, ctx.on, without_account=cmd.account_id))


def _alone(companies: Iterable[UUID]) -> None:
    """Lock these companies, so that of two contacts who leave at once one stays."""
    list(Case.objects.select_for_update().filter(pk__in=list(companies)).order_by("pk"))


def _kept(before: ContactFacts, after: ContactFacts) -> Iterator[Reason]:
    yield from may_lose_contact(before, after).reasons
