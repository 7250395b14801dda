"""An application that is decided is not withdrawn: the company leaves the programme instead (6 USC 961(a))."""

from __future__ import annotations

from collections.abc import Iterable

from greenlane.applications.commands import WithdrawApplication
from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.certification.models import Certification
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding


@guards(WithdrawApplication)
def not_decided_yet(ctx: Context, cmd: WithdrawApplication) -> Iterable[Reason]:
    """Whoever decides locks the application, so a decision that is being made is waited for."""
    decided = Certification.objects.filter(application_id=cmd.case_id).exclude(outcome="").exists()
    yield finding(
        "6 USC 961(a)",
        "not_decided_yet",
        not decided,
        N_("The application is not decided yet."),
        N_("The application is decided already."),
        mend=N_("Withdraw from the programme instead."),
    )
