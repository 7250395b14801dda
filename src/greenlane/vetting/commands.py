"""Open, screen, re-open and close a background investigation (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from greenlane.applications.queries import application_of
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.models import Case
from greenlane.casework.problems import Missing
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, finding
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of
from greenlane.vetting import (
    commands_adjudication,
    commands_lists,
    commands_patterns,
    entries,
    facts,
    memory,
    screening,
)
from greenlane.vetting.listing import current_versions, used
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.models import Investigation, ListVersion, ScreeningHit
from greenlane.vetting.parties import PERSON_ROLES, parties_of, party_body, same_parties

__all__ = ["commands_adjudication", "commands_lists", "commands_patterns"]

CITE = "6 USC 964(b)"
KIND = "investigation"
Purpose = Literal["certification", "validation", "revalidation", "other"]
Ground = Literal["new_information", "list_changed", "parties_changed"]


def investigation_of(case_id: UUID) -> Investigation:
    """The investigation of a case. Raises Missing."""
    row = Investigation.objects.select_related("screening", "participant").filter(pk=case_id).first()
    if row is None:
        raise Missing(KIND, case_id)
    return row


@command(
    CITE, title=N_("Open a background investigation"), procedure=KIND, case="", lock="participant_id", audience="staff"
)
@dataclass(frozen=True, kw_only=True)
class OpenInvestigation(Command):
    """Open the background investigation of a company: itself, its owners, its officers and its sites."""

    participant_id: UUID
    application_id: UUID | None = field(default=None, metadata={"label": N_("Application")})
    purpose: Purpose = field(
        default="certification",
        metadata={"label": N_("Purpose"), "help": N_("A validation needs an investigation of its own (965(a)).")},
    )


@handles(OpenInvestigation)
def open_investigation(ctx: Context, cmd: OpenInvestigation) -> Decision:
    participant = participant_of(cmd.participant_id)
    running = Case.objects.filter(kind=KIND, participant_id=participant.pk, state="open").first()
    verdict = Verdict(
        (
            finding(
                CITE,
                "no_other_is_open",
                running is None,
                N_("No other investigation of this company is open."),
                N_("The investigation %(reference)s of this company is still open."),
                mend=N_("Complete that one first, or use it."),
                where="participant_id",
                reference=running.reference if running else "-",
            ),
            finding(
                CITE,
                "application_of_the_company",
                cmd.application_id is None or application_of(cmd.application_id).participant_id == participant.pk,
                N_("It serves this company."),
                N_("The application named is another company's."),
                mend=N_("Name an application of this company, or none."),
                where="application_id",
            ),
        )
    )
    case_id = ctx.new_id()
    opened = entries.InvestigationOpened(
        investigation_id=case_id,
        participant_id=participant.pk,
        application_id=cmd.application_id,
        purpose=cmd.purpose,
    )
    opens = Opening(case_id, KIND, programme=participant.programme, participant=participant.pk)
    return Decision(verdict, (opened,), opens=opens)


@command(CITE, title=N_("Screen the parties"), procedure=KIND, audience="restricted")
@dataclass(frozen=True, kw_only=True)
class ScreenParties(Command):
    """Compare every party with the present version of every list. What a person decided on the same evidence stands."""

    case_id: UUID


@handles(ScreenParties)
def screen_parties(ctx: Context, cmd: ScreenParties) -> Decision:
    row = investigation_of(cmd.case_id)
    versions = current_versions()
    verdict = Verdict(
        (
            finding(
                CITE,
                "lists_on_record",
                bool(versions),
                N_("The parties are compared with %(lists)s."),
                N_("No screening list is on record, so there is nothing to compare the parties with."),
                mend=N_("Import a list first."),
                lists=", ".join(version.list_code for version in versions) or "-",
            ),
        )
    )
    if not verdict.granted:
        return Decision(verdict)
    parties = parties_of(row.participant_id, ctx.on)
    decisions = memory.latest_decisions(row.participant_id)
    hits = memory.to_record(row.pk, screening.screen(parties, versions), parties, decisions)
    target = _state_after(ctx.the_case.state, row, parties, hits)
    screened = _screened(ctx, row, parties, versions, hits, renews=target in ("cleared", "adverse"))
    return Decision(verdict, (screened,), to=target)


def _state_after(state: str, row: Investigation, parties: Sequence[Party], hits: Sequence[entries.HitFound]) -> str:
    """A completed result stands while the same parties were screened, nothing is open and the matches are the same."""
    if state == "open" or row.screening is None:
        return "open"
    before = ScreeningHit.objects.filter(investigation=row, status="true_match").values_list("pk", flat=True)
    matches = {hit.hit_id for hit in hits if hit.status == "true_match"}
    stands = (
        same_parties(parties, row.screening.parties)
        and matches == set(before)
        and all(hit.status != "open" for hit in hits)
    )
    return state if stands else "open"


def _screened(
    ctx: Context,
    row: Investigation,
    parties: Sequence[Party],
    versions: Sequence[ListVersion],
    hits: Sequence[entries.HitFound],
    renews: bool,
) -> entries.PartiesScreened:
    lists = used(versions)
    decided_before = set(
        ScreeningHit.objects.filter(investigation=row, decision__isnull=False)
        .exclude(status="gone")
        .values_list("pk", flat=True)
    )
    return entries.PartiesScreened(
        screening_id=ctx.new_id(),
        model_version=screening.model_version(versions),
        lists=lists,
        parties=[party_body(party) for party in parties],
        persons_named=tuple(party.names[0] for party in parties if party.role in PERSON_ROLES),
        hits=tuple(hits),
        remembered=sum(hit.decision is not None for hit in hits),
        reopened=sum(hit.decision is None and hit.hit_id in decided_before for hit in hits),
        holds_until=_renewed(ctx.on, row, lists) if renews else None,
        closed=memory.closed(row.pk, parties, hits),
    )


def _renewed(on: date, row: Investigation, lists: list[dict[str, str]]) -> date | None:
    """A result that stands holds longer when the lists of this screening would be good enough to complete it."""
    programme = row.participant.programme
    terms = terms_of(programme, on)
    good = all(r.holds for r in facts.lists_sufficient(lists, facts.required_kinds(programme, on), on, terms))
    return facts.holds_until(on, on, terms) if good else None


@command(CITE, title=N_("Re-open the investigation"), procedure=KIND, audience="restricted")
@dataclass(frozen=True, kw_only=True)
class ReopenInvestigation(Command):
    """Take up a completed investigation again, because something has changed or become known."""

    case_id: UUID
    ground: Ground = field(default="new_information", metadata={"label": N_("Ground")})
    reason: str = field(
        default="",
        metadata={"label": N_("Reason"), "widget": "textarea", "help": N_("What has become known, from where.")},
    )


@handles(ReopenInvestigation)
def reopen_investigation(ctx: Context, cmd: ReopenInvestigation) -> Decision:
    return Decision(
        Verdict((_given(cmd.reason, needed=not ctx.actor.is_system or cmd.ground == "new_information"),)),
        (entries.InvestigationReopened(ground=cmd.ground, reason=cmd.reason.strip()),),
    )


@command(CITE, title=N_("Close the investigation"), procedure=KIND, internal=True, audience="restricted")
@dataclass(frozen=True, kw_only=True)
class CloseInvestigation(Command):
    """End an investigation without a result, because the application is withdrawn."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(CloseInvestigation)
def close_investigation(ctx: Context, cmd: CloseInvestigation) -> Decision:
    return Decision(Verdict((_given(cmd.reason),)), (entries.InvestigationClosed(reason=cmd.reason.strip()),))


def _given(reason: str, needed: bool = True) -> Reason:
    return finding(
        CITE,
        "reason_given",
        not needed or 0 < len(reason.strip()) <= 2000,
        N_("The reason is given."),
        N_("The reason is missing, or longer than 2000 characters."),
        mend=N_("Write in a few words why."),
        where="reason",
    )
