"""Take up a newer edition of the criteria before an application is submitted (6 USC 961(b))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from greenlane.applications.entries_edition import EditionTakenUp
from greenlane.applications.queries import application_of, newer_edition
from greenlane.casework.context import Context, Decision
from greenlane.casework.registry import Command, command, handles
from greenlane.criteria.catalogue import Criterion, Edition
from greenlane.criteria.queries import edition_id, edition_of
from greenlane.law.s963_review import CriterionRead, asked_anew
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, finding


@command("6 USC 961(b)", "6 USC 963(3)", title=N_("Take up the newer edition"), procedure="application")
@dataclass(frozen=True, kw_only=True)
class TakeUpEdition(Command):
    """Answer the edition of the criteria that is in force today. Answers to criteria that read as before are kept."""

    case_id: UUID


@handles(TakeUpEdition)
def take_up_edition(ctx: Context, cmd: TakeUpEdition) -> Decision:
    application = application_of(cmd.case_id)
    old = edition_of(application.edition_id)
    found = newer_edition(application, ctx.on)
    new = found or old
    newer = finding(
        "6 USC 961(b)",
        "newer_edition_in_force",
        found is not None,
        N_("Edition %(new)s is in force since %(since)s."),
        N_("The application answers edition %(old)s, and no newer one is in force."),
        mend=N_("Go on with the application as it is."),
        old=old.version,
        new=new.version,
        since=new.in_force_from,
    )
    taken = EditionTakenUp(
        application_id=application.pk,
        edition_id=edition_id(new.programme, new.business_type, new.version),
        from_edition_id=application.edition_id,
        version=new.version,
        to_answer=asked_anew(_read(old), _read(new)),
        removed=tuple(c.number for c in old.criteria if new.criterion(c.number) is None),
    )
    return Decision(Verdict((newer,)), (taken,))


def _read(edition: Edition) -> tuple[CriterionRead, ...]:
    return tuple(_as_read(criterion) for criterion in edition.criteria)


def _as_read(criterion: Criterion) -> CriterionRead:
    return CriterionRead(criterion.number, criterion.level, criterion.text)
