"""The right of appeal, its determination, what a reversal restores, and the published list: 967(b)-(c)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from greenlane.law.clocks import clock_of, due, explain_lateness, filing_window
from greenlane.law.listing import written
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

DENIAL, SANCTION = "967(a)", "967(b)"
"""The two kinds of decision that can be appealed: a denial of benefits, and a suspension or expulsion."""

_APPEALS = {
    DENIAL: ("6 USC 967(c)(1)", "denial_appeal_filing", "denial_appeal_determination"),
    SANCTION: ("6 USC 967(c)(2)", "sanction_appeal_filing", "sanction_appeal_determination"),
}


@dataclass(frozen=True)
class AppealFacts:
    """An appeal as filed: against which kind of decision (DENIAL or SANCTION) of which day, by whom.

    ``decided_against`` is the participant that the decision concerns; ``filed_before``: it was appealed already.
    """

    decision: str
    decided_on: date
    decided_against: str
    appellant: str
    filed_on: date
    filed_before: bool = False


@rule("6 USC 967(c)(1)", "6 USC 967(c)")
def may_appeal_denial(facts: AppealFacts, terms: Terms) -> Verdict:
    """A participant appeals a denial of benefits not later than 90 days after the date of the decision."""
    return all_of(_appeal(facts, DENIAL, terms))


@rule("6 USC 967(c)(2)", "6 USC 967(c)")
def may_appeal_suspension(facts: AppealFacts, terms: Terms) -> Verdict:
    """A participant appeals a suspension or expulsion not later than 30 days after the date of the decision."""
    return all_of(_appeal(facts, SANCTION, terms))


def _appeal(facts: AppealFacts, kind: str, terms: Terms) -> Iterator[Reason]:
    cite, filing, _ = _APPEALS[kind]
    yield finding(
        cite,
        "decision_of_this_kind",
        facts.decision == kind,
        N_("The decision of %(day)s was taken under %(decision)s."),
        N_("The decision of %(day)s was taken under %(decision)s; this appeal is for decisions under %(kind)s."),
        mend=N_("File the appeal for a decision under %(decision)s: its period is another."),
        where="decision",
        decision=facts.decision,
        day=facts.decided_on,
        kind=kind,
    )
    yield finding(
        cite,
        "participant_appeals",
        facts.appellant == facts.decided_against,
        N_("%(appellant)s appeals a decision against itself."),
        N_("The decision was against %(against)s; %(appellant)s cannot appeal it."),
        mend=N_("The participant that the decision concerns files the appeal."),
        where="appellant",
        appellant=facts.appellant,
        against=facts.decided_against,
    )
    yield finding(
        cite,
        "first_appeal",
        not facts.filed_before,
        N_("No appeal of this decision was filed before."),
        N_("An appeal of this decision is on file already."),
        mend=N_("Add to the appeal that is on file."),
    )
    yield from filing_window(clock_of(filing), facts.decided_on, facts.filed_on, terms).reasons


class Outcome(StrEnum):
    """What a determination does with the decision."""

    UPHELD = "upheld"
    MODIFIED = "modified"
    REVERSED = "reversed"
    REMANDED = "remanded"
    """Sent back to be decided anew: the appeal process is not complete."""


@dataclass(frozen=True)
class DeterminationFacts:
    """A determination about to be issued: by whom, who took part in the decision, with what outcome and reasons.

    ``modified_to`` says what a modified decision now is; ``lateness_reason`` is written where the 180 days are over.
    """

    decision: str
    filed_on: date
    officer: str
    took_part: tuple[str, ...]
    outcome: Outcome
    reasons: str
    modified_to: str = ""
    lateness_reason: str = ""


@rule("6 USC 967(c)(1)", "6 USC 967(c)(2)")
def may_determine_appeal(facts: DeterminationFacts, on: date, terms: Terms) -> Verdict:
    """An appeal is determined within 180 days by an officer who took no part in the decision, with reasons."""
    cite, _, determination = _APPEALS[facts.decision]
    clock = clock_of(determination)
    last = due(clock, facts.filed_on, terms=terms)
    own = (
        finding(
            cite,
            "officer_took_no_part",
            written(facts.officer) and facts.officer not in facts.took_part,
            N_("%(officer)s took no part in the decision that is appealed."),
            N_("%(officer)s took part in the decision that is appealed."),
            mend=N_("Assign the appeal to an officer who took no part."),
            where="officer",
            officer=facts.officer or "-",
        ),
        finding(
            cite,
            "reasons_given",
            written(facts.reasons),
            N_("The determination gives its reasons."),
            N_("The determination gives no reasons."),
            mend=N_("Write the reasons, ground by ground."),
            where="reasons",
        ),
        finding(
            cite,
            "modification_stated",
            facts.outcome is not Outcome.MODIFIED or written(facts.modified_to),
            N_("The outcome is: %(outcome)s. %(modified)s"),
            N_("The decision is modified, but it is not said to what."),
            mend=N_("Write what the decision now is."),
            where="modified_to",
            outcome=facts.outcome.value,
            modified=facts.modified_to,
        ),
        finding(
            cite,
            "after_filing",
            on >= facts.filed_on,
            N_("Filed on %(filed)s; due on %(due)s; determined on %(day)s."),
            N_("Filed on %(filed)s; a determination of %(day)s would be before the appeal."),
            mend=N_("Check the two dates."),
            filed=facts.filed_on,
            due=last.due_on,
            day=on,
        ),
    )
    return Verdict((*own, *explain_lateness(clock, last, on, facts.lateness_reason).reasons))


@rule("6 USC 967(c)")
def restoration_from(outcome: Outcome, lost_on: date) -> date | None:
    """A reversal restores status and benefits from the day they were lost; no other outcome does by itself."""
    return lost_on if outcome is Outcome.REVERSED else None


# --------------------------------------------------------------------------------------- (b) the published list


@dataclass(frozen=True)
class Appeal:
    """An appeal of a 967(b) decision; *outcome* None is still open, *withdrawn* ended it without one."""

    filed_on: date
    outcome: Outcome | None = None
    determined_on: date | None = None
    withdrawn_on: date | None = None


@dataclass(frozen=True)
class ListedParticipant:
    """A participant on the list: under which kind of decision (DENIAL or SANCTION), of which day, and its appeal."""

    participant: str
    decision: str
    decided_on: date
    appeal: Appeal | None = None


@rule("6 USC 967(b)", "6 USC 967(c)")
def appeal_process_complete(facts: ListedParticipant, on: date, terms: Terms) -> Verdict:
    """The process is complete when no appeal came in time, or it ended and the decision stands."""
    appeal = facts.appeal if facts.appeal is not None and facts.appeal.filed_on <= on else None
    if appeal is None:
        return Verdict((_time_over(facts, on, terms),))
    determined = appeal.determined_on is not None and appeal.determined_on <= on
    withdrawn = appeal.withdrawn_on is not None and appeal.withdrawn_on <= on
    stands = withdrawn or (determined and appeal.outcome in (Outcome.UPHELD, Outcome.MODIFIED))
    return Verdict(
        (
            finding(
                "6 USC 967(c)(2)",
                "appeal_ended_and_decision_stands",
                stands,
                N_("%(participant)s: the appeal of %(filed)s is over and the decision stands."),
                N_("%(participant)s: the appeal of %(filed)s is open, or the decision does not stand (%(outcome)s)."),
                mend=N_("Leave %(participant)s out of the list."),
                where=facts.participant,
                participant=facts.participant,
                filed=appeal.filed_on,
                outcome=appeal.outcome.value if determined and appeal.outcome else "open",
            ),
        )
    )


def _time_over(facts: ListedParticipant, on: date, terms: Terms) -> Reason:
    last = due(clock_of("sanction_appeal_filing"), facts.decided_on, terms=terms).due_on
    return finding(
        "6 USC 967(c)(2)",
        "time_to_appeal_over",
        on > last,
        N_("%(participant)s: decided on %(decided)s; the time to appeal ended on %(last)s."),
        N_("%(participant)s: decided on %(decided)s; an appeal may be filed until %(last)s."),
        mend=N_("Leave %(participant)s out of the list until after %(last)s."),
        where=facts.participant,
        participant=facts.participant,
        decided=facts.decided_on,
        last=last,
    )


@dataclass(frozen=True)
class FederalRegisterList:
    """The list about to be published."""

    listed: tuple[ListedParticipant, ...]


@rule("6 USC 967(b)")
def may_publish_in_federal_register(facts: FederalRegisterList, on: date, terms: Terms) -> Verdict:
    """Only participants suspended or expelled under 967(b) whose appeal process is complete are published."""
    reasons = [
        finding(
            "6 USC 967(b)",
            "somebody_listed",
            bool(facts.listed),
            N_("The list names %(count)d participants."),
            N_("The list is empty: there is nothing to publish."),
            mend=N_("Add participants whose appeal process is complete."),
            count=len(facts.listed),
        )
    ]
    for one in facts.listed:
        reasons.append(
            finding(
                "6 USC 967(b)",
                "suspended_or_expelled",
                one.decision == SANCTION,
                N_("%(participant)s was suspended or expelled under 967(b)."),
                N_("%(participant)s was not suspended or expelled under 967(b), but decided under %(decision)s."),
                mend=N_("Leave %(participant)s out of the list."),
                where=one.participant,
                participant=one.participant,
                decision=one.decision,
            )
        )
        reasons += appeal_process_complete(one, on, terms).reasons
    return all_of(reasons)


@rule("6 USC 967(b)")
def may_see_list(rank: int, published_on: date | None, on: date) -> Verdict:
    """The list is for everybody once published; before that it may be made available to participants."""
    published = published_on is not None and published_on <= on
    return Verdict(
        (
            finding(
                "6 USC 967(b)",
                "published_or_participant",
                published or rank > 0,
                N_("The list is published, or you take part in the programme."),
                N_("Before it is published, the list is made available to participants only."),
                mend=N_("Read the list in the Federal Register when it is published."),
            ),
        )
    )
