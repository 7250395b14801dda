"""What a review of a profile shows of itself: its window as a picture, what counts and what does not (6 USC 963(3))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case
from greenlane.criteria.catalogue import Criterion, load_catalogue
from greenlane.criteria.queries import edition_of
from greenlane.law.s963_review import LEAST_CONTACTS, ContactFacts
from greenlane.people.visibility import Viewer
from greenlane.profiles.contacts import contact_facts
from greenlane.profiles.facts import Asked, asked_by
from greenlane.profiles.models import ProfileReview, ReviewAnswer
from greenlane.profiles.queries import AnswerOnFile, review_of
from greenlane.web import components as c
from greenlane.web.panels.registry import Panel, command_page, panel
from greenlane.web.words import long_date

command_page("AffirmAnswers", trader="trader-review")

VALUES: dict[str, Any] = {
    "yes": gettext_lazy("Yes, we do this"),
    "no": gettext_lazy("No, not yet"),
    "not_applicable": gettext_lazy("Does not apply to us"),
}
WIDTH = 720
MARGIN_DAYS = 30


@dataclass(frozen=True)
class Bar:
    """The window on a line, in units of the picture: where it opens, where it ends, where today is."""

    opens: int
    ends: int
    today: int
    title: str

    @property
    def width(self) -> int:
        return self.ends - self.opens


@dataclass(frozen=True)
class Line:
    """One criterion of the review: what stands on file, what was done here, whether it counts and why not."""

    criterion: Criterion
    value: Any
    counts: bool
    why: str


@dataclass(frozen=True)
class Group:
    """The criteria of one category, and how many of them count."""

    number: int
    title: str
    lines: tuple[Line, ...]

    @property
    def counting(self) -> int:
        return sum(line.counts for line in self.lines)


@panel("profile_review", title=gettext_lazy("The review"))
def profile_review(case: Case, viewer: Viewer, on: date) -> Panel:
    """Both sides read the same: the window, the progress, every criterion, the contacts."""
    review = review_of(case.pk)
    day = review.submitted_on or on
    asked = asked_by(review, day)
    groups = groups_of(review, asked)
    context = {
        "review": review,
        "bar": bar_of(review, on),
        "groups": groups,
        "done": sum(group.counting for group in groups),
        "of": sum(len(group.lines) for group in groups),
        "facts": _facts(review, on),
        "contacts": contact_facts(review.participant_id, on) if review.purpose == "annual" else None,
        "contacts_kept": _kept(contact_facts(review.participant_id, on)) if review.purpose == "annual" else True,
        "differences": _differences(review, asked),
        "own": review.participant_id in viewer.participants,
        "participant": review.participant_id,
        "open": case.state == "open",
    }
    return Panel("panels/profile_review.html", context)


def _kept(facts: ContactFacts) -> bool:
    return len(facts.live) >= LEAST_CONTACTS and bool(facts.officers)


def bar_of(review: ProfileReview, on: date) -> Bar:
    """The picture runs from some days before the window to some days after its last day."""
    margin = timedelta(days=MARGIN_DAYS)
    first, last = review.opens_on - margin, review.due_on + margin
    span = max((last - first).days, 1)

    def at(day: date) -> int:
        return round(WIDTH * min(max((day - first).days, 0), span) / span)

    if on > review.due_on and review.submitted_on is None:
        title = _("The last day passed %(days)s days ago.") % {"days": (on - review.due_on).days}
    elif review.submitted_on is not None:
        title = _("The review is submitted.")
    else:
        title = _("The window is open; %(days)s days are left.") % {"days": (review.due_on - on).days}
    return Bar(at(review.opens_on), at(review.due_on), at(on), title)


def groups_of(review: ProfileReview, asked: Asked) -> list[Group]:
    """The criteria by category, each with what counts of it."""
    rows = {row.number: row for row in review.answers.all()}
    names = _category_titles()
    return [
        Group(
            number,
            str(names.get(number, number)),
            tuple(
                _line(criterion, rows.get(criterion.number), asked.on_file.get(criterion.number), review)
                for criterion in asked.criteria
                if criterion.category == number
            ),
        )
        for number in sorted({criterion.category for criterion in asked.criteria})
    ]


def _category_titles() -> dict[int, str]:
    return {one.number: _(one.title) for one in load_catalogue().categories}


def _line(criterion: Criterion, row: ReviewAnswer | None, on_file: AnswerOnFile | None, review: ProfileReview) -> Line:
    if row is not None:
        done = _("changed on %(day)s") if row.changed else _("affirmed on %(day)s")
        return Line(criterion, VALUES.get(row.value, row.value), True, done % {"day": long_date(row.affirmed_on)})
    if on_file is None:
        return Line(criterion, "", False, _("not answered yet"))
    values = {"day": long_date(on_file.answered_on), "opens": long_date(review.opens_on)}
    if review.purpose == "annual":
        why = _("answered on %(day)s, before the window opened on %(opens)s") % values
    else:
        why = _("answered on %(day)s to other words of this criterion") % values
    return Line(criterion, VALUES.get(on_file.value, on_file.value), False, why)


def _facts(review: ProfileReview, on: date) -> list[c.Fact]:
    annual = review.purpose == "annual"
    cite = "6 USC 963(3)" if annual else "6 USC 961(b)"
    facts = [c.Fact(_("Window opened on"), review.opens_on, cite=cite)]
    last = _("Last day: the anniversary of certification") if annual else _("Last day to answer")
    facts.append(c.Fact(last, review.due_on, cite=cite))
    if review.edition_id and not annual:
        facts.append(c.Fact(_("Edition"), edition_of(review.edition_id).version))
    if review.submitted_on:
        late = c.Chip(_("Late"), "bad") if review.late else c.Chip(_("In time"), "good")
        facts += [c.Fact(_("Submitted on"), review.submitted_on), c.Fact(_("How it counts"), late)]
    elif not review.closed_because and on > review.due_on:
        facts.append(c.Fact(_("How it counts"), c.Chip(_("Overdue"), "bad")))
    return facts


def _differences(review: ProfileReview, asked: Asked) -> list[dict[str, Any]]:
    """For a new edition: the words before and now of each criterion that is asked."""
    if review.purpose != "edition" or review.from_edition_id is None:
        return []
    old = edition_of(review.from_edition_id)
    return [
        {"number": one.number, "before": _text(old.criterion(one.number)), "now": one.text, "level": one.level}
        for one in asked.criteria
    ]


def _text(criterion: Criterion | None) -> str:
    return criterion.text if criterion else ""
