"""Nothing begins for an account that is merged: it goes on in another one (6 USC 962)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from greenlane.applications.commands import OpenApplication
from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.law.verdicts import Reason
from greenlane.participants.guards_merging import goes_on_elsewhere
from greenlane.sharing.commands import GiveVerificationConsent, MonitorPartner
from greenlane.sharing.commands_assessments import AskPartner, ShareAssessment


@guards(OpenApplication, GiveVerificationConsent, MonitorPartner, AskPartner, ShareAssessment)
def nothing_begins_while_merged(ctx: Context, cmd: Any) -> Iterable[Reason]:
    """A merged account applies for nothing and shares nothing new; the consents it gave before stay on record."""
    yield from goes_on_elsewhere(ctx, cmd)
