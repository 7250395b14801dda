"""The applicant's assessment of its supply chain, area by area and node by node, in five steps: 6 USC 963(2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.months import months_before
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Area, Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Node:
    """A place, company or movement in the supply chain: ``kind`` is 'site', 'partner' or 'leg'."""

    kind: str
    key: str
    title: str


@dataclass(frozen=True)
class RiskAssessment:
    """The applicant's assessment of one area at one node, on scales of 1 (least) to 5 (most).

    ``node`` is the key of a Node. ``existing_control`` says what is in place ('none' is an answer, blank is not);
    ``residual`` is the risk that remains with it; ``action`` says what will be done about it.
    """

    area: str
    node: str
    threat: int
    vulnerability: int
    consequence: int
    existing_control: str
    residual: int
    action: str = ""
    reviewed_on: date | None = None

    @property
    def where(self) -> str:
        return f"{self.area}:{self.node}"


_CITES = (
    "6 USC 963(2)",
    "6 USC 963(2)(A)",
    "6 USC 963(2)(B)",
    "6 USC 963(2)(C)",
    "6 USC 963(2)(D)",
    "6 USC 963(2)(E)",
    "6 USC 963(2)(F)",
    "6 USC 963(2)(G)",
)


@rule(*_CITES)
def assessment_complete(
    nodes: Sequence[Node], assessments: Sequence[RiskAssessment], on: date, terms: Terms
) -> Verdict:
    """Is every area assessed at every node that the area concerns, soundly and recently?

    A missing one is a reason under the area's own clause, ``where`` 'area:node'.
    """
    return all_of(_problems_or_summary(nodes, assessments, on, terms))


@rule("6 USC 963(2)")
def assessment_steps(nodes: Sequence[Node], assessments: Sequence[RiskAssessment], on: date, terms: Terms) -> Verdict:
    """The five steps of the assessment, each shown as done or not yet done."""
    gaps = tuple(_gaps(nodes, assessments, terms))
    unsound = {reason.code for a in assessments for reason in _unsound(a, on, terms)}
    started = bool(assessments) and not gaps
    steps = (
        (
            "step_cargo_flow",
            N_("Map the cargo flow and the partners."),
            all(r.holds for r in supply_chain(nodes, terms)),
        ),
        ("step_threats", N_("Assess the threats."), started and "threat_scale" not in unsound),
        (
            "step_vulnerabilities",
            N_("Assess the vulnerabilities."),
            started and unsound.isdisjoint({"vulnerability_scale", "consequence_scale", "control_stated"}),
        ),
        (
            "step_action_plan",
            N_("Plan the actions."),
            started and unsound.isdisjoint({"residual_scale", "action_planned"}),
        ),
        ("step_document_repeat", N_("Document and repeat."), started and "assessment_current" not in unsound),
    )
    return all_of(
        finding("6 USC 963(2)", code, done, title, title, mend=N_("This step is not yet done."), where=code)
        for code, title, done in steps
    )


def supply_chain(nodes: Sequence[Node], terms: Terms) -> tuple[Reason, ...]:
    """One reason for each kind of node that the programme's areas concern: is at least one recorded?"""
    kinds = tuple(dict.fromkeys(kind for area in terms.areas for kind in area.nodes))
    return tuple(
        finding(
            "6 USC 963(2)",
            "supply_chain_mapped",
            any(node.kind == kind for node in nodes),
            N_("The supply chain has at least one %(kind)s."),
            N_("The supply chain has no %(kind)s, so what the criteria ask of one cannot be assessed."),
            mend=N_("Add at least one %(kind)s to the supply chain."),
            where=kind,
            kind=kind,
        )
        for kind in kinds
    )


def _problems_or_summary(
    nodes: Sequence[Node], assessments: Sequence[RiskAssessment], on: date, terms: Terms
) -> Iterator[Reason]:
    yield from supply_chain(nodes, terms)
    gaps = tuple(_gaps(nodes, assessments, terms))
    yield from gaps
    missing = {reason.where.split(":", 1)[0] for reason in gaps}
    for area in terms.areas:
        concerned = [node for node in nodes if node.kind in area.nodes]
        if area.code not in missing and concerned:
            yield _area_covered(area, len(concerned))
    yield from _strays(nodes, assessments, terms)
    for assessment in assessments:
        yield from _unsound(assessment, on, terms)


