"""Invented content that shows every component on one page. No clause."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from greenlane.law.citations import Citation
from greenlane.law.sentences import Sentence
from greenlane.law.verdicts import Verdict, finding
from greenlane.web import charts, forms, maps
from greenlane.web import components as c
from greenlane.web.command_forms import command_form

if TYPE_CHECKING:
    from django.http import HttpRequest

TODAY = date(2026, 3, 2)
COLOURS = ("deep", "dark", "green", "bright", "pale", "gold")


@dataclass(frozen=True)
class Sample:
    """A deadline as pages get it: a standing and its reckoning together."""

    state: str
    days: int
    sentence: Sentence
    started_on: date
    due_on: date
    citation: Citation = field(default_factory=lambda: Citation("6 USC 964(c)"))
    force: str = "practicable"
    reason: str = ""

    @property
    def rule(self) -> Sentence:
        return Sentence("%(n)d days after %(start)s, not counting that day.", {"n": 90, "start": self.started_on})


class SampleForm(forms.GreenlaneForm):
    """Each kind of field once."""

    name = forms.TextField(
        label=_("Name of the company"), help_text=_("As it is registered."), autocomplete="organization"
    )
    email = forms.EmailField(label=_("Email address of the officer"))
    founded = forms.MemorableDateField(label=_("Trading since"), help_text=_("For example: 4 28 2019"))
    kind = forms.ChoiceField(
        label=_("Kind of business"),
        choices=[("importer", _("Importer")), ("carrier", _("Highway carrier")), ("broker", _("Customs broker"))],
        hints={"importer": str(_("You bring cargo into the country.")), "carrier": str(_("You move it by road."))},
    )
    modes = forms.MultipleChoiceField(
        label=_("How your cargo moves"),
        choices=[("sea", _("By sea")), ("air", _("By air")), ("road", _("By road"))],
        required=False,
    )
    owned = forms.YesNoField(label=_("Do you own a warehouse?"))
    story = forms.TextAreaField(label=_("How you seal a container"), max_length=400, rows=4, required=False)
    evidence = forms.UploadField(label=_("Evidence"), suffixes=(".pdf", ".jpg", ".png"), required=False)


class Outcome(StrEnum):
    """How an invented review ends."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


@dataclass(frozen=True)
class ReviewSample:
    """An invented command, to show the form that is made from it."""

    outcome: Outcome = field(metadata={"label": _("Outcome")})
    decided_on: date = field(metadata={"label": _("Decided on")})
    note: str = field(default="", metadata={"label": _("Reasons"), "widget": "textarea", "max_length": 500})


def deadlines() -> list[Sample]:
    """One in each state."""
    start, due = date(2026, 1, 5), date(2026, 4, 5)
    return [
        Sample("running", 34, Sentence("%(days)d days left", {"days": 34}), start, due),
        Sample("running", 6, Sentence("%(days)d days left", {"days": 6}), start, due),
        Sample("due_today", 0, Sentence("Due today"), start, TODAY),
        Sample("overdue", -3, Sentence("%(days)d days overdue", {"days": 3}), start, date(2026, 2, 27)),
        Sample(
            "paused", 12, Sentence("Paused %(days)d days", {"days": 4}), start, due, reason="Waiting for an answer."
        ),
        Sample("met_early", 2, Sentence("Met %(days)d days early", {"days": 2}), start, due, force="shall"),
        Sample("met_late", -7, Sentence("Met %(days)d days late", {"days": 7}), start, due),
        Sample("not_started", 90, Sentence("Starts in %(days)d days", {"days": 5}), date(2026, 3, 7), date(2026, 6, 5)),
        Sample("lapsed", -9, Sentence("Lapsed %(days)d days ago", {"days": 9}), start, due, Citation("6 USC 967(c)")),
    ]


def verdict() -> Verdict:
    """Two reasons that hold and one that does not."""
    return Verdict(
        (
            finding("6 USC 963(1)", "history", True, "Cargo moved in each of the last 12 months.", ""),
            finding(
                "6 USC 963(2)", "assessed", False, "", "The risk assessment leaves out %(n)d of 7 areas.",
                mend="Assess physical access controls.", where="physical_access", n=1,
            ),
            finding("6 USC 963(3)", "measures", True, "Measures were in place on %(day)s.", "", day=date(2026, 2, 14)),
        )
    )  # fmt: skip


