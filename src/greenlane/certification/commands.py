"""Open, recommend, decide and close a certification; publish the guidelines (6 USC 964)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.applications.queries import application_of
from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.models import Case
from greenlane.casework.registry import Command, command, handles
from greenlane.certification import entries
from greenlane.certification.entries import RefusalGround
from greenlane.certification.facts import certification_facts, due_of, ground_facts, review_facts
from greenlane.certification.models import Certification, Guidelines
from greenlane.certification.queries import certification_of, guidelines_on
from greenlane.law.citations import Citation, UnknownClause
from greenlane.law.s964 import (
    BACKGROUND_INVESTIGATION,
    DOCUMENTATION_REVIEW,
    counted_late,
    documentation_review_complete,
    may_certify,
    may_refuse,
)
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding
from greenlane.programs.queries import terms_of


@command("6 USC 964(b)", title=N_("Publish guidelines for certification"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishGuidelines(Command):
    """Publish a version of the guidelines for certification, in force from a day."""

    programme: str = field(metadata={"label": N_("Programme")})
    version: str = field(metadata={"label": N_("Version")})
    title: str = field(metadata={"label": N_("Title")})
    text: str = field(metadata={"label": N_("Text"), "widget": "textarea"})
    parts: tuple[str, ...] = field(
        default=(BACKGROUND_INVESTIGATION, DOCUMENTATION_REVIEW), metadata={"label": N_("What they include")}
    )
    in_force_from: date = field(metadata={"label": N_("In force from")})


@handles(PublishGuidelines)
def publish_guidelines(ctx: Context, cmd: PublishGuidelines) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("guidelines", cmd.programme)
    published_on = ctx.on if ctx.actor.is_system else legal_date(ctx.at)  # a person publishes them on no earlier day
    version, title = cmd.version.strip(), cmd.title.strip()
    reasons = [
        finding(
            "6 USC 964(b)",
            "guidelines_whole",
            {BACKGROUND_INVESTIGATION, DOCUMENTATION_REVIEW} <= set(cmd.parts),
            N_("They include a background investigation and extensive documentation review."),
            N_("Guidelines include a background investigation and extensive documentation review."),
            mend=N_("Name both parts, and write what each asks for."),
            where="parts",
        ),
        finding(
            "6 USC 964(b)",
            "version_is_new",
            not Guidelines.objects.filter(programme=cmd.programme, version=version).exists(),
            N_("This version is new."),
            N_("Version %(version)s is already published; a published version never changes."),
            where="version",
            version=version[:20],
        ),
        finding(
            "6 USC 964(b)",
            "not_backdated",
            cmd.in_force_from >= published_on,
            N_("They take effect on %(day)s."),
            N_("They would take effect on %(day)s, before they are published."),
            mend=N_("Choose the day of publication or a later one."),
            where="in_force_from",
            day=cmd.in_force_from,
        ),
        finding(
            "6 USC 964(b)",
            "text_given",
            bool(cmd.text.strip()) and 0 < len(title) <= 200 and 0 < len(version) <= 20,
            N_("They have a version, a title and a text."),
            N_("They have no version, title or text, or one that is too long."),
            mend=N_("Give a version of at most 20 characters, a title of at most 200, and the text."),
            where="text",
        ),
    ]
    key = ctx.new_id()
    published = entries.GuidelinesPublished(
        guidelines_id=key,
        programme=cmd.programme,
        version=version,
        title=title,
        text=cmd.text,
        parts=cmd.parts,
        in_force_from=cmd.in_force_from,
    )
    opens = Opening(key, "guidelines", programme=cmd.programme)
    return Decision(all_of(reasons), (published,), to="open", opens=opens)


@command("6 USC 964(c)", title=N_("Open a certification"), procedure="certification", case="", lock="application_id")
@dataclass(frozen=True, kw_only=True)
class OpenCertification(Command):
    """Open the certification of an application that was received; the 90 days run from receipt."""

    application_id: UUID = field(metadata={"label": N_("Application")})


@handles(OpenCertification)
def open_certification(ctx: Context, cmd: OpenCertification) -> Decision:
    application = application_of(cmd.application_id)
    reasons = [
        finding(
            "6 USC 964(c)",
            "application_received",
            application.received_on is not None,
            N_("The application was received."),
            N_("The application was not submitted yet."),
            mend=N_("Wait until an officer of the company submits it."),
        ),
        finding(
            "6 USC 964(c)",
            "one_certification",
            not Certification.objects.filter(application=application).exists(),
            N_("It has no certification yet."),
            N_("It already has a certification."),
        ),
    ]
    key = ctx.new_id()
    opened = entries.CertificationOpened(
        certification_id=key,
        application_id=application.pk,
        participant_id=application.participant_id,
        received_on=application.received_on or ctx.on,
    )
    opens = Opening(key, "certification", programme=application.programme, participant=application.participant_id)
    return Decision(all_of(reasons), (opened,), opens=opens)


@command("6 USC 964(b)", title=N_("Recommend certification"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecommendCertification(Command):
    """Recommend, after the review of every criterion, that the company be certified."""

    case_id: UUID
    note: str = field(default="", metadata={"label": N_("Note to the supervisor"), "widget": "textarea"})


@handles(RecommendCertification)
def recommend_certification(ctx: Context, cmd: RecommendCertification) -> Decision:
    verdict = documentation_review_complete(review_facts(certification_of(cmd.case_id)))
    by = ctx.actor.account or cmd.case_id
    return Decision(verdict, (entries.DecisionRecommended(decision="certify", by=by, note=cmd.note.strip()),))


@command("6 USC 964(b)", title=N_("Recommend refusal"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecommendRefusal(Command):
    """Recommend that certification be refused, on grounds that each name their clause."""

    case_id: UUID
    grounds: tuple[RefusalGround, ...] = field(metadata={"label": N_("Grounds")})
    note: str = field(default="", metadata={"label": N_("Note to the supervisor"), "widget": "textarea"})


@handles(RecommendRefusal)
def recommend_refusal(ctx: Context, cmd: RecommendRefusal) -> Decision:
    certification_of(cmd.case_id)
    by = ctx.actor.account or cmd.case_id
    recommended = entries.DecisionRecommended(decision="refuse", by=by, note=cmd.note.strip(), grounds=cmd.grounds)
    return Decision(all_of([_some(cmd.grounds), *(_cited(ground) for ground in cmd.grounds)]), (recommended,))


def _some(grounds: tuple[RefusalGround, ...]) -> Reason:
    return finding(
        "6 USC 964(b)",
        "ground_given",
        bool(grounds) and all(ground.statement.strip() for ground in grounds),
        N_("The recommendation states its grounds."),
        N_("The recommendation states no ground, or one without words."),
        mend=N_("State each ground with its clause and in words that the company will read."),
        where="grounds",
    )


def _cited(ground: RefusalGround) -> Reason:
    try:
        Citation(ground.cite)
        known = True
    except UnknownClause:
        known = False
    return finding(
        "6 USC 964(b)",
        "ground_cited",
        known,
        N_("The ground names its clause."),
        N_("'%(cited)s' is not a clause of the law."),
        mend=N_("Write the clause as 6 USC 964(b)."),
        where="grounds",
        cited=ground.cite[:40],
    )


@command("6 USC 971(a)", title=N_("Send the recommendation back"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class SendBackRecommendation(Command):
    """Send the recommendation back to the specialist with the reason."""

    case_id: UUID
    reason: str = field(metadata={"label": N_("Reason"), "widget": "textarea"})


@handles(SendBackRecommendation)
def send_back_recommendation(ctx: Context, cmd: SendBackRecommendation) -> Decision:
    given = finding(
        "6 USC 971(a)",
        "reason_given",
        bool(cmd.reason.strip()),
        N_("A reason is given."),
        N_("No reason is given."),
        mend=N_("Say what the specialist should look at again."),
        where="reason",
    )
    return Decision(Verdict((given,)), (entries.RecommendationSentBack(reason=cmd.reason.strip()),))


LATE = {"label": N_("Why it was not practicable to decide in time"), "widget": "textarea"}


@command(
    "6 USC 964(a)", "6 USC 964(b)", "6 USC 964(c)", title=N_("Certify"), procedure="certification", audience="staff"
)
@dataclass(frozen=True, kw_only=True)
class CertifyTierOne(Command):
    """Certify the company as a first-tier participant, as a second person. A late decision needs its reason."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(CertifyTierOne)
