"""Dates that a person or a programme sets under the law: what each is, whose duty it is, under which clause."""

from __future__ import annotations

from greenlane.law.citations import Citation
from greenlane.law.reckoning import Clock, Duty, Force, Roll
from greenlane.law.sentences import N_


def _date(
    cite: str,
    code: str,
    title: str,
    starts_with: str,
    applies_to: str,
    duty_of: Duty = Duty.PARTICIPANT,
    owed: bool = False,
) -> Clock:
    return Clock(
        code=code,
        title=title,
        citation=Citation(cite),
        starts_with=starts_with,
        parameter=None,
        force=Force.SHALL,
        duty_of=duty_of,
        roll=Roll.KEEP,
        ends_with=(),
        applies_to=applies_to,
        owed=owed,
    )


DATES: tuple[Clock, ...] = (
    _date(
        "6 USC 961(b)",
        "reattestation",
        N_("Answers to changed criteria"),
        N_("a new edition"),
        "profile_review",
        owed=True,
    ),
    _date(
        "6 USC 963(3)",
        "annual_review",
        N_("Annual review"),
        N_("the opening of its window"),
        "profile_review",
        owed=True,
    ),
    _date("6 USC 965(c)", "required_action", N_("Required action"), N_("the report"), "validation", owed=True),
    _date("6 USC 965(a)", "visit", N_("Visit"), N_("the notice"), "validation", Duty.AGENCY),
    _date(
        "6 USC 965(a)", "blocked_review", N_("Review of a blocked visit"), N_("the refusal"), "validation", Duty.AGENCY
    ),
    _date("6 USC 967(a)", "consequence_response", N_("Response to a notice"), N_("the notice"), "consequence"),
    _date(
        "6 USC 967(a)",
        "corrective_goal",
        N_("Goal of a corrective action plan"),
        N_("the plan"),
        "consequence",
        owed=True,
    ),
    _date("6 USC 967(b)", "sanction_end", N_("End of the stated period"), N_("the decision"), "consequence"),
    _date("6 USC 968(d)(2)(B)", "insurance_end", N_("End of the liability insurance"), N_("the policy"), "validator"),
    _date(
        "6 USC 968(g)(1)", "inspection", N_("Inspection of a validator"), N_("the last one"), "validator", Duty.AGENCY
    ),
    _date(
        "6 USC 971(c)",
        "incident_review",
        N_("Review of a reported incident"),
        N_("the report"),
        "incident",
        Duty.AGENCY,
    ),
    _date("6 USC 971(c)", "incident_action", N_("Agreed action"), N_("the agreement"), "incident", owed=True),
)
