"""The letters before and of a decision: notice, reply, decision with the right to appeal (6 USC 967)."""

from __future__ import annotations

from datetime import date

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.consequences import entries
from greenlane.consequences.entries_decision import ConsequenceDecided
from greenlane.consequences.models import SANCTIONS, Consequence
from greenlane.law.clocks import Due, clock_of, due
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_, Sentence
from greenlane.programs.queries import terms_of

OWN_WORDS = N_("%(words)s")
"""What a person wrote reaches the letter as it was written."""


def benefit_items(programme: str, codes: tuple[str, ...], on: date) -> list[Block]:
    """The benefits by their titles."""
    named = {benefit.code: benefit for benefit in terms_of(programme, on).benefits}
    return [
        item(Sentence(OWN_WORDS, {"words": named[code].title}), named[code].citation.cite)
        for code in codes
        if code in named
    ]


def filing_due(row: Consequence, measure: str, decided_on: date) -> Due:
    """The last day to appeal a decision (967(c)), with its arithmetic."""
    clock = clock_of("sanction_appeal_filing" if measure in SANCTIONS else "denial_appeal_filing")
    return due(clock, decided_on, terms=terms_of(row.programme, decided_on))


def days_to_determine(row: Consequence, data: ConsequenceDecided) -> int:
    """The days that an appeal filed now is determined in, by the terms of the programme (967(c))."""
    clock = clock_of("sanction_appeal_determination" if data.measure in SANCTIONS else "denial_appeal_determination")
    return parameter(clock.parameter, data.decided_on, terms_of(row.programme, data.decided_on)).number


@composes("consequence_notice", entries.ConsequenceNoticed.entry_kind)
def notice_letter(one: Recorded) -> Draft:
    """The notice: what is proposed, each failure with its evidence, the last day to respond and how it was reckoned."""
    data = one.data
    assert isinstance(data, entries.ConsequenceNoticed)
    row = Consequence.objects.get(pk=one.subject)
    blocks = [
        paragraph(_PROPOSED[data.proposed], "6 USC 967(a)" if data.proposed == "denial" else "6 USC 967(b)"),
        *benefit_items(row.programme, data.benefits if data.proposed == "denial" else (), one.on),
        paragraph(OWN_WORDS, words=data.message),
        heading(N_("What was found, and the evidence")),
        *(block for failure in data.failures for block in _failure(failure)),
        heading(N_("Your response")),
        paragraph(
            N_("You may respond until %(until)s: this notice is of %(notice)s, and you have %(days)s days or more."),
            "6 USC 967(a)",
            until=data.response_until,
            notice=one.on,
            days=data.days,
        ),
        paragraph(N_("Nothing is taken from you before your response is replied to, or the last day is over.")),
        paragraph(N_("Open this case in your account to read the evidence and to respond, with documents.")),
    ]
    return Draft(one.subject, Sentence(N_("Notice to %(company)s"), {"company": data.company}), tuple(blocks))


_PROPOSED = {
    "denial": N_("We propose to deny you these benefits, because a requirement is not met:"),
    "suspension": N_("We propose to suspend you from the programme for a stated period."),
    "expulsion": N_("We propose to expel you from the programme for a stated period."),
}


def _failure(failure: entries.ShownFailure) -> list[Block]:
    if failure.requirement:
        message = N_("Requirement %(requirement)s, found on %(day)s: %(found)s")
        first = Sentence(message, {"requirement": failure.requirement, "day": failure.found_on, "found": failure.found})
        cite = "6 USC 967(a)"
    else:
        message = N_("On %(day)s you said: %(said)s Found: %(found)s Why it is held that you knew: %(ground)s")
        values: dict[str, str | int | date] = {
            "day": failure.found_on,
            "said": failure.said,
            "found": failure.found,
            "ground": failure.ground_of_knowledge,
        }
        first, cite = Sentence(message, values), "6 USC 967(b)"
    shown = [
        item(
            Sentence(
                N_("Evidence: %(statement)s (%(documents)s)"),
                {"statement": piece.statement, "documents": ", ".join(piece.documents)},
            )
        )
        for piece in failure.evidence
    ]
    return [item(first, cite), *shown]


