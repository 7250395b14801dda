"""The letters of a revalidation: selected, decided (6 USC 969(1)-(2))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.sentences import N_, Sentence
from greenlane.revalidation.entries import RevalidationDecided, RevalidationSelected


@composes("revalidation_selected", RevalidationSelected.entry_kind)
def selection_letter(one: Recorded) -> Draft:
    """The letter that tells a participant that its revalidation begins, for which period, and what follows."""
    data = one.data
    assert isinstance(data, RevalidationSelected)
    values = {
        "company": data.company,
        "index": data.period_index,
        "starts": data.period_starts_on,
        "ends": data.period_ends_on,
    }
    blocks = [paragraph(N_("The revalidation of %(company)s begins."), "6 USC 969(1)", company=data.company)]
    if data.basis == "review":
        blocks.append(
            paragraph(
                N_("An outside validator whose certificate was revoked conducted your validation. We review it."),
                "6 USC 968(g)(2)(B)",
            )
        )
    blocks += [
        paragraph(
            N_("It counts for period %(index)d of your periods, from %(starts)s to %(ends)s."), "6 USC 969(2)", **values
        ),
        heading(N_("What happens next")),
        paragraph(
            N_("We choose the locations and give you written notice of the visit. Your tier and benefits stay."),
            "6 USC 969(1)",
        ),
        paragraph(N_("Please look through your security profile and correct what has changed."), "6 USC 963(3)"),
    ]
    return Draft(one.subject, Sentence(N_("Revalidation of %(company)s"), {"company": data.company}), tuple(blocks))


@composes("revalidation_decided", RevalidationDecided.entry_kind)
def decision_letter(one: Recorded) -> Draft:
    """The letter that tells what was decided, why, and when the next one is due."""
    data = one.data
    assert isinstance(data, RevalidationDecided)
    confirmed = data.outcome == "confirmed"
    blocks = [*(_confirmed(one, data) if confirmed else _refused(one, data)), *_late(one, data)]
    blocks.append(heading(N_("How this was decided")))
    blocks += [item(reason.sentence, reason.citation.cite) for reason in one.verdict.reasons] if one.verdict else []
    title = N_("Tier confirmed: %(company)s") if confirmed else N_("Revalidation refused: %(company)s")
    return Draft(one.subject, Sentence(title, {"company": data.company}), tuple(blocks))


def _confirmed(one: Recorded, data: RevalidationDecided) -> list[Block]:
    blocks = [
        paragraph(
            N_("%(company)s was revalidated on %(day)s and stays %(tier)s."),
            "6 USC 969(1)",
            company=data.company,
            day=one.on,
            tier=data.tier_title,
        )
    ]
    if data.next_due_on is not None:
        text = N_("Your next revalidation is due not later than %(next)s; it may come earlier.")
        blocks.append(paragraph(text, "6 USC 969(2)", next=data.next_due_on))
    return blocks


def _refused(one: Recorded, data: RevalidationDecided) -> list[Block]:
    return [
        paragraph(
            N_("The revalidation of %(company)s was refused on %(day)s: measures were found wanting."),
            "6 USC 969(1)",
            company=data.company,
            day=one.on,
        ),
        heading(N_("What was found wanting")),
        *(item(Sentence(N_("Criterion %(number)s"), {"number": number}), "6 USC 963(2)") for number in data.failures),
        heading(N_("What this means")),
        paragraph(
            N_(
                "This decision by itself takes no benefit away. Benefits can be denied only after a notice to which "
                "you may answer, and you may appeal."
            ),
            "6 USC 967(a)",
        ),
        paragraph(N_("Put the measures in place and tell us; a new revalidation can confirm your tier.")),
    ]


def _late(one: Recorded, data: RevalidationDecided) -> list[Block]:
    if not data.late:
        return []
    text = N_("The period ended on %(end)s; the decision comes %(days)d days later, for this reason: %(reason)s")
    values = {"end": data.period_ends_on, "days": (one.on - data.period_ends_on).days, "reason": data.lateness_reason}
    return [paragraph(text, "6 USC 969(2)", **values)]
