"""Publish an edition of the criteria; load the agency's own texts (6 USC 961(b))."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.problems import bad_input
from greenlane.casework.registry import Command, command, handles
from greenlane.criteria.catalogue import Catalogue, CatalogueRefused, Edition, edition_from_json, edition_to_json
from greenlane.criteria.entries import EditionPublished, OfficialTextLoaded
from greenlane.criteria.models import EditionRow
from greenlane.criteria.queries import edition_id, edition_of
from greenlane.law.s961 import EditionFacts, may_publish_edition
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict, all_of, finding
from greenlane.programs.queries import terms_of

HOOK_963_4 = "other_requirements"


@command("6 USC 961(b)", "6 USC 963(4)", title=N_("Publish an edition of the criteria"), case="")
@dataclass(frozen=True, kw_only=True)
class PublishEdition(Command):
    """Publish the criteria of one business type, in force from the day that the edition names."""

    edition: str = field(metadata={"label": N_("Edition"), "help": N_("The edition as canonical JSON.")})
    consulted_on: date | None = field(
        default=None,
        metadata={"label": N_("Consultation concluded on"), "help": N_("Needed for requirements under 963(4).")},
    )
    review_concluded_on: date | None = field(default=None, metadata={"label": N_("Review concluded on")})
    grace_days: int = field(default=0, metadata={"label": N_("Days to answer what changed")})


@handles(PublishEdition)
def publish_edition(ctx: Context, cmd: PublishEdition) -> Decision:
    try:
        edition = edition_from_json(cmd.edition)
    except CatalogueRefused as refused:
        raise bad_input(
            "edition",
            N_("This is not an edition: %(detail)s."),
            N_("Export it again from the catalogue."),
            "6 USC 961(b)",
            detail=str(refused),
        ) from refused
    key = edition_id(edition.programme, edition.business_type, edition.version)
    alone("edition", edition.programme, edition.business_type)
    verdict = _known_type(ctx, edition).and_(_may_publish(ctx, cmd, edition)).and_(_unpublished(key, edition))
    published = EditionPublished(
        edition_id=key,
        programme=edition.programme,
        business_type=edition.business_type,
        version=edition.version,
        in_force_from=edition.in_force_from,
        body=edition_to_json(edition),
        criteria=len(edition.criteria),
        grace_days=cmd.grace_days,
    )
    return Decision(verdict, (published,), to="open", opens=Opening(key, "edition", programme=edition.programme))


def _may_publish(ctx: Context, cmd: PublishEdition, edition: Edition) -> Verdict:
    last = _latest(edition)
    difference = Catalogue.difference(last, edition) if last else None
    changed = len(difference.added) + len(difference.removed) + len(difference.changed) if difference else 0
    facts = EditionFacts(
        effective_from=edition.in_force_from,
        criteria=len(edition.criteria),
        first=last is None,
        differences=changed,
        review_outcome="new_edition" if cmd.review_concluded_on else "",
        review_concluded_on=cmd.review_concluded_on,
        grace_days=cmd.grace_days,
        other_requirements=tuple(c.number for c in edition.criteria if set(c.areas) == {HOOK_963_4}),
        consulted_on=cmd.consulted_on,
    )
    on = ctx.on if ctx.actor.is_system else legal_date(ctx.at)  # a person publishes it on no earlier day
    return may_publish_edition(facts, on, terms_of(edition.programme, ctx.on))


def _latest(edition: Edition) -> Edition | None:
    rows = EditionRow.objects.filter(programme=edition.programme, business_type=edition.business_type)
    row = rows.order_by("-in_force_from", "-published_on").only("id").first()
    return edition_of(row.pk) if row else None


def _known_type(ctx: Context, edition: Edition) -> Verdict:
    terms = terms_of(edition.programme, ctx.on)
    known = finding(
        "6 USC 962",
        "business_type_known",
        terms.business_type(edition.business_type) is not None,
        N_("The programme admits this business type."),
        N_("'%(type)s' is not a business type of %(programme)s."),
        where="business_type",
        type=edition.business_type,
        programme=terms.title,
    )
    return Verdict((known,))


def _unpublished(key: UUID, edition: Edition) -> Verdict:
    fresh = finding(
        "6 USC 961(b)",
        "version_is_new",
        not EditionRow.objects.filter(pk=key).exists(),
        N_("This version is new."),
        N_("Version %(version)s for %(type)s is already published; a published edition never changes."),
        mend=N_("Give the edition a new version."),
        where="version",
        version=edition.version,
        type=edition.business_type,
    )
    return Verdict((fresh,))


@command("6 USC 961(b)", title=N_("Load official texts"), case="edition_id")
@dataclass(frozen=True, kw_only=True)
class LoadOfficialText(Command):
    """Load the agency's own wording of criteria, shown beside the product's concise one."""

    edition_id: UUID
    texts: dict[str, str] = field(metadata={"label": N_("Texts by criterion number")})
    source: str = field(metadata={"label": N_("Where the texts come from")})


@handles(LoadOfficialText)
def load_official_text(ctx: Context, cmd: LoadOfficialText) -> Decision:
    edition = edition_of(cmd.edition_id)
    strangers = [number for number in cmd.texts if edition.criterion(number) is None]
    reasons = [
        finding(
            "6 USC 961(b)",
            "criteria_in_edition",
            bool(cmd.texts) and not strangers,
            N_("Every text belongs to a criterion of this edition."),
            N_("These numbers are not in this edition: %(numbers)s."),
            mend=N_("Load only texts of criteria that this business type answers."),
            where="texts",
            numbers=", ".join(strangers[:20]) or "-",
        ),
        finding(
            "6 USC 961(b)",
            "source_named",
            bool(cmd.source.strip()),
            N_("The source is named."),
            N_("The source of the texts is not named."),
            mend=N_("Name the publication and its date."),
            where="source",
        ),
    ]
    loaded = OfficialTextLoaded(edition_id=cmd.edition_id, texts=cmd.texts, source=cmd.source.strip())
    return Decision(all_of(reasons), (loaded,))
