"""The letters after a visit: report, answer sent back, overdue actions, decision (6 USC 965(a), 965(c))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.sentences import N_, Sentence
from greenlane.validation import entries_report as entries

FINDINGS = {
    "met": N_("Criterion %(number)s: met. %(note)s"),
    "not_met": N_("Criterion %(number)s: not met. %(note)s"),
    "not_applicable": N_("Criterion %(number)s: does not apply. %(note)s"),
}


@composes("validation_report", entries.ValidationReportIssued.entry_kind)
def report_letter(one: Recorded) -> Draft:
    """The report to the participant: visits, findings, actions and by when each is answered."""
    data = one.data
    assert isinstance(data, entries.ValidationReportIssued)
    blocks = [
        paragraph(N_("This is the report of the validation visit. %(summary)s"), "6 USC 965(a)", summary=data.summary),
        heading(N_("Visits")),
        *(_visit(visit) for visit in data.visits),
        heading(N_("What you must do")),
        *_actions(data, "required"),
        heading(N_("What we recommend")),
        *_actions(data, "recommended"),
        heading(N_("Findings")),
        *(
            item(Sentence(FINDINGS[found.finding], {"number": found.number, "note": found.note}), "6 USC 963(3)")
            for found in sorted(data.findings, key=lambda found: found.finding != "not_met")
        ),
        heading(N_("What happens next")),
        paragraph(
            N_("Answer every required action with documents that show what was done. Each answer is reviewed."),
            "6 USC 965(c)",
        )
        if data.required
        else paragraph(N_("Nothing is required of you now. A decision follows."), "6 USC 965(a)"),
    ]
    title = Sentence(N_("Validation report: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, tuple(blocks))


def _visit(visit: entries.ReportedVisit) -> Block:
    values = {"place": visit.place, "country": visit.country, "day": visit.visited_on}
    if visit.mode == "on_site":
        return item(Sentence(N_("%(place)s (%(country)s), on site, on %(day)s"), values), "6 USC 965(a)")
    return item(Sentence(N_("%(place)s (%(country)s), at a distance, on %(day)s"), values), "6 USC 965(a)")


def _actions(data: entries.ValidationReportIssued, kind: str) -> list[Block]:
    rows = [action for action in data.actions if action.kind == kind]
    if not rows:
        return [paragraph(N_("Nothing."))]
    message = N_("Action %(number)s, %(owner)s, by %(due)s: %(text)s")
    return [
        item(Sentence(message, {"number": a.number, "owner": a.owner, "due": a.due_on, "text": a.text}), "6 USC 965(c)")
        for a in rows
    ]


@composes("validation_answer_returned", entries.ValidationAnswerReturned.entry_kind)
def returned_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, entries.ValidationAnswerReturned)
    blocks = (
        paragraph(N_("Your answer to some required actions is not enough yet."), "6 USC 965(c)"),
        *(item(Sentence(N_("Action %(number)s"), {"number": number}), "6 USC 965(c)") for number in data.actions),
        paragraph(N_("%(words)s"), words=data.message),
        paragraph(N_("Answer these actions again. Their dates stand.")),
    )
    title = Sentence(N_("Answer to the validation report sent back: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, blocks)


@composes("validation_actions_overdue", entries.ActionsOverdue.entry_kind)
def overdue_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, entries.ActionsOverdue)
    message = N_("Action %(number)s, %(owner)s, was due on %(due)s: %(text)s")
    blocks = (
        paragraph(N_("Required actions of your validation report are past their date."), "6 USC 965(c)"),
        *(
            item(
                Sentence(message, {"number": a.number, "owner": a.owner, "due": a.due_on, "text": a.text}),
                "6 USC 965(c)",
            )
            for a in data.actions
        ),
        heading(N_("What you can do")),
        paragraph(N_("Answer them now, with documents that show what was done. Until then your tier cannot rise.")),
    )
    title = Sentence(N_("Required actions overdue: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, blocks)


@composes("validation_decided", entries.ValidationDecided.entry_kind)
def decision_letter(one: Recorded) -> Draft:
    """The letter that tells the company what was decided, under which clauses, on which dates."""
    data = one.data
    assert isinstance(data, entries.ValidationDecided)
    blocks = [*_dates(one, data), *(_validated(one, data) if data.outcome == "validated" else _refused(data))]
    blocks.append(heading(N_("How this was decided")))
    blocks += [item(reason.sentence, reason.citation.cite) for reason in one.verdict.reasons] if one.verdict else []
    titles = {
        "validated": N_("Validation of %(company)s"),
        "refused": N_("Refusal of validation: %(company)s"),
    }
    return Draft(one.subject, Sentence(titles[data.outcome], {"company": data.company}), tuple(blocks))


def _dates(one: Recorded, data: entries.ValidationDecided) -> list[Block]:
    if data.due_on is None:
        return []
    blocks = [
        paragraph(
            N_("You were certified on %(certified)s. The last day for the validation was %(due)s."),
            "6 USC 965(a)",
            certified=data.certified_on,
            due=data.due_on,
        )
    ]
    if data.late:
        blocks.append(
            paragraph(
                N_("The decision comes %(days)s days after that day, for this reason: %(reason)s"),
                "6 USC 965(a)",
                days=(one.on - data.due_on).days,
                reason=data.lateness_reason,
            )
        )
    return blocks


def _validated(one: Recorded, data: entries.ValidationDecided) -> list[Block]:
    cite = "6 USC 966(a)" if data.purpose == "tier_three" else "6 USC 965(a)"
    return [
        paragraph(
            N_("%(company)s is validated and holds tier %(tier)s from %(day)s, under guidelines %(version)s."),
            cite,
            company=data.company,
            tier=data.tier,
            day=one.on,
            version=data.guidelines,
        ),
        heading(N_("What happens next")),
        paragraph(N_("You are revalidated at least once in each period of four years."), "6 USC 969(2)"),
        paragraph(N_("Taking part is voluntary: you may withdraw at any time, without prejudice."), "6 USC 961(a)"),
    ]


def _refused(data: entries.ValidationDecided) -> list[Block]:
    return [
        paragraph(
            N_("Validation is refused to %(company)s. You keep tier %(tier)s, which you hold."),
            "6 USC 965(a)",
            company=data.company,
            tier=data.tier,
        ),
        heading(N_("Grounds")),
        paragraph(N_("%(words)s"), "6 USC 965(a)", words=data.grounds),
        heading(N_("What you can do")),
        paragraph(N_("Put right what is named above and ask your specialist to plan the validation anew.")),
    ]
