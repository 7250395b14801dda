"""Consent to status verification, and withdraw it; monitor a partner's status (6 USC 971(c), 961(a))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.locks import alone
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s971_safeguards import VerificationFacts, may_verify
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.models import Participant
from greenlane.sharing import entries, numbers, queries
from greenlane.sharing.models import Monitor, SharedAssessment, VerificationConsent

CITE = "6 USC 971(c)"
NUMBER = N_("Status verification number")
NUMBER_HELP = N_("Twelve letters and digits that your partner gives you, for example 2345-6789-ABCD.")


@command(CITE, title=N_("Consent to status verification"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class GiveVerificationConsent(Command):
    """Let others see your status: participants that consent too, agencies under an agreement, or both."""

    participant_id: UUID
    with_participants: bool = field(
        default=True,
        metadata={"label": N_("Other participants that consent may look up our status by our number")},
    )
    with_agencies: bool = field(
        default=False, metadata={"label": N_("Government agencies under a sharing agreement may read our status")}
    )
    show_tier: bool = field(default=False, metadata={"label": N_("They may see our tier as well")})


@handles(GiveVerificationConsent)
def give_verification_consent(ctx: Context, cmd: GiveVerificationConsent) -> Decision:
    now = queries.consent_of(cmd.participant_id)
    scope = (cmd.with_participants, cmd.with_agencies, cmd.show_tier)
    reasons = [
        finding(
            CITE,
            "somebody_may_see",
            cmd.with_participants or cmd.with_agencies,
            N_("It is said who may see the status."),
            N_("The consent lets nobody see the status."),
            mend=N_("Choose participants, agencies or both; to end a consent, withdraw it."),
            where="with_participants",
        ),
        finding(
            CITE,
            "consent_is_new",
            now is None or (now.with_participants, now.with_agencies, now.show_tier) != scope,
            N_("The consent says something new."),
            N_("This consent is already on record."),
            where="with_participants",
        ),
    ]
    ended = queries.monitors_about(cmd.participant_id) if not cmd.with_participants else Monitor.objects.none()
    given = entries.VerificationConsentGiven(
        consent_id=ctx.new_id(),
        participant_id=cmd.participant_id,
        number=now.number if now else _fresh(),
        with_participants=cmd.with_participants,
        with_agencies=cmd.with_agencies,
        show_tier=cmd.show_tier,
        ended_monitors=tuple(ended.values_list("pk", flat=True)),
    )
    return Decision(all_of(reasons), (given,))


def _fresh() -> str:
    """A number that nobody has or had: a number that was given up stays unknown for ever."""
    alone("verification", "")
    while VerificationConsent.objects.filter(number=(number := numbers.draw())).exists():
        pass  # pragma: no cover - one in 2**55
    return number


@command(CITE, "6 USC 961(a)", title=N_("Withdraw the consent to status verification"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class WithdrawVerificationConsent(Command):
    """End it all at once: your number, the monitoring of your status and by you, and what you share with partners."""

    participant_id: UUID


@handles(WithdrawVerificationConsent)
def withdraw_verification_consent(ctx: Context, cmd: WithdrawVerificationConsent) -> Decision:
    consent = queries.consent_of(cmd.participant_id)
    if consent is None:
        raise Missing("consent", cmd.participant_id)
    alone("verification", consent.number)
    shares = SharedAssessment.objects.filter(participant_id=cmd.participant_id, ended_on=None).order_by("id")
    withdrawn = entries.VerificationConsentWithdrawn(
        consent_id=consent.pk,
        participant_id=cmd.participant_id,
        ended_monitors=tuple(queries.monitors_about(cmd.participant_id).values_list("pk", flat=True)),
        ended_assessments=tuple(shares.values_list("pk", flat=True)),
    )
    verdict = all_of((finding("6 USC 961(a)", "consent_is_voluntary", True, N_("Taking part is voluntary."), ""),))
    return Decision(verdict, (withdrawn,))


def both_consent(participant: UUID, number: str) -> tuple[VerificationConsent | None, Iterator[Reason]]:
    """The consent behind a partner's number, and the reasons why its status may be shown to a participant, or not.

    A number that is misspelt is told so by its check sign; one that is unknown is answered like one without consent.
    """
    consent = queries.by_number(number)
    facts = VerificationFacts(
        own=True,  # the office of the person was asked before the command came here
        asker_consents=queries.consents_to_participants(participant),
        asked_consents=consent is not None,
        purpose="partner",
    )
    return consent, _reasons(number, facts, consent is not None and consent.participant_id == participant)


def _reasons(number: str, facts: VerificationFacts, itself: bool) -> Iterator[Reason]:
    yield well_written(number)
    yield from (reason for reason in may_verify(facts).reasons if reason.code in ("asker_consents", "status_shown"))
    yield finding(
        CITE,
        "partner_is_another",
        not itself,
        N_("The number is that of another participant."),
        N_("This is your own number."),
        mend=N_("Give the number of your partner."),
        where="number",
    )


def well_written(number: str) -> Reason:
    """The number has its form and its check sign."""
    return finding(
        CITE,
        "number_well_written",
        numbers.well_formed(number),
        N_("The number has its check sign."),
        N_("This is no status verification number: a sign is missing, too many or wrong."),
        mend=N_("Copy it again: twelve letters and digits, without 0, 1, I and O."),
        where="number",
    )


@command(CITE, title=N_("Monitor a partner"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class MonitorPartner(Command):
    """Be told by letter whenever the standing of a partner changes, as long as you both consent."""

    participant_id: UUID
    number: str = field(metadata={"label": NUMBER, "help": NUMBER_HELP, "max_length": 40})


@handles(MonitorPartner)
def monitor_partner(ctx: Context, cmd: MonitorPartner) -> Decision:
    alone("verification", numbers.compact(cmd.number))  # a withdrawal of the other comes before this or after it
    consent, reasons = both_consent(cmd.participant_id, cmd.number)
    watched = consent.participant_id if consent else cmd.participant_id
    already = Monitor.objects.filter(watcher_id=cmd.participant_id, watched_id=watched, until=None).exists()
    new = finding(
        CITE,
        "not_monitored_already",
        not already,
        N_("The partner is not monitored yet."),
        N_("You monitor this partner already."),
        where="number",
    )
    name = Participant.objects.values_list("legal_name", flat=True).get(pk=watched)
    begun = entries.MonitoringBegun(
        monitor_id=ctx.new_id(), watcher_id=cmd.participant_id, watched_id=watched, name=name
    )
    return Decision(all_of((*reasons, new)), (begun,))


@command(CITE, title=N_("End the monitoring of a partner"), case="participant_id")
@dataclass(frozen=True, kw_only=True)
class EndMonitoring(Command):
    """Be told no longer when the standing of a partner changes."""

    participant_id: UUID
    monitor_id: UUID = field(metadata={"label": N_("Which monitoring")})


@handles(EndMonitoring)
def end_monitoring(ctx: Context, cmd: EndMonitoring) -> Decision:
    rows = Monitor.objects.select_related("watched").filter(pk=cmd.monitor_id, watcher_id=cmd.participant_id)
    row = rows.filter(until=None).first()
    if row is None:
        raise Missing("monitoring", cmd.monitor_id)
    verdict = all_of((finding(CITE, "monitoring_is_voluntary", True, N_("Nobody is bound to monitor a partner."), ""),))
    return Decision(verdict, (entries.MonitoringEnded(monitor_id=row.pk, name=row.watched.legal_name),))


@command(CITE, title=N_("Tell a change of status"), case="participant_id", internal=True)
@dataclass(frozen=True, kw_only=True)
class TellStatus(Command):
    """Tell a participant the standing of a partner that it monitors, while both consent."""

    participant_id: UUID
    monitor_id: UUID


@handles(TellStatus)
def tell_status(ctx: Context, cmd: TellStatus) -> Decision:
    monitor = Monitor.objects.get(pk=cmd.monitor_id)
    consent = queries.consent_of(monitor.watched_id)
    asked = monitor.until is None and consent is not None and consent.with_participants
    facts = VerificationFacts(
        own=True,
        asker_consents=queries.consents_to_participants(monitor.watcher_id),
        asked_consents=asked,
        purpose="monitoring",
    )
    if consent is None:
        raise Missing("consent", monitor.watched_id)
    [status] = queries.statuses([consent], ctx.on)
    told = entries.StatusTold(
        monitor_id=monitor.pk,
        watched_id=monitor.watched_id,
        name=status.name,
        standing=status.standing,
        since=status.since,
        tier=status.tier,
    )
    return Decision(may_verify(facts), (told,))
