"""Reads of applications that pages, interface and later rooms share (6 USC 963)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from greenlane.applications.facts import signature, submission_facts
from greenlane.applications.models import Application
from greenlane.casework.problems import Missing
from greenlane.criteria.catalogue import Criterion, Edition
from greenlane.criteria.queries import edition_in_force, edition_of
from greenlane.law.authority import Office
from greenlane.law.s963 import may_submit
from greenlane.law.verdicts import Verdict
from greenlane.programs.queries import terms_of


def application_of(case_id: UUID) -> Application:
    """The application of a case, with its participant. Raises Missing."""
    row = Application.objects.select_related("participant__group").filter(pk=case_id).first()
    if row is None:
        raise Missing("application", case_id)
    return row


def latest_application(participant: UUID) -> Application | None:
    """The newest application of a participant."""
    rows = Application.objects.select_related("participant").filter(participant_id=participant)
    return rows.order_by("-opened_on", "-pk").first()


def questionnaire(application: Application) -> tuple[Criterion, ...]:
    """Exactly the criteria of this business type's edition that concern the kinds of cargo it moves (RC-14).

    Once submitted, the kinds are those that were submitted: a later change of the profile takes no criterion away.
    """
    kinds = application.cargo_kinds or application.participant.cargo_kinds
    return tuple(c for c in edition_of(application.edition_id).criteria if not c.cargo_kinds or c.concerns(kinds))


def newer_edition(application: Application, on: date) -> Edition | None:
    """The edition in force on a day, where it is newer than the one that the application answers (961(b))."""
    own = edition_of(application.edition_id)
    new = edition_in_force(application.programme, application.business_type, on)
    return new if new.version != own.version and new.in_force_from >= own.in_force_from else None


def readiness(application: Application, account: UUID | None, office: Office, on: date) -> Verdict:
    """What ``SubmitApplication`` would answer now: every missing thing, each with its clause and place."""
    signing = signature(application, account, office.value, on)
    return may_submit(submission_facts(application, signing), on, terms_of(application.programme, on))
