"""The certificate of a third party validator: ability, procedures, insurance, confidentiality: 968(d)-(e)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import listed, written
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class ProcedureVersion:
    """One version of a designated standard operating procedure or requirement, and the day it comes into force."""

    code: str
    version: int
    in_force_from: date


@dataclass(frozen=True)
class Agreed:
    """The entity's agreement to one version of a procedure."""

    code: str
    version: int
    agreed_on: date


@dataclass(frozen=True)
class Demonstration:
    """The entity demonstrated its ability under one procedure; *satisfied* names the officer whom it satisfied."""

    code: str
    shown_on: date
    satisfied: str


@dataclass(frozen=True)
class Policy:
    """A liability insurance policy: limit in whole dollars, first and last day, whether it meets the conditions."""

    insurer: str
    limit: int
    since: date
    until: date
    meets_conditions: bool
    cancelled_on: date | None = None

    def covers(self, on: date, limit: int) -> bool:
        """Covers *on* at *limit*; the last day is covered, the day of a cancellation is not."""
        return (
            self.since <= on <= self.until
            and (self.cancelled_on is None or on < self.cancelled_on)
            and self.limit >= limit
            and self.meets_conditions
        )


@dataclass(frozen=True)
class ValidatorFacts:
    """A third party entity that seeks or holds a certificate.

    ``limit`` is the insurance limit set for it, in whole dollars, from what it submitted under (e); None: not set yet,
    and the limit that the programme sets for every validator holds.
    """

    entity: str
    procedures: tuple[ProcedureVersion, ...]
    demonstrations: tuple[Demonstration, ...]
    agreements: tuple[Agreed, ...]
    submission_on: date | None
    limit: int | None
    policies: tuple[Policy, ...]
    confidentiality_signed_on: date | None
    confidentiality_signed_by: str


@dataclass(frozen=True)
class CertificateFacts:
    """A certificate: the day it was given, the days it was revoked or given up, and the entity as it stands."""

    certified_on: date | None
    revoked_on: date | None
    validator: ValidatorFacts
    surrendered_on: date | None = None


def current(procedures: tuple[ProcedureVersion, ...], on: date) -> tuple[ProcedureVersion, ...]:
    """The version of each procedure in force on *on*, in order of code."""
    newest: dict[str, ProcedureVersion] = {}
    for procedure in sorted(procedures, key=lambda p: (p.in_force_from, p.version)):
        if procedure.in_force_from <= on:
            newest[procedure.code] = procedure
    return tuple(newest[code] for code in sorted(newest))


@rule(
    "6 USC 968(d)",
    "6 USC 968(d)(1)",
    "6 USC 968(d)(2)",
    "6 USC 968(d)(2)(A)",
    "6 USC 968(d)(2)(B)",
    "6 USC 968(d)(3)",
    "6 USC 968(e)",
)
def may_certify_validator(facts: ValidatorFacts, on: date, terms: Terms) -> Verdict:
    """A third party entity is certified on ability, agreed procedures, insurance and a confidentiality agreement."""
    return all_of((_ability(facts, on), *_upkeep(facts, on, terms)))


@rule("6 USC 968(d)(2)(A)", "6 USC 968(d)(2)(B)", "6 USC 968(g)(2)(A)")
def certificate_in_force(facts: CertificateFacts, on: date, terms: Terms) -> Verdict:
    """A certificate stands from its day until revoked, and lapses by itself with insurance or agreement."""
    given, revoked, surrendered = facts.certified_on, facts.revoked_on, facts.surrendered_on
    return all_of(
        (
            finding(
                "6 USC 968(d)",
                "certified",
                given is not None and given <= on,
                N_("%(entity)s was certified on %(given)s."),
                N_("%(entity)s is not certified on %(day)s."),
                mend=N_("Certify the entity first."),
                entity=facts.validator.entity,
                given=given or "-",
                day=on,
            ),
            finding(
                "6 USC 968(g)(2)(A)",
                "not_revoked",
                revoked is None or on < revoked,
                N_("The certificate of %(entity)s is not revoked."),
                N_("The certificate of %(entity)s was revoked on %(revoked)s."),
                mend=N_("Engage another validator."),
                entity=facts.validator.entity,
                revoked=revoked or "-",
            ),
            finding(
                "6 USC 968(d)(2)(A)",
                "not_surrendered",
                surrendered is None or on < surrendered,
                N_("%(entity)s has not given its certificate up."),
                N_("%(entity)s gave its certificate up on %(surrendered)s."),
                mend=N_("Engage another validator."),
                entity=facts.validator.entity,
                surrendered=surrendered or "-",
            ),
            *_upkeep(facts.validator, on, terms),
        )
    )


