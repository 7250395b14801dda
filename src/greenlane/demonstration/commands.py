"""Mark a database as a demonstration, once, while it is empty; name the people that anybody may sign in as."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening, Recorded
from greenlane.casework.registry import Command, EntryData, applies, command, entry, handles
from greenlane.demonstration.models import Founding, Guest
from greenlane.law.sentences import N_, Sentence
from greenlane.law.verdicts import Verdict, finding
from greenlane.records.models import Entry


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class DemonstrationFounded(EntryData):
    founding_id: UUID
    seed: int

    def sentence(self) -> Sentence:
        return Sentence(N_("This database was founded as a demonstration with invented people and companies."))


@entry(audience="public")
@dataclass(frozen=True, kw_only=True)
class GuestNamed(EntryData):
    guest_id: UUID
    account_id: UUID
    office: str
    says: str

    def sentence(self) -> Sentence:
        return Sentence(N_("Anybody may sign in here as the invented %(office)s."), {"office": self.office})


@applies(DemonstrationFounded)
def demonstration_founded(data: DemonstrationFounded, one: Recorded) -> None:
    Founding.objects.create(id=data.founding_id, founded_on=one.on, seed=data.seed)


@applies(GuestNamed)
def guest_named(data: GuestNamed, one: Recorded) -> None:
    Guest.objects.create(id=data.guest_id, account_id=data.account_id, office=data.office, says=data.says)


@command("6 USC 971(c)", title=N_("Found a demonstration"), case="", internal=True)
@dataclass(frozen=True, kw_only=True)
class FoundDemonstration(Command):
    """Mark an empty database as a demonstration. One that holds real records can never become one."""

    seed: int


@handles(FoundDemonstration)
def found_demonstration(ctx: Context, cmd: FoundDemonstration) -> Decision:
    empty = finding(
        "6 USC 971(c)",
        "database_is_empty",
        not Entry.objects.exists(),
        N_("The database is empty."),
        N_("The database already holds records, so it cannot become a demonstration."),
        mend=N_("Use a new database."),
    )
    key = ctx.new_id()
    founded = DemonstrationFounded(founding_id=key, seed=cmd.seed)
    return Decision(Verdict((empty,)), (founded,), to="open", opens=Opening(key, "demonstration"))


@command("6 USC 971(c)", title=N_("Name a guest of the demonstration"), case="founding_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class NameGuest(Command):
    """Let anybody sign in as an invented person; only a demonstration database has any."""

    founding_id: UUID
    account_id: UUID
    office: str
    says: str


@handles(NameGuest)
def name_guest(ctx: Context, cmd: NameGuest) -> Decision:
    here = finding(
        "6 USC 971(c)",
        "is_a_demonstration",
        Founding.objects.filter(pk=cmd.founding_id).exists(),
        N_("This is a demonstration."),
        N_("This is not a demonstration database."),
    )
    named = GuestNamed(guest_id=ctx.new_id(), account_id=cmd.account_id, office=cmd.office, says=cmd.says)
    return Decision(Verdict((here,)), (named,))
