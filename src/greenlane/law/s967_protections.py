"""Protections before benefits are revoked, and the limit that national security sets to them: 967(a)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.calendar import add_days
from greenlane.law.listing import written
from greenlane.law.parameters import parameter
from greenlane.law.sentences import N_
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule


@dataclass(frozen=True)
class Protections:
    """What came before a decision: notice, the evidence with it, the response and the reply to it, each on its day.

    ``response_until`` is the last day for the response that the notice gives; it may be later than the shortest period.
    """

    notice_on: date | None
    notice_shows_evidence: bool
    response_until: date | None
    response_on: date | None = None
    reply_on: date | None = None


def protected(facts: Protections, days_code: str, on: date, terms: Terms) -> Iterator[Reason]:
    """Notice, evidence, a response period (its shortest length is parameter *days_code*) and a reply, before *on*."""
    notice = facts.notice_on
    if notice is None or notice > on:
        yield _no_notice(on)
        return
    yield finding(
        "6 USC 967(a)",
        "notice_given",
        True,
        N_("Notice was given on %(notice)s, before the decision."),
        "",
        notice=notice,
    )
    yield finding(
        "6 USC 967(a)",
        "evidence_shown",
        facts.notice_shows_evidence,
        N_("The notice shows the evidence."),
        N_("The notice of %(notice)s does not show the evidence."),
        mend=N_("Give a new notice with the evidence; the response period starts again."),
        where="notice",
        notice=notice,
    )
    yield _response_period(facts, notice, days_code, on, terms)
    if facts.response_on is not None and facts.response_on <= on:
        yield finding(
            "6 USC 967(a)",
            "reply_given",
            facts.reply_on is not None and facts.response_on <= facts.reply_on <= on,
            N_("The response of %(response)s was replied to on %(reply)s."),
            N_("The response of %(response)s has no reply yet."),
            mend=N_("Reply to each point of the response before deciding."),
            where="response",
            response=facts.response_on,
            reply=facts.reply_on or "-",
        )


def _no_notice(on: date) -> Reason:
    return finding(
        "6 USC 967(a)",
        "notice_given",
        False,
        "",
        N_("No notice was given on or before %(day)s; protections come before benefits are revoked."),
        mend=N_("Give notice with the evidence and wait for the response, or act in an emergency under 967(a)."),
        where="notice",
        day=on,
    )


def _response_period(facts: Protections, notice: date, days_code: str, on: date, terms: Terms) -> Reason:
    """A response that has come ends the period early: nobody has to wait for what is there."""
    days = parameter(days_code, notice, terms).number
    least = add_days(notice, days)
    last = max(facts.response_until or least, least)
    responded = facts.response_on is not None and facts.response_on <= on
    return finding(
        "6 USC 967(a)",
        "response_period_over",
        responded or on > last,
        N_("%(days)d days or more from %(notice)s: the response period ran to %(last)s, or was answered before."),
        N_("The response period runs to %(last)s (notice %(notice)s, at least %(days)d days); %(day)s is too early."),
        mend=N_("Decide when the response is there, or after %(last)s."),
        where="notice",
        days=days,
        notice=notice,
        last=last,
        day=on,
    )


@dataclass(frozen=True)
class EmergencyFacts:
    """An action to protect national security: what it rests on, who takes it, what it does, and the notice afterwards.

    ``taken_on`` is the day it takes effect; ``notice_on`` the day of the notice that followed (None: not yet).
    """

    participant: str
    grounds: str
    officer: str
    benefits: tuple[str, ...]
    taken_on: date
    notice_on: date | None = None


@rule("6 USC 967(a)")
def may_act_in_emergency(facts: EmergencyFacts, on: date) -> Verdict:
    """To protect national security an action takes effect at once; no protection precedes it, its notice follows."""
    return all_of(
        (
            finding(
                "6 USC 967(a)",
                "national_security_grounds",
                written(facts.grounds),
                N_("To protect national security: %(grounds)s"),
                N_("The grounds of national security are not written."),
                mend=N_("Write what threatens national security; without it the ordinary procedure applies."),
                where="grounds",
                grounds=facts.grounds,
            ),
            finding(
                "6 USC 967(a)",
                "officer_acts",
                written(facts.officer) and bool(facts.benefits),
                N_("%(officer)s denies %(count)d benefits."),
                N_("The officer who acts, or the benefits denied, are not named."),
                mend=N_("Name the officer and each benefit."),
                officer=facts.officer,
                count=len(facts.benefits),
            ),
            finding(
                "6 USC 967(a)",
                "at_once",
                facts.taken_on == on,
                N_("It takes effect at once, on %(taken)s, without notice, response or reply before it."),
                N_("An emergency takes effect on the day it is decided (%(day)s), not on %(taken)s."),
                mend=N_("Decide it on the day; for a later day give notice first."),
                where="taken_on",
                taken=facts.taken_on,
                day=on,
            ),
        )
    )


@rule("6 USC 967(a)")
def may_confirm_emergency(facts: EmergencyFacts, on: date) -> Verdict:
    """After an emergency action its notice follows; until it has, the action cannot be confirmed."""
    given = facts.notice_on
    return Verdict(
        (
            finding(
                "6 USC 967(a)",
                "notice_follows",
                given is not None and facts.taken_on <= given <= on,
                N_("Taken on %(taken)s; the notice followed on %(notice)s."),
                N_("Taken on %(taken)s; no notice has followed by %(day)s (days since: %(days)d)."),
                mend=N_("Give the notice now, with as much of the evidence as national security permits."),
                where="notice",
                taken=facts.taken_on,
                notice=given or "-",
                day=on,
                days=(on - facts.taken_on).days,
            ),
        )
    )
