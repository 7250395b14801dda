"""Who may give which command of a participant's standing duties, as data: clause, command, offices."""

from __future__ import annotations

from collections.abc import Mapping

from greenlane.law.authority_table import COMPANY

GRANTED_DUTIES: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "6 USC 963(3)",
        {
            "OpenProfileReview": "system",
            "AffirmAnswers": COMPANY,
            "SubmitReview": "applicant_officer:own",
            "RemindOfReview": "system",
            "CloseProfileReview": "system",
            "NameContact": COMPANY + " system",
            "ConfirmContact": COMPANY + " specialist supervisor",
            "EndContact": COMPANY,
            "ReportBouncedContact": COMPANY + " specialist supervisor system",
            "BringContacts": "system",
            "GiveContactsBack": "system",
            "RaiseContactAlarm": "system",
            "ClearContactAlarm": "specialist supervisor system",
            "ProposeHandOver": "applicant_officer:own supervisor",
            "WithdrawHandOver": "applicant_officer:own supervisor",
            "AcceptHandOver": "public",
        },
    ),
    (
        "6 USC 964(b)",
        {
            "OpenChangeNotice": "system",
            "AddToChangeNotice": "system",
            "ReviewChangeNotice": "specialist:assigned+ supervisor",
        },
    ),
    ("6 USC 961(a)", {"WithdrawFromProgramme": "applicant_officer:own"}),
    ("6 USC 961(b)", {"TakeUpEdition": COMPANY}),
)
