"""The table of a policy of release: drafted, consulted on, simulated, published by a second person: 964(a), 966(c).

And the tables of joint exercises and of invitations to them: 966(c)(5).
"""

from __future__ import annotations

from greenlane.law.procedures import moves, procedure
from greenlane.law.sentences import N_

RELEASE_POLICY = procedure(
    "release_policy",
    N_("Policy of benefits on cargo"),
    "draft published withdrawn",
    "published withdrawn",
    moves("6 USC 964(a)", "DraftReleasePolicy", None, "draft"),
    moves("6 USC 966(c)", "ConsultOnReleasePolicy", "draft", "="),
    moves("6 USC 964(a)", "SimulateReleasePolicy", "draft", "="),
    moves("6 USC 964(a)", "PublishReleasePolicy", "draft", "published"),
    moves("6 USC 964(a)", "WithdrawReleasePolicy", "draft", "withdrawn"),
)
"""A published policy never changes: it is in force from its day until the day of the next one."""

JOINT_EXERCISE = procedure(
    "joint_exercise",
    N_("Joint incident management exercise"),
    "planned completed abandoned",
    "completed abandoned",
    moves("6 USC 966(c)(5)", "PlanExercise", None, "planned"),
    moves("6 USC 966(c)(5)", "RecordExercise", "planned", "completed"),
    moves("6 USC 966(c)(5)", "AbandonExercise", "planned", "abandoned"),
)

EXERCISE_INVITATION = procedure(
    "exercise_invitation",
    N_("Invitation to a joint exercise"),
    "invited accepted declined closed",
    "declined closed",
    moves("6 USC 966(c)(5)", "InviteToExercise", None, "invited"),
    moves("6 USC 966(c)(5)", "AnswerExerciseInvitation", "invited", "accepted declined"),
    moves("6 USC 966(c)(5)", "CloseExerciseInvitation", "invited accepted", "closed"),
)
"""An invitation of one participant; it closes when the exercise is over or given up."""