def _ability(facts: ValidatorFacts, on: date) -> Reason:
    shown = {d.code for d in facts.demonstrations if d.shown_on <= on and written(d.satisfied)}
    missing = [p.code for p in current(facts.procedures, on) if p.code not in shown]
    return finding(
        "6 USC 968(d)(1)",
        "ability_demonstrated",
        bool(shown) and not missing,
        N_("%(entity)s demonstrated its ability under every designated procedure."),
        N_("%(entity)s has not demonstrated, to an officer's satisfaction, its ability under: %(missing)s."),
        mend=N_("Record a demonstration for each of these procedures: %(missing)s."),
        where=missing[0] if missing else "",
        entity=facts.entity,
        missing=listed(missing),
    )


def _upkeep(facts: ValidatorFacts, on: date, terms: Terms) -> Iterator[Reason]:
    """What must hold on the first day and on every day after."""
    agreed = {(a.code, a.version) for a in facts.agreements if a.agreed_on <= on}
    designated = current(facts.procedures, on)
    unsigned = [f"{p.code} v{p.version}" for p in designated if (p.code, p.version) not in agreed]
    yield finding(
        "6 USC 968(d)(2)(A)",
        "procedures_agreed",
        bool(designated) and not unsigned,
        N_("%(entity)s has agreed to every procedure in force on %(day)s, and to its updates."),
        N_("%(entity)s has not agreed to what is in force on %(day)s: %(unsigned)s."),
        mend=N_("Ask %(entity)s to agree to: %(unsigned)s."),
        where=unsigned[0] if unsigned else "",
        entity=facts.entity,
        unsigned=listed(unsigned),
        day=on,
    )
    yield finding(
        "6 USC 968(e)",
        "limits_submission",
        facts.submission_on is not None and facts.submission_on <= on,
        N_("%(entity)s submitted on %(day)s what is needed to set the insurance limits."),
        N_("%(entity)s has not submitted what is needed to set the insurance limits."),
        mend=N_("Ask %(entity)s for its information for setting the limits."),
        entity=facts.entity,
        day=facts.submission_on or "-",
    )
    yield _insured(facts, on, terms)
    signed = facts.confidentiality_signed_on
    yield finding(
        "6 USC 968(d)(3)",
        "confidentiality_signed",
        signed is not None and signed <= on and written(facts.confidentiality_signed_by),
        N_("%(who)s signed the agreement to protect proprietary information on %(day)s."),
        N_("%(entity)s has not signed the agreement to protect proprietary information."),
        mend=N_("Ask %(entity)s to sign the agreement."),
        entity=facts.entity,
        who=facts.confidentiality_signed_by,
        day=signed or "-",
    )


def _insured(facts: ValidatorFacts, on: date, terms: Terms) -> Reason:
    """At the limit set for this entity; until one is set, at the programme's limit for every validator."""
    limit = facts.limit if facts.limit is not None else parameter("validator_insurance_usd", on, terms).number
    policy = next((p for p in facts.policies if p.covers(on, limit)), None)
    last = max((min(p.until, p.cancelled_on or p.until) for p in facts.policies), default=None)
    return finding(
        "6 USC 968(d)(2)(B)",
        "insured",
        policy is not None,
        N_("%(insurer)s covers %(limit)s dollars on %(day)s, under the conditions set."),
        N_("No policy covers the limit set (%(limit)s dollars) on %(day)s as required; the last one ran to %(last)s."),
        mend=N_("Record a liability policy at the limit set that is in force; the certificate stands again by itself."),
        insurer=policy.insurer if policy else "-",
        limit=f"{limit:,}",
        day=on,
        last=last or "-",
    )
