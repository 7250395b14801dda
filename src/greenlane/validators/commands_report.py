"""The third party's report: submitted, returned, accepted as advice, or rejected (6 USC 968(c))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, command, handles
from greenlane.law.procedures_registry import procedure_of
from greenlane.law.s968 import certificate_in_force
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validation.locations import Place, places_of
from greenlane.validation.queries import criteria_asked, validation_of
from greenlane.validators import entries_engagement as entries
from greenlane.validators.checks import TEXTAREA, documents_here, filled, once, sum_in_range
from greenlane.validators.commands_deciding import locked, officer_only
from greenlane.validators.facts import certificate_facts
from greenlane.validators.facts_engagement import engageable
from greenlane.validators.models import Engagement
from greenlane.validators.queries import certificate_of, engagement_of

KIND = "engagement"
CONDUCT, DISCRETION = "6 USC 968(c)(1)", "6 USC 968(c)(2)"
LONGEST_VISIT = 31
"""Days of one visit as it is reported; longer ones are several visits."""


@command(CONDUCT, title=N_("Submit the report"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class SubmitThirdPartyReport(Command):
    """Submit your report to the officers: visits with days and places, and a finding on each criterion."""

    case_id: UUID
    visits: tuple[entries.VisitReported, ...] = field(metadata={"label": N_("Visits")})
    findings: tuple[entries.FindingReported, ...] = field(metadata={"label": N_("Findings")})
    summary: str = field(metadata={"label": N_("Summary"), **TEXTAREA})
    cost_usd: int = field(metadata={"label": N_("What it cost the company, in whole dollars")})
    hours: int = field(metadata={"label": N_("Hours of work")})


@handles(SubmitThirdPartyReport)
def submit_third_party_report(ctx: Context, cmd: SubmitThirdPartyReport) -> Decision:
    engagement = locked(cmd.case_id)
    places = places_of(engagement.participant_id)
    reasons = [
        finding(
            CONDUCT,
            "visit_reported",
            bool(cmd.visits),
            N_("The report tells of %(count)s visits."),
            N_("The report tells of no visit."),
            mend=N_("Name each place that you visited."),
            where="visits",
            count=len(cmd.visits),
        ),
        *(
            reason
            for number, visit in enumerate(cmd.visits)
            for reason in _visit(engagement, visit, number, places, ctx.on)
        ),
        *_findings(engagement, cmd, ctx.on),
        filled(CONDUCT, "summary", cmd.summary),
        sum_in_range("6 USC 968(f)(2)", "cost_usd", cmd.cost_usd),
        sum_in_range("6 USC 968(i)(2)", "hours", cmd.hours),
    ]
    placed = tuple(
        entries.PlacedVisit(**{**asdict(visit), "country": place.lies_in(visit.country), "place": place.name})
        for visit in cmd.visits
        if (place := places.get(visit.node)) is not None
    )
    submitted = entries.ThirdPartyReportSubmitted(
        engagement_id=engagement.pk,
        validation_id=engagement.validation_id,
        report=engagement.reports + 1,
        visits=placed,
        findings=cmd.findings,
        summary=cmd.summary.strip(),
        cost_usd=cmd.cost_usd,
        hours=cmd.hours,
    )
    return Decision(all_of(once(reasons)), (submitted,))


def _visit(
    engagement: Engagement, visit: entries.VisitReported, number: int, places: dict[UUID, Place], on: date
) -> Iterator[Reason]:
    """A visit to a place of this company, in the days of the engagement, while the certificate was in force."""
    where = f"visits.{number}"
    place = places.get(visit.node)
    since = engagement.begun_on or on
    yield finding(
        CONDUCT,
        "place_of_the_company",
        place is not None and len(place.lies_in(visit.country)) == 2,
        N_("The place is one of the company's supply chain."),
        N_("This is no site, partner or leg of the company, or its country is not named."),
        mend=N_("Choose a place of the company; for a leg, give the country in two letters."),
        where=where,
    )
    in_order = since <= visit.visited_on <= visit.visited_to <= on
    short = (visit.visited_to - visit.visited_on).days < LONGEST_VISIT
    yield finding(
        CONDUCT,
        "visit_in_the_engagement",
        in_order and short,
        N_("The visit took place from %(first)s to %(last)s, within the engagement."),
        N_("A visit lies between %(since)s, when the validation began, and today, and lasts at most %(most)s days."),
        mend=N_("Correct the days. A visit outside the engagement does not count."),
        where=where,
        first=visit.visited_on,
        last=visit.visited_to,
        since=since,
        most=LONGEST_VISIT,
    )
    if in_order and short:
        yield from certified_throughout(engagement, visit.visited_on, visit.visited_to)
    yield filled(CONDUCT, "seen", visit.seen)
    yield filled(CONDUCT, "appropriate", visit.appropriate)
    yield documents_here(CONDUCT, "evidence", visit.evidence, engagement.pk, engagement.validation_id)


def certified_throughout(engagement: Engagement, first: date, last: date) -> tuple[Reason, ...]:
    """Why the certificate was, or was not, in force on each day from *first* to *last* (968(d)(2), (g)(2)(A))."""
    certificate = certificate_of(engagement.certificate_id)
    programme = engagement.validator.programme
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    verdicts = [
        certificate_in_force(certificate_facts(certificate, day), day, terms_of(programme, day)) for day in days
    ]
    lapsed = next((verdict for verdict in verdicts if not verdict.granted), verdicts[-1])
    return lapsed.reasons


def _findings(engagement: Engagement, cmd: SubmitThirdPartyReport, on: date) -> Iterator[Reason]:
    asked = [one.number for one in criteria_asked(validation_of(engagement.validation_id), on)]
    given = [one.number for one in cmd.findings]
    left, strange = sorted(set(asked) - set(given)), sorted(set(given) - set(asked))
    yield finding(
        CONDUCT,
        "every_criterion_found",
        not left and not strange and len(set(given)) == len(given),
        N_("The report finds on each of %(count)s criteria once."),
        N_("The report leaves out %(left)s, or finds on what is not asked or twice: %(strange)s."),
        mend=N_("Find on each criterion that the company answers to, once."),
        where="findings",
        count=len(asked),
        left=", ".join(left[:20]) or "-",
        strange=", ".join(strange[:20]) or "-",
    )
    unexplained = sorted(one.number for one in cmd.findings if one.finding != "met" and not one.note.strip())
    yield finding(
        CONDUCT,
        "findings_explained",
        not unexplained,
        N_("Each finding that is not 'met' is explained."),
        N_("Not explained: %(numbers)s."),
        mend=N_("Write what was seen where a criterion is not met or does not apply."),
        where="findings",
        numbers=", ".join(unexplained[:20]) or "-",
    )
    long = sorted(one.number for one in cmd.findings if len(one.note) > 5000)
    yield finding(
        CONDUCT,
        "notes_fit",
        not long,
        N_("The notes fit."),
        N_("Longer than 5,000 characters: %(numbers)s."),
        mend=N_("Shorten them; attach a document for the rest."),
        where="findings",
        numbers=", ".join(long[:20]) or "-",
    )
    evidence = [key for one in cmd.findings for key in one.evidence]
    yield documents_here(CONDUCT, "findings", evidence, engagement.pk, engagement.validation_id, needed=False)


@command(DISCRETION, title=N_("Return the report"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class ReturnThirdPartyReport(Command):
    """Return the report to the validator, saying what is missing."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("What is missing"), **TEXTAREA})


