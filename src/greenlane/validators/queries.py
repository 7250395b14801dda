"""Reads of validators, certificates, engagements and the pilot (6 USC 968)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from uuid import UUID

from django.db.models import Q, QuerySet

from greenlane.casework.problems import Missing
from greenlane.law.s968 import certificate_in_force, may_close_review, pilot_ends_on
from greenlane.law.verdicts import Verdict
from greenlane.programs.queries import terms_at_hand, terms_of
from greenlane.validators.facts import certificate_facts, procedure_facts, revocation_facts
from greenlane.validators.models import Certificate, Engagement, PilotProgramme, Procedure, Validator, ValidatorPerson

OPEN_ENGAGEMENTS = ("proposed", "consented", "authorized", "under_way", "reported")
"""States of the case of an engagement that has not ended."""


def validator_of(validator_id: UUID) -> Validator:
    """The third party entity. Raises Missing."""
    row = Validator.objects.filter(pk=validator_id).first()
    if row is None:
        raise Missing("validator", validator_id)
    return row


def certificate_of(case_id: UUID) -> Certificate:
    """The certificate of a case, with all that it rests on. Raises Missing."""
    row = whole(Certificate.objects.filter(pk=case_id)).prefetch_related("people").first()
    if row is None:
        raise Missing("validator_certificate", case_id)
    return row


def whole(certificates: QuerySet[Certificate]) -> QuerySet[Certificate]:
    """Certificates with all that they rest on."""
    rows = certificates.select_related("validator")
    return rows.prefetch_related("agreements__procedure", "demonstrations", "limits", "policies")


def engagement_of(case_id: UUID) -> Engagement:
    """The engagement of a case. Raises Missing."""
    rows = Engagement.objects.select_related("validator", "participant__group").filter(pk=case_id)
    row = rows.prefetch_related("ties", "cleared").first()
    if row is None:
        raise Missing("engagement", case_id)
    return row


def in_force(certificate: Certificate, on: date) -> Verdict:
    """Is the certificate in force on a day? Asked by date, never stored."""
    return certificate_in_force(certificate_facts(certificate, on), on, terms_of(certificate.validator.programme, on))


def in_force_at_hand(on: date) -> Callable[[Certificate], Verdict]:
    """``in_force`` on a day, for many certificates: terms and procedures are read once for all of them."""
    terms, procedures = terms_at_hand(), cache(procedure_facts)

    def asked(certificate: Certificate) -> Verdict:
        facts = certificate_facts(certificate, on, procedures)
        return certificate_in_force(facts, on, terms(certificate.validator.programme, on))

    return asked


def latest_certificate(validator: Validator) -> Certificate | None:
    """The certificate that the entity sought last."""
    return validator.certificates.order_by("-sought_on", "-id").first()


def certified_validators(programme: str, on: date) -> list[Certificate]:
    """The certificates in force on a day, by name: whom a participant may engage."""
    rows = Certificate.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), validator__programme=programme, certified_on__lte=on
    )
    stands = in_force_at_hand(on)
    return [row for row in whole(rows).order_by("validator__name", "id") if stands(row).granted]


def procedures_of(programme: str) -> QuerySet[Procedure]:
    """Every version of every procedure, in order."""
    return Procedure.objects.filter(programme=programme).order_by("code", "version")


def people_by_certificate() -> dict[UUID, tuple[UUID, ...]]:
    """The accounts of the persons who act under each certificate, one query for all."""
    found: dict[UUID, tuple[UUID, ...]] = {}
    for certificate, account in ValidatorPerson.objects.order_by("account_id").values_list(
        "certificate_id", "account_id"
    ):
        found[certificate] = (*found.get(certificate, ()), account)
    return found


def people_of(certificate_ids: Iterable[UUID]) -> tuple[UUID, ...]:
    """The accounts of the persons who act for a validator."""
    rows = ValidatorPerson.objects.filter(certificate_id__in=tuple(certificate_ids)).order_by("account_id")
    return tuple(dict.fromkeys(rows.values_list("account_id", flat=True)))


def open_engagements(certificate_id: UUID) -> QuerySet[Engagement]:
    """The engagements under a certificate that have not ended."""
    return Engagement.objects.filter(certificate_id=certificate_id, ended_on=None, accepted_on=None).order_by("pk")


def conducted_by(validator_id: UUID) -> QuerySet[Engagement]:
    """The engagements under which the entity conducted a validation: it reported a visit, whatever became of it."""
    return Engagement.objects.filter(validator_id=validator_id, reports__gt=0).order_by("proposed_on", "pk")


def review_complete(certificate: Certificate) -> Verdict:
    """Has an officer reviewed every validation that the revoked entity conducted?"""
    return may_close_review(revocation_facts(certificate, ()))


def running_pilot(programme: str) -> PilotProgramme | None:
    """The pilot that started last, whether or not its year is over."""
    rows = PilotProgramme.objects.filter(programme=programme).exclude(started_on=None)
    return rows.order_by("-started_on", "-id").first()


def last_day_of_pilot(programme: str) -> date | None:
    """The last day of the pilot that a programme started last; None where it started none."""
    return pilot_until(running_pilot(programme))


def pilot_of(case_id: UUID) -> PilotProgramme:
    """The pilot of a register. Raises Missing."""
    row = PilotProgramme.objects.filter(pk=case_id).first()
    if row is None:
        raise Missing("pilot", case_id)
    return row


def pilot_until(pilot: PilotProgramme | None) -> date | None:
    """The last day of the pilot's year, reckoned from its start."""
    return pilot_ends_on(pilot.started_on) if pilot and pilot.started_on else None
