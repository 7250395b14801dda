"""Publish the guidelines and the schedule for validation (6 USC 965(c))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s965 import ON_SITE_ASSESSMENT
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.programs.queries import terms_of
from greenlane.validation import entries
from greenlane.validation.entries import MilestoneSet
from greenlane.validation.models import ValidationGuidelines, ValidationSchedule

CITE = "6 USC 965(c)"
YEAR = 365
VERSION = {"label": N_("Version")}
TITLE = {"label": N_("Title")}
TEXT = {"label": N_("Text"), "widget": "textarea"}
FROM = {"label": N_("In force from")}


@command(CITE, "6 USC 965(a)", title=N_("Publish guidelines for validation"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishValidationGuidelines(Command):
    """Publish a version of the guidelines for validation, in force from a day; they include on-site assessments."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    version: str = field(metadata=VERSION)
    title: str = field(metadata=TITLE)
    text: str = field(metadata=TEXT)
    parts: tuple[str, ...] = field(default=(ON_SITE_ASSESSMENT,), metadata={"label": N_("What they include")})
    in_force_from: date = field(metadata=FROM)


@handles(PublishValidationGuidelines)
def publish_validation_guidelines(ctx: Context, cmd: PublishValidationGuidelines) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("validation guidelines", cmd.programme)
    taken = ValidationGuidelines.objects.filter(programme=cmd.programme, version=cmd.version.strip()).exists()
    reasons = [
        finding(
            "6 USC 965(a)",
            "guidelines_on_site",
            ON_SITE_ASSESSMENT in cmd.parts,
            N_("They include on-site assessments."),
            N_("Guidelines for validation include on-site assessments; these do not."),
            mend=N_("Name on_site_assessment among the parts, and write what it asks for."),
            where="parts",
        ),
        *_published(ctx, cmd, taken),
    ]
    key = ctx.new_id()
    published = entries.ValidationGuidelinesPublished(
        guidelines_id=key,
        programme=cmd.programme,
        version=cmd.version.strip(),
        title=cmd.title.strip(),
        text=cmd.text,
        parts=cmd.parts,
        in_force_from=cmd.in_force_from,
    )
    opens = Opening(key, "validation_guidelines", programme=cmd.programme)
    return Decision(all_of(reasons), (published,), to="open", opens=opens)


@command(CITE, title=N_("Publish the schedule for validations"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishValidationSchedule(Command):
    """Publish a version of the schedule for validations: by which day after certification each step is done."""

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    version: str = field(metadata=VERSION)
    title: str = field(metadata=TITLE)
    text: str = field(metadata=TEXT)
    milestones: tuple[MilestoneSet, ...] = field(
        default=(
            MilestoneSet(step="notice", days=210),
            MilestoneSet(step="visit", days=270),
            MilestoneSet(step="report", days=300),
            MilestoneSet(step="decision", days=YEAR),
        ),
        metadata={"label": N_("Steps"), "help": N_("Days after certification; the decision within the year.")},
    )
    in_force_from: date = field(metadata=FROM)


@handles(PublishValidationSchedule)
def publish_validation_schedule(ctx: Context, cmd: PublishValidationSchedule) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("validation schedule", cmd.programme)
    taken = ValidationSchedule.objects.filter(programme=cmd.programme, version=cmd.version.strip()).exists()
    days = [milestone.days for milestone in cmd.milestones]
    steps = [milestone.step for milestone in cmd.milestones]
    reasons = [
        finding(
            "6 USC 965(a)",
            "schedule_within_the_year",
            "decision" in steps and len(set(steps)) == len(steps) and all(0 < n <= YEAR for n in days),
            N_("Each step has its day, and the decision comes within one year after certification."),
            N_("The schedule names no decision, a step twice, or a day beyond one year after certification."),
            mend=N_("Name each step once, with 1 to 365 days after certification, the decision among them."),
            where="milestones",
        ),
        finding(
            CITE,
            "schedule_in_order",
            [m.step for m in sorted(cmd.milestones, key=lambda m: m.days)]
            == sorted(steps, key=["notice", "visit", "report", "decision"].index),
            N_("The steps follow one another."),
            N_("The steps are not in the order notice, visit, report, decision."),
            mend=N_("Give each later step a later day."),
            where="milestones",
        ),
        *_published(ctx, cmd, taken),
    ]
    key = ctx.new_id()
    published = entries.ValidationSchedulePublished(
        schedule_id=key,
        programme=cmd.programme,
        version=cmd.version.strip(),
        title=cmd.title.strip(),
        text=cmd.text,
        milestones=cmd.milestones,
        in_force_from=cmd.in_force_from,
    )
    opens = Opening(key, "validation_schedule", programme=cmd.programme)
    return Decision(all_of(reasons), (published,), to="open", opens=opens)


def _published(ctx: Context, cmd: PublishValidationGuidelines | PublishValidationSchedule, taken: bool) -> list[Reason]:
    version, title = cmd.version.strip(), cmd.title.strip()
    published_on = ctx.on if ctx.actor.is_system else legal_date(ctx.at)  # a person publishes on no earlier day
    return [
        finding(
            CITE,
            "version_is_new",
            not taken,
            N_("This version is new."),
            N_("Version %(version)s is already published; a published version never changes."),
            mend=N_("Publish the change as a new version."),
            where="version",
            version=version[:20],
        ),
        finding(
            CITE,
            "not_backdated",
            cmd.in_force_from >= published_on,
            N_("It takes effect on %(day)s."),
            N_("It would take effect on %(day)s, before it is published."),
            mend=N_("Choose the day of publication or a later one."),
            where="in_force_from",
            day=cmd.in_force_from,
        ),
        finding(
            CITE,
            "text_given",
            bool(cmd.text.strip()) and 0 < len(title) <= 200 and 0 < len(version) <= 20,
            N_("It has a version, a title and a text."),
            N_("It has no version, title or text, or one that is too long."),
            mend=N_("Give a version of at most 20 characters, a title of at most 200, and the text."),
            where="text",
        ),
    ]