def certify_tier_one(ctx: Context, cmd: CertifyTierOne) -> Decision:
    certification = certification_of(cmd.case_id)
    stands = _application_stands(certification)
    facts = certification_facts(
        certification, ctx.the_case, decided_by=ctx.actor.account, lateness_reason=cmd.lateness_reason, on=ctx.on
    )
    verdict = may_certify(facts, ctx.on, terms_of(certification.application.programme, ctx.on))
    verdict = verdict.and_(Verdict((stands,)))
    return Decision(verdict, (_decided(ctx, certification, "certified", cmd.lateness_reason),))


@command("6 USC 964(b)", "6 USC 964(c)", title=N_("Refuse certification"), procedure="certification", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RefuseCertification(Command):
    """Refuse certification on the recommended grounds, as a second person."""

    case_id: UUID
    lateness_reason: str = field(default="", metadata=LATE)


@handles(RefuseCertification)
def refuse_certification(ctx: Context, cmd: RefuseCertification) -> Decision:
    certification = certification_of(cmd.case_id)
    stands = _application_stands(certification)
    facts = certification_facts(
        certification, ctx.the_case, decided_by=ctx.actor.account, lateness_reason=cmd.lateness_reason, on=ctx.on
    )
    verdict = may_refuse(facts, ground_facts(_grounds(certification)), ctx.on).and_(Verdict((stands,)))
    return Decision(verdict, (_decided(ctx, certification, "refused", cmd.lateness_reason),))


def _application_stands(certification: Certification) -> Reason:
    """Of a decision and a withdrawal at once one waits for the other: the case of the application is locked."""
    case = Case.objects.select_for_update().get(pk=certification.application_id)
    return finding(
        "6 USC 961(a)",
        "application_stands",
        case.state != "withdrawn",
        N_("The company has not withdrawn its application."),
        N_("The company has withdrawn its application, so nothing is decided about it."),
        where="application",
    )


def _grounds(certification: Certification) -> tuple[RefusalGround, ...]:
    return tuple(RefusalGround(**ground) for ground in certification.grounds)


def _decided(ctx: Context, certification: Certification, outcome: str, reason: str) -> entries.CertificationDecided:
    due_on = due_of(certification, ctx.the_case).due_on
    guidelines = guidelines_on(certification.application.programme, ctx.on)
    late = counted_late(certification.received_on, ctx.on, due_on)
    return entries.CertificationDecided(
        certification_id=certification.pk,
        application_id=certification.application_id,
        participant_id=certification.participant_id,
        company=certification.participant.legal_name,
        outcome="certified" if outcome == "certified" else "refused",
        guidelines=guidelines.version if guidelines else "",
        received_on=certification.received_on,
        due_on=due_on,
        late=late,
        lateness_reason=reason.strip() if late else "",
        grounds=() if outcome == "certified" else _grounds(certification),
    )


@command("6 USC 961(a)", title=N_("Close the certification"), procedure="certification", internal=True)
@dataclass(frozen=True, kw_only=True)
class CloseCertification(Command):
    """Close a certification without a decision, because the company withdrew."""

    case_id: UUID
    reason: str


@handles(CloseCertification)
def close_certification(ctx: Context, cmd: CloseCertification) -> Decision:
    withdrew = finding("6 USC 961(a)", "company_withdrew", True, N_("The company withdrew."), "")
    return Decision(Verdict((withdrew,)), (entries.CertificationClosed(reason=cmd.reason),))