def _lists() -> dict[str, Any]:
    status = c.TaskStatus
    return {
        "groups": [
            c.TaskGroup(
                "Your company",
                [
                    c.Task("Company profile", status.COMPLETED, "#tasks"),
                    c.Task("Owners and officers", status.IN_PROGRESS, "#tasks", "2 of 3 people entered"),
                ],
            ),
            c.TaskGroup(
                "Your security",
                [
                    c.Task("Supply chain", status.PROBLEM, "#tasks", "A leg has no carrier"),
                    c.Task("Security criteria", status.NOT_YET_STARTED, "#tasks"),
                    c.Task("Sign and submit", status.CANNOT_START_YET, "", "When everything above is completed"),
                ],
            ),
        ],
        "steps": [
            c.Step("Eligibility", "done", "#steps"), c.Step("Supply chain", "done", "#steps"),
            c.Step("Risk assessment", "current"), c.Step("Criteria", "ahead"), c.Step("Signature", "ahead"),
        ],
        "facts": [
            c.Fact("Company", "Harbour & Pine Imports (invented)", "#facts"),
            c.Fact("Kind of business", "Importer", "#facts", "6 USC 962"),
            c.Fact("Decision due", deadlines()[1]),
            c.Fact("Standing", c.Chip("Applicant", "info"), ""),
        ],
        "events": [
            c.Event("Application submitted", date(2026, 1, 5), "All 7 areas assessed.", "Ana Pine, officer",
                    [Citation("6 USC 963")], "info", "send"),
            c.Event("Returned for correction", date(2026, 1, 20), "One leg had no carrier.", "L. Marsh, specialist",
                    [Citation("6 USC 964(b)")], "warn", "undo"),
            c.Event("Certified as Tier 1", date(2026, 3, 2), "On day 56.", "R. Okoro, supervisor",
                    [Citation("6 USC 964(c)")], "good", "check"),
        ],
    }  # fmt: skip


def _queue() -> dict[str, Any]:
    due = deadlines()
    columns = (
        c.Column("Case", heads_row=True), c.Column("Company"), c.Column("State"),
        c.Column("Due", sort_href="#queue", sorted="ascending"), c.Column("Open hits", numeric=True),
    )  # fmt: skip
    rows = [
        c.Row(
            (c.Link("GL-2026-0041", "#queue"), "Bluewater Cartage", c.Chip("In review", "info"), due[3], 0), "41", "41"
        ),
        c.Row(
            (c.Link("GL-2026-0057", "#queue"), "Harbour & Pine Imports", c.Chip("Vetting", "warn"), due[1], 2),
            "57",
            "57",
        ),
        c.Row((c.Link("GL-2026-0063", "#queue"), "Tern Brokerage", c.Chip("Certified", "good"), due[5], 0), "63", "63"),
    ]
    return {
        "queue": c.Table("Cases assigned to you", columns, rows, select_name="case"),
        "tabs": [
            c.Tab("Overdue", "#queue", count=1, tone="bad"), c.Tab("Due soon", "#queue", True, 4, "warn"),
            c.Tab("Not due yet", "#queue", count=1_238), c.Tab("All", "#queue"),
        ],
        "filters": [c.Filter("Importers", "#queue"), c.Filter("Assigned to me", "#queue")],
        "page": c.Page("#queue", "#queue", "51 to 100"),
        "figures": [
            c.Facet("Overdue", 1, "#queue", "bad"), c.Facet("Due within 14 days", 4, "#queue", "warn"),
            c.Facet("Certified this year", 1_238, "#queue", "good", "92 % within 90 days"),
        ],
    }  # fmt: skip


def _pictures() -> dict[str, Any]:
    nodes = [
        maps.Node("a", "Ningbo factory", "Factory", 29.9, 121.6), maps.Node("b", "Busan", "Port", 35.1, 129.0),
        maps.Node("c", "Long Beach", "Port", 33.8, -118.2), maps.Node("d", "Reno warehouse", "Warehouse", 39.5, -119.8),
    ]  # fmt: skip
    legs = [maps.Leg("a", "b", "Sea"), maps.Leg("b", "c", "Sea"), maps.Leg("c", "d", "Road")]
    spans = [
        charts.Span("Review", date(2026, 1, 5), date(2026, 2, 20), "good", "46 days"),
        charts.Span("Vetting", date(2026, 1, 12), date(2026, 3, 1), "info", "48 days"),
        charts.Span("Last day", date(2026, 4, 5), date(2026, 4, 5), "bad", "90 days after submission"),
    ]
    rows = [("Importers", 412), ("Highway carriers", 268), ("Customs brokers", 97), ("Ports and terminals", 21)]
    return {
        "bars": charts.bar_chart("Certified companies", rows, category="Kind of business", measure="Companies"),
        "spans": charts.timeline_svg("An invented case", spans, today=TODAY),
        "map": maps.supply_chain_map("An invented supply chain", nodes, legs),
    }


def showcase(request: HttpRequest) -> dict[str, Any]:
    """The context of the style guide; a form that was sent comes back with its errors."""
    return {
        "sample": SampleForm(request.POST or None, request.FILES or None),
        "wrong": SampleForm(
            {"wrong-founded_month": "2", "wrong-founded_day": "30", "wrong-founded_year": "2025"}, prefix="wrong"
        ),
        "decision": command_form(ReviewSample)(),
        "verdict": verdict(),
        "deadlines": deadlines(),
        "tones": ("neutral", "info", "good", "warn", "bad", "quiet"),
        "citation": Citation("6 USC 964(c)"),
        "crumbs": [c.Crumb(_("Start"), "/"), c.Crumb(_("Style guide"))],
        **_lists(),
        **_queue(),
        **_pictures(),
    }
