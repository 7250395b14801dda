"""Joint incident management exercises: planned, who is invited and why, who took part, what was learnt: 966(c)(5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.checks import counts_today, filled, fits
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s966 import may_invite_to_exercise
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.benefits import denied_on, stood_on
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of
from greenlane.release import entries_exercises as entries
from greenlane.release import queries
from greenlane.release.models import Exercise

CITE = "6 USC 966(c)(5)"
KIND, INVITATION = "joint_exercise", "exercise_invitation"
LONG = 5000
ROSTERS = "exercises"
"""Nobody is invited while an exercise is recorded or given up: its invitations close with it."""


@command(CITE, title=N_("Plan a joint exercise"), procedure=KIND, case="", audience="staff")
@dataclass(frozen=True, kw_only=True)
class PlanExercise(Command):
    """Plan a joint incident management exercise, to which participants of the third tier are invited one by one."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    title: str = field(metadata={"label": N_("Title")})
    place: str = field(metadata={"label": N_("Place")})
    held_on: date = field(metadata={"label": N_("Day on which it is held")})
    scenario: str = field(metadata={"label": N_("What is exercised"), "widget": "textarea"})


@handles(PlanExercise)
def plan_exercise(ctx: Context, cmd: PlanExercise) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("release", ROSTERS)
    key = ctx.new_id()
    reasons = [
        counts_today(ctx, CITE),
        filled(CITE, "title", cmd.title, 200),
        filled(CITE, "place", cmd.place, 200),
        filled(CITE, "scenario", cmd.scenario, LONG),
        _ahead(cmd.held_on, ctx.on, "held_on"),
    ]
    planned = entries.ExercisePlanned(
        exercise_id=key,
        programme=cmd.programme,
        title=cmd.title.strip(),
        place=cmd.place.strip(),
        scenario=cmd.scenario.strip(),
        held_on=cmd.held_on,
    )
    return Decision(all_of(reasons), (planned,), opens=Opening(key, KIND, programme=cmd.programme))


def _ahead(held_on: date, on: date, where: str) -> Reason:
    return finding(
        CITE,
        "exercise_ahead",
        held_on >= on,
        N_("It is held on %(day)s."),
        N_("It would be held on %(day)s, before today, %(on)s."),
        mend=N_("Plan it for today or a later day."),
        where=where,
        day=held_on,
        on=on,
    )


@command(
    CITE,
    "6 USC 967(a)",
    title=N_("Invite to a joint exercise"),
    procedure=INVITATION,
    case="",
    lock="participant_id",
)
@dataclass(frozen=True, kw_only=True)
class InviteToExercise(Command):
    """Invite a participant of the third tier to an exercise, and write why including it is appropriate."""

    participant_id: UUID = field(metadata={"label": N_("Company account")})
    exercise_id: UUID = field(metadata={"label": N_("Exercise"), "choices": "exercises"})
    why_appropriate: str = field(metadata={"label": N_("Why it is appropriate"), "widget": "textarea"})


@handles(InviteToExercise)
def invite_to_exercise(ctx: Context, cmd: InviteToExercise) -> Decision:
    alone("release", ROSTERS)
    participant, exercise = participant_of(cmd.participant_id), queries.exercise_with(cmd.exercise_id)
    key, terms = ctx.new_id(), terms_of(participant.programme, ctx.on)
    stood = stood_on(participant.pk, ctx.on)
    rank = stood.tier if stood.standing == "certified" else 0
    benefits = [one.code for one in terms.benefits if one.citation.cite == CITE]
    denied = denied_on(participant.pk, ctx.on)
    verdict = all_of(
        [
            *may_invite_to_exercise(rank, exercise.title, cmd.why_appropriate, terms).reasons,
            counts_today(ctx, CITE),
            fits(CITE, "why_appropriate", cmd.why_appropriate, LONG),
            finding(
                "6 USC 967(a)",
                "benefit_not_denied",
                not any(code in denied for code in benefits),
                N_("Exercises are not among the benefits that are denied to it."),
                N_("Exercises are among the benefits that are denied to it."),
                mend=N_("Invite it when the benefit is given back."),
                where="participant_id",
            ),
            *_open_to(exercise, participant.pk, participant.programme, ctx.on),
        ]
    )
    invited = entries.InvitedToExercise(
        invitation_id=key,
        exercise_id=exercise.pk,
        participant_id=participant.pk,
        title=exercise.title,
        place=exercise.place,
        held_on=exercise.held_on,
        why=cmd.why_appropriate.strip(),
    )
    opens = Opening(key, INVITATION, programme=participant.programme, participant=participant.pk)
    return Decision(verdict, (invited,), opens=opens)


def _open_to(exercise: Exercise, participant: UUID, programme: str, on: date) -> Iterator[Reason]:
    yield finding(
        CITE,
        "exercise_planned",
        exercise.state == "planned" and exercise.held_on >= on and exercise.programme == programme,
        N_("The exercise is planned for %(day)s."),
        N_("The exercise is over, given up, past its day (%(day)s), or of another programme."),
        mend=N_("Choose an exercise that is still to be held."),
        where="exercise_id",
        day=exercise.held_on,
    )
    yield finding(
        CITE,
        "invited_once",
        not exercise.invitations.filter(participant_id=participant).exists(),
        N_("It is not invited yet."),
        N_("It is invited to this exercise already."),
        mend=N_("Look at the roster of the exercise."),
        where="participant_id",
    )


