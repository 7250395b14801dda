"""What 967(b)-(c) asks of commands of other rooms: no name before its process is complete, no officer with a part."""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.appeals.checks import no_part
from greenlane.appeals.decisions import decided
from greenlane.appeals.facts import process_complete
from greenlane.appeals.queries import appeal_of
from greenlane.casework.context import Context
from greenlane.casework.registry import guards
from greenlane.consequences.commands_return import PublishConsequence
from greenlane.law.authority import Office
from greenlane.law.verdicts import Reason
from greenlane.people.commands import AssignCase
from greenlane.people.models import Account
from greenlane.people.queries import offices_of


@guards(PublishConsequence)
def process_is_complete(ctx: Context, cmd: PublishConsequence) -> Iterator[Reason]:
    """A suspension or expulsion is published once the process under 967(c) is complete, whoever asks."""
    decision = decided(cmd.case_id)
    if decision is not None:
        yield from process_complete(decision, ctx.on).reasons


@guards(AssignCase)
def appeal_goes_to_one_without_a_part(ctx: Context, cmd: AssignCase) -> Iterator[Reason]:
    """No way of assigning brings an appeal to an appeal officer who took part in the decision."""
    if ctx.the_case.kind != "appeal":
        return
    account = Account.objects.filter(pk=cmd.account_id).first()
    decision = decided(appeal_of(ctx.the_case.pk).consequence_id)
    if account is not None and decision is not None and Office.APPEAL_OFFICER in offices_of(account, ctx.on):
        yield no_part(decision, account, "account_id")
