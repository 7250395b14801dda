"""How lives begin: each carries its companies by commands to a late state, from which anything may follow.

A beginning yields after each step, so that everything is held against the record there; and it names what it must come
to. Chance alone would seldom carry a company through a hundred commands to its expulsion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from tests.whole_lives.checks import State
from tests.whole_lives.stage import Affairs

Beginning = Callable[[Affairs], Iterator[None]]
BEGINNINGS: dict[str, tuple[Beginning, frozenset[State]]] = {}


def beginning(*states: State) -> Callable[[Beginning], Beginning]:
    def keep(made: Beginning) -> Beginning:
        BEGINNINGS[made.__name__] = made, frozenset(states)
        return made

    return keep


def validated(lives: Affairs, name: str, *, hasty: bool = False) -> Iterator[None]:
    """Through the validation or revalidation that is open, to the decision that is sought.

    *hasty*: every step is first tried with a criterion left out.
    """
    for _step in range(5):
        if hasty:
            lives.validate(name, unmet=False, decision="validate", hasty=True)
            yield
        lives.validate(name, unmet=False, decision="validate")
        yield


def punished(lives: Affairs, name: str, measure: str, days: int = 90) -> Iterator[None]:
    """Up to the decision, or the confirmation of an emergency action."""
    for _step in range(5):
        lives.punish(name, measure, ("score_reduction", "programme_training"), days)
        yield


@beginning(("certification", "refused"), ("certification", "certified"), ("standing", "refused"))
def an_applicant_that_is_refused_and_applies_anew(lives: Affairs) -> Iterator[None]:
    lives.certify("cy", "refuse")
    yield
    lives.let_pass(20)
    lives.apply("cy")
    yield
    lives.certify("cy", "certify")
    yield
    yield from validated(lives, "cy", hasty=True)
    assert lives.standing("cy") == ("certified", 2)


@beginning(("tier", "3"), ("validation", "validated"), ("denial", "restored"))
def a_third_tier(lives: Affairs) -> Iterator[None]:
    """Not before a year at the second tier, and not with a benefit denied in that year."""
    yield from validated(lives, "ada")
    yield from punished(lives, "ada", "denial")
    lives.let_pass(10)
    lives.make_good("ada")
    yield
    lives.let_pass(300)
    lives.aim_higher("ada")
    yield from validated(lives, "ada")
    assert lives.standing("ada")[1] == 2, "no year is over"
    lives.let_pass(5)
    yield from validated(lives, "ada")
    assert lives.standing("ada")[1] == 2, "a benefit was denied in the year"
    lives.let_pass(70)
    yield from validated(lives, "ada")
    assert lives.standing("ada") == ("certified", 3)


@beginning(("revalidation", "revalidated"), ("revalidation", "refused"), ("revalidation", "blocked"))
def two_periods_of_revalidation(lives: Affairs) -> Iterator[None]:
    """Confirmed in the first period, blocked and then refused in the second."""
    yield from validated(lives, "ada")
    lives.let_pass(1400)
    lives.select("ada")
    yield from validated(lives, "ada")
    lives.let_pass(1400)
    lives.select("ada")
    lives.block("ada")
    yield
    lives.let_pass(30)
    lives.block("ada")
    for _step in range(5):
        lives.validate("ada", unmet=True, decision="refuse")
        yield


@beginning(("standing", "expelled"), ("expulsion", "period_over"), ("standing", "withdrawn"), ("draft", "waits"))
def an_expulsion_and_its_end(lives: Affairs) -> Iterator[None]:
    """No plan brings a company back, its period ends by the calendar, and what follows is an application anew."""
    yield from punished(lives, "ada", "expulsion", days=50)
    assert lives.standing("ada") == ("expelled", 0)
    lives.make_good("ada")
    lives.publish(alone=True)
    yield
    lives.let_pass(50)
    assert lives.standing("ada") == ("expelled", 0), "the last day of the period belongs to it"
    yield
    lives.let_pass(1)
    yield
    lives.apply("ada")
    yield


@beginning(("standing", "suspended"), ("draft", "waits"), ("draft", "admitted"), ("list", "published"))
def a_suspension_that_is_published(lives: Affairs) -> Iterator[None]:
    yield from punished(lives, "ben", "suspension", days=200)
    lives.publish(alone=False)
    yield
    for days in (29, 1, 1, 1, 1):
        lives.let_pass(days)
        lives.publish(alone=True)
        yield


@beginning(("appeal", "under_review"), ("draft", "waits"), ("consequence", "in_force"))
def an_appeal_of_an_expulsion(lives: Affairs) -> Iterator[None]:
    """Filed in time and not determined long after it: nobody is named meanwhile."""
    yield from punished(lives, "ada", "expulsion", days=700)
    lives.let_pass(10)
    lives.appeal("ada", "")
    lives.let_pass(1)
    lives.appeal("ada", "upheld")
    yield
    for _day in range(2):
        lives.let_pass(20)
        lives.publish(alone=True)
        yield


@beginning(("consequence", "ended"), ("consequence", "reversed"), ("appeal", "modified"), ("appeal", "reversed"))
def denials_that_are_appealed(lives: Affairs) -> Iterator[None]:
    """One is reduced and made good, one is reversed from the day of the loss."""
    yield from punished(lives, "ada", "denial")
    yield from punished(lives, "ben", "emergency")
    for _step in range(3):
        lives.let_pass(1)
        for name, outcome in (("ada", "modified"), ("ben", "reversed")):
            lives.appeal(name, outcome)
        yield
    lives.make_good("ada")
    yield


@beginning(("engagement", "accepted"), ("validation", "validated"), ("validator_certificate", "revoked"))
def a_tier_by_a_third_party_whose_certificate_is_revoked(lives: Affairs) -> Iterator[None]:
    """What was validated before is looked at again; what was only reported counts no more."""
    for name in ("ada", "ben"):
        for _step in range(3):
            lives.engage(name)
            yield
    yield from validated(lives, "ben")
    assert lives.standing("ben") == ("certified", 2)
    lives.validate("ada", unmet=False, decision="validate")
    lives.spoil("ada", "revoked")
    yield
    assert lives.case_of("ben", "revalidation") is not None, "the validation of a revoked validator is reviewed"
    yield from validated(lives, "ada")
    assert lives.standing("ada") == ("certified", 1)


@beginning(("validator_certificate", "held"), ("engagement", "under_way"), ("engagement", "accepted"))
def a_policy_that_ends(lives: Affairs) -> Iterator[None]:
    """Two validations by a third party: one visited on the last day that is insured, one on the day after it."""
    lives.insure(until=lives.desk.today + timedelta(days=2))
    for name in ("ada", "ben"):
        lives.engage(name)
        yield
    lives.engage("ada")
    yield
    lives.let_pass(1)
    yield
    lives.engage("ada")
    yield
    lives.let_pass(1)
    for _step in range(2):
        lives.engage("ben")
        yield
    for name in ("ben", "ada"):
        yield from validated(lives, name)


@beginning(("merger", "merged"), ("merger", "split"), ("standing", "merged"), ("standing", "certified"))
def accounts_that_merge_and_part(lives: Affairs) -> Iterator[None]:
    """The merged account keeps its tier for the day of the split, but no more than the joint account then has."""
    yield from validated(lives, "ben")
    lives.merge("ada", "ben")
    yield
    lives.let_pass(30)
    lives.split()
    yield
    assert lives.standing("ben") == ("certified", 2)
    lives.merge("ben", "ada")
    yield
    lives.leave("ben")
    yield
    lives.split()
    yield
    assert lives.standing("ada")[1] == 0
