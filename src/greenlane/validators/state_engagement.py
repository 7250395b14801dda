"""How engagements and the pilot follow from the record (6 USC 968(a)-(c), (f), (h))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.registry import adapter_of, applies
from greenlane.validators import entries_engagement as entries
from greenlane.validators import entries_pilot as pilot
from greenlane.validators.models import (
    DeclaredTie,
    Engagement,
    PilotConsultation,
    PilotProgramme,
    ReportedFinding,
    ReportedVisit,
    TieCleared,
)


@applies(entries.EngagementProposed)
def engagement_proposed(data: entries.EngagementProposed, one: Recorded) -> None:
    Engagement.objects.create(
        id=data.engagement_id,
        validator_id=data.validator_id,
        certificate_id=data.certificate_id,
        participant_id=data.participant_id,
        validation_id=data.validation_id,
        proposed_on=one.on,
        proposed_by=data.side,
    )


@applies(entries.InterestsDeclared)
def interests_declared(data: entries.InterestsDeclared, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(
        **{f"{data.side}_declared_on": one.on, f"{data.side}_declared_by": data.name}
    )


@applies(entries.ConflictDeclared)
def conflict_declared(data: entries.ConflictDeclared, one: Recorded) -> None:
    rows = DeclaredTie.objects.filter(pk=data.tie_id)
    if rows.exists():  # the same tie, with the day on which it ended
        rows.update(kind=data.kind_of, detail=data.detail, ended_on=data.ended_on)
        return
    DeclaredTie.objects.create(
        id=data.tie_id,
        engagement_id=data.engagement_id,
        side=data.side,
        kind=data.kind_of,
        detail=data.detail,
        declared_on=one.on,
        ended_on=data.ended_on,
    )


@applies(entries.NoConflictDetermined)
def no_conflict_determined(data: entries.NoConflictDetermined, one: Recorded) -> None:
    TieCleared.objects.create(
        id=data.clearance_id,
        engagement_id=data.engagement_id,
        party=data.party,
        reason=data.reason,
        officer=one.actor,
        cleared_on=one.on,
    )


@applies(entries.ContractFiled)
def contract_filed(data: entries.ContractFiled, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(
        contract_document=data.document,
        contract_signed_on=data.signed_on,
        contract_ended_on=data.ends_on,
        participant_signed=data.participant_signed,
        validator_signed=data.validator_signed,
        participant_pays_all=data.participant_pays_all,
        price_usd=data.price_usd,
    )


@applies(entries.ValidatorConsentedTo)
def consented(data: entries.ValidatorConsentedTo, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(
        consent_on=one.on, consent_by=data.name, consent_voluntary=data.voluntary
    )


@applies(entries.ConsentWithdrawn)
def consent_withdrawn(data: entries.ConsentWithdrawn, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(
        consent_withdrawn_on=one.on, ended_on=one.on, end_reason=data.reason
    )


@applies(entries.EngagementDecided)
def engagement_decided(data: entries.EngagementDecided, one: Recorded) -> None:
    rows = Engagement.objects.filter(pk=data.engagement_id)
    if data.outcome == "authorized":
        rows.update(authorized_on=one.on, authorized_by=one.actor)
    else:
        rows.update(ended_on=one.on, end_reason=data.reason)


@applies(entries.ThirdPartyValidationBegun)
def begun(data: entries.ThirdPartyValidationBegun, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(begun_on=one.on)


@applies(entries.ThirdPartyReportSubmitted)
def report_submitted(data: entries.ThirdPartyReportSubmitted, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(
        reports=data.report,
        report_on=one.on,
        report_summary=data.summary,
        cost_usd=data.cost_usd,
        hours=data.hours,
        returned_reason="",
    )
    ReportedVisit.objects.bulk_create(
        ReportedVisit(
            id=one.id_for("visit", number),
            engagement_id=data.engagement_id,
            report=data.report,
            node=visit.node,
            place=visit.place,
            country=visit.country,
            mode=visit.mode,
            visited_on=visit.visited_on,
            visited_to=visit.visited_to,
            appropriate=visit.appropriate,
            persons_met=list(visit.persons_met),
            seen=visit.seen,
            evidence=[str(key) for key in visit.evidence],
        )
        for number, visit in enumerate(data.visits)
    )
    ReportedFinding.objects.bulk_create(
        ReportedFinding(
            id=one.id_for("finding", found.number),
            engagement_id=data.engagement_id,
            report=data.report,
            number=found.number,
            finding=found.finding,
            note=found.note,
            evidence=[str(key) for key in found.evidence],
        )
        for found in data.findings
    )


@applies(entries.ThirdPartyReportReturned)
def report_returned(data: entries.ThirdPartyReportReturned, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(returned_reason=data.reason)


@applies(entries.ThirdPartyReportDecided)
def report_decided(data: entries.ThirdPartyReportDecided, one: Recorded) -> None:
    rows = Engagement.objects.filter(pk=data.engagement_id)
    if data.outcome == "accepted":
        rows.update(accepted_on=one.on, accepted_by=one.actor, ended_on=one.on)
    else:
        rows.update(ended_on=one.on, end_reason=data.reason)


@applies(entries.EngagementEnded)
def engagement_ended(data: entries.EngagementEnded, one: Recorded) -> None:
    Engagement.objects.filter(pk=data.engagement_id).update(ended_on=one.on, end_reason=data.reason)


@applies(pilot.PilotPlanAdopted)
def plan_adopted(data: pilot.PilotPlanAdopted, one: Recorded) -> None:
    PilotProgramme.objects.create(
        id=data.pilot_id,
        programme=data.programme,
        title=data.title,
        plan=data.plan,
        years=data.years,
        voluntary=data.voluntary,
        adopted_on=one.on,
    )


@applies(pilot.PilotConsulted)
def pilot_consulted(data: pilot.PilotConsulted, one: Recorded) -> None:
    PilotConsultation.objects.create(
        id=data.consultation_id, pilot_id=data.pilot_id, who=data.who, said=data.said, closed_on=data.closed_on
    )


@applies(pilot.PilotPlanReported)
def plan_reported(data: pilot.PilotPlanReported, one: Recorded) -> None:
    PilotProgramme.objects.filter(pk=data.pilot_id).update(
        report_submitted_on=one.on, report_text=data.text, report_lateness=data.lateness_reason
    )


@applies(pilot.PilotStarted)
def pilot_started(data: pilot.PilotStarted, one: Recorded) -> None:
    PilotProgramme.objects.filter(pk=data.pilot_id).update(started_on=one.on, start_lateness=data.lateness_reason)


@applies(pilot.PilotCompleted)
def pilot_completed(data: pilot.PilotCompleted, one: Recorded) -> None:
    PilotProgramme.objects.filter(pk=data.pilot_id).update(
        completed_on=data.completed_on,
        result=adapter_of(pilot.PilotCompleted).dump_python(data, mode="json")["parts"],
        result_submitted_on=one.on,
        result_lateness=data.lateness_reason,
    )
