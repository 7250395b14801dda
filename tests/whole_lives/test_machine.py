"""Whole lives of participants in any order: benefits, tiers, dates and lists are what the law says (961-971)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from greenlane.appeals.commands_list import PublishFederalRegisterList
from greenlane.casework import replay
from greenlane.casework.models import Case, Deadline
from greenlane.consequences.commands_return import PublishConsequence
from greenlane.consequences.models import Consequence
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.commands_merging import ConsentToAccountChange, MergeAccounts
from greenlane.programs.queries import terms_of
from greenlane.records.models import Entry
from greenlane.revalidation.models import Periods
from greenlane.validation.models import CriterionFinding, Validation
from greenlane.validation.queries import criteria_asked
from tests.whole_lives import oracle
from tests.whole_lives.stage import DATES, NAMES, Affairs, World, as_far_as_it_goes, engagements, founded

WHO = st.sampled_from(tuple(NAMES))
BENEFITS = ("score_reduction", "assigned_specialist", "programme_training")
BY = st.sampled_from(("ada", "ben", "sam", "stu", "sue", "both", "val", None))
REACHED: set[tuple[str, str]] = set()
RESTING = ("dropped", "reversed", "closed", "withdrawn")
"""States in which a case shows its clocks no more, or not all of them."""


class WholeLives(RuleBasedStateMachine):
    """Two companies, every office, one validator; what they do in whatever order."""

    world: ClassVar[World]

    @initialize()
    def begin(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.affairs = Affairs.of(self.world)
        self.desk = self.affairs.desk
        self.dates: dict[tuple[str, Any, str], str] = {}
        self.first = self.desk.today
        self.last_entry = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
        self.early = record_hash(self.last_entry)

    def teardown(self) -> None:
        if not hasattr(self, "affairs"):
            return
        try:
            assert record_hash(self.last_entry) == self.early, "entries were rewritten"
            self.every_day_was_as_the_record_says()
            replay.check()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    # --- what people do ---------------------------------------------------------------------------------------------

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.desk.wake(days=days)

    @rule(days=st.sampled_from((15, 31, 91, 190)))
    def time_passes(self, days: int) -> None:
        self.desk.today += timedelta(days=days)
        self.desk.wake()

    @rule(
        name=WHO,
        steps=st.integers(2, 6),
        unmet=st.booleans(),
        decision=st.sampled_from(("validate",) * 3 + ("refuse",)),
    )
    def go_through_a_validation(self, name: str, steps: int, unmet: bool, decision: str) -> None:
        for _step in range(steps):
            self.affairs.validate(name, unmet, decision)

    @rule(name=WHO)
    def block_or_unblock(self, name: str) -> None:
        self.affairs.block(name)

    @rule(name=WHO, number=st.integers(0, 3), by=BY)
    def take_a_step_out_of_order(self, name: str, number: int, by: str | None) -> None:
        self.affairs.jump(name, number, by)

    @rule(
        name=WHO,
        measure=st.sampled_from(("denial", "suspension", "emergency")),
        benefits=st.sets(st.sampled_from(BENEFITS), min_size=1),
        days=st.sampled_from((10, 90, 180)),
        steps=st.integers(2, 5),
    )
    def go_through_a_consequence(self, name: str, measure: str, benefits: set[str], days: int, steps: int) -> None:
        for _step in range(steps):
            self.affairs.punish(name, measure, tuple(sorted(benefits)), days)

    @rule(
        name=WHO,
        outcome=st.sampled_from(("upheld", "modified", "reversed", "reversed", "remanded", "withdrawn")),
        steps=st.integers(1, 3),
    )
    def go_through_an_appeal(self, name: str, outcome: str, steps: int) -> None:
        for _step in range(steps):
            self.affairs.appeal(name, outcome)

    @rule(
        name=WHO,
        measure=st.sampled_from(("denial", "suspension", "emergency")),
        benefits=st.sets(st.sampled_from(BENEFITS), min_size=1),
        outcome=st.sampled_from(("upheld", "modified", "reversed", "remanded", None)),
    )
    def lose_and_appeal(self, name: str, measure: str, benefits: set[str], outcome: str | None) -> None:
        """Up to a decision and through its appeal, so that late states are reached too."""
        for _step in range(5):
            self.affairs.punish(name, measure, tuple(sorted(benefits)), 90)
        self.desk.wake(days=2)
        for _step in range(3 if outcome else 1):
            self.affairs.appeal(name, outcome or "")

    @rule(name=WHO)
    def make_good(self, name: str) -> None:
        self.affairs.make_good(name)

    @rule(name=WHO)
    def let_the_period_end(self, name: str) -> None:
        self.affairs.let_end(name)

    @rule(name=WHO, steps=st.integers(2, 5))
    def engage_the_third_party(self, name: str, steps: int) -> None:
        for _step in range(steps):
            self.affairs.engage(name)

    @rule(name=WHO, how=st.sampled_from(("insurance", "conflict", "revoked")))
    def find_fault_with_the_third_party(self, name: str, how: str) -> None:
        self.affairs.spoil(name, how)

    @rule(name=WHO, sure=st.sampled_from((False, False, True)))
    def withdraw(self, name: str, sure: bool) -> None:
        with as_far_as_it_goes():
            participant = self.affairs.companies[name].participant
            self.desk.must(WithdrawFromProgramme(participant_id=participant, sure=sure), by=name)

    @rule(sure=st.sampled_from((False, False, True)))
    def merge(self, sure: bool) -> None:
        ada, ben = (self.affairs.companies[name].participant for name in NAMES)
        with as_far_as_it_goes():
            for by, one, act, other in (("ada", ada, "survive", ben), ("ben", ben, "merge", ada)):
                more: Any = {"participant_id": one, "act": act, "other_id": other, "reason": "We want to."}
                self.desk.must(ConsentToAccountChange(**more), by=by)
            merging = MergeAccounts(participant_id=ada, merged_id=ben, takeover=sure, reason="Bought.")
            self.desk.must(merging, by="max")

    @rule(alone=st.booleans())
    def publish_whoever_is_sanctioned(self, alone: bool) -> None:
        """All at once, or each alone: whoever may not be named must be refused."""
        rows = list(Consequence.objects.filter(decision="967(b)").order_by("pk"))
        for named in [[row] for row in rows] if alone else [rows]:
            keys = tuple(row.pk for row in named)
            self.desk.give(
                PublishFederalRegisterList(programme="ctpat", consequences=keys, published_on=self.desk.today), by="pam"
            )
        for row in rows:
            self.desk.give(PublishConsequence(case_id=row.pk, publication="An invented page"), by="pam")

    # --- what always holds ------------------------------------------------------------------------------------------

    @invariant()
    def nobody_has_a_benefit_that_was_not_earned_or_lacks_one_that_was(self) -> None:
        """RC-09: the benefits of this day are those of the decisions on record, and no others."""
        if hasattr(self, "affairs"):
            told = oracle.told()
            for name in NAMES:
                self.benefits_of(name, told, self.desk.today)
            REACHED.update(Case.objects.values_list("kind", "state"))

    def benefits_of(self, name: str, told: list[oracle.Told], on: Any) -> None:
        terms = terms_of("ctpat", on)
        life = oracle.life_of(self.affairs.companies[name].participant, told, terms)
        due, given = oracle.benefits_due(life, terms, on), self.affairs.given(name, on)
        assert given <= due, f"{name} has on {on} what it did not earn: {sorted(given - due)}"
        assert due <= given, f"{name} lacks on {on} what it earned: {sorted(due - given)}"

    def every_day_was_as_the_record_says(self) -> None:
        """The same for every day on which something changed, the day before it and the day after it, looking back."""
        told = oracle.told()
        days = {entry.effective_on + timedelta(days=n) for entry in told for n in (-1, 0, 1)}
        for on in sorted(day for day in days if self.first <= day <= self.desk.today):
            for name in NAMES:
                self.benefits_of(name, told, on)

    @invariant()
    def no_validation_is_closed_with_anything_open(self) -> None:
        """RC-05, RC-06: every criterion has a finding; who is validated has no required action open."""
        if not hasattr(self, "affairs"):
            return
        for row in Validation.objects.exclude(outcome="").exclude(decided_on=None):
            assert row.decided_on is not None
            found = set(CriterionFinding.objects.filter(validation=row).values_list("number", flat=True))
            asked = {criterion.number for criterion in criteria_asked(row, row.decided_on)}
            assert asked <= found, f"{row.pk} was decided without a finding on {sorted(asked - found)}"
            if row.outcome != "refused":
                assert not row.actions.filter(kind="required", closed_on=None).exists()
                assert not row.actions.filter(kind="required", closed_on__gt=row.decided_on).exists()

    @invariant()
    def no_name_is_listed_before_its_appeal_process_is_complete(self) -> None:
        if hasattr(self, "affairs"):
            assert oracle.published_too_early(oracle.told()) == []

    @invariant()
    def no_tier_rests_on_an_unsound_validator(self) -> None:
        """RC-20: conflicted, uninsured on the day of the visit, or revoked."""
        if hasattr(self, "affairs"):
            assert oracle.unsound_tiers(oracle.told(), engagements()) == []

    @invariant()
    def legal_dates_never_move(self) -> None:
        """RC-01: a date once recorded stays what it is."""
        if not hasattr(self, "affairs"):
            return
        for model, names in DATES.items():
            for row in model._default_manager.values("pk", *names):
                for name in names:
                    key = (model.__name__, row["pk"], name)
                    if row[name] is not None:
                        said = self.dates.setdefault(key, row[name].isoformat())
                        assert said == row[name].isoformat(), f"{key} moved from {said} to {row[name]}"
                    else:
                        assert key not in self.dates, f"{key} was {self.dates.get(key)} and is gone"

    @invariant()
    def every_limit_recomputes_from_the_record_alone(self) -> None:
        """RC-07: 964(c), 965(a), 967(c) and 969(2)."""
        if hasattr(self, "affairs"):
            expected = oracle.limits(oracle.told())
            clocks = {clock for _case, clock, _start in expected}
            rows = Deadline.objects.filter(clock__in=clocks)
            kept = {(row.case_id, row.clock, row.started_on): row.due_on for row in rows}
            assert kept == {key: expected.get(key) for key in kept}
            for case, clock, start in shown(expected):
                assert (case, clock, start) in kept, f"the clock {clock} of {case} from {start} is gone"
            for row in Periods.objects.all():
                ends = [d.due_on for d in Deadline.objects.filter(case_id=row.pk).order_by("due_on")]
                initial = oracle.initial_validation(oracle.told(), row.participant_id)
                assert all(ends[n] == oracle.years_after(initial, 4 * (n + 1)) for n in range(len(ends)))


def shown(expected: dict[oracle.Key, Any]) -> Iterator[oracle.Key]:
    """Of the limits of the record, those that the state must show: of cases that rest in no end without a decision,
    and of the last decision where one was decided anew."""
    states = dict(Case.objects.filter(pk__in={key[0] for key in expected}).values_list("pk", "state"))
    latest = {key[:2]: key for key in sorted(expected, key=lambda key: key[2])}
    for key in latest.values():
        if states[key[0]] not in RESTING:
            yield key


def record_hash(last: int) -> str:
    """One hash over every entry up to one of them."""
    digest = hashlib.sha256()
    for uid, body in Entry.objects.filter(id__lte=last).order_by("id").values_list("uid", "body"):
        digest.update(uid.bytes + bytes(body))
    return digest.hexdigest()


@pytest.mark.django_db
@pytest.mark.clause("6 USC 961(a)", "6 USC 965(b)", "6 USC 967(a)", "6 USC 967(b)", "6 USC 967(c)", "6 USC 968(c)(2)")
def test_rc_09_in_no_course_of_whole_lives_is_a_benefit_above_the_tier_earned() -> None:
    profile = settings(
        max_examples=8,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
        phases=(Phase.generate,),  # a failing life is shown as it was lived: shrinking it takes an hour
    )
    REACHED.clear()
    WholeLives.world = founded()
    run_state_machine_as_test(WholeLives, settings=profile)
    late = {("validation", "validated"), ("consequence", "in_force")}
    determined = {("appeal", outcome) for outcome in ("upheld", "modified", "reversed", "remanded")}
    assert late <= REACHED, f"the machine stayed near the beginning: {sorted(REACHED)}"
    assert determined & REACHED, f"no appeal was determined: {sorted(REACHED)}"
