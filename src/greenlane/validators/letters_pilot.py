"""The report on the pilot as a document, with figures that were counted from records (6 USC 968(i))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.s968 import REPORT_PARTS
from greenlane.law.sentences import N_, Sentence
from greenlane.validators.entries_pilot import PilotCompleted, PilotPart
from greenlane.validators.pilot_figures import FIGURE_NAMES

TITLES = {
    "results": N_("Results"),
    "proprietary_information": N_("Protection of proprietary information"),
    "cost": N_("Cost"),
    "efficiency": N_("Efficiency"),
    "validation_rate": N_("Impact on the rate of validations"),
    "national_security": N_("Impact on national security"),
    "recommendations": N_("Recommendations"),
}


@composes("pilot_report", PilotCompleted.entry_kind)
def pilot_report(one: Recorded) -> Draft:
    """All parts that 968(i) asks for, each with its figures and how many records are behind each."""
    data = one.data
    assert isinstance(data, PilotCompleted)
    blocks = [
        paragraph(
            N_("The pilot program was complete on %(day)s; this report was due by %(due)s."),
            "6 USC 968(i)",
            day=data.completed_on,
            due=data.due_on,
        )
    ]
    if data.lateness_reason and one.on > data.due_on:
        blocks.append(paragraph(N_("It comes late, for this reason: %(reason)s"), reason=data.lateness_reason))
    for part in data.parts:
        blocks += _part(part)
    return Draft(
        one.subject, Sentence(N_("Report on the pilot program '%(title)s'"), {"title": data.title}), tuple(blocks)
    )


def _part(part: PilotPart) -> list[Block]:
    cite = REPORT_PARTS[part.part]
    figures = [
        item(
            Sentence(
                N_("%(name)s: %(value)s (from %(records)s records)."),
                {"name": FIGURE_NAMES[figure.name], "value": figure.value, "records": len(figure.records)},
            ),
            cite,
        )
        for figure in part.figures
    ]
    return [heading(TITLES[part.part]), *figures, paragraph(N_("%(words)s"), cite, words=part.text)]