@handles(ReturnThirdPartyReport)
def return_third_party_report(ctx: Context, cmd: ReturnThirdPartyReport) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [filled(DISCRETION, "reason", cmd.reason), officer_only(ctx, engagement)]
    returned = entries.ThirdPartyReportReturned(engagement_id=engagement.pk, reason=cmd.reason.strip())
    return Decision(all_of(reasons), (returned,))


@command(DISCRETION, title=N_("Accept the report as advice"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class AcceptThirdPartyReport(Command):
    """Accept the report as advice. Its visits enter the validation, which officers decide."""

    case_id: UUID


@handles(AcceptThirdPartyReport)
def accept_third_party_report(ctx: Context, cmd: AcceptThirdPartyReport) -> Decision:
    engagement = locked(cmd.case_id)
    case = Case.objects.select_for_update().get(pk=engagement.validation_id)
    open_here = procedure_of(case.kind).move("RecordThirdPartyVisit", case.state) is not None
    visits = list(engagement.visits.filter(report=engagement.reports).order_by("visited_on", "pk"))
    days = sorted({day for visit in visits for day in (visit.visited_on, visit.visited_to)})
    reasons = [
        officer_only(ctx, engagement),
        *not_revoked(engagement, ctx.on),
        *(reason for day in days for reason in engageable(engagement, day).reasons),
        *(
            reason
            for visit in visits
            for reason in certified_throughout(engagement, visit.visited_on, visit.visited_to)
        ),
        finding(
            DISCRETION,
            "validation_takes_it",
            open_here,
            N_("The validation is open to the visits."),
            N_("The validation is '%(state)s' and takes no visits."),
            mend=N_("Reject the report, or wait until the validation is open to visits."),
            state=case.state,
        ),
    ]
    decided = _decided(engagement, "accepted", "")
    return Decision(all_of(once(reasons)), (decided,))


def not_revoked(engagement: Engagement, on: date) -> Iterator[Reason]:
    """No certificate that is revoked by the day of the decision, whenever the visit was."""
    certificate = certificate_of(engagement.certificate_id)
    revoked = certificate.outcome == "revoked" and certificate.ended_on is not None and certificate.ended_on <= on
    yield finding(
        "6 USC 968(g)(2)(B)",
        "validator_not_revoked",
        not revoked,
        N_("The certificate of %(validator)s is not revoked."),
        N_("The certificate of %(validator)s was revoked on %(day)s; what it conducted is under review."),
        mend=N_("Let officers visit the places themselves."),
        validator=engagement.validator.name,
        day=certificate.ended_on or "-",
    )


@command(DISCRETION, title=N_("Reject the report"), procedure=KIND)
@dataclass(frozen=True, kw_only=True)
class RejectThirdPartyReport(Command):
    """Reject the report for a reason that both sides will read. Officers then visit the places themselves."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), **TEXTAREA})


@handles(RejectThirdPartyReport)
def reject_third_party_report(ctx: Context, cmd: RejectThirdPartyReport) -> Decision:
    engagement = engagement_of(cmd.case_id)
    reasons = [filled(DISCRETION, "reason", cmd.reason), officer_only(ctx, engagement)]
    return Decision(all_of(reasons), (_decided(engagement, "rejected", cmd.reason),))


def _decided(engagement: Engagement, outcome: str, reason: str) -> entries.ThirdPartyReportDecided:
    return entries.ThirdPartyReportDecided(
        engagement_id=engagement.pk,
        validation_id=engagement.validation_id,
        validator=engagement.validator.name,
        company=engagement.participant.legal_name,
        outcome="accepted" if outcome == "accepted" else "rejected",
        reason=reason.strip(),
    )
