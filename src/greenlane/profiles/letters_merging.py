"""What an officer is told of the contacts after a merger and after a split (6 USC 962, 963(3))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.s963_review import contacts_kept
from greenlane.law.sentences import N_, Sentence
from greenlane.participants.queries import participant_of
from greenlane.profiles.contacts import WHY_NOT, contact_facts
from greenlane.profiles.entries_merging import ContactsCame, ContactsWentBack

CITE = "6 USC 963(3)"


@composes("contacts_after_merger", ContactsCame.entry_kind)
def contacts_came_letter(one: Recorded) -> Draft:
    """Who came along, who did not and why, and what to do."""
    data = one.data
    assert isinstance(data, ContactsCame)
    blocks = [
        paragraph(
            N_("The account of %(company)s goes on in yours since %(day)s."), CITE, company=data.company, day=one.on
        )
    ]
    if data.came:
        blocks += [
            heading(N_("Contacts of your account too")),
            *_names(data.came),
            paragraph(N_("What was said of them before counts on: who was confirmed is confirmed.")),
        ]
    if data.stay:
        blocks += [
            heading(N_("Not contacts of your account")),
            *(item(Sentence(WHY_NOT[contact.why], {"name": contact.name}), CITE) for contact in data.stay),
        ]
    return _draft(one, data.participant_id, blocks)


@composes("contacts_after_split", ContactsWentBack.entry_kind)
def contacts_went_back_letter(one: Recorded) -> Draft:
    """Who is no contact of the account any more."""
    data = one.data
    assert isinstance(data, ContactsWentBack)
    blocks = [
        paragraph(
            N_("%(company)s has an account of its own again since %(day)s. These are contacts of it alone:"),
            "6 USC 971(c)",
            company=data.company,
            day=one.on,
        ),
        *_names(data.went),
    ]
    return _draft(one, data.participant_id, blocks)


def _names(names: Iterable[str]) -> Iterable[Block]:
    return [item(Sentence(N_("%(name)s"), {"name": name})) for name in names]


def _draft(one: Recorded, participant_id: UUID, blocks: list[Block]) -> Draft:
    title = Sentence(N_("Contacts of %(company)s"), {"company": participant_of(participant_id).legal_name})
    return Draft(one.subject, title, (*blocks, heading(N_("What to do")), _to_do(participant_id, one.on)))


def _to_do(participant_id: UUID, on: date) -> Block:
    """Whether the account keeps the contacts that it has to."""
    facts = contact_facts(participant_id, on)
    if contacts_kept(facts).granted:
        return paragraph(N_("Look through the contacts on your page, and end whoever is none any more."), CITE)
    return paragraph(
        N_("Your account has %(count)s contacts that can be reached. Name and confirm two, one of them an officer."),
        CITE,
        count=len(facts.live),
    )
