"""The letters before a visit: the notice, and what follows from a block (6 USC 965(a), 965(c))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.sentences import N_, Sentence
from greenlane.validation import entries, entries_visits
from greenlane.validation.queries import validation_of


@composes("validation_notice", entries.ValidationNoticeGiven.entry_kind)
def notice_letter(one: Recorded) -> Draft:
    """The written notice: places, days, purpose, team, and how to answer."""
    data = one.data
    assert isinstance(data, entries.ValidationNoticeGiven)
    first = min(visit.planned_from for visit in data.visits)
    blocks = [
        paragraph(
            N_("Your security measures and supply chain security practices are to be validated. %(purpose)s"),
            "6 USC 965(a)",
            purpose=data.purpose,
        ),
        paragraph(
            N_("The visit begins on %(first)s. Visits are announced in writing %(days)s days before."),
            "6 USC 965(c)",
            first=first,
            days=data.notice_days,
        ),
        heading(N_("Where and when")),
        *(_visit(visit) for visit in data.visits),
        heading(N_("Who comes")),
        paragraph(N_("The team is %(names)s."), "6 USC 971(a)(3)", names=", ".join(data.team)),
        paragraph(
            N_("The visit follows guidelines %(guidelines)s and is on schedule %(schedule)s."),
            "6 USC 965(c)",
            guidelines=data.guidelines,
            schedule=data.schedule,
        ),
        *_message(data.message),
        heading(N_("What to do now")),
        paragraph(N_("Confirm the visit, or ask for other days and say why. It is a joint visit and no audit.")),
    ]
    title = Sentence(N_("Notice of a validation visit: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, tuple(blocks))


def _visit(visit: entries.ChosenLocation) -> Block:
    values = {
        "place": visit.place,
        "country": visit.country,
        "first": visit.planned_from,
        "last": visit.planned_to,
        "why": visit.appropriate,
    }
    if visit.mode == "on_site":
        return item(Sentence(N_("%(place)s (%(country)s), on site, %(first)s to %(last)s: %(why)s"), values))
    return item(Sentence(N_("%(place)s (%(country)s), at a distance, %(first)s to %(last)s: %(why)s"), values))


def _message(message: str) -> list[Block]:
    if not message:
        return []
    return [heading(N_("What to prepare")), paragraph(N_("%(words)s"), words=message)]


@composes("visit_rescheduled", entries.VisitRescheduled.entry_kind)
def rescheduled_letter(one: Recorded) -> Draft:
    """The letter that takes a notice back."""
    data = one.data
    assert isinstance(data, entries.VisitRescheduled)
    company = validation_of(one.subject).participant.legal_name
    blocks = (
        paragraph(N_("The notice of a visit is taken back: %(reason)s"), "6 USC 965(c)", reason=data.reason),
        paragraph(N_("A new notice follows with other days. There is nothing to do until then.")),
    )
    return Draft(one.subject, Sentence(N_("Visit planned anew: %(company)s"), {"company": company}), blocks)


@composes("validation_blocked", entries_visits.ValidationBlocked.entry_kind)
def blocked_letter(one: Recorded) -> Draft:
    """The letter that says that a visit is blocked, and that this is neither a pass nor a failure (RC-21)."""
    data = one.data
    assert isinstance(data, entries_visits.ValidationBlocked)
    company = validation_of(one.subject).participant.legal_name
    blocks = (
        paragraph(
            N_("A visit of your validation cannot take place. It is refused by %(who)s: %(reason)s"),
            "6 USC 965(a)",
            who=data.refused_by,
            reason=data.reason,
        ),
        paragraph(N_("Your validation is neither passed nor failed by this, and you keep the tier that you hold.")),
        paragraph(N_("It is looked at again by %(day)s."), "6 USC 965(a)", day=data.review_on),
        heading(N_("What you can do")),
        paragraph(
            N_("Tell us of another appropriate location in your supply chain, or of a change in what was refused.")
        ),
    )
    return Draft(one.subject, Sentence(N_("Validation visit blocked: %(company)s"), {"company": company}), blocks)
