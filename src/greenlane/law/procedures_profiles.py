"""The tables of a participant's standing duties: reviews of its profile, changes, contacts: 961(b), 963(3), 964(b)."""

from __future__ import annotations

from greenlane.law.procedures import moves, procedure
from greenlane.law.sentences import N_

PROFILE_REVIEW = procedure(
    "profile_review",
    N_("Review of the security profile"),
    "open submitted closed",
    "submitted closed",
    moves("6 USC 963(3)", "OpenProfileReview", None, "open"),
    moves("6 USC 963(3)", "AffirmAnswers", "open", "="),
    moves("6 USC 963(3)", "RemindOfReview", "open", "="),
    moves("6 USC 963(3)", "SubmitReview", "open", "submitted"),
    moves("6 USC 963(3)", "CloseProfileReview", "open", "closed"),
)
"""'closed': nothing is asked any more, because the company withdrew or a later review has taken its place."""

CHANGE_NOTICE = procedure(
    "change_notice",
    N_("Notice of a change"),
    "open reviewed",
    "reviewed",
    moves("6 USC 964(b)", "OpenChangeNotice", None, "open"),
    moves("6 USC 964(b)", "AddToChangeNotice", "open", "="),
    moves("6 USC 964(b)", "ReviewChangeNotice", "open", "reviewed"),
)

CONTACT_ALARM = procedure(
    "contact_alarm",
    N_("Contact that cannot be reached"),
    "open cleared",
    "cleared",
    moves("6 USC 963(3)", "RaiseContactAlarm", None, "open"),
    moves("6 USC 963(3)", "ClearContactAlarm", "open", "cleared"),
)
