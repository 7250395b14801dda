"""The letters of a certification: certified, returned, refused (6 USC 964)."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.certification.entries import CertificationDecided, ReturnedForCorrection
from greenlane.certification.models import Certification
from greenlane.law.sentences import N_, Sentence


@composes("certification_decided", CertificationDecided.entry_kind)
def decision_letter(one: Recorded) -> Draft:
    """The letter that tells the company what was decided, under which clauses, on which dates."""
    data = one.data
    assert isinstance(data, CertificationDecided)
    blocks = [
        paragraph(
            N_("Your application was received on %(received)s. The last day for a decision was %(due)s."),
            "6 USC 964(c)",
            received=data.received_on,
            due=data.due_on,
        )
    ]
    if data.late:
        blocks.append(
            paragraph(
                N_("The decision comes %(days)s days after that day, for this reason: %(reason)s"),
                "6 USC 964(c)",
                days=(one.on - data.due_on).days,
                reason=data.lateness_reason,
            )
        )
    blocks += _certified(one, data) if data.outcome == "certified" else _refused(data)
    blocks.append(heading(N_("How this was decided")))
    blocks += [item(reason.sentence, reason.citation.cite) for reason in one.verdict.reasons] if one.verdict else []
    certified = data.outcome == "certified"
    title = N_("Certification of %(company)s") if certified else N_("Refusal of certification: %(company)s")
    return Draft(one.subject, Sentence(title, {"company": data.company}), tuple(blocks))


def _certified(one: Recorded, data: CertificationDecided) -> list[Block]:
    return [
        paragraph(
            N_("%(company)s is certified as a first-tier participant from %(day)s, under guidelines %(version)s."),
            "6 USC 964(a)",
            company=data.company,
            day=one.on,
            version=data.guidelines,
        ),
        heading(N_("What happens next")),
        paragraph(
            N_("To the extent practicable, your security measures are validated within one year of this day."),
            "6 USC 965(a)",
        ),
        paragraph(N_("Taking part is voluntary: you may withdraw at any time, without prejudice."), "6 USC 961(a)"),
    ]


def _refused(data: CertificationDecided) -> list[Block]:
    return [
        paragraph(
            N_("Certification is refused to %(company)s, under guidelines %(version)s."),
            "6 USC 964(b)",
            company=data.company,
            version=data.guidelines,
        ),
        heading(N_("Grounds")),
        *(item(Sentence(N_("%(words)s"), {"words": ground.statement}), ground.cite) for ground in data.grounds),
        heading(N_("What you can do")),
        paragraph(N_("You may correct what is named above and apply again on any day."), "6 USC 961(a)"),
    ]


@composes("certification_returned", ReturnedForCorrection.entry_kind)
def return_letter(one: Recorded) -> Draft:
    """The letter that names every point to correct."""
    data = one.data
    assert isinstance(data, ReturnedForCorrection)
    certification = Certification.objects.select_related("participant").get(pk=one.subject)
    blocks = [
        paragraph(N_("Your application is returned for correction."), "6 USC 964(b)"),
        *([paragraph(N_("%(words)s"), words=data.message)] if data.message else []),
        heading(N_("What to correct")),
        *(
            item(Sentence(N_("Criterion %(number)s: %(note)s"), {"number": number, "note": note}), "6 USC 963(3)")
            for number, note in data.points.items()
        ),
        paragraph(N_("Correct these points and let an officer submit the application again.")),
    ]
    title = Sentence(N_("Application returned: %(company)s"), {"company": certification.participant.legal_name})
    return Draft(one.subject, title, tuple(blocks))
