"""Monitoring of validators, revocation, and the review of every validation that they conducted: 968(g)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import add_days
from greenlane.law.listing import listed, written
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Verdict, all_of, finding, rule


@dataclass(frozen=True)
class Inspection:
    """An inspection of a validator's operations: its day, who inspected, and whether the requirements were met."""

    inspected_on: date
    inspector: str
    requirements_met: bool


@dataclass(frozen=True)
class MonitoringFacts:
    """A validator that conducts validations since ``certified_on``, and its inspections."""

    entity: str
    certified_on: date
    inspections: tuple[Inspection, ...]


@rule("6 USC 968(g)(1)")
def next_inspection_due(facts: MonitoringFacts, on: date, terms: Terms) -> date:
    """Validators are inspected regularly: the last day for the next inspection, counted from the last one."""
    last = max((i.inspected_on for i in facts.inspections if i.inspected_on <= on), default=facts.certified_on)
    return add_days(last, parameter("validator_inspection_days", last, terms).number)


@rule("6 USC 968(g)", "6 USC 968(g)(1)")
def is_monitored(facts: MonitoringFacts, on: date, terms: Terms) -> Verdict:
    """A validator is inspected in time, and met the requirements when last inspected."""
    due = next_inspection_due(facts, on, terms)
    known = [i for i in facts.inspections if i.inspected_on <= on]
    last = max(known, key=lambda i: i.inspected_on, default=None)
    return all_of(
        (
            finding(
                "6 USC 968(g)(1)",
                "inspected_in_time",
                on <= due,
                N_("The next inspection of %(entity)s is due by %(due)s."),
                N_("The inspection of %(entity)s was due by %(due)s; on %(day)s it is %(late)d days late."),
                mend=N_("Inspect %(entity)s now."),
                where=facts.entity,
                entity=facts.entity,
                due=due,
                day=on,
                late=(on - due).days,
            ),
            finding(
                "6 USC 968(g)(1)",
                "requirements_met",
                last is None or last.requirements_met,
                N_("No inspection of %(entity)s found a requirement not met (last: %(last)s)."),
                N_("The inspection of %(last)s found that %(entity)s does not meet the requirements."),
                mend=N_("Determine which requirement is not met; 968(g)(2) then asks for revocation and review."),
                where=facts.entity,
                entity=facts.entity,
                last=last.inspected_on if last else "-",
            ),
        )
    )


@dataclass(frozen=True)
class Shortcoming:
    """An officer's determination that the entity does not meet a designated procedure or requirement."""

    procedure: str
    found: str
    evidence: tuple[str, ...]
    determined_by: str


@dataclass(frozen=True)
class Conducted:
    """A validation that the entity conducted; ``reviewed_by`` is the officer who reviewed it after the revocation."""

    validation: str
    participant: str
    closed_on: date | None
    reviewed_by: str = ""


@dataclass(frozen=True)
class RevocationFacts:
    """A certificate to be revoked, what the entity does not meet, and every validation that it conducted."""

    entity: str
    certified: bool
    shortcomings: tuple[Shortcoming, ...]
    conducted: tuple[Conducted, ...]


@rule("6 USC 968(g)(2)", "6 USC 968(g)(2)(A)")
def may_revoke(facts: RevocationFacts) -> Verdict:
    """A certificate is revoked when an officer determines that a designated procedure is not met."""
    sound = [s for s in facts.shortcomings if written(s.procedure) and s.evidence and written(s.determined_by)]
    return all_of(
        (
            finding(
                "6 USC 968(g)(2)(A)",
                "certificate_to_revoke",
                facts.certified,
                N_("%(entity)s holds a certificate."),
                N_("%(entity)s holds no certificate that could be revoked."),
                entity=facts.entity,
            ),
            finding(
                "6 USC 968(g)(2)",
                "shortcoming_determined",
                bool(sound),
                N_("Determined not to be met by %(entity)s: %(which)s."),
                N_("No officer has determined, with evidence, which procedure %(entity)s does not meet."),
                mend=N_("Record the procedure, what was found, the evidence and the officer who determined it."),
                entity=facts.entity,
                which=listed(s.procedure for s in sound),
            ),
        )
    )


@rule("6 USC 968(g)(2)(B)")
def validations_to_review(facts: RevocationFacts) -> tuple[str, ...]:
    """A revocation opens a review of every validation that the entity conducted, whatever its result or age."""
    return tuple(dict.fromkeys(c.validation for c in facts.conducted))


@rule("6 USC 968(g)(2)(B)")
def may_close_review(facts: RevocationFacts) -> Verdict:
    """The review after a revocation is closed when an officer has reviewed every validation of the entity."""
    open_ = [c.validation for c in facts.conducted if not written(c.reviewed_by)]
    return Verdict(
        (
            finding(
                "6 USC 968(g)(2)(B)",
                "every_validation_reviewed",
                not open_,
                N_("All %(count)d validations that %(entity)s conducted are reviewed."),
                N_("Not reviewed yet: %(open)s (of %(count)d that %(entity)s conducted)."),
                mend=N_("An officer reviews each of: %(open)s."),
                where=open_[0] if open_ else "",
                entity=facts.entity,
                count=len(facts.conducted),
                open=listed(open_),
            ),
        )
    )
