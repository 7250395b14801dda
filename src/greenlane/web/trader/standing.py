"""How a company stands: tier since when, its specialist, benefits, open actions and cases (6 USC 962-967)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from greenlane.casework.models import Case
from greenlane.law.procedures_registry import procedure_of
from greenlane.participants.benefits import Stood, denied_on, statuses, stood_on
from greenlane.people.models import Assignment
from greenlane.validation.models import Action
from greenlane.web.components import Chip, Column, Fact, Link, Row, Table
from greenlane.web.shared.benefits import BenefitRow, benefit_rows
from greenlane.web.staff import wording
from greenlane.web.trader.access import Own
from greenlane.web.trader.cases import own_cases

SHOWN = 10


@dataclass(frozen=True)
class HowItStands:
    """What the company's home says of its standing."""

    stood: Stood
    facts: list[Fact]
    benefits: list[BenefitRow]
    actions: Table | None
    cases: Table | None
    open_cases: list[Case]


def how_it_stands(own: Own, workers: list[Assignment]) -> HowItStands:
    """Five queries: standing, denials, cases, open actions, and the references of deciding cases."""
    key, on = own.participant.pk, own.today
    stood = stood_on(key, on)
    found = statuses(own.participant.programme, stood, denied_on(key, on), on)
    cases = [row for row in own_cases(own)[:50] if row.state not in procedure_of(row.kind).final]
    took_part = stood.tier > 0 or any(row.denied_by for row in found)
    return HowItStands(
        stood=stood,
        facts=_facts(own, stood, workers),
        benefits=benefit_rows(found, case_page="trader-case", participant=key) if took_part else [],
        actions=_actions(own),
        cases=_cases(own, cases[:SHOWN]) if cases else None,
        open_cases=cases,
    )


def _facts(own: Own, stood: Stood, workers: list[Assignment]) -> list[Fact]:
    tier = own.terms.tier(stood.tier) if stood.tier else None
    facts = [Fact(_("Standing"), wording.chip(wording.STANDINGS, stood.standing))]
    if stood.tier:
        facts.append(Fact(_("Tier"), _(tier.title) if tier else str(stood.tier)))
    if stood.since:
        facts.append(Fact(_("Since"), stood.since))
    certified = own.participant.certified_on
    if certified:
        facts.append(Fact(_("Certified on"), certified, cite="6 USC 964(c)"))
    names = list(dict.fromkeys(row.account.name for row in workers))
    if names:
        facts.append(Fact(_("Your specialist"), ", ".join(names)))
    reads = _reads(own)
    if reads:
        facts.append(Fact(_("Your data"), Link(_("Who saw our data"), reads), cite="6 USC 971(c)"))
    return facts


def _reads(own: Own) -> str:
    try:
        return reverse("web:trader-reads", kwargs={"participant": own.participant.pk})
    except NoReverseMatch:
        return ""


def _actions(own: Own) -> Table | None:
    """The actions of reports that the company has not answered, the first due first."""
    rows = list(
        Action.objects.select_related("validation")
        .filter(validation__participant_id=own.participant.pk, closed_on=None, answered_on=None)
        .order_by("due_on", "number")[:SHOWN]
    )
    if not rows:
        return None
    columns = (Column(_("Action"), heads_row=True), Column(_("Kind")), Column(_("By")), Column(_("Due")))
    return Table(
        _("Actions that you have not answered"),
        columns,
        [
            Row((Link(row.text, own.href("case", key=row.validation_id)), _kind(row.kind), row.owner, _due(own, row)))
            for row in rows
        ],
        caption_hidden=True,
    )


def _kind(kind: str) -> Chip:
    words: dict[str, Chip] = {
        "required": Chip(_("Required"), "warn"),
        "recommended": Chip(_("Recommended"), "info"),
    }
    return words.get(kind, Chip(wording.readable(kind)))


def _due(own: Own, row: Action) -> Any:
    late = row.due_on < own.today
    return Chip(_("Overdue"), "bad") if late else row.due_on


def _cases(own: Own, rows: list[Case]) -> Table:
    columns = (Column(_("Case"), heads_row=True), Column(_("Kind")), Column(_("State")), Column(_("Since")))
    cells = [
        Row(
            (
                Link(row.reference, own.href("case", key=row.pk)),
                wording.kind_words(row.kind),
                wording.chip(wording.STATES, row.state),
                row.state_since,
            )
        )
        for row in rows
    ]
    return Table(_("Open cases"), columns, cells, caption_hidden=True)
