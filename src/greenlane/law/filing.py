"""Was a right used in time, and is lateness explained? The answer shows the arithmetic: 967(c), 964(c), 965(a)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from greenlane.law.citations import Citation
from greenlane.law.reckoning import Clock, Due, Duty, Force, due
from greenlane.law.sentences import N_, Sentence, Value
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason, Verdict, finding, rule


@rule("6 USC 967(c)(1)", "6 USC 967(c)(2)")
def filing_window(clock: Clock, decided_on: date, filed_on: date, terms: Terms | None = None) -> Verdict:
    """Is this filed in time? The reasons show the day of the decision, the days, the last day and the day of filing."""
    last = due(clock, decided_on, terms=terms)
    cite = clock.citation.cite
    values: dict[str, Value] = {
        "decided": decided_on,
        "filed": filed_on,
        "last": last.due_on,
        "n": (last.unrolled_on - decided_on).days,
        "day": (filed_on - decided_on).days,
        "late": (filed_on - last.due_on).days,
    }
    after = finding(
        cite,
        "decision_before_filing",
        filed_on >= decided_on,
        N_("The decision is dated %(decided)s and this was filed on %(filed)s."),
        N_("This was filed on %(filed)s, before the decision of %(decided)s."),
        mend=N_("Check both dates: there is nothing to file against before the decision."),
        where="filed_on",
        **values,
    )
    if not after.holds:
        return Verdict((after,))
    window = finding(
        cite,
        "filed_in_time",
        filed_on <= last.due_on,
        N_("%(n)d days from %(decided)s; the last day is %(last)s; filed on %(filed)s, day %(day)d: in time."),
        N_(
            "%(n)d days from %(decided)s; the last day was %(last)s; filed %(filed)s, day %(day)d; days late: %(late)d."
        ),
        mend=N_(
            "If the date of the decision is wrong, ask the programme to correct it and send the letter that shows it."
        ),
        where="decided_on",
        **values,
    )
    notes = tuple(Reason(Citation(cite), "last_day_moved", note, True) for note in last.notes)
    return Verdict((after, *notes, window))


@dataclass(frozen=True, kw_only=True)
class LatenessWords:
    """What is said of an act in time, of a late one with its reason and of one without, and what mends that."""

    in_time: str
    explained: str
    unexplained: str
    mend: str


def lateness(cite: str, days: int, reason: str, words: LatenessWords, /, *, code: str, **values: Value) -> Reason:
    """What is *days* late (0 or less: in time) needs a written reason and is counted: late never blocks the act.

    *values* fill the words.
    """
    return finding(
        cite,
        code,
        days <= 0 or bool(reason.strip()),
        words.in_time if days <= 0 else words.explained,
        words.unexplained,
        mend=words.mend,
        where="lateness_reason",
        **values,
    )


def decided_late(cite: str, due_on: date, on: date, reason: str, words: LatenessWords, /, **values: Value) -> Reason:
    """A determination after its last day needs a written reason; the words may name due, on and days, and *values*."""
    days = (on - due_on).days
    return lateness(cite, days, reason, words, code="lateness_reason", due=due_on, on=on, days=days, **values)


@rule("6 USC 968(b)", "19 USC 4311(c)")
def explain_lateness(clock: Clock, due: Due, met_on: date, reason: str) -> Verdict:
    """Late needs a written reason and is counted; a practicable clock that is missed never blocks the act itself."""
    late = (met_on - due.due_on).days
    values: dict[str, Value] = {"due": due.due_on, "met": met_on, "late": late, "reason": reason.strip()}
    if late > 0 and clock.duty_of is Duty.PARTICIPANT:
        return Verdict((Reason(clock.citation, "lateness", Sentence(_LAPSED, values), False),))
    words = _PRACTICABLE if clock.force is Force.PRACTICABLE else _DUTY
    return Verdict((lateness(clock.citation.cite, late, reason, words, code="lateness", **values),))


_LAPSED = N_("Due %(due)s, done %(met)s; days late: %(late)d. The right lapsed; no reason revives it.")
_DUTY = LatenessWords(
    in_time=N_("Due %(due)s, done %(met)s: in time."),
    explained=N_("Due %(due)s, done %(met)s; days late: %(late)d, counted as a missed duty. %(reason)s"),
    unexplained=N_("Due %(due)s, done %(met)s; days late: %(late)d, and no reason is written."),
    mend=N_("Write the reason for the delay; it is kept, and the case is counted as late."),
)
_PRACTICABLE = replace(
    _DUTY,
    explained=N_(
        "Due %(due)s, done %(met)s; days late: %(late)d, counted; the law asks as far as practicable. %(reason)s"
    ),
)
