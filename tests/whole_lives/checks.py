"""What always holds in whole lives: the platform against the oracle, after each step (961-971)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from greenlane.appeals import register
from greenlane.casework import replay
from greenlane.casework.models import Case, Deadline
from greenlane.law.terms import Terms
from greenlane.programs.queries import terms_of
from greenlane.records.models import Entry
from greenlane.revalidation.models import Periods
from greenlane.validation.models import CriterionFinding, Validation
from greenlane.validation.queries import criteria_asked
from greenlane.validators.queries import certificate_of, in_force
from tests.whole_lives import oracle, oracle_limits
from tests.whole_lives.stage import DATES, Affairs, engagements

RESTING = ("dropped", "reversed", "closed", "withdrawn")
"""States in which a case shows its clocks no more, or not all of them."""

State = tuple[str, str]


def record_hash(last: int) -> str:
    """One hash over every entry up to one of them."""
    digest = hashlib.sha256()
    for uid, body in Entry.objects.filter(id__lte=last).order_by("id").values_list("uid", "body"):
        digest.update(uid.bytes + bytes(body))
    return digest.hexdigest()


@dataclass
class Checks:
    """Holds the state of all lives against the record; remembers every legal date that was ever shown.

    *first*: the day on which the lives began.
    """

    affairs: Affairs
    first: date
    reached: set[State] = field(default_factory=set)
    dates: dict[tuple[str, Any, str], date] = field(default_factory=dict)
    checked: tuple[date, int] | None = None

    def __post_init__(self) -> None:
        self.desk = self.affairs.desk
        self.last_entry = Entry.objects.order_by("-id").values_list("id", flat=True)[0]
        self.early = record_hash(self.last_entry)

    @property
    def terms(self) -> Terms:
        return terms_of("ctpat", self.desk.today)

    def now(self) -> None:
        """Everything that can be asked on this day, unless nothing was written since it was asked."""
        asked = self.desk.today, Entry.objects.order_by("-id").values_list("id", flat=True)[0]
        if asked == self.checked:
            return
        self.checked, told = asked, oracle.told()
        for name in self.affairs.companies:
            self.benefits_of(name, told, self.desk.today)
        self.nothing_is_decided_with_anything_open()
        self.only_complete_processes_are_published(told)
        self.validators_are_sound(told)
        assert oracle.unsound_third_tiers(told, self.terms) == []
        self.legal_dates_never_move()
        self.limits_follow_from_the_record(told)
        self.note(told)

    def looking_back(self, *, fold: bool) -> None:
        """The same of every day since the first; *fold*: and the whole state is rebuilt from the record."""
        assert record_hash(self.last_entry) == self.early, "entries were rewritten"
        told = oracle.told()
        for name in self.affairs.companies:
            about = [entry for entry in told if entry.concerns(self.affairs.key(name))]
            days = {entry.effective_on + timedelta(days=n) for entry in about for n in (-1, 0, 1)}
            for on in sorted(one for one in days if self.first <= one <= self.desk.today):
                self.benefits_of(name, told, on)
        if fold:
            replay.check()

    def benefits_of(self, name: str, told: list[oracle.Told], on: date) -> None:
        """RC-09: the benefits of a day are those of the decisions on record, and no others."""
        terms = terms_of("ctpat", on)
        life = oracle.life_of(self.affairs.key(name), told, terms)
        due, given = oracle.benefits_due(life, terms, on), self.affairs.given(name, on)
        assert given <= due, f"{name} has on {on} what it did not earn: {sorted(given - due)}"
        assert due <= given, f"{name} lacks on {on} what it earned: {sorted(due - given)}"

    def nothing_is_decided_with_anything_open(self) -> None:
        """RC-05, RC-06: every criterion has a finding; who is validated has no required action open."""
        for row in Validation.objects.exclude(outcome="").exclude(decided_on=None):
            assert row.decided_on is not None
            found = set(CriterionFinding.objects.filter(validation=row).values_list("number", flat=True))
            asked = {criterion.number for criterion in criteria_asked(row, row.decided_on)}
            assert asked <= found, f"{row.pk} was decided without a finding on {sorted(asked - found)}"
            if row.outcome != "refused":
                assert not row.actions.filter(kind="required", closed_on=None).exists()
                assert not row.actions.filter(kind="required", closed_on__gt=row.decided_on).exists()

    def only_complete_processes_are_published(self, told: list[oracle.Told]) -> None:
        """RC-25: nobody was published before its time, and the draft of today admits whom the law admits."""
        assert oracle.published_too_early(told) == []
        draft = register.draft("ctpat", self.desk.today)
        admitted = {str(one.consequence.pk) for one in draft if one.verdict.granted}
        expected = oracle.may_be_listed(told, self.desk.today)
        assert admitted == expected, f"the draft of {self.desk.today} differs by {admitted ^ expected}"
        self.reached |= {("draft", "admitted" if one.verdict.granted else "waits") for one in draft}

    def validators_are_sound(self, told: list[oracle.Told]) -> None:
        """RC-20: no tier by one conflicted, uninsured on the day of the visit, or revoked; a policy ends on its day."""
        assert oracle.unsound_tiers(told, engagements()) == []
        key, on = self.affairs.certificate, self.desk.today
        given, due = in_force(certificate_of(key), on).granted, oracle.stands(told, key, on)
        assert given == due, f"the certificate is in force on {on}: {given}"

    def legal_dates_never_move(self) -> None:
        """RC-01, RC-16: a date once recorded stays what it is, and stays."""
        shown: dict[tuple[str, Any, str], date] = {}
        for model, names in DATES.items():
            for row in model._default_manager.values_list("pk", *names):
                shown |= {
                    (model.__name__, row[0], name): on
                    for name, on in zip(names, row[1:], strict=True)
                    if on is not None
                }
        for key, said in self.dates.items():
            assert shown.get(key) == said, f"{key} was {said} and is {shown.get(key, 'gone')}"
        self.dates = shown

    def limits_follow_from_the_record(self, told: list[oracle.Told]) -> None:
        """RC-07: 964(c), 965(a), 967(c), 969(2), and the dates that people set."""
        expected = oracle_limits.limits(told)
        rows = Deadline.objects.filter(clock__in={clock for _case, clock, _start in expected})
        kept = {(row.case_id, row.clock, row.started_on): row.due_on for row in rows}
        assert kept == {key: expected.get(key) for key in kept}
        for key in shown_limits(expected):
            assert key in kept, f"the clock {key[1]} of {key[0]} from {key[2]} is gone"
        dates = oracle_limits.set_dates(told)
        for one in Deadline.objects.filter(clock__in={clock for _case, clock in dates}):
            assert (one.started_on, one.due_on) == dates[one.case_id, one.clock], f"{one.clock} of {one.case_id}"
        for row in Periods.objects.all():
            grid = Deadline.objects.filter(case_id=row.pk).order_by("due_on").values_list("due_on", "met_on")
            assert list(grid) == oracle_limits.periods(told, row.participant_id, self.terms)

    def note(self, told: list[oracle.Told]) -> None:
        """What these lives have come to, so that nobody takes it on trust."""
        self.reached |= set(Case.objects.values_list("kind", "state"))
        for standing, tier in self.affairs.standings().values():
            self.reached |= {("standing", standing), ("tier", str(tier))}
        for entry in told:
            if entry.kind == oracle.ENDED:
                self.reached.add((entry.data["measure"], entry.data["ended_as"]))
            elif entry.kind == oracle.LISTED:
                self.reached.add(("list", "published"))
            elif entry.kind == oracle.VALIDATED and entry.data["outcome"] == "refused":
                self.reached.add((entry.data["purpose"], "refused"))


def shown_limits(expected: dict[oracle_limits.Key, date]) -> Iterator[oracle_limits.Key]:
    """Of the limits of the record, those that the state must show: of cases that rest in no end without a decision,
    and of the last decision where one was decided anew."""
    states: dict[UUID, str] = dict(Case.objects.filter(pk__in={key[0] for key in expected}).values_list("pk", "state"))
    latest = {key[:2]: key for key in sorted(expected, key=lambda key: key[2])}
    for key in latest.values():
        if states[key[0]] not in RESTING:
            yield key
