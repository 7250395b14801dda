"""The framework of objective criteria, and the measures of each participant by them (6 USC 969(2))."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.registry import Command, command, handles
from greenlane.law.s969 import FrameworkFacts, RiskFactor, framework_in_force
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, all_of, finding
from greenlane.participants.queries import participant_of
from greenlane.programs.queries import terms_of
from greenlane.revalidation import entries
from greenlane.revalidation.checks import said
from greenlane.revalidation.entries import Factor
from greenlane.revalidation.measures import TIME_SINCE_LAST
from greenlane.revalidation.models import Framework
from greenlane.revalidation.queries_framework import framework_on

CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
MOST_FACTORS = 20
GREATEST_WEIGHT = 1000


@command("6 USC 969(2)", title=N_("Publish the framework for revalidation"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishFramework(Command):
    """Publish the next version of the framework: criteria, each with its definition, data source and weight.

    A criterion with the code time_since_last is measured by the platform; measures of all others are recorded.
    """

    programme: str = field(metadata={"label": N_("Programme"), "choices": "programmes"})
    title: str = field(metadata={"label": N_("Title")})
    factors: tuple[Factor, ...] = field(metadata={"label": N_("Criteria")})


@handles(PublishFramework)
def publish_framework(ctx: Context, cmd: PublishFramework) -> Decision:
    terms_of(cmd.programme, ctx.on)
    alone("framework", cmd.programme)
    latest = Framework.objects.filter(programme=cmd.programme).order_by("-version").first()
    version = latest.version + 1 if latest else 1
    factors = tuple(RiskFactor(f.code, f.definition, f.data_source, f.weight) for f in cmd.factors)
    reasons = [
        said("title", cmd.title, 200),
        _not_backdated(ctx, latest),
        *framework_in_force(FrameworkFacts(version, ctx.on, factors), ctx.on).reasons,
        *_written_well(cmd.factors),
    ]
    key = ctx.new_id()
    published = entries.FrameworkPublished(
        framework_id=key, programme=cmd.programme, version=version, title=cmd.title.strip(), factors=cmd.factors
    )
    opens = Opening(key, "framework", programme=cmd.programme)
    return Decision(all_of(reasons), (published,), to="published", opens=opens)


def _not_backdated(ctx: Context, latest: Framework | None) -> Reason:
    """A person publishes on the day itself: a ranking that was made by the version in force stays as it was."""
    earliest = ctx.on if ctx.actor.is_system else legal_date(ctx.at)
    earliest = max(earliest, latest.published_on) if latest else earliest
    return finding(
        "6 USC 969(2)",
        "published_today",
        ctx.on >= earliest,
        N_("It is published on %(day)s."),
        N_("It would count from %(day)s, but a framework is in force from its publication, %(earliest)s or later."),
        mend=N_("Leave the date out."),
        where="on",
        day=ctx.on,
        earliest=earliest,
    )


def _written_well(factors: tuple[Factor, ...]) -> Iterator[Reason]:
    yield finding(
        "6 USC 969(2)",
        "factors_counted",
        len(factors) <= MOST_FACTORS,
        N_("It has no more criteria than a person can weigh."),
        N_("It has %(count)d criteria; at most %(most)d can be weighed against each other."),
        mend=N_("Put criteria together."),
        where="factors",
        count=len(factors),
        most=MOST_FACTORS,
    )
    for factor in factors:
        fits = len(factor.definition) <= 2000 and len(factor.data_source) <= 300
        yield finding(
            "6 USC 969(2)",
            "factor_written",
            bool(CODE.fullmatch(factor.code)) and 0 < len(factor.title.strip()) <= 200 and fits,
            N_("The criterion %(criterion)s can be read and referred to."),
            N_("The criterion '%(criterion)s' has no code of small letters, no title, or a text that is too long."),
            mend=N_(
                "Give a code such as import_volume, a title of at most 200 characters, a definition of at most 2000."
            ),
            where="factors",
            criterion=factor.code[:40],
        )
        yield finding(
            "6 USC 969(2)",
            "weight_in_range",
            factor.weight <= GREATEST_WEIGHT,
            N_("Its weight is %(weight)d."),
            N_("The weight %(weight)d is above %(most)d."),
            mend=N_("Use smaller weights in the same proportion."),
            where="factors",
            weight=factor.weight,
            most=GREATEST_WEIGHT,
        )


@command("6 USC 969(2)", title=N_("Record a measure of risk"), case="participant_id", audience="staff")
@dataclass(frozen=True, kw_only=True)
class RecordRiskScore(Command):
    """Record a participant's measure of one criterion of the framework, 0 to 100, with its source and its day."""

    participant_id: UUID
    factor: str = field(metadata={"label": N_("Criterion"), "help": N_("The code of a criterion of the framework.")})
    value: int = field(metadata={"label": N_("Measure"), "help": N_("0 to 100; 100 is the most risk.")})
    source: str = field(metadata={"label": N_("Source"), "help": N_("The data and the report that it was taken from.")})
    measured_on: date = field(metadata={"label": N_("Measured on")})


@handles(RecordRiskScore)
def record_risk_score(ctx: Context, cmd: RecordRiskScore) -> Decision:
    participant = participant_of(cmd.participant_id)
    framework = framework_on(participant.programme, ctx.on)
    asked = [row["code"] for row in framework.factors if row["code"] != TIME_SINCE_LAST] if framework else []
    reasons = [
        said("source", cmd.source, 300),
        finding(
            "6 USC 969(2)",
            "criterion_published",
            cmd.factor in asked,
            N_("The framework in force asks for this measure."),
            N_("'%(factor)s' is no criterion that is recorded; the framework in force asks for: %(asked)s."),
            mend=N_("Choose a criterion of the framework; how much time has passed is reckoned by itself."),
            where="factor",
            factor=cmd.factor[:40],
            asked=", ".join(asked) or "-",
        ),
        finding(
            "6 USC 969(2)",
            "measure_in_range",
            0 <= cmd.value <= 100,
            N_("The measure is %(value)d of 100."),
            N_("The measure is %(value)d, outside 0 to 100."),
            mend=N_("Give a whole number from 0 (least) to 100 (most risk)."),
            where="value",
            value=cmd.value,
        ),
        finding(
            "6 USC 969(2)",
            "measured_by_now",
            cmd.measured_on <= ctx.on,
            N_("It was measured on %(day)s."),
            N_("It cannot have been measured on %(day)s, which is after %(on)s."),
            mend=N_("Give the day on which the source measured it."),
            where="measured_on",
            day=cmd.measured_on,
            on=ctx.on,
        ),
    ]
    recorded = entries.RiskScoreRecorded(
        score_id=ctx.new_id(),
        participant_id=participant.pk,
        factor=cmd.factor,
        value=cmd.value,
        source=cmd.source.strip(),
        measured_on=cmd.measured_on,
    )
    return Decision(all_of(reasons), (recorded,))
