"""What every determination needs, whichever tier and way: recommended, prepared, a second person: 6 USC 964, 971(a)."""

from __future__ import annotations

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding


def second_person(recommended_by: str, decided_by: str) -> Reason:
    """One person recommends and another decides: the internal control of 971(a)."""
    return finding(
        "6 USC 971(a)",
        "second_person",
        bool(recommended_by) and bool(decided_by) and recommended_by != decided_by,
        N_("One person recommended and another decides."),
        N_("A decision needs one person who recommends and another who decides."),
        mend=N_("Let a supervisor who did not recommend it decide."),
        where="decision",
    )


def as_recommended(cite: str, recommended: str, decision: str) -> Reason:
    """The decision is the one that the specialist recommends."""
    return finding(
        cite,
        "recommended",
        recommended == decision,
        N_("The specialist recommends this decision."),
        N_("The specialist does not recommend this decision."),
        mend=N_("Send the recommendation back, or decide as recommended."),
        where="recommendation",
    )


def work_programme_done(steps_undone: tuple[str, ...]) -> Reason:
    """Every required step of the standardized work program was done and recorded (971(a)(3))."""
    return finding(
        "6 USC 971(a)(3)",
        "work_programme_done",
        not steps_undone,
        N_("Every required step of the work programme is done."),
        N_("Steps of the work programme are not done: %(steps)s."),
        mend=N_("Do and record these steps."),
        where="work_programme",
        steps=", ".join(steps_undone) or "-",
    )
