"""Register a company account and keep its profile (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.problems import bad_input
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants import entries
from greenlane.participants.checks import filled, fits, known_country
from greenlane.participants.models import Group, Participant
from greenlane.participants.queries import participant_of
from greenlane.people.queries import holdings_of
from greenlane.programs.queries import terms_of


@command("6 USC 962", title=N_("Register a company"), case="")
@dataclass(frozen=True, kw_only=True)
class RegisterParticipant(Command):
    """Register a company for one business type. You become its first officer here."""

    programme: str = field(default="ctpat", metadata={"label": N_("Programme")})
    business_type: str = field(metadata={"label": N_("Business type")})
    legal_name: str = field(metadata={"label": N_("Legal name of the company")})
    country: str = field(metadata={"label": N_("Country"), "help": N_("Two letters, for example US.")})
    address: str = field(metadata={"label": N_("Street address")})
    city: str = field(metadata={"label": N_("City")})
    group_id: UUID | None = field(
        default=None, metadata={"label": N_("Company group"), "help": N_("Empty opens a new group with this name.")}
    )


@handles(RegisterParticipant)
def register_participant(ctx: Context, cmd: RegisterParticipant) -> Decision:
    if ctx.actor.account is None:
        raise bad_input("account", N_("A company is registered by a person."), "", "6 USC 962")
    group = Group.objects.filter(pk=cmd.group_id).first() if cmd.group_id else None
    if cmd.group_id and group is None:
        raise bad_input("group_id", N_("There is no such company group."), N_("Leave it empty."), "6 USC 962")
    alone("company", cmd.programme, cmd.business_type, group.pk if group else cmd.legal_name.strip().casefold())
    verdict = all_of(_registration(ctx, cmd, ctx.actor.account, group))
    participant_id = ctx.new_id()
    registered = entries.ParticipantRegistered(
        participant_id=participant_id,
        group_id=group.pk if group else ctx.new_id(),
        group_name=group.name if group else cmd.legal_name.strip(),
        group_is_new=group is None,
        programme=cmd.programme,
        business_type=cmd.business_type,
        legal_name=cmd.legal_name.strip(),
        country=cmd.country.strip().upper(),
        address=cmd.address.strip(),
        city=cmd.city.strip(),
        officer_holding_id=ctx.new_id(),
        officer_account_id=ctx.actor.account,
    )
    opens = Opening(participant_id, "participant", programme=cmd.programme, participant=participant_id)
    return Decision(verdict, (registered,), to="open", opens=opens, participant=participant_id)


def _registration(ctx: Context, cmd: RegisterParticipant, account: UUID, group: Group | None) -> Iterator[Reason]:
    terms = terms_of(cmd.programme, ctx.on)
    yield finding(
        "6 USC 962",
        "business_type_known",
        terms.business_type(cmd.business_type) is not None,
        N_("%(programme)s admits this business type."),
        N_("'%(type)s' is not a business type of %(programme)s; the types are: %(types)s."),
        mend=N_("Choose the type that fits; each type of a company has its own account."),
        where="business_type",
        type=cmd.business_type,
        programme=terms.title,
        types=", ".join(b.code for b in terms.business_types),
    )
    yield filled("legal_name", cmd.legal_name, 200)
    yield filled("address", cmd.address, 300)
    yield filled("city", cmd.city, 100)
    yield known_country("country", cmd.country)
    same = Participant.objects.filter(programme=cmd.programme, business_type=cmd.business_type)
    taken = same.filter(group=group) if group else same.filter(legal_name__iexact=cmd.legal_name.strip())
    yield finding(
        "6 USC 962",
        "one_account_per_business_type",
        not taken.exists(),
        N_("The company has no account of this business type yet."),
        N_("The company already has an account of this business type."),
        mend=N_("Ask its officer to give you an office in that account."),
        where="business_type",
    )
    if group:
        own = Participant.objects.filter(group=group).values_list("pk", flat=True)
        theirs = {h.participant for h in holdings_of(account, ctx.on) if h.office is Office.APPLICANT_OFFICER}
        yield finding(
            "6 USC 962",
            "officer_of_the_group",
            bool(theirs & {str(pk) for pk in own}),
            N_("You are an officer in this company group."),
            N_("You are not an officer of any account in this company group."),
            mend=N_("Ask an officer of the group to register the account."),
            where="group_id",
        )


@command("6 USC 962", title=N_("Amend the company profile"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class AmendProfile(Command):
    """Correct or complete the company's profile."""

    participant_id: UUID
    legal_name: str = field(metadata={"label": N_("Legal name of the company")})
    trade_name: str = field(default="", metadata={"label": N_("Trade name")})
    country: str = field(metadata={"label": N_("Country")})
    address: str = field(metadata={"label": N_("Street address")})
    city: str = field(metadata={"label": N_("City")})
    website: str = field(default="", metadata={"label": N_("Website")})
    phone: str = field(default="", metadata={"label": N_("Telephone")})
    cargo_kinds: tuple[str, ...] = field(
        metadata={"label": N_("Kinds of cargo"), "help": N_("Choose all that you move.")}
    )


@handles(AmendProfile)
def amend_profile(ctx: Context, cmd: AmendProfile) -> Decision:
    known = terms_of(participant_of(cmd.participant_id).programme, ctx.on).cargo_kinds
    reasons = [
        filled("legal_name", cmd.legal_name, 200),
        filled("address", cmd.address, 300),
        filled("city", cmd.city, 100),
        fits("trade_name", cmd.trade_name, 200),
        fits("website", cmd.website, 200),
        fits("phone", cmd.phone, 40),
        known_country("country", cmd.country),
        finding(
            "6 USC 970",
            "cargo_kinds_given",
            bool(cmd.cargo_kinds) and set(cmd.cargo_kinds) <= set(known),
            N_("The kinds of cargo are given."),
            N_("No kind of cargo is chosen, or one that the programme does not know; it knows: %(kinds)s."),
            mend=N_("Choose at least one kind of cargo, so that it is known which criteria apply."),
            where="cargo_kinds",
            kinds=", ".join(known),
        ),
    ]
    amended = entries.ProfileAmended(
        participant_id=cmd.participant_id,
        legal_name=cmd.legal_name.strip(),
        trade_name=cmd.trade_name.strip(),
        country=cmd.country.strip().upper(),
        address=cmd.address.strip(),
        city=cmd.city.strip(),
        website=cmd.website.strip(),
        phone=cmd.phone.strip(),
        cargo_kinds=tuple(dict.fromkeys(cmd.cargo_kinds)),
    )
    return Decision(all_of(reasons), (amended,))


@command("6 USC 962", title=N_("Invite a company to apply"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class InviteParticipant(Command):
    """Invite a company of a business type that applies by invitation only."""

    participant_id: UUID
    reason: str = field(metadata={"label": N_("Why it is invited"), "widget": "textarea"})


@handles(InviteParticipant)
def invite_participant(ctx: Context, cmd: InviteParticipant) -> Decision:
    participant = participant_of(cmd.participant_id)
    kind = terms_of(participant.programme, ctx.on).business_type(participant.business_type)
    reasons = [
        finding(
            "6 USC 962",
            "applies_by_invitation",
            kind is not None and kind.by_invitation,
            N_("This business type applies by invitation."),
            N_("This business type needs no invitation."),
        ),
        filled("reason", cmd.reason, 2000),
    ]
    return Decision(
        all_of(reasons), (entries.ParticipantInvited(participant_id=participant.pk, reason=cmd.reason.strip()),)
    )
