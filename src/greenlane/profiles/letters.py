"""Letters of the yearly review, of changed criteria, and of a withdrawal (6 USC 963(3), 961(a)-(b))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.criteria.queries import edition_of
from greenlane.law.s963_review import review_cite
from greenlane.law.sentences import N_, Sentence
from greenlane.participants.entries_duties import ParticipantWithdrew
from greenlane.participants.queries import participant_of
from greenlane.profiles.entries import ProfileReviewOpened, ReviewReminded, ReviewSubmitted

TITLES = {"annual": N_("Annual review of %(company)s"), "edition": N_("Changed criteria: %(company)s")}


def _title(purpose: str, participant_id: object) -> Sentence:
    return Sentence(TITLES[purpose], {"company": participant_of(participant_id).legal_name})  # type: ignore[arg-type]


@composes("profile_review_opened", ProfileReviewOpened.entry_kind)
def opened_letter(one: Recorded) -> Draft:
    """What is asked, by when, and what counts."""
    data = one.data
    assert isinstance(data, ProfileReviewOpened)
    cite = review_cite(data.purpose)
    blocks = _annual(data, cite) if data.purpose == "annual" else _edition(data, cite)
    blocks += [
        heading(N_("What to do")),
        paragraph(N_("Open the review on the company's page. Read each answer; affirm it as it stands, or change it.")),
        paragraph(N_("Then an officer of the company signs and submits the review."), cite),
    ]
    return Draft(one.subject, _title(data.purpose, data.participant_id), tuple(blocks))


def _annual(data: ProfileReviewOpened, cite: str) -> list[Block]:
    values = {"opens": data.opens_on, "due": data.due_on, "days": (data.due_on - data.opens_on).days}
    return [
        paragraph(
            N_(
                "The anniversary of your certification is %(due)s. The window of the annual review opened on "
                "%(opens)s, %(days)s days before."
            ),
            cite,
            **values,
        ),
        paragraph(N_("Only what is done inside this window counts. What was done before it does not."), cite),
    ]


def _edition(data: ProfileReviewOpened, cite: str) -> list[Block]:
    edition = edition_of(data.edition_id) if data.edition_id else None
    texts = {c.number: c.text for c in edition.criteria} if edition else {}
    blocks = [
        paragraph(
            N_("Edition %(version)s of the criteria asks you something new. The last day to answer is %(due)s."),
            cite,
            version=data.version,
            due=data.due_on,
        ),
        heading(N_("What you are asked")),
        *(
            item(
                Sentence(N_("%(number)s: %(text)s"), {"number": number, "text": texts.get(number, "")}), "6 USC 963(3)"
            )
            for number in data.asked
        ),
    ]
    if data.removed:
        values = {"numbers": ", ".join(data.removed)}
        blocks.append(paragraph(N_("These are asked no more: %(numbers)s."), cite, **values))
    return blocks


@composes("profile_review_reminder", ReviewReminded.entry_kind)
def reminder_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, ReviewReminded)
    cite = review_cite(data.purpose)
    if data.reminder == "days_left":
        text = N_("%(count)s answers do not count yet. The last day is %(due)s, in %(days)s days.")
        values = {"count": data.waiting, "due": data.due_on, "days": (data.due_on - one.on).days}
    else:
        text = N_("The last day was %(due)s. %(count)s answers do not count yet, and the review is not submitted.")
        values = {"count": data.waiting, "due": data.due_on}
    blocks = [paragraph(text, cite, **values)]
    if data.reminder == "last_day_passed":
        blocks.append(
            paragraph(
                N_(
                    "It can still be submitted, and is then recorded as late. Nothing else follows from this by itself."
                ),
                cite,
            )
        )
    blocks.append(paragraph(N_("Affirm or change each answer, and let an officer submit the review.")))
    return Draft(one.subject, _title(data.purpose, data.participant_id), tuple(blocks))


@composes("profile_review_submitted", ReviewSubmitted.entry_kind)
def receipt_letter(one: Recorded) -> Draft:
    """That the review is done, so that nobody has to believe it (RC-17)."""
    data = one.data
    assert isinstance(data, ReviewSubmitted)
    cite = review_cite(data.purpose)
    values = {"count": len(data.asked), "changed": len(data.changed), "due": data.due_on, "day": one.on}
    text = (
        N_("Received on %(day)s, after the last day, %(due)s, and late: %(count)s answers, %(changed)s changed.")
        if data.late
        else N_("Received on %(day)s, in time (last day %(due)s): %(count)s answers, %(changed)s of them changed.")
    )
    blocks = [paragraph(text, cite, **values)]
    if data.next_on is not None:
        blocks.append(paragraph(N_("The next anniversary is %(day)s."), cite, day=data.next_on))
    return Draft(one.subject, _title(data.purpose, data.participant_id), tuple(blocks))


@composes("withdrawal_received", ParticipantWithdrew.entry_kind)
def withdrawal_letter(one: Recorded) -> Draft:
    """That the company left, from when, and that it may come back."""
    data = one.data
    assert isinstance(data, ParticipantWithdrew)
    blocks = [
        paragraph(N_("Your withdrawal was received and took effect on %(day)s."), "6 USC 961(a)", day=one.on),
        paragraph(N_("Benefits ended on that day, which has none."), "6 USC 961(a)"),
        paragraph(N_("Taking part is voluntary. You may apply again on any day, without prejudice."), "6 USC 961(a)")
        if data.standing_before != "suspended"
        else paragraph(
            N_("The suspension was for a stated period, which is not shortened by leaving; afterwards you may apply."),
            "6 USC 967(b)",
        ),
    ]
    title = Sentence(N_("Withdrawal of %(company)s"), {"company": data.company})
    return Draft(one.subject, title, tuple(blocks))
