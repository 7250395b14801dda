"""Who may give which command of release, as data: clause, command, offices."""

from __future__ import annotations

from collections.abc import Mapping

MANAGER = "programme_manager"
OFFICERS = "specialist supervisor programme_manager system"
"""Officers of customs, and the feed of entries that the platform itself takes in."""

GRANTED_RELEASE: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "6 USC 964(a)",
        {
            "RecordThreshold": MANAGER,
            "DraftReleasePolicy": "programme_manager supervisor",
            "SimulateReleasePolicy": "programme_manager supervisor",
            "PublishReleasePolicy": MANAGER,
            "WithdrawReleasePolicy": MANAGER,
        },
    ),
    ("6 USC 966(c)", {"ConsultOnReleasePolicy": "programme_manager supervisor"}),
    (
        "6 USC 966(c)(5)",
        {
            "PlanExercise": "programme_manager supervisor",
            "InviteToExercise": "programme_manager supervisor",
            "AnswerExerciseInvitation": "applicant_officer:own applicant_staff:own",
            "RecordExercise": "programme_manager supervisor",
            "AbandonExercise": "programme_manager supervisor",
            "CloseExerciseInvitation": "system",
        },
    ),
    (
        "19 USC 4311(a)",
        {
            "RecordArrangement": MANAGER,
            "EndArrangement": MANAGER,
            "RecogniseManufacturers": "programme_manager supervisor system",
            "EndRecognition": "programme_manager supervisor system",
        },
    ),
    (
        "19 USC 4311(b)(4)(A)",
        {
            "RegisterAgency": MANAGER,
            "DecideEntries": OFFICERS,
            "RecordAgencyAnswer": "partner_agency " + OFFICERS,
        },
    ),
    (
        "19 USC 4311(b)(4)(B)",
        {
            "RecordAgencyProgramme": "programme_manager supervisor",
            "ExamineAgencyProgramme": "programme_manager supervisor",
        },
    ),
    ("19 USC 4311(b)(4)(C)", {"AdoptAgencyCriteria": MANAGER}),
)
