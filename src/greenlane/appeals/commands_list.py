"""Publish the list of those suspended or expelled, once their appeal process is complete (6 USC 967(b))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.appeals import entries
from greenlane.appeals.checks import LONGEST_TEXT
from greenlane.appeals.entries import NameListed
from greenlane.appeals.facts import listed_participant
from greenlane.appeals.register import CITE, Candidate, candidates, consequences_named, names_hash, numbered
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, adapter_of, command, handles
from greenlane.law.s967_appeals import FederalRegisterList, ListedParticipant, may_publish_in_federal_register
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of


@command(CITE, title=N_("Publish the list in the Federal Register"), case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class PublishFederalRegisterList(Command):
    """Issue the list of those suspended or expelled under 967(b) whose appeal process is complete, and nobody else.

    Until the day on which the Federal Register prints it, it is made available to participants only.
    """

    programme: str = field(metadata={"label": N_("Programme"), "widget": "hidden"})
    consequences: tuple[UUID, ...] = field(metadata={"label": N_("Who is listed")})
    published_on: date = field(
        metadata={"label": N_("Day of publication"), "help": N_("The day on which the Federal Register prints it.")}
    )
    note: str = field(default="", metadata={"label": N_("Note on the list"), "widget": "textarea"})


@handles(PublishFederalRegisterList)
def publish_federal_register_list(ctx: Context, cmd: PublishFederalRegisterList) -> Decision:
    terms = terms_of(cmd.programme, ctx.on)
    alone("federal_register_list", cmd.programme)
    found = [c for c in candidates(consequences_named(cmd.consequences), ctx.on) if _of(c, cmd.programme)]
    listed = FederalRegisterList(tuple(_listed(one) for one in found))
    law = may_publish_in_federal_register(listed, ctx.on, terms)
    in_force = [r for one in found for r in one.verdict.reasons if r.code == "in_force_on_the_day"]
    names = tuple(_name(one) for one in found)
    key, number = ctx.new_id(), numbered(cmd.programme)
    published = entries.FederalRegisterListPublished(
        list_id=key,
        programme=cmd.programme,
        number=number,
        issued_on=ctx.on,
        published_on=cmd.published_on,
        note=cmd.note.strip(),
        names=names,
        sha256=names_hash(adapter_of(NameListed).dump_python(name, mode="json") for name in names),
    )
    opens = Opening(key, "federal_register_list", programme=cmd.programme)
    reasons = all_of([*law.reasons, *in_force, *_form(ctx, cmd, len(found))])
    return Decision(reasons, (published,), to="issued", opens=opens)


def _of(one: Candidate, programme: str) -> bool:
    return one.consequence.programme == programme


def _listed(one: Candidate) -> ListedParticipant:
    return listed_participant(one.decision, one.appeal)


def _form(ctx: Context, cmd: PublishFederalRegisterList, found: int) -> Iterator[Reason]:
    yield finding(
        CITE,
        "decisions_on_record",
        found == len(set(cmd.consequences)) == len(cmd.consequences),
        N_("Each of the %(count)s decisions is on record and named once."),
        N_("Of %(count)s decisions named, %(found)s are on record as decided in this programme; each is named once."),
        mend=N_("Choose from the draft of the list."),
        where="consequences",
        count=len(cmd.consequences),
        found=found,
    )
    today = legal_date(ctx.at)
    yield finding(
        CITE,
        "published_on_a_day_to_come",
        cmd.published_on >= today,
        N_("It is published on %(day)s."),
        N_("It would be published on %(day)s, before it is issued (%(today)s)."),
        mend=N_("Give today's date or a later one."),
        where="published_on",
        day=cmd.published_on,
        today=today,
    )
    yield finding(
        CITE,
        "note_fits",
        len(cmd.note.strip()) <= LONGEST_TEXT,
        N_("The note can be kept whole."),
        N_("The note is longer than %(longest)s characters."),
        mend=N_("Shorten the note."),
        where="note",
        longest=LONGEST_TEXT,
    )


def _name(one: Candidate) -> NameListed:
    consequence, participant = one.consequence, one.consequence.participant
    return NameListed(
        consequence_id=consequence.pk,
        participant_id=participant.pk,
        name=participant.legal_name,
        city=participant.city,
        country=participant.country,
        business_type=participant.business_type,
        measure=consequence.measure,
        decided_on=one.decision.decided_on,
        period_until=consequence.period_until,
        appeal_id=one.appeal.pk if one.appeal else None,
        basis=tuple(reason.sentence.to_json() for reason in one.verdict.reasons),
    )
