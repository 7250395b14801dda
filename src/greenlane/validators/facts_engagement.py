"""Rows of an engagement as the facts that 968(c)(2), (f) and (h) ask for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from greenlane.law.authority import Office
from greenlane.law.s968 import (
    Clearance,
    Consent,
    Contract,
    DeclaredConflict,
    EngagementFacts,
    OwnershipFacts,
    ThirdPartyReportFacts,
    may_engage,
)
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.people.models import OfficeHolding
from greenlane.people.queries import in_force
from greenlane.programs.queries import terms_of
from greenlane.validators.facts import certificate_facts
from greenlane.validators.models import Engagement
from greenlane.validators.ownership import holdings_above, label_of
from greenlane.validators.queries import certificate_of, people_of, pilot_until, running_pilot

CONFLICT = "6 USC 968(f)(1)(B)"


def contract_facts(engagement: Engagement) -> Contract | None:
    if engagement.contract_signed_on is None:
        return None
    return Contract(
        signed_on=engagement.contract_signed_on,
        participant_signed=engagement.participant_signed,
        validator_signed=engagement.validator_signed,
        participant_pays_all=engagement.participant_pays_all,
        ended_on=engagement.contract_ended_on,
    )


def consent_facts(engagement: Engagement) -> Consent | None:
    """The consent; only an officer of the company can give the command that leaves it."""
    if engagement.consent_on is None:
        return None
    return Consent(
        given_on=engagement.consent_on,
        given_by=engagement.consent_by,
        by_company_officer=True,
        voluntary=engagement.consent_voluntary,
        withdrawn_on=engagement.consent_withdrawn_on,
    )


def ownership_facts(engagement: Engagement) -> OwnershipFacts:
    """The two sides, every holding above them, what was declared and what was cleared."""
    validator, company = engagement.validator, engagement.participant
    return OwnershipFacts(
        validator=label_of(validator.name),
        participant=label_of(company.legal_name),
        holdings=holdings_above((validator.name, validator.pk), (company.legal_name, company.pk)),
        declared=tuple(
            DeclaredConflict(tie.kind, tie.detail, tie.ended_on)
            for tie in sorted(engagement.ties.all(), key=lambda tie: (tie.declared_on, tie.pk))
        ),
        declaration_signed_on=engagement.validator_declared_on,
        cleared=tuple(Clearance(row.party, row.reason, str(row.officer or "")) for row in engagement.cleared.all()),
    )


def engagement_facts(engagement: Engagement, on: date) -> EngagementFacts:
    pilot = running_pilot(engagement.validator.programme)
    return EngagementFacts(
        certificate=certificate_facts(certificate_of(engagement.certificate_id), on),
        ownership=ownership_facts(engagement),
        contract=contract_facts(engagement),
        consent=consent_facts(engagement),
        pilot_from=pilot.started_on if pilot else None,
        pilot_until=pilot_until(pilot),
    )


def engageable(engagement: Engagement, on: date) -> Verdict:
    """May this validator work for this company on this day? All of 968(f) and (h), and no person on both sides."""
    terms = terms_of(engagement.validator.programme, on)
    verdict = may_engage(engagement_facts(engagement, on), on, terms)
    return all_of((*verdict.reasons, *both_sides(engagement, on)))


def both_sides(engagement: Engagement, on: date) -> Iterator[Reason]:
    """What the two-sided form asks beyond the rule: the company's own declaration, and no person on both sides."""
    signed = engagement.participant_declared_on
    yield finding(
        CONFLICT,
        "participant_declared",
        signed is not None and signed <= on,
        N_("%(company)s signed its declaration of conflicts on %(day)s."),
        N_("%(company)s has not signed a declaration of conflicts for %(validator)s."),
        mend=N_("Ask an officer of %(company)s to sign it."),
        where="participant_declared_on",
        company=engagement.participant.legal_name,
        validator=engagement.validator.name,
        day=signed or "-",
    )
    shared = people_on_both_sides(engagement, on)
    yield finding(
        CONFLICT,
        "nobody_on_both_sides",
        not shared,
        N_("Nobody acts for both the validator and the company."),
        N_("Acting for both the validator and the company: %(who)s."),
        mend=N_("Engage another validator."),
        where="people",
        who=", ".join(shared) or "-",
    )


def people_on_both_sides(engagement: Engagement, on: date) -> list[str]:
    """Names of the validator's people who hold an office of the company on a day, consultants included."""
    rows = OfficeHolding.objects.filter(
        in_force(on),
        participant_id=engagement.participant_id,
        account_id__in=people_of([engagement.certificate_id]),
    )
    return list(rows.order_by("account__name").values_list("account__name", flat=True).distinct())


def report_facts(
    engagement: Engagement, visited_on: date, on: date, *, decided_by: UUID | None, office: str
) -> ThirdPartyReportFacts:
    """A third party's visit before the officer who decides."""
    return ThirdPartyReportFacts(
        validator_people=tuple(str(key) for key in people_of([engagement.certificate_id])),
        visited_on=visited_on,
        report_on=engagement.report_on,
        consent=consent_facts(engagement),
        certificate=certificate_facts(certificate_of(engagement.certificate_id), visited_on),
        decided_by=str(decided_by or ""),
        decided_in_office=Office(office),
    )
