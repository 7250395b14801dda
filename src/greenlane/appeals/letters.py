"""The letters of an appeal: filed, given to an officer, determined, withdrawn (6 USC 967(c))."""

from __future__ import annotations

from greenlane.appeals import entries
from greenlane.appeals.checks import clause
from greenlane.appeals.facts import determination_due
from greenlane.appeals.models import Appeal
from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.s967_appeals import Outcome
from greenlane.law.sentences import N_, Sentence, Value
from greenlane.programs.queries import terms_of


@composes("appeal_filed", entries.AppealFiled.entry_kind)
def filed_letter(one: Recorded) -> Draft:
    """Tells the company that its appeal is on file, was in time, and when it is determined at the latest."""
    data = one.data
    assert isinstance(data, entries.AppealFiled)
    cite = clause(data.decision)
    due = determination_due(data.decision, data.filed_on, terms_of(data.programme, data.filed_on))
    blocks = [
        paragraph(
            N_("Your appeal of the decision of %(decided)s was received on %(filed)s; the last day was %(last)s."),
            cite,
            decided=data.decided_on,
            filed=data.filed_on,
            last=data.last_day,
        ),
        paragraph(N_("A determination is issued by %(due)s at the latest."), cite, due=data.due_on),
        Block("item", due.rule, cite),
        heading(N_("Your grounds")),
        *(item(Sentence(N_("%(words)s"), {"words": ground.title}), cite) for ground in data.grounds),
        heading(N_("What happens next")),
        item(Sentence(N_("An officer who took no part in the decision reviews it on the record."))),
        item(Sentence(N_("You may add statements and documents until the determination; both sides read them."))),
        item(Sentence(N_("Until it is determined, the decision stands. You may withdraw the appeal at any time."))),
    ]
    title = Sentence(N_("Appeal received: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, tuple(blocks))


@composes("appeal_officer_assigned", entries.AppealOfficerAssigned.entry_kind)
def officer_letter(one: Recorded) -> Draft:
    """Names the officer to the company."""
    data = one.data
    assert isinstance(data, entries.AppealOfficerAssigned)
    appeal = Appeal.objects.select_related("participant").get(pk=one.subject)
    cite = clause(appeal.decision)
    blocks = [
        paragraph(
            N_("Your appeal of the decision of %(decided)s was given to %(name)s, who took no part in that decision."),
            cite,
            decided=appeal.decided_on,
            name=data.name,
        ),
        paragraph(
            N_("The last day for the determination stays %(due)s; a change of officer does not move it."),
            cite,
            due=appeal.due_on,
        ),
        heading(N_("What you can do")),
        item(Sentence(N_("If you know of a part that this officer had in the decision, say so in a statement."))),
    ]
    title = Sentence(N_("Officer of your appeal: %(company)s"), {"company": appeal.participant.legal_name})
    return Draft(one.subject, title, tuple(blocks))


@composes("appeal_determined", entries.AppealDetermined.entry_kind)
def determination_letter(one: Recorded) -> Draft:
    """Tells the company the outcome, what it means for status and benefits, and the reasons."""
    data = one.data
    assert isinstance(data, entries.AppealDetermined)
    cite = clause(data.decision)
    blocks = [
        paragraph(_OUTCOME[data.outcome], cite, decided=data.decided_on),
        *_means(data, cite),
        heading(N_("Reasons")),
        paragraph(N_("%(words)s"), cite, words=data.reasons),
        heading(N_("The days")),
        item(
            Sentence(
                N_("Decided on %(decided)s; appealed on %(filed)s; determination due by %(due)s; made on %(day)s."),
                {"decided": data.decided_on, "filed": data.filed_on, "due": data.due_on, "day": data.determined_on},
            ),
            cite,
        ),
    ]
    if data.late:
        late: dict[str, Value] = {"days": (data.determined_on - data.due_on).days, "reason": data.lateness_reason}
        blocks.append(item(Sentence(N_("It is late by %(days)s days, for this reason: %(reason)s"), late), cite))
    record = Sentence(
        N_("It was made on the record of appeal that was frozen when the review began; SHA-256: %(hash)s."),
        {"hash": data.record_sha256},
    )
    blocks.append(item(record, "6 USC 971(b)"))
    blocks += _next(data)
    title = Sentence(N_("Determination of your appeal: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, tuple(blocks))


_OUTCOME = {
    Outcome.UPHELD: N_("Your appeal is denied: the decision of %(decided)s is upheld."),
    Outcome.MODIFIED: N_("Your appeal is granted in part: the decision of %(decided)s is modified."),
    Outcome.REVERSED: N_("Your appeal is granted: the decision of %(decided)s is reversed."),
    Outcome.REMANDED: N_("The decision of %(decided)s is sent back to be taken anew."),
}


def _means(data: entries.AppealDetermined, cite: str) -> list[Block]:
    if data.outcome is Outcome.REVERSED and data.restored_from is not None:
        restored = N_("Status and benefits are restored from %(since)s, the day on which they were lost.")
        return [paragraph(restored, cite, since=data.restored_from)]
    if data.outcome is Outcome.MODIFIED:
        found = [paragraph(N_("The decision now is: %(words)s"), cite, words=data.modified_to)]
        if data.period_until is not None:
            found.append(paragraph(N_("The period now ends with %(until)s."), cite, until=data.period_until))
        if data.measure:
            found.append(paragraph(N_("The expulsion becomes a suspension."), cite))
        if data.benefits:
            kept = ", ".join(data.benefits)
            found.append(paragraph(N_("Denied from now on are only: %(benefits)s."), cite, benefits=kept))
        return found
    return []


def _next(data: entries.AppealDetermined) -> list[Block]:
    blocks = [heading(N_("What happens next"))]
    if data.outcome is Outcome.REMANDED:
        text = N_("You receive the new decision by letter. It can be appealed, with a period that begins on its day.")
        return [*blocks, item(Sentence(text), clause(data.decision))]
    if data.outcome is Outcome.REVERSED:
        return [*blocks, item(Sentence(N_("Nothing more is asked of you.")))]
    blocks.append(item(Sentence(N_("The appeal process of this decision is complete.")), clause(data.decision)))
    if data.decision == "967(b)":
        listed = N_("From now on your name may be on a list that the Federal Register publishes.")
        blocks.append(item(Sentence(listed), "6 USC 967(b)"))
    return blocks


@composes("appeal_withdrawn", entries.AppealWithdrawn.entry_kind)
def withdrawal_letter(one: Recorded) -> Draft:
    """Confirms a withdrawal and says what it means."""
    appeal = Appeal.objects.select_related("participant").get(pk=one.subject)
    cite = clause(appeal.decision)
    blocks = [
        paragraph(
            N_("Your appeal of the decision of %(decided)s is withdrawn as of %(day)s."),
            cite,
            decided=appeal.decided_on,
            day=one.on,
        ),
        paragraph(N_("The decision stands, and it cannot be appealed a second time."), cite),
    ]
    title = Sentence(N_("Appeal withdrawn: %(company)s"), {"company": appeal.participant.legal_name})
    return Draft(one.subject, title, tuple(blocks))