@composes("consequence_period_extended", entries.ResponsePeriodExtended.entry_kind)
def extension_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, entries.ResponsePeriodExtended)
    blocks = (
        paragraph(N_("You may now respond until %(until)s."), "6 USC 967(a)", until=data.response_until),
        paragraph(OWN_WORDS, words=data.reason),
    )
    return Draft(one.subject, Sentence(N_("More time to respond")), blocks)


@composes("consequence_reply", entries.ResponseRepliedTo.entry_kind)
def reply_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, entries.ResponseRepliedTo)
    blocks = (
        paragraph(N_("We have read your response. This is our reply:"), "6 USC 967(a)"),
        paragraph(OWN_WORDS, words=data.reply),
        paragraph(N_("A second person now decides, and you will get the decision in writing."), "6 USC 971(a)"),
    )
    return Draft(one.subject, Sentence(N_("Reply to your response")), blocks)


@composes("consequence_dropped", entries.ConsequenceDropped.entry_kind)
def dropped_letter(one: Recorded) -> Draft | None:
    """Whoever had notice learns that it is over; whoever had none gets no letter."""
    data = one.data
    assert isinstance(data, entries.ConsequenceDropped)
    if not data.noticed:
        return None
    blocks = (
        paragraph(N_("What we gave you notice of was dropped. Nothing is taken from you."), "6 USC 967(a)"),
        paragraph(OWN_WORDS, words=data.reason),
    )
    return Draft(one.subject, Sentence(N_("Dropped: %(company)s"), {"company": data.company}), blocks)


@composes("consequence_decided", ConsequenceDecided.entry_kind)
def decision_letter(one: Recorded) -> Draft:
    """The decision: what, from when, until when, on which grounds, and until when it can be appealed."""
    data = one.data
    assert isinstance(data, ConsequenceDecided)
    row = Consequence.objects.get(pk=data.consequence_id)
    cite = f"6 USC {data.decision}"
    filing = filing_due(row, data.measure, data.decided_on)
    blocks = [
        *(
            [paragraph(N_("What was decided had ended before this letter, and takes nothing more:"))]
            if data.ended
            else []
        ),
        paragraph(_DECIDED[data.measure], cite, day=data.lost_on, until=data.period_until or "-"),
        *benefit_items(row.programme, data.benefits, data.decided_on),
        *([paragraph(OWN_WORDS, words=data.reasons)] if data.reasons else []),
        *([paragraph(N_("This was decided anew after your appeal."), "6 USC 967(c)")] if data.anew else []),
        heading(N_("Your right to appeal")),
        paragraph(N_("You may appeal until %(due)s."), filing.citation.cite, due=filing.due_on),
        item(filing.rule, filing.citation.cite),
        *(item(note, filing.citation.cite) for note in filing.notes),
        paragraph(
            N_(
                "An officer who took no part in this decision determines the appeal within %(days)d days of its filing."
            ),
            filing.citation.cite,
            days=days_to_determine(row, data),
        ),
        heading(N_("How you return")),
        paragraph(_RETURN[data.measure], cite, until=data.period_until or "-"),
    ]
    if one.verdict and data.measure != "emergency":  # the grounds of an emergency are told by its notice
        blocks.append(heading(N_("How this was decided")))
        blocks += [item(reason.sentence, reason.citation.cite) for reason in one.verdict.reasons]
    title = Sentence(N_("Decision on %(company)s"), {"company": data.company})
    return Draft(one.subject, title, tuple(blocks))


_DECIDED = {
    "denial": N_("From %(day)s these benefits are denied to you:"),
    "emergency": N_("To protect national security, from %(day)s these benefits are denied to you; notice follows:"),
    "suspension": N_(
        "From %(day)s until %(until)s you are suspended from the programme and have none of its benefits."
    ),
    "expulsion": N_("From %(day)s until %(until)s you are expelled from the programme and have none of its benefits."),
}
_RETURN = {
    "denial": N_("Propose a corrective action plan with a day for each goal; keep it, and the benefits return."),
    "emergency": N_("You will get notice with the grounds that can be told, and may respond to it."),
    "suspension": N_(
        "Propose a corrective action plan with a day for each goal; kept, it brings you back after %(until)s."
    ),
    "expulsion": N_("After %(until)s you may apply anew."),
}