def _area_covered(area: Area, count: int) -> Reason:
    return finding(
        area.citation.cite,
        "area_assessed",
        True,
        N_("%(area)s is assessed at all %(count)d nodes that it concerns."),
        "",
        where=area.code,
        area=area.title,
        count=count,
    )


def _gaps(nodes: Sequence[Node], assessments: Sequence[RiskAssessment], terms: Terms) -> Iterator[Reason]:
    done = {(a.area, a.node) for a in assessments}
    for area in terms.areas:
        for node in nodes:
            if node.kind in area.nodes and (area.code, node.key) not in done:
                yield finding(
                    area.citation.cite,
                    "area_missing",
                    False,
                    "",
                    N_("%(area)s is not assessed at %(node)s."),
                    mend=N_("Assess it: threat, vulnerability, consequence, existing control and residual risk."),
                    where=f"{area.code}:{node.key}",
                    area=area.title,
                    node=node.title,
                )


def _strays(nodes: Sequence[Node], assessments: Sequence[RiskAssessment], terms: Terms) -> Iterator[Reason]:
    concerned = {(area.code, node.key) for area in terms.areas for node in nodes if node.kind in area.nodes}
    seen: set[tuple[str, str]] = set()
    for assessment in assessments:
        pair = (assessment.area, assessment.node)
        if pair not in concerned:
            yield finding(
                "6 USC 963(2)",
                "assessment_unplaced",
                False,
                "",
                N_("There is an assessment of '%(area)s' at '%(node)s', but that area does not concern such a node."),
                mend=N_("Remove it, or add the node to the supply chain."),
                where=assessment.where,
                area=assessment.area,
                node=assessment.node,
            )
        elif pair in seen:
            yield finding(
                "6 USC 963(2)",
                "assessment_once",
                False,
                "",
                N_("'%(area)s' is assessed twice at '%(node)s'; it must be clear which one counts."),
                mend=N_("Keep one of the two."),
                where=assessment.where,
                area=assessment.area,
                node=assessment.node,
            )
        seen.add(pair)


def _unsound(assessment: RiskAssessment, on: date, terms: Terms) -> Iterator[Reason]:
    """The reasons for which one assessment does not count; none when it is sound."""
    area = terms.area(assessment.area)
    cite = area.citation.cite if area else "6 USC 963(2)"
    title = area.title if area else assessment.area

    def wrong(code: str, no: str, mend: str, **values: str | int | date) -> Reason:
        values |= {"area": title, "node": assessment.node}
        return finding(cite, code, False, "", no, mend=mend, where=assessment.where, **values)

    for name in ("threat", "vulnerability", "consequence", "residual"):
        score = getattr(assessment, name)
        if not LOWEST <= score <= HIGHEST:
            yield wrong(
                f"{name}_scale",
                N_("%(area)s at %(node)s: %(scale)s is %(score)d; the scale runs from 1 to 5."),
                N_("Give a whole number from 1 (least) to 5 (most)."),
                scale=name,
                score=score,
            )
    if not assessment.existing_control.strip():
        yield wrong(
            "control_stated",
            N_("%(area)s at %(node)s does not say which control exists."),
            N_("Describe the control in place, or write 'none'."),
        )
    limit = parameter("residual_risk_limit", on, terms).number
    if assessment.residual > limit and not assessment.action.strip():
        yield wrong(
            "action_planned",
            N_("%(area)s at %(node)s leaves a residual risk of %(residual)d, above %(limit)d, with no action planned."),
            N_("Write what will be done about it, by whom and by when."),
            residual=assessment.residual,
            limit=limit,
        )
    oldest = months_before(on, parameter("assessment_repeat_months", on, terms).number)
    if assessment.reviewed_on is None or not oldest <= assessment.reviewed_on <= on:
        yield wrong(
            "assessment_current",
            N_("%(area)s at %(node)s was not reviewed between %(oldest)s and %(on)s."),
            N_("Review the assessment and save it with the date of the review."),
            oldest=oldest,
            on=on,
        )
