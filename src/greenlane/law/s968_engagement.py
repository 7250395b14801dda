"""Engaging a certified validator, and the decision that stays an officer's: 968(c)(2), (f), (h)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.authority import Office
from greenlane.law.listing import written
from greenlane.law.s968_certificate import CertificateFacts, certificate_in_force
from greenlane.law.s968_ownership import OwnershipFacts, is_free_of_conflict
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class Contract:
    """The contract on file: who signed, whether the participant pays all costs, and the day it ended."""

    signed_on: date
    participant_signed: bool
    validator_signed: bool
    participant_pays_all: bool
    ended_on: date | None = None

    def in_force(self, on: date) -> bool:
        return self.signed_on <= on and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True)
class Consent:
    """The participant's submission to validation by this third party: by whom, of its own will, until withdrawn."""

    given_on: date
    given_by: str
    by_company_officer: bool
    voluntary: bool
    withdrawn_on: date | None = None

    def in_force(self, on: date) -> bool:
        return (
            self.given_on <= on
            and self.by_company_officer
            and self.voluntary
            and (self.withdrawn_on is None or on < self.withdrawn_on)
        )


@dataclass(frozen=True)
class EngagementFacts:
    """An engagement about to be authorized; ``pilot_from`` and ``pilot_until`` are first and last day of the pilot."""

    certificate: CertificateFacts
    ownership: OwnershipFacts
    contract: Contract | None
    consent: Consent | None
    pilot_from: date | None
    pilot_until: date | None


@rule("6 USC 968(f)", "6 USC 968(f)(2)", "6 USC 968(c)", "6 USC 968(h)")
def may_engage(facts: EngagementFacts, on: date, terms: Terms) -> Verdict:
    """A validator is engaged with a certificate, free of conflict, under contract, with consent, in the pilot."""
    return all_of(
        (
            _pilot_runs(facts, on),
            *certificate_in_force(facts.certificate, on, terms).reasons,
            *is_free_of_conflict(facts.ownership, on).reasons,
            *_contract(facts.contract, on),
            _consented(facts.consent, on),
        )
    )


def _pilot_runs(facts: EngagementFacts, on: date) -> Reason:
    since, until = facts.pilot_from, facts.pilot_until
    return finding(
        "6 USC 968(c)(1)",
        "pilot_runs",
        since is not None and since <= on and (until is None or on <= until),
        N_("The pilot program runs on %(day)s (%(since)s to %(until)s)."),
        N_("The pilot program does not run on %(day)s (%(since)s to %(until)s)."),
        mend=N_("Third parties validate only while the pilot program runs."),
        day=on,
        since=since or "-",
        until=until or "-",
    )


def _contract(contract: Contract | None, on: date) -> Iterator[Reason]:
    on_file = contract is not None and contract.in_force(on)
    yield finding(
        "6 USC 968(f)(2)",
        "contract_on_file",
        contract is not None and on_file and contract.participant_signed and contract.validator_signed,
        N_("A contract signed by both is on file."),
        N_("No contract in force, signed by participant and validator, is on file."),
        mend=N_("File the contract that both have signed."),
        where="contract",
    )
    yield finding(
        "6 USC 968(f)(2)",
        "participant_pays_all",
        contract is not None and contract.participant_pays_all,
        N_("Under the contract the participant pays all costs of the validation."),
        N_("There is no contract under which the participant agrees to pay all costs of the validation."),
        mend=N_("Let the contract say that the participant pays all costs."),
        where="contract",
    )


def _consented(consent: Consent | None, on: date) -> Reason:
    return finding(
        "6 USC 968(h)",
        "voluntary_consent",
        consent is not None and consent.in_force(on),
        N_("The participant voluntarily submits to validation by this third party (%(who)s, %(given)s)."),
        N_("The participant has not, by an officer of its own and of its own will, submitted to this third party."),
        mend=N_("Ask the participant; it may also choose to be validated by the agency itself."),
        where="consent",
        who=consent.given_by if consent else "-",
        given=consent.given_on if consent else "-",
    )


AGENCY_DECIDERS = frozenset({Office.SUPERVISOR, Office.PROGRAMME_MANAGER})
"""Offices that decide for the Secretary; a validator's report is never a decision."""


@dataclass(frozen=True)
class ThirdPartyReportFacts:
    """A third party's report before the officer: the visit, the consent, the certificate, and who decides.

    ``validator_people`` are the persons who act for the validator.
    """

    validator_people: tuple[str, ...]
    visited_on: date
    report_on: date | None
    consent: Consent | None
    certificate: CertificateFacts
    decided_by: str
    decided_in_office: Office


@rule("6 USC 968(c)(2)", "6 USC 968(h)")
def may_decide_after_third_party(facts: ThirdPartyReportFacts, on: date, terms: Terms) -> Verdict:
    """After a third party's visit an officer alone decides; report, consent and certificate must stand."""
    mine = facts.decided_in_office in AGENCY_DECIDERS and facts.decided_by not in facts.validator_people
    return all_of(
        (
            finding(
                "6 USC 968(c)(2)",
                "officer_decides",
                mine and written(facts.decided_by),
                N_("%(who)s decides in the office of %(office)s."),
                N_("%(who)s (%(office)s) cannot decide: validating is solely within the discretion of the Secretary."),
                mend=N_("A supervisor of the agency decides; the report only advises."),
                where="decided_by",
                who=facts.decided_by or "-",
                office=facts.decided_in_office.words,
            ),
            finding(
                "6 USC 968(c)(2)",
                "report_on_file",
                facts.report_on is not None and facts.visited_on <= facts.report_on <= on,
                N_("The report of the visit of %(visited)s was filed on %(report)s."),
                N_("No report of the visit of %(visited)s is on file."),
                mend=N_("Ask the validator for its report."),
                where="report",
                visited=facts.visited_on,
                report=facts.report_on or "-",
            ),
            _consented(facts.consent, facts.visited_on),
            *certificate_in_force(facts.certificate, facts.visited_on, terms).reasons,
        )
    )
