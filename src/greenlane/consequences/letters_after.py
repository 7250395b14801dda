"""The letters after a decision: emergency notice, plan, return, end, appeal's effect, incident (6 USC 967, 971(c))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.consequences import entries_decision as decided
from greenlane.consequences import entries_incident as incident
from greenlane.consequences import entries_plan as plan
from greenlane.consequences.letters import OWN_WORDS, benefit_items
from greenlane.consequences.models import Consequence
from greenlane.law.sentences import N_, Sentence


@composes("emergency_notice", decided.EmergencyNoticed.entry_kind)
def emergency_letter(one: Recorded) -> Draft:
    """The notice that follows an action to protect national security."""
    data = one.data
    assert isinstance(data, decided.EmergencyNoticed)
    row = Consequence.objects.get(pk=one.subject)
    blocks = (
        paragraph(
            N_("To protect national security we acted at once on %(taken)s. These benefits are denied since then:"),
            "6 USC 967(a)",
            taken=data.taken_on,
        ),
        *benefit_items(row.programme, data.benefits, one.on),
        paragraph(OWN_WORDS, words=data.message),
        heading(N_("Your response")),
        paragraph(
            N_("You may respond until %(until)s. Another person than took the action then confirms or lifts it."),
            "6 USC 967(a)",
            until=data.response_until,
        ),
    )
    title = Sentence(N_("Notice of an action to protect national security: %(company)s"), {"company": data.company})
    return Draft(one.subject, title, blocks)


@composes("emergency_confirmed", decided.EmergencyConfirmed.entry_kind)
def confirmed_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, decided.EmergencyConfirmed)
    blocks = (
        paragraph(N_("The action to protect national security is confirmed and stays in force."), "6 USC 967(a)"),
        paragraph(OWN_WORDS, words=data.reasons),
        paragraph(N_("Propose a corrective action plan with a day for each goal to have your benefits restored.")),
    )
    return Draft(one.subject, Sentence(N_("Confirmed: %(company)s"), {"company": data.company}), blocks)


def _clause(one: Recorded) -> str:
    """The clause of the measure to which a plan belongs."""
    return f"6 USC {Consequence.objects.get(pk=one.subject).decision}"


@composes("plan_returned", plan.CorrectivePlanReturned.entry_kind)
def plan_returned_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, plan.CorrectivePlanReturned)
    blocks = (
        paragraph(N_("Your corrective action plan is returned. This is missing:"), _clause(one)),
        paragraph(OWN_WORDS, words=data.reason),
        paragraph(N_("Propose the plan again when it is complete.")),
    )
    return Draft(one.subject, Sentence(N_("Plan returned: %(company)s"), {"company": data.company}), blocks)


@composes("plan_accepted", plan.CorrectivePlanAccepted.entry_kind)
def plan_accepted_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, plan.CorrectivePlanAccepted)
    goals = [
        item(Sentence(N_("By %(day)s: %(goal)s"), {"day": goal.goal_on or "-", "goal": goal.goal}))
        for goal in data.goals
    ]
    blocks = (
        paragraph(N_("Your corrective action plan is accepted, with these goals:"), _clause(one)),
        *goals,
        paragraph(N_("Report each goal done by its day, with the documents that show it.")),
    )
    return Draft(one.subject, Sentence(N_("Plan accepted: %(company)s"), {"company": data.company}), blocks)


@composes("goal_returned", plan.GoalReturned.entry_kind)
def goal_returned_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, plan.GoalReturned)
    blocks = (
        paragraph(N_("Goal %(number)s is not done yet."), _clause(one), number=data.number),
        paragraph(OWN_WORDS, words=data.reason),
    )
    return Draft(one.subject, Sentence(N_("Goal %(number)s returned"), {"number": data.number}), blocks)


@composes("consequence_ended", decided.ConsequenceEnded.entry_kind)
def ended_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, decided.ConsequenceEnded)
    row = Consequence.objects.get(pk=data.consequence_id)
    cite = f"6 USC {row.decision}"
    blocks = (
        paragraph(_ENDED[data.ended_as], cite, since=data.since),
        paragraph(OWN_WORDS, words=data.reason),
    )
    return Draft(one.subject, Sentence(N_("End of a consequence: %(company)s"), {"company": data.company}), blocks)


_ENDED = {
    "restored": N_("From %(since)s you have again the benefits that were denied."),
    "reinstated": N_("From %(since)s you are reinstated, in the standing and tier that you held before."),
    "period_over": N_("The period is over. From %(since)s you take no part in the programme, and you may apply anew."),
    "lifted": N_("The action to protect national security is lifted. From %(since)s you have again what was denied."),
}


@composes("consequence_reversed", decided.ConsequenceReversed.entry_kind)
def reversed_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, decided.ConsequenceReversed)
    blocks = (
        paragraph(
            N_("The decision is reversed. Status and benefits count as yours from %(lost)s, the day they were lost."),
            "6 USC 967(c)",
            lost=data.lost_on,
        ),
        *([paragraph(OWN_WORDS, words=data.reasons)] if data.reasons else []),
    )
    return Draft(one.subject, Sentence(N_("Reversed: %(company)s"), {"company": data.company}), blocks)


@composes("consequence_reduced", decided.ConsequenceReduced.entry_kind)
def reduced_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, decided.ConsequenceReduced)
    row = Consequence.objects.get(pk=data.consequence_id)
    if data.period_until is not None:
        now = [paragraph(_NOW[data.measure], "6 USC 967(c)(2)", until=data.period_until)]
    else:
        now = [
            paragraph(N_("From today only these benefits stay denied:"), "6 USC 967(c)(1)"),
            *benefit_items(row.programme, data.benefits, one.on),
        ]
    blocks: tuple[Block, ...] = (
        paragraph(N_("The decision is modified, as your appeal was determined.")),
        *now,
        *([paragraph(OWN_WORDS, words=data.modified_to)] if data.modified_to else []),
    )
    return Draft(one.subject, Sentence(N_("Modified: %(company)s"), {"company": data.company}), blocks)


_NOW = {
    "suspension": N_("It is now a suspension; its last day is %(until)s."),
    "expulsion": N_("It stays an expulsion; its last day is now %(until)s."),
}


@composes("incident_concluded", incident.IncidentConcluded.entry_kind)
def incident_letter(one: Recorded) -> Draft:
    """What the review of a reported incident found; a consequence, if one is proposed, gives its own notice."""
    data = one.data
    assert isinstance(data, incident.IncidentConcluded)
    actions = [
        item(Sentence(N_("By %(day)s: %(action)s"), {"day": action.done_by, "action": action.action}))
        for action in data.actions
    ]
    blocks = (
        paragraph(_CONCLUDED[data.outcome], "6 USC 971(c)"),
        paragraph(OWN_WORDS, words=data.conclusion),
        *actions,
        paragraph(N_("Your report by itself took nothing from you.")),
    )
    return Draft(
        one.subject, Sentence(N_("Your report of an incident: %(company)s"), {"company": data.company}), blocks
    )


_CONCLUDED = {
    "no_action": N_("We reviewed the incident that you reported. No action is needed."),
    "corrective_actions": N_("We reviewed the incident that you reported, and agreed with you on these actions."),
    "consequence": N_(
        "We reviewed the incident that you reported, and propose a consequence; you will get its notice."
    ),
}
