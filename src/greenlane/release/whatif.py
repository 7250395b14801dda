"""What if the numbers were others: asked of the entries on record, answered exactly (6 USC 964(a), 965(b), 966(c))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from greenlane.casework.problems import BadInput, Problem, bad_input
from greenlane.law.sentences import N_, Sentence
from greenlane.release.benefits import Period, period_of
from greenlane.release.engine.inputs import MODES, MOST_POINTS
from greenlane.release.engine.versions import PolicyVersion
from greenlane.release.in_force import in_force, with_numbers
from greenlane.release.numbers import PolicyNumbers, numbers_of, out_of_range
from greenlane.release.simulation import MOST, Found, compare, filed_in, on_record


@dataclass(frozen=True)
class Asked:
    """Both sides of a question: the numbers in force and the other ones, and the threshold of each."""

    now: PolicyNumbers
    then: PolicyNumbers
    threshold_now: int
    threshold_then: int
    before: PolicyVersion
    after: PolicyVersion

    @property
    def changes(self) -> dict[str, tuple[int, int]]:
        """Each number that differs, as it is and as it would be."""
        one, other = asdict(self.now), asdict(self.then)
        found = {name: (one[name], other[name]) for name in one if one[name] != other[name]}
        if self.threshold_now != self.threshold_then:
            found["threshold"] = (self.threshold_now, self.threshold_then)
        return found


def ask(programme: str, changes: Mapping[str, int], on: date) -> Asked:
    """Both sides of the question what *changes* of the numbers in force on a day would do; 'threshold' is one too.

    Raises BadInput for a number that a policy does not have or that lies outside its range.
    """
    used = in_force(programme, on)
    now = numbers_of(used.policy.numbers)
    strange = sorted(set(changes) - set(asdict(now)) - {"threshold"})
    if strange:
        raise BadInput([_strange(name) for name in strange])
    threshold = changes.get("threshold", used.threshold.points)
    then = PolicyNumbers(**{**asdict(now), **{n: v for n, v in changes.items() if n != "threshold"}})
    wrong = dict(out_of_range(then))
    if not 1 <= threshold <= MOST_POINTS:
        wrong["threshold"] = (1, MOST_POINTS)
    if wrong:
        raise BadInput([_outside(name, low, high) for name, (low, high) in wrong.items()])
    after = with_numbers(then, threshold, used.version.parameters["salt"], used.version, "what-if")
    return Asked(now, then, used.threshold.points, threshold, used.version, after)


def _strange(name: str) -> Problem:
    return Problem(
        f"numbers.{name[:60]}",
        Sentence(N_("'%(name)s' is no number of a policy."), {"name": name[:60]}),
        Sentence(N_("Use the names that the policy in force shows.")),
        "6 USC 964(a)",
    )


def _outside(name: str, low: int, high: int) -> Problem:
    return Problem(
        f"numbers.{name}",
        Sentence(N_("It lies outside %(low)d to %(high)d."), {"low": low, "high": high}),
        Sentence(N_("Give a whole number from %(low)d to %(high)d."), {"low": low, "high": high}),
        "6 USC 964(a)",
    )


def answer(programme: str, asked: Asked, period: Period | None = None, few: int = MOST) -> Found:
    """What the change would do to the entries on record: to all that were filed in a period, or to the latest.

    Up to *few* entries are decided again one by one, which is sooner done than a cube is built and says how many of
    them change; of more, and wherever the cube is there already, the cube answers.
    """
    if period is None:
        return compare(on_record(programme), asked.before, asked.after)
    from greenlane.release import whatif_cube  # compiles loops: not before somebody asks

    if filed_in(programme, period).count() > few or whatif_cube.known(programme, period, asked.before):
        return whatif_cube.answer(programme, asked, period)
    return compare(on_record(programme, None, period), asked.before, asked.after)


def period_given(first: date | None, last: date | None) -> Period | None:
    """The period of two days that were given, or None for neither. Raises BadInput for one alone."""
    if first is None and last is None:
        return None
    if first is None or last is None:
        where = "first" if first is None else "last"
        raise bad_input(where, N_("A period has two days."), N_("Give the first day and the last."), "6 USC 964(a)")
    return period_of(first, last)


def group_name(by: str, name: str) -> str:
    """What a group is called: a tier by its number, a mode by its word, a port by its digits; '-' for none."""
    if by == "mode":
        return MODES[int(name)]
    return "-" if not name or (by == "port" and not int(name)) else name
