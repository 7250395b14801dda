"""Policies of benefits with what each changes, thresholds, agencies, arrangements; and what if (964(a), 966(c))."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from greenlane.casework.models import Case
from greenlane.casework.registry import COMMANDS
from greenlane.release import queries
from greenlane.release.models import Agency, AgencyCriteria, Arrangement, ReleasePolicy, Threshold
from greenlane.release.numbers import labels, units
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.offering import opened
from greenlane.web.staff import release_words as words
from greenlane.web.staff.release_compatibility import programmes_table
from greenlane.web.words import long_date

AT_LARGE = ("DraftReleasePolicy", "RecordThreshold", "RegisterAgency", "RecordArrangement")
IN_POLICY = (
    "ConsultOnReleasePolicy",
    "SimulateReleasePolicy",
    "PublishReleasePolicy",
    "WithdrawReleasePolicy",
)
IN_ARRANGEMENT = ("RecogniseManufacturers", "EndRecognition", "EndArrangement")


def _may(request: HttpRequest, names: tuple[str, ...], case: Case | None) -> list[str]:
    viewer = viewer_of_request(request)
    return [name for name in names if opened(COMMANDS[name], viewer, case, None, False).granted]


def _buttons(request: HttpRequest, names: tuple[str, ...], case: Case | None = None) -> list[c.Link]:
    """The commands that this person may give here, as links to their forms."""
    return [
        c.Link(
            _(COMMANDS[name].title),
            reverse("web:release-give", args=[case.pk, name])
            if case
            else reverse("web:release-give-at-large", args=[name]),
        )
        for name in _may(request, names, case)
    ]


@declared(*STAFF)
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Every policy, threshold, agency with its criteria, and arrangement."""
    on = viewer_of_request(request).on
    context = {
        "buttons": _buttons(request, AT_LARGE),
        "tables": [
            _policies(on),
            _thresholds(),
            _agencies(request, on),
            programmes_table(queries.agencies(), on),
            _arrangements(),
        ],
        "crumbs": [c.Crumb(_("Release"), reverse("web:release")), c.Crumb(_("Policies"))],
    }
    return render(request, "web/staff/release_policies.html", context)


def _policies(on: date) -> c.Table:
    columns = (
        c.Column(_("Version"), numeric=True),
        c.Column(_("Policy"), heads_row=True),
        c.Column(_("In force from")),
        c.Column(_("State")),
    )
    rows = list(queries.policies())
    current = {one.programme: queries.policy_on(one.programme, on) for one in rows}
    return c.Table(
        _("Policies of benefits"),
        columns,
        [
            c.Row(
                (
                    row.version,
                    c.Link(row.title, reverse("web:release-policy", args=[row.pk])),
                    row.effective_from,
                    c.Chip(_("In force"), "good")
                    if current[row.programme] == row
                    else words.chip(words.STATUSES, row.status),
                )
            )
            for row in rows
        ],
        empty=_("No policy is drafted yet; no entry is decided before one is in force."),
    )