ANSWERS = (("accepted", N_("We take part")), ("declined", N_("We do not take part")))


@command(CITE, title=N_("Answer the invitation"), procedure=INVITATION)
@dataclass(frozen=True, kw_only=True)
class AnswerExerciseInvitation(Command):
    """Say whether the company takes part. Taking part is voluntary, and declining costs nothing."""

    case_id: UUID
    answer: Literal["accepted", "declined"] = field(metadata={"label": N_("Answer"), "choices": ANSWERS})
    note: str = field(
        default="",
        metadata={"label": N_("Note"), "widget": "textarea", "help": N_("For example who comes, by name and role.")},
    )


@handles(AnswerExerciseInvitation)
def answer_exercise_invitation(ctx: Context, cmd: AnswerExerciseInvitation) -> Decision:
    row = queries.invitation_with(cmd.case_id)
    reasons = [
        counts_today(ctx, CITE),
        fits(CITE, "note", cmd.note, 2000),
        finding(
            CITE,
            "in_time",
            row.exercise.state == "planned" and ctx.on <= row.exercise.held_on,
            N_("The exercise is still ahead."),
            N_("The day of the exercise, %(day)s, has passed."),
            mend=N_("Write to the specialist who has your account."),
            where="answer",
            day=row.exercise.held_on,
        ),
    ]
    answered = entries.InvitationAnswered(invitation_id=row.pk, answer=cmd.answer, note=cmd.note.strip())
    return Decision(all_of(reasons), (answered,), to=cmd.answer)


@command(CITE, title=N_("Record the exercise"), procedure=KIND, audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordExercise(Command):
    """Record that the exercise was held: which of those invited took part, and what was learnt."""

    case_id: UUID
    attended: tuple[UUID, ...] = field(
        default=(), metadata={"label": N_("Who took part"), "choices": "exercise_roster"}
    )
    lessons: str = field(metadata={"label": N_("What was learnt"), "widget": "textarea"})


@handles(RecordExercise)
def record_exercise(ctx: Context, cmd: RecordExercise) -> Decision:
    alone("release", ROSTERS)
    exercise = queries.exercise_with(cmd.case_id)
    roster = set(exercise.invitations.values_list("participant_id", flat=True))
    strangers = set(cmd.attended) - roster
    reasons = [
        counts_today(ctx, CITE),
        filled(CITE, "lessons", cmd.lessons, LONG),
        finding(
            CITE,
            "day_has_come",
            exercise.held_on <= ctx.on,
            N_("The exercise was on %(day)s."),
            N_("The exercise is on %(day)s, which has not come."),
            mend=N_("Record it when it was held."),
            where="case_id",
            day=exercise.held_on,
        ),
        finding(
            CITE,
            "on_the_roster",
            not strangers,
            N_("Everybody who took part was invited."),
            N_("%(count)d of those named were not invited."),
            mend=N_("Name participants of the roster only."),
            where="attended",
            count=len(strangers),
        ),
    ]
    attended = tuple(sorted(set(cmd.attended)))
    held = entries.ExerciseHeld(exercise_id=exercise.pk, attended=attended, lessons=cmd.lessons.strip())
    return Decision(all_of(reasons), (held,))


@command(CITE, title=N_("Give the exercise up"), procedure=KIND, audience="staff")
@dataclass(frozen=True, kw_only=True)
class AbandonExercise(Command):
    """Give up an exercise that is not held; everybody who was invited is told."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(AbandonExercise)
def abandon_exercise(ctx: Context, cmd: AbandonExercise) -> Decision:
    alone("release", ROSTERS)
    exercise = queries.exercise_with(cmd.case_id)
    reasons = [counts_today(ctx, CITE), filled(CITE, "reason", cmd.reason, 2000)]
    return Decision(all_of(reasons), (entries.ExerciseAbandoned(exercise_id=exercise.pk, reason=cmd.reason.strip()),))


@command(CITE, title=N_("Close the invitation"), procedure=INVITATION, internal=True)
@dataclass(frozen=True, kw_only=True)
class CloseExerciseInvitation(Command):
    """The exercise is over or given up: the invitation is closed, and says whether the participant took part."""

    case_id: UUID


@handles(CloseExerciseInvitation)
def close_exercise_invitation(_ctx: Context, cmd: CloseExerciseInvitation) -> Decision:
    row = queries.invitation_with(cmd.case_id)
    over = finding(
        CITE,
        "exercise_over",
        row.exercise.state != "planned",
        N_("The exercise is over or given up."),
        N_("The exercise is still planned."),
        where="case_id",
    )
    return Decision(all_of([over]), (entries.InvitationClosed(invitation_id=row.pk, attended=row.attended),))
