"""The company's cases of every kind: the list, each case, and the commands that it may give in them (6 USC 971(b))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.answers import Answer
from greenlane.casework.models import Case
from greenlane.casework.queue import WORK_KINDS, soonest
from greenlane.casework.registry import CommandSpec
from greenlane.law.procedures_registry import procedure_of
from greenlane.people.queries import is_assigned
from greenlane.people.visibility import cases_visible_to
from greenlane.web import components as c
from greenlane.web.authority import COMPANY, declared
from greenlane.web.choices import Scene
from greenlane.web.command_pages import Asking, known
from greenlane.web.offering import offers, openers
from greenlane.web.panels import registry
from greenlane.web.shared.case_story import story_of
from greenlane.web.staff import wording
from greenlane.web.trader.access import Own, own_company

ON_OWN_PAGES = frozenset({"OpenApplication"})
"""Commands that open a case and have a page of their own among the company's."""


OTHERS = {"ProposeHandOver": frozenset({"leaving", "proof"})}
"""Fields of a command that a company is not asked: they are for a supervisor, when the officer is gone."""


@declared(*COMPANY)
@require_safe
def cases(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Every case of the company, the open ones first."""
    own = own_company(request, participant)
    rows = list(own_cases(own))
    due = soonest(rows, own.today)
    ended = [row for row in rows if row.state in procedure_of(row.kind).final]
    context = own.shell(
        "cases",
        c.Crumb(_("Cases")),
        title=_("Cases"),
        open_cases=_table(_("Open"), own, [row for row in rows if row not in ended], due),
        ended=_table(_("Ended"), own, ended, {}),
        openers=begin(own),
    )
    return render(request, "web/trader/cases.html", context)


def own_cases(own: Own) -> Any:
    """The cases of the company that its people may know of, the newest first."""
    rows = cases_visible_to(own.viewer).filter(participant_id=own.participant.pk, kind__in=WORK_KINDS)
    return rows.order_by("-opened_on", "-reference")


def begin(own: Own) -> list[dict[str, Any]]:
    """The cases that this person may open for the company."""
    return [
        {"href": own.href("give", command=spec.name), "title": _(spec.title), "help": _(spec.summary)}
        for spec in openers(own.viewer, own.participant.pk)
        if spec.name not in ON_OWN_PAGES
    ]


def _table(caption: str, own: Own, rows: list[Case], due: dict[UUID, Any]) -> c.Table:
    columns = (
        c.Column(_("Case"), heads_row=True), c.Column(_("Kind")), c.Column(_("State")), c.Column(_("Since")),
        c.Column(_("Due")),
    )  # fmt: skip
    cells = [
        c.Row((c.Link(row.reference, own.href("case", key=row.pk)), wording.kind_words(row.kind),
               wording.chip(wording.STATES, row.state), row.state_since, due.get(row.pk, "")))
        for row in rows
    ]  # fmt: skip
    return c.Table(caption, columns, cells, empty=_("There is no open case."))


def own_case(own: Own, key: UUID) -> Case:
    """A case of the company. Raises Http404 for any other."""
    row: Case | None = own_cases(own).filter(pk=key).first()
    if row is None:
        raise Http404
    return row


@declared(*COMPANY)
@require_safe
def case(request: HttpRequest, participant: UUID, key: UUID) -> HttpResponse:
    """One case: how it stands, what the company may do in it now, and everything that it may read of it."""
    own = own_company(request, participant)
    if cases_visible_to(own.viewer).filter(pk=key, kind="merger", participant_id=participant).exists():
        return HttpResponseRedirect(own.href("account"))  # a register, which follows no procedure
    row = own_case(own, key)
    if row.kind == "application":
        return HttpResponseRedirect(reverse("web:application-overview", kwargs={"case": row.pk}))
    title = wording.kind_words(row.kind)
    context = own.shell(
        "cases",
        c.Crumb(_("Cases"), own.href("cases")),
        c.Crumb(row.reference),
        title=title,
        case=row,
        viewer=own.viewer,
        on=own.today,
        state=wording.chip(wording.STATES, row.state),
        due=soonest([row], own.today).get(row.pk),
        panel=registry.shown(row, own.viewer, own.today),
        story=story_of(row, own.viewer),
        actions=[_action(own, row, spec) for spec in offers(own.viewer, row, assigned=False)],
    )
    return render(request, "web/trader/case.html", context)


def _action(own: Own, row: Case, spec: CommandSpec) -> dict[str, Any]:
    named = registry.TRADER_PAGES.get(spec.name)
    kwargs = {"participant": own.participant.pk}
    if named:
        href = reverse(f"web:{named}", kwargs={**kwargs, "case": row.pk})
    else:
        href = own.href("case-give", key=row.pk, command=spec.name)
    return {"href": href, "title": _(spec.title), "help": _(spec.summary)}


@declared(*COMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def give_in_case(request: HttpRequest, participant: UUID, key: UUID, command: str) -> HttpResponse:
    """Give a command in a case of the company."""
    own = own_company(request, participant)
    row = own_case(own, key)
    spec = known(command)
    if not spec.case_field or (spec.procedures and row.kind not in spec.procedures):
        raise Http404
    assert own.viewer.account is not None
    asking = Asking(
        request,
        spec,
        Scene(own.viewer, row, own.participant),
        own.href("case", key=row.pk),
        assigned=is_assigned(own.viewer.account, row.pk, own.today),
        fixed={spec.case_field: row.pk, "participant_id": own.participant.pk},
    )
    crumbs = (c.Crumb(_("Cases"), own.href("cases")), c.Crumb(row.reference, own.href("case", key=row.pk)))
    return asking.answer("web/trader/give.html", own.shell("cases", *crumbs, c.Crumb(_(spec.title)), case=row))


@declared(*COMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, participant: UUID, command: str) -> HttpResponse:
    """Give a command that opens a case for the company."""
    own = own_company(request, participant)
    spec = known(command)
    if spec.case_field and spec.case_field != "participant_id":
        raise Http404
    scene = Scene(own.viewer, None, own.participant)
    asking = Asking(
        request,
        spec,
        scene,
        own.href("cases"),
        fixed={"participant_id": own.participant.pk},
        leave_out=OTHERS.get(command, frozenset()),
    )

    def after(answer: Answer) -> str:
        opened = answer.case_id if answer.case_id != own.participant.pk else None
        return own.href("case", key=opened) if opened and own_cases(own).filter(pk=opened).exists() else asking.back

    context = own.shell("cases", c.Crumb(_("Cases"), own.href("cases")), c.Crumb(_(spec.title)))
    return asking.answer("web/trader/give.html", context, after)