def _thresholds() -> c.Table:
    columns = (
        c.Column(_("In force from"), heads_row=True),
        c.Column(_("Points"), numeric=True),
        c.Column(_("Cap of the first tier"), numeric=True),
        c.Column(_("Established by")),
    )
    rows = [
        c.Row((c.Link(long_date(row.in_force_from), reverse("web:entry", args=[row.entry])), row.points,
               row.points * 20 // 100, row.basis))
        for row in Threshold.objects.order_by("-in_force_from")
    ]  # fmt: skip
    return c.Table(_("High-risk thresholds"), columns, rows, empty=_("No threshold is on record."))


def _agencies(request: HttpRequest, on: date) -> c.Table:
    may = bool(_may(request, ("AdoptAgencyCriteria",), None))
    begins = bool(_may(request, ("RecordAgencyProgramme",), None))
    columns = (
        c.Column(_("Agency"), heads_row=True),
        c.Column(_("Name")),
        c.Column(_("Criteria for expedited release")),
        *((c.Column(_("Next version")),) if may else ()),
        *((c.Column(_("Its programmes")),) if begins else ()),
    )
    in_force = {row.agency_id: row for row in queries.criteria_on(on)}
    rows = [
        c.Row(
            (
                row.code,
                row.name,
                criteria_said(in_force.get(row.pk)),
                *((_giving(row, "AdoptAgencyCriteria", _("Adopt criteria of %(agency)s")),) if may else ()),
                *((_giving(row, "RecordAgencyProgramme", _("Record a programme of %(agency)s")),) if begins else ()),
            )
        )
        for row in queries.agencies()
    ]
    return c.Table(_("Agencies"), columns, rows, empty=_("No agency takes part yet."))


def _giving(row: Agency, command: str, text: str) -> c.Link:
    return c.Link(text % {"agency": row.code}, reverse("web:release-give", args=[row.pk, command]))


def criteria_said(row: AgencyCriteria | None) -> str:
    """The criteria of an agency in a line."""
    if row is None:
        return _("None in force")
    parts = [
        _("ports %(which)s") % {"which": ", ".join(row.ports[:6])} if row.ports else "",
        _("from %(which)s") % {"which": ", ".join(row.origins[:6])} if row.origins else "",
        _("headings %(which)s") % {"which": ", ".join(row.headings[:6])} if row.headings else "",
    ]
    said = "; ".join(part for part in parts if part)
    return _("Version %(version)d: %(what)s") % {"version": row.version, "what": said}


def _arrangements() -> c.Table:
    columns = (
        c.Column(_("Programme abroad"), heads_row=True),
        c.Column(_("Country")),
        c.Column(_("Since")),
        c.Column(_("Manufacturers"), numeric=True),
        c.Column(_("State")),
        c.Column(_("Its manufacturers")),
    )
    rows = [
        c.Row(
            (
                row.partner_programme,
                row.country,
                row.since,
                row.recognised if row.ended_on is None else 0,
                c.Chip(_("In force"), "good") if row.ended_on is None else c.Chip(_("Ended"), "quiet"),
                c.Link(_("Show them"), reverse("web:release-arrangement", args=[row.pk])),
            )
        )
        for row in Arrangement.objects.annotate(
            recognised=Count("manufacturers", filter=Q(manufacturers__ended_on=None))
        ).order_by("country", "since")
    ]
    return c.Table(_("Arrangements of mutual recognition"), columns, rows, empty=_("None is on record."))


@declared(*STAFF)
@require_safe
def policy(request: HttpRequest, key: UUID) -> HttpResponse:
    """One policy: its numbers beside those that it follows, its consultations, what it changed when it was tried."""
    row = ReleasePolicy.objects.filter(pk=key).first()
    if row is None:
        raise Http404
    before = queries.policy_before(row)
    context = {
        "row": row,
        "state": words.chip(words.STATUSES, row.status),
        "buttons": _buttons(request, IN_POLICY, Case.objects.get(pk=row.pk)),
        "numbers": _numbers(row, before),
        "consultations": _consultations(row),
        "tried": row.simulation,
        "tried_table": _tried(row.simulation) if row.simulation else None,
        "crumbs": [
            c.Crumb(_("Release"), reverse("web:release")),
            c.Crumb(_("Policies"), reverse("web:release-policies")),
            c.Crumb(row.title),
        ],
    }
    return render(request, "web/staff/release_policy.html", context)


def _numbers(row: ReleasePolicy, before: ReleasePolicy | None) -> c.Table:
    columns = (
        c.Column(_("Number"), heads_row=True),
        c.Column(_("Counted in")),
        c.Column(_("Before"), numeric=True),
        c.Column(_("In this version"), numeric=True),
        c.Column(_("Change")),
    )
    rows = []
    for name, label in labels().items():
        was, now = before.numbers[name] if before else "", row.numbers[name]
        changed = c.Chip(f"{now - was:+d}", "info") if before and was != now else ""
        rows.append(c.Row((_(label), words.UNITS[units()[name]], was, now, changed)))
    return c.Table(_("Its numbers, and what differs from the one before"), columns, rows)


def _consultations(row: ReleasePolicy) -> c.Table:
    columns = (c.Column(_("Committee"), heads_row=True), c.Column(_("Concluded on")), c.Column(_("What it advised")))
    rows = [
        c.Row((name, day or _("Not yet"), advice))
        for name, day, advice in (
            (_("Commercial Operations Advisory Committee"), row.commercial_consulted_on, row.commercial_advice),
            (_("National Maritime Security Advisory Committee"), row.maritime_consulted_on, row.maritime_advice),
        )
    ]
    return c.Table(_("Consultations"), columns, rows)


def _tried(found: dict[str, Any]) -> c.Table:
    columns = (
        c.Column(_("Tier"), heads_row=True),
        c.Column(_("Entries"), numeric=True),
        c.Column(_("Examined before"), numeric=True),
        c.Column(_("Examined after"), numeric=True),
    )
    rows = [
        c.Row(
            (
                words.tier(int(tier)),
                group["entries"],
                sum(group["before"]["examinations"][1:]),
                sum(group["after"]["examinations"][1:]),
            )
        )
        for tier, group in found["tiers"].items()
    ]
    return c.Table(_("What it would have changed on the entries on record"), columns, rows)


@declared(*STAFF)
@require_safe
def arrangement(request: HttpRequest, key: UUID) -> HttpResponse:
    """One arrangement with a programme abroad, and every manufacturer that it vouched for."""
    row = Arrangement.objects.filter(pk=key).first()
    if row is None:
        raise Http404
    columns = (
        c.Column(_("Number"), heads_row=True),
        c.Column(_("Name")),
        c.Column(_("Number abroad")),
        c.Column(_("Recognised since")),
        c.Column(_("Until")),
    )
    found = row.manufacturers.order_by("ended_on", "mid")
    rows = [c.Row((one.mid, one.name, one.foreign_number, one.since, one.ended_on or "")) for one in found]
    names = () if row.ended_on else IN_ARRANGEMENT
    context = {
        "row": row,
        "buttons": [
            c.Link(_(COMMANDS[name].title), reverse("web:release-give", args=[row.pk, name]))
            for name in _may(request, names, None)
        ],
        "table": c.Table(_("Its manufacturers"), columns, rows, empty=_("None is recognised yet.")),
        "crumbs": [
            c.Crumb(_("Release"), reverse("web:release")),
            c.Crumb(_("Policies"), reverse("web:release-policies")),
            c.Crumb(row.partner_programme),
        ],
    }
    return render(request, "web/staff/release_arrangement.html", context)
