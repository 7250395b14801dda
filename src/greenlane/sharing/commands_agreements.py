"""Publish and end agreements to share with other agencies (6 USC 971(c); 19 USC 4311(b)(4))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.locks import alone
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.checks import filled
from greenlane.programs.queries import terms_of
from greenlane.sharing import entries
from greenlane.sharing.models import SharingAgreement

CITE = "6 USC 971(c)"
AGENCIES = "19 USC 4311(b)(4)"


@command(CITE, AGENCIES, title=N_("Publish a sharing agreement"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishSharingAgreement(Command):
    """Publish an agreement with another agency: which kinds of record it may read, for which purpose, until when."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    agency: str = field(
        metadata={"label": N_("Agency"), "help": N_("As it is written in the offices of the agency's people.")}
    )
    kinds: tuple[Literal["status", "tier"], ...] = field(
        metadata={
            "label": N_("Kinds of record"),
            "choices": (("status", N_("Status, and since when")), ("tier", N_("Tier"))),
        }
    )
    purpose: str = field(metadata={"label": N_("Purpose"), "widget": "textarea"})
    since: date = field(metadata={"label": N_("First day")})
    until: date = field(metadata={"label": N_("Last day")})


@handles(PublishSharingAgreement)
def publish_sharing_agreement(ctx: Context, cmd: PublishSharingAgreement) -> Decision:
    terms_of(cmd.programme, ctx.on)
    agency, key = cmd.agency.strip(), ctx.new_id()
    alone("agreement", cmd.programme, agency)
    published = entries.SharingAgreementPublished(
        agreement_id=key,
        programme=cmd.programme,
        agency=agency,
        kinds=tuple(dict.fromkeys(cmd.kinds)),
        purpose=cmd.purpose.strip(),
        since=cmd.since,
        until=cmd.until,
    )
    opens = Opening(key, "sharing_agreement", programme=cmd.programme)
    return Decision(all_of(_agreement(ctx, cmd, agency)), (published,), to="published", opens=opens)


def _agreement(ctx: Context, cmd: PublishSharingAgreement, agency: str) -> Iterator[Reason]:
    yield filled("agency", cmd.agency, 100)
    yield filled("purpose", cmd.purpose, 300)
    yield finding(
        CITE,
        "kinds_named",
        "status" in cmd.kinds,
        N_("The kinds of record are named."),
        N_("The agreement does not name the status, without which nothing can be read."),
        mend=N_("Name the status, and the tier where the agency needs it."),
        where="kinds",
    )
    yield finding(
        CITE,
        "days_in_order",
        ctx.on <= cmd.since <= cmd.until,
        N_("It holds from %(since)s to %(until)s."),
        N_("It would hold from %(since)s to %(until)s: it begins before today, or ends before it begins."),
        mend=N_("Let it begin today or later, and end on a later day."),
        where="since",
        since=cmd.since,
        until=cmd.until,
    )
    same = SharingAgreement.objects.filter(programme=cmd.programme, agency=agency, ended_on=None)
    yield finding(
        CITE,
        "no_other_agreement_then",
        not same.filter(since__lte=cmd.until, until__gte=cmd.since).exists(),
        N_("No other agreement with this agency covers these days."),
        N_("Another agreement with this agency covers some of these days."),
        mend=N_("End that agreement first, or choose other days."),
        where="agency",
    )


@command(CITE, title=N_("End a sharing agreement"))
@dataclass(frozen=True, kw_only=True)
class EndSharingAgreement(Command):
    """End an agreement with an agency. It reads nothing more from now on."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(EndSharingAgreement)
def end_sharing_agreement(ctx: Context, cmd: EndSharingAgreement) -> Decision:
    row = SharingAgreement.objects.filter(pk=cmd.case_id, ended_on=None).first()
    if row is None:
        raise Missing("agreement", cmd.case_id)
    ended = entries.SharingAgreementEnded(agreement_id=row.pk, agency=row.agency, reason=cmd.reason.strip())
    return Decision(all_of((filled("reason", cmd.reason, 2000),)), (ended,), to="ended")
