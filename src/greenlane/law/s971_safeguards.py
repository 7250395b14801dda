"""Confidential data: who may read what, sharing with agencies, and the procedures in consultation: 971(c)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenlane.law.authority import Office
from greenlane.law.listing import left_out, listed, written
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


class Audience(StrEnum):
    """Whom a piece of data is for."""

    PUBLIC = "public"
    PARTICIPANT = "participant"
    """The participant it concerns, and the staff whose case it is."""
    STAFF = "staff"
    """Staff whose case it is, not the participant itself."""
    RESTRICTED = "restricted"
    """Vetting and investigation: only offices that vet, supervise or audit, and only with a purpose."""


COMPANY_OFFICES = frozenset({Office.APPLICANT_OFFICER, Office.APPLICANT_STAFF, Office.CONSULTANT})
BY_ASSIGNMENT = frozenset({Office.SPECIALIST, Office.APPEAL_OFFICER, Office.VALIDATOR})
"""Offices that read only the cases assigned to the person."""
BY_OFFICE = frozenset({Office.VETTING_ANALYST, Office.SUPERVISOR, Office.PROGRAMME_MANAGER, Office.AUDITOR})
"""Offices whose work is the programme as a whole."""
NEED_TO_KNOW = frozenset({Office.VETTING_ANALYST, Office.SUPERVISOR, Office.AUDITOR})
"""Offices whose work needs what is restricted: vetting, supervision, audit."""


@dataclass(frozen=True)
class SharingAgreement:
    """An agreement to share with an agency: kinds of data, from a day to another (both included), for a purpose."""

    agency: str
    kinds: tuple[str, ...]
    since: date
    until: date
    purpose: str


@dataclass(frozen=True)
class ReadFacts:
    """A person about to read a kind of data of a participant.

    ``own`` says that the person's office is for that participant; ``assigned`` that the case is assigned to the person.
    ``agency`` is the reader's agency where it is another one; ``consented`` that the participant consents to sharing.
    ``purpose`` is what the reader gives as the reason; ``logged`` that the read will be on record.
    """

    kind: str
    audience: Audience
    office: Office
    own: bool = False
    assigned: bool = False
    agency: str = ""
    agreements: tuple[SharingAgreement, ...] = ()
    consented: bool = False
    purpose: str = ""
    logged: bool = True


@rule("6 USC 971(c)")
def may_read(facts: ReadFacts, on: date) -> Verdict:
    """Confidential data is read, on record, by office and assignment, or under a sharing agreement with consent."""
    if facts.audience is Audience.PUBLIC:
        return Verdict((finding("6 USC 971(c)", "public", True, N_("This is public."), ""),))
    reasons = [_logged(facts)]
    reasons += _agency(facts, on) if facts.office is Office.PARTNER_AGENCY else [_need_to_know(facts)]
    if facts.audience is Audience.RESTRICTED or facts.office is Office.PARTNER_AGENCY:
        reasons.append(_purpose(facts))
    return all_of(reasons)


def _need_to_know(facts: ReadFacts) -> Reason:
    company = facts.office in COMPANY_OFFICES and facts.own
    staff = facts.office in BY_OFFICE or (facts.office in BY_ASSIGNMENT and facts.assigned)
    known = {
        Audience.PARTICIPANT: company or staff,
        Audience.STAFF: staff and facts.office is not Office.VALIDATOR,  # a third party is not staff
        Audience.RESTRICTED: facts.office in NEED_TO_KNOW,
    }[facts.audience]
    return finding(
        "6 USC 971(c)",
        "need_to_know",
        known,
        N_("The office of %(office)s needs this (%(kind)s) for this participant."),
        N_("The office of %(office)s may not read this (%(kind)s; for: %(audience)s) for this participant."),
        mend=N_("Ask for the case to be assigned to you, or ask a person to whom it is."),
        office=facts.office.words,
        kind=facts.kind,
        audience=facts.audience.value,
    )


def _agency(facts: ReadFacts, on: date) -> Iterator[Reason]:
    agreement = next(
        (
            a
            for a in facts.agreements
            if a.agency == facts.agency and facts.kind in a.kinds and a.since <= on <= a.until and written(a.purpose)
        ),
        None,
    )
    yield finding(
        "6 USC 971(c)",
        "sharing_agreement",
        written(facts.agency) and agreement is not None,
        N_("An agreement with %(agency)s covers this (%(kind)s) on %(day)s, for: %(purpose)s."),
        N_("No agreement with %(agency)s covers this (%(kind)s) on %(day)s."),
        mend=N_("Conclude a sharing agreement that names this kind of data, its purpose and its days."),
        agency=facts.agency or "-",
        kind=facts.kind,
        day=on,
        purpose=agreement.purpose if agreement else "-",
    )
    yield finding(
        "6 USC 971(c)",
        "participant_consented",
        facts.consented,
        N_("The participant consents to sharing its data."),
        N_("The participant has not consented to sharing its data."),
        mend=N_("Ask the participant for its consent."),
    )
    yield finding(
        "6 USC 971(c)",
        "shareable",
        facts.audience is Audience.PARTICIPANT,
        N_("Data of this audience can be shared with agencies."),
        N_("Data for %(audience)s is not shared with agencies through this door."),
        mend=N_("Ask the programme's vetting office in writing."),
        audience=facts.audience.value,
    )


def _purpose(facts: ReadFacts) -> Reason:
    return _purpose_of(facts.purpose)


def _purpose_of(purpose: str) -> Reason:
    return finding(
        "6 USC 971(c)",
        "purpose_stated",
        written(purpose),
        N_("The purpose is stated: %(purpose)s"),
        N_("Nothing restricted, and nothing of another participant, is opened without a stated purpose."),
        mend=N_("State why you need to read this."),
        where="purpose",
        purpose=purpose,
    )


def _logged(facts: ReadFacts) -> Reason:
    return _on_record(facts.logged)


def _on_record(logged: bool) -> Reason:
    return finding(
        "6 USC 971(c)",
        "read_logged",
        logged,
        N_("The read is on record, and the participant it concerns can see it."),
        N_("Nothing confidential is shown unless the read is on record."),
        mend=N_("Open it through the record management system."),
    )


@dataclass(frozen=True)
class VerificationFacts:
    """Somebody of one participant about to read the status of another by its verification number.

    ``own`` says that the person acts for the participant that asks; ``asker_consents`` and ``asked_consents`` that each
    consents to the verification of its own status today. A number that nobody has is a participant without consent.
    """

    own: bool
    asker_consents: bool
    asked_consents: bool
    purpose: str
    logged: bool = True


@rule("6 USC 971(c)")
def may_verify(facts: VerificationFacts) -> Verdict:
    """The status of a participant is shown to another one while both consent, for a purpose, on record."""
    return all_of(
        (
            finding(
                "6 USC 971(c)",
                "acts_for_the_asker",
                facts.own,
                N_("The person acts for the participant that asks."),
                N_("Only people of a participant look up the status of another one, in its name."),
                mend=N_("Ask an officer of the company for an office in it."),
            ),
            finding(
                "6 USC 971(c)",
                "asker_consents",
                facts.asker_consents,
                N_("The participant that asks lets its own status be verified."),
                N_("A participant looks up others only while it lets its own status be verified."),
                mend=N_("Let an officer give the consent to status verification."),
            ),
            finding(
                "6 USC 971(c)",
                "status_shown",
                facts.asked_consents,
                N_("The participant with this number lets its status be verified."),
                N_("No participant with this number lets its status be verified."),
                mend=N_("Compare the number with the one that your partner gave you, or ask your partner."),
                where="number",
            ),
            _purpose_of(facts.purpose),
            _on_record(facts.logged),
        )
    )


PROCESSES = ("application", "certification", "validation", "revalidation")
HANDLING = ("collected", "stored", "shared")


@dataclass(frozen=True)
class SafeguardFacts:
    """The procedures for confidential data: what they cover, and with whom they were consulted."""

    processes: tuple[str, ...]
    handling: tuple[str, ...]
    consulted: tuple[str, ...]
    consultation_closed_on: date | None


COMMITTEE = "Commercial Operations Advisory Committee"


@rule("6 USC 971(c)")
def may_adopt_safeguards(facts: SafeguardFacts, on: date) -> Verdict:
    """Procedures protect data collected, stored and shared in each process, after the committee was consulted."""
    missing = left_out((*PROCESSES, *HANDLING), (*facts.processes, *facts.handling))
    closed = facts.consultation_closed_on
    return all_of(
        (
            finding(
                "6 USC 971(c)",
                "procedures_cover_all",
                not missing,
                N_("The procedures cover data collected, stored and shared, in each process."),
                N_("The procedures do not cover: %(missing)s."),
                mend=N_("Add to the procedures: %(missing)s."),
                where=missing[0] if missing else "",
                missing=listed(missing),
            ),
            finding(
                "6 USC 971(c)",
                "committee_consulted",
                COMMITTEE in facts.consulted and closed is not None and closed <= on,
                N_("The %(committee)s was consulted; the consultation closed on %(day)s."),
                N_("The consultation with the %(committee)s is not on record or not closed."),
                mend=N_("Open a consultation with the %(committee)s, and record its answer."),
                where="consultation",
                committee=COMMITTEE,
                day=closed or "-",
            ),
        )
    )
