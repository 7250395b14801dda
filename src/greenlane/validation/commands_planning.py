"""Plan a validation and assign its team (6 USC 965(a), 971(a)(3))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.registry import Command, command, handles
from greenlane.law.authority import Office
from greenlane.law.s964 import BARRING_STANDINGS
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.models import Participant
from greenlane.participants.queries import participant_of
from greenlane.people import queries as people
from greenlane.people.commands import account_named
from greenlane.people.models import Account
from greenlane.validation import entries, queries
from greenlane.validation.facts import TEAM_OF
from greenlane.validation.interests import interested
from greenlane.validation.opening import planned

CITE = "6 USC 965(a)"


@command(CITE, "6 USC 965(c)", title=N_("Plan the validation"), procedure="validation", case="", lock="participant_id")
@dataclass(frozen=True, kw_only=True)
class PlanValidation(Command):
    """Plan the validation of a company that holds the first tier; its year runs from certification."""

    participant_id: UUID


@handles(PlanValidation)
def plan_validation(ctx: Context, cmd: PlanValidation) -> Decision:
    participant = participant_of(cmd.participant_id)
    certification = queries.certified(participant.pk)
    reasons = list(_may_plan(participant, certification is not None))
    if certification is None or certification.decided_on is None:
        return Decision(all_of(reasons))
    key = ctx.new_id()
    begun = planned(ctx, key, participant, "tier_two", certification.decided_on)
    opens = Opening(key, "validation", programme=participant.programme, participant=participant.pk)
    return Decision(all_of(reasons), (begun,), opens=opens)


def _may_plan(participant: Participant, certified: bool) -> Iterator[Reason]:
    yield finding(
        CITE,
        "holds_tier_one",
        certified and participant.tier == 1,
        N_("The company is certified and holds the first tier."),
        N_("Only a company that holds the first tier is validated for the second; this one holds tier %(tier)s."),
        mend=N_("Certify the company first; one that is validated already is revalidated instead."),
        where="participant_id",
        tier=participant.tier,
    )
    yield finding(
        CITE,
        "standing_allows",
        participant.standing not in BARRING_STANDINGS,
        N_("Nothing in the standing of the company bars validation."),
        N_("The standing of the company is '%(standing)s', which bars validation."),
        mend=N_("Plan it when the period has ended or an appeal has restored the standing."),
        where="participant_id",
        standing=participant.standing,
    )
    running = queries.open_validations(participant.pk).first()
    yield finding(
        CITE,
        "no_other_validation_open",
        running is None,
        N_("No other validation of the company is open."),
        N_("A validation of this company, planned on %(day)s, is still open."),
        mend=N_("Go on with that one."),
        where="participant_id",
        day=running.planned_on if running else "-",
    )


@command("6 USC 971(a)(3)", CITE, title=N_("Assign the team"), procedure=("validation", "revalidation"))
@dataclass(frozen=True, kw_only=True)
class AssignValidationTeam(Command):
    """Assign a team of two specialists, of whom none has a part in the company; the case is given to them."""

    case_id: UUID
    members: tuple[UUID, ...] = field(
        metadata={
            "label": N_("Members of the team"),
            "help": N_("Two specialists; neither has a part in the company."),
            "choices": "specialists",
        }
    )


@handles(AssignValidationTeam)
def assign_validation_team(ctx: Context, cmd: AssignValidationTeam) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    members = [account_named(key) for key in dict.fromkeys(cmd.members)]
    reasons = [
        finding(
            "6 USC 971(a)(3)",
            "team_of_two",
            len(members) == TEAM_OF == len(cmd.members),
            N_("The team has two members."),
            N_("A team has two different members; this one has %(count)s."),
            mend=N_("Name two people."),
            where="members",
            count=len(members),
        ),
        *(reason for member in members for reason in _able(ctx, validation.participant, member)),
    ]
    before = {UUID(key) for key in validation.team}
    assigned = entries.ValidationTeamAssigned(
        members=tuple(member.pk for member in members),
        names=tuple(member.name for member in members),
        released=tuple(sorted(before - {member.pk for member in members})),
    )
    return Decision(all_of(reasons), (assigned,))


def _able(ctx: Context, participant: Participant, member: Account) -> Iterator[Reason]:
    yield finding(
        "6 USC 971(a)(3)",
        "member_is_specialist",
        Office.SPECIALIST in people.offices_of(member, ctx.on),
        N_("%(name)s is a specialist."),
        N_("%(name)s is not a specialist."),
        mend=N_("Name a specialist."),
        where="members",
        name=member.name,
    )
    part = interested(member.pk, participant)
    yield finding(
        "6 USC 971(a)",
        "member_has_no_part",
        not part,
        N_("%(name)s has no part in the company."),
        N_("%(name)s has a part in the company or its group: %(part)s."),
        mend=N_("Name somebody who never acted for this company."),
        where="members",
        name=member.name,
        part=part or "-",
    )
