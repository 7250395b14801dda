"""Complete, invented contents for an application: answers, assessments and numbers that hold (6 USC 962, 963)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from uuid import UUID

from greenlane.applications.entries import CriterionAnswer, NodeRisk
from greenlane.applications.facts import nodes_of
from greenlane.applications.models import Application
from greenlane.applications.queries import questionnaire
from greenlane.law.s962 import questions_for
from greenlane.law.terms import BusinessType, Terms
from greenlane.participants.models import Participant

CONTROLS = (
    "Locked at night, watched by two cameras, keys logged.",
    "Checked by two people, and each check is signed.",
    "Written procedure of this year; staff trained in January.",
    "Partner visited last year; open points closed within a month.",
    "Badges for all; visitors are met, logged and walked to the gate.",
)
ACTIONS = (
    "New fence by the end of the quarter, the site manager answers for it.",
    "Second reader at the gate by June.",
)
NARRATIVES = (
    "Done as the security manual says; the shift leader checks it every day.",
    "In place since last year. The log is kept for two years.",
    "Written procedure, trained each January, tested twice a year.",
    "Our officer for cargo security reviews this every quarter.",
)


def eligibility_answers(business_type: str, terms: Terms) -> dict[str, str]:
    """The answers of a company that meets every condition of its business type."""
    words = {"text": "Our vice president for operations.", "date": "2015-01-05"}
    return {
        q.key: q.expects if q.kind == "yes_no" else words.get(q.kind, "Invented")
        for q in questions_for(business_type, terms)
    }


def risks_of(participant: Participant, terms: Terms, random: Random) -> tuple[NodeRisk, ...]:
    """A sound assessment of every area at every node that it concerns; a high residual risk has its action."""
    nodes = nodes_of(participant)
    return tuple(
        _risk(area.code, UUID(node.key), random) for area in terms.areas for node in nodes if node.kind in area.nodes
    )


def _risk(area: str, node: UUID, random: Random) -> NodeRisk:
    residual = random.choice((1, 1, 2, 2, 2, 3, 4))
    return NodeRisk(
        area=area,
        node=node,
        threat=random.randint(1, 4),
        vulnerability=random.randint(1, 4),
        consequence=random.randint(2, 5),
        existing_control=random.choice(CONTROLS),
        residual=residual,
        action=random.choice(ACTIONS) if residual > 3 else "",
    )


def answers_of(application: Application, evidence: tuple[UUID, ...], random: Random) -> tuple[CriterionAnswer, ...]:
    """Yes to every criterion that is asked, explained and evidenced; a few 'should' are answered otherwise."""
    return tuple(_answer(c.number, c.level, evidence, random) for c in questionnaire(application))


def _answer(number: str, level: str, evidence: tuple[UUID, ...], random: Random) -> CriterionAnswer:
    yes = CriterionAnswer(
        number=number, value="yes", narrative=random.choice(NARRATIVES), evidence=(random.choice(evidence),)
    )
    chance = random.random()
    if level == "must" or chance > 0.15:
        return yes
    if chance > 0.07:
        return replace(yes, value="no", narrative="Planned for next year.", evidence=())
    reason = "We do not handle this kind of transport ourselves."
    return replace(yes, value="not_applicable", narrative="", not_applicable_reason=reason, evidence=())


@dataclass(frozen=True)
class Number:
    """An invented identifier that has the real form of its kind."""

    kind: str
    value: str


def numbers_for(business_type: BusinessType, serial: int) -> tuple[Number, ...]:
    """One identifier for each group that the business type asks for; *serial* keeps them apart."""
    return tuple(Number(group[0], _number(group[0], serial)) for group in business_type.identifiers)


def _number(kind: str, serial: int) -> str:
    """Numbers in ranges that look invented: all begin with what no agency gives out first, or with Q and Z."""
    letters = _letters(serial)
    makers = {
        "ior": f"26{serial % 100:02d}{serial // 100:02d}-{serial:05d}",
        "ein": f"98-{serial:07d}",
        "import_bond": f"99{serial:07d}",
        "carrier_bond": f"98{serial:07d}",
        "custodial_bond": f"97{serial:07d}",
        "scac": f"Q{letters}",
        "usdot": f"9{serial:07d}"[:8],
        "sct": f"QZ{serial:08d}",
        "iata": f"{serial % 90 + 10}-{serial // 90 % 10}-{serial:04d}",
        "fmc": f"9{serial:05d}"[:6],
        "firms": f"Z{serial % 1000:03d}",
        "broker_licence": f"9{serial:05d}"[:6],
        "filer_code": letters,
        "mid": f"MXQZXQZX{serial % 10000:04d}TES",
    }
    return makers[kind]


def _letters(serial: int) -> str:
    """Three letters that count: 0 is AAA."""
    out = ""
    for _ in range(3):
        serial, rest = divmod(serial, 26)
        out = chr(65 + rest) + out
    return out


def birth_date(random: Random) -> date:
    return date(random.randint(1955, 1992), random.randint(1, 12), random.randint(1, 28))


def with_unmet_must(application: Application, answers: tuple[CriterionAnswer, ...]) -> tuple[CriterionAnswer, ...]:
    """The same answers, with an honest no to the first must-criterion."""
    number = next(c.number for c in questionnaire(application) if c.level == "must")
    no = CriterionAnswer(number=number, value="no", narrative="We have not done this and have no plan to.")
    return tuple(no if answer.number == number else answer for answer in answers)
