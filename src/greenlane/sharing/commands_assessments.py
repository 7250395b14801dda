"""Share an answered assessment with partners, and ask a partner only what it has not answered (963(2)(A), RC-26)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.months import months_after
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.checks import filled
from greenlane.sharing import entries, queries
from greenlane.sharing.commands import CITE, NUMBER, NUMBER_HELP, both_consent
from greenlane.sharing.models import SharedAssessment

PARTNERS = "6 USC 963(2)(A)"
CRITERIA = N_("Numbers of the criteria")
MOST = 20


@command(CITE, PARTNERS, title=N_("Share our assessment with partners"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class ShareAssessment(Command):
    """Share your answers, as they are on file today, with partners that you name, until a day."""

    participant_id: UUID
    numbers: tuple[str, ...] = field(
        metadata={"label": N_("Verification numbers of the partners"), "help": N_("At most 20.")}
    )
    criteria: tuple[str, ...] = field(
        default=(), metadata={"label": CRITERIA, "help": N_("Empty means all that you have answered.")}
    )
    expires_on: date = field(metadata={"label": N_("Last day"), "help": N_("Within a year; then you share anew.")})


@handles(ShareAssessment)
def share_assessment(ctx: Context, cmd: ShareAssessment) -> Decision:
    given = list(dict.fromkeys(cmd.numbers))
    partners = [both_consent(cmd.participant_id, number) for number in given[:MOST]]
    on_file = queries.answers_on_file(cmd.participant_id, ctx.on)
    criteria = tuple(dict.fromkeys(cmd.criteria)) or tuple(on_file)
    reasons = [
        _some_partners(given),
        *(reason for _, found in partners for reason in found),
        _answered(criteria, on_file),
        _lasts(ctx.on, cmd.expires_on),
    ]
    shared = entries.AssessmentShared(
        assessment_id=ctx.new_id(),
        participant_id=cmd.participant_id,
        receivers=tuple(dict.fromkeys(one.participant_id for one, _ in partners if one)),
        answers=tuple(on_file[number] for number in criteria if number in on_file),
        expires_on=cmd.expires_on,
    )
    return Decision(all_of(reasons), (shared,))


def _some_partners(given: list[str]) -> Reason:
    return finding(
        CITE,
        "partners_named",
        0 < len(given) <= MOST,
        N_("The partners are named."),
        N_("No partner is named, or more than %(most)s."),
        mend=N_("Give the verification number of each partner; share again with further ones."),
        where="numbers",
        most=MOST,
    )


def _answered(criteria: tuple[str, ...], on_file: dict[str, dict[str, str]]) -> Reason:
    lacking = [number for number in criteria if number not in on_file]
    return finding(
        PARTNERS,
        "answers_on_file",
        bool(criteria) and not lacking,
        N_("There is an answer on file to each of these criteria."),
        N_("There is no answer on file to: %(lacking)s."),
        mend=N_("Share only what you have answered in your security profile."),
        where="criteria",
        lacking=", ".join(lacking)[:400] or "-",
    )


def _lasts(on: date, until: date) -> Reason:
    latest = months_after(on, 12)
    return finding(
        PARTNERS,
        "expires_within_a_year",
        on <= until <= latest,
        N_("It is shared until %(until)s."),
        N_("The last day, %(until)s, is past or later than %(latest)s: answers are reviewed each year."),
        mend=N_("Choose a day from today to that day."),
        where="expires_on",
        until=until,
        latest=latest,
    )


@command(CITE, title=N_("End the sharing of an assessment"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class EndSharedAssessment(Command):
    """Share an assessment no longer. Partners cannot read it from now on."""

    participant_id: UUID
    assessment_id: UUID = field(metadata={"label": N_("Which assessment")})


@handles(EndSharedAssessment)
def end_shared_assessment(ctx: Context, cmd: EndSharedAssessment) -> Decision:
    rows = SharedAssessment.objects.filter(pk=cmd.assessment_id, participant_id=cmd.participant_id, ended_on=None)
    if not rows.exists():
        raise Missing("assessment", cmd.assessment_id)
    verdict = all_of((finding("6 USC 961(a)", "sharing_is_voluntary", True, N_("Sharing is voluntary."), ""),))
    return Decision(verdict, (entries.AssessmentSharingEnded(assessment_id=cmd.assessment_id),))


@command(CITE, title=N_("Receive an assessment"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class ReceiveAssessment(Command):
    """Tell a participant that a partner shares its assessment with it."""

    participant_id: UUID
    assessment_id: UUID


@handles(ReceiveAssessment)
def receive_assessment(ctx: Context, cmd: ReceiveAssessment) -> Decision:
    share = SharedAssessment.objects.select_related("participant").get(pk=cmd.assessment_id)
    with_us = share.receivers.filter(participant_id=cmd.participant_id).exists()
    shared = finding(CITE, "shared_with_them", with_us, N_("It is shared with this participant."), N_("It is not."))
    received = entries.AssessmentReceived(
        assessment_id=share.pk, name=share.participant.legal_name, expires_on=share.expires_on
    )
    return Decision(all_of((shared,)), (received,))


@command(PARTNERS, title=N_("Ask a partner"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class AskPartner(Command):
    """Ask a partner to answer criteria and to share the answers with you. What it shares already is not asked again."""

    participant_id: UUID
    number: str = field(metadata={"label": NUMBER, "help": NUMBER_HELP, "max_length": 40})
    criteria: tuple[str, ...] = field(metadata={"label": CRITERIA})
    message: str = field(metadata={"label": N_("What you want to know, and why"), "widget": "textarea"})


@handles(AskPartner)
def ask_partner(ctx: Context, cmd: AskPartner) -> Decision:
    consent, reasons = both_consent(cmd.participant_id, cmd.number)
    criteria = tuple(dict.fromkeys(number.strip() for number in cmd.criteria if number.strip()))
    partner = consent.participant if consent else None
    asker = queries.names_of([cmd.participant_id])[cmd.participant_id]
    asked = entries.PartnerAsked(
        request_id=ctx.new_id(),
        asker_id=cmd.participant_id,
        asker=asker,
        partner_id=partner.pk if partner else cmd.participant_id,
        partner=partner.legal_name if partner else "",
        criteria=criteria,
        message=cmd.message.strip(),
    )
    more = _asked(ctx, cmd.participant_id, partner.pk if partner else None, criteria)
    return Decision(all_of((*reasons, *more, filled("message", cmd.message, 2000))), (asked,))


def _asked(ctx: Context, asker: UUID, partner: UUID | None, criteria: tuple[str, ...]) -> Iterator[Reason]:
    yield finding(
        PARTNERS,
        "criteria_named",
        0 < len(criteria) <= 200 and all(len(number) <= 20 for number in criteria),
        N_("The criteria are named."),
        N_("No criterion is named, or what is named is none."),
        mend=N_("Give the numbers of the criteria, such as 3.1."),
        where="criteria",
    )
    answered = queries.answered_already(asker, partner, criteria, ctx.on) if partner else {}
    share = next(iter(answered.values()), None)
    yield finding(
        PARTNERS,
        "not_answered_already",
        not answered,
        N_("The partner shares no valid answer to these criteria yet."),
        N_("The partner answered already and shares it with you until %(until)s: %(numbers)s."),
        mend=N_("Read it under 'Shared assessments', number %(share)s, and ask only for what is not in it."),
        where=f"assessment:{share.pk}" if share else "criteria",
        until=share.expires_on if share else ctx.on,
        numbers=", ".join(answered) or "-",
        share=str(share.pk) if share else "-",
    )
