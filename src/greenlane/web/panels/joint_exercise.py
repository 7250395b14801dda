"""Joint exercises and the invitations to them, on their pages for staff and for the company (6 USC 966(c)(5))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case
from greenlane.people.visibility import Viewer
from greenlane.release.models import Exercise, ExerciseInvitation
from greenlane.release.queries import exercise_with, exercises_ahead, invitation_with
from greenlane.web import components as c
from greenlane.web.choices import Scene, vocabulary
from greenlane.web.panels.registry import Panel, heading, panel

ANSWERED = {"accepted": gettext_lazy("Takes part"), "declined": gettext_lazy("Does not take part")}


@heading("joint_exercise")
def named(case: Case) -> str:
    return exercise_with(case.pk).title


@panel("joint_exercise", title=gettext_lazy("The exercise"))
def exercise(case: Case, _viewer: Viewer, _on: date) -> Panel:
    """When and where, the roster with attendance, and what was learnt."""
    row = exercise_with(case.pk)
    rows = row.invitations.select_related("participant").order_by("participant__legal_name", "pk")
    columns = (
        c.Column(_("Company"), heads_row=True), c.Column(_("Invited on")), c.Column(_("Why")),
        c.Column(_("Answer")), c.Column(_("Took part")),
    )  # fmt: skip
    roster = [
        c.Row(
            (
                c.Link(one.participant.legal_name, reverse("web:case", args=[one.pk])),
                one.invited_on,
                one.why,
                ANSWERED.get(one.answer, _("Not yet")),
                _attended(one),
            )
        )
        for one in rows
    ]
    context = {
        "facts": [*_facts(row), *([c.Fact(_("Given up because"), row.reason)] if row.reason else [])],
        "texts": [(_("What is exercised"), row.scenario), (_("What was learnt"), row.lessons)],
        "table": c.Table(_("Who is invited"), columns, roster, empty=_("Nobody is invited yet.")),
    }
    return Panel("panels/joint_exercise.html", context)


@panel("exercise_invitation", title=gettext_lazy("The invitation"))
def invitation(case: Case, viewer: Viewer, _on: date) -> Panel:
    """The exercise, why the company is invited, its answer, and whether it took part."""
    row = invitation_with(case.pk)
    facts = [
        c.Fact(_("Exercise"), row.exercise.title),
        *_facts(row.exercise),
        c.Fact(_("Answer"), ANSWERED.get(row.answer, _("Not yet"))),
        c.Fact(_("Took part"), _attended(row)),
    ]
    texts = [(_("Why the company is invited"), row.why), (_("Note"), row.note)]
    link = c.Link(_("The exercise"), reverse("web:case", args=[row.exercise_id])) if viewer.is_staff else None
    return Panel("panels/joint_exercise.html", {"facts": facts, "texts": texts, "link": link})


def _facts(row: Exercise) -> list[c.Fact]:
    return [
        c.Fact(_("Day"), row.held_on, cite="6 USC 966(c)(5)"),
        c.Fact(_("Place"), row.place),
    ]


def _attended(row: ExerciseInvitation) -> str:
    if row.attended is None:
        return "-"
    return _("Yes") if row.attended else _("No")


@vocabulary("exercises")
def _exercises(scene: Scene) -> Iterable[tuple[UUID, str]]:
    return [(one.pk, f"{one.title}, {one.place}, {one.held_on}") for one in exercises_ahead(scene.on)]


@vocabulary("exercise_roster")
def _roster(scene: Scene) -> Iterable[tuple[UUID, str]]:
    rows = ExerciseInvitation.objects.filter(exercise_id=scene.case.pk if scene.case else None)
    return rows.order_by("participant__legal_name", "pk").values_list("participant_id", "participant__legal_name")
