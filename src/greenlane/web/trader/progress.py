"""How far an application is: each part by the verdict that a submission would get (6 USC 963)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from greenlane.applications import facts
from greenlane.applications.facts import ProfileParts
from greenlane.applications.queries import questionnaire
from greenlane.criteria.catalogue import Category, load_catalogue
from greenlane.law.s963 import SubmissionFacts, may_submit
from greenlane.law.verdicts import Reason, Verdict
from greenlane.web.components import Task, TaskGroup, TaskStatus
from greenlane.web.trader.access import OwnApplication
from greenlane.web.trader.whereabouts import section_of

NOT_STARTED, STARTED = TaskStatus.NOT_YET_STARTED, TaskStatus.IN_PROGRESS
DONE, LATER, PROBLEM = TaskStatus.COMPLETED, TaskStatus.CANNOT_START_YET, TaskStatus.PROBLEM


@dataclass(frozen=True)
class Progress:
    """What a submission would find now, by section; ``points`` are those that the review sent back."""

    facts: SubmissionFacts
    parts: ProfileParts
    verdict: Verdict
    missing: Mapping[str, tuple[Reason, ...]]
    points: Mapping[str, str] = field(default_factory=dict)

    def count(self, section: str) -> int:
        return len(self.missing.get(section, ()))

    def status(self, section: str, started: bool) -> TaskStatus:
        if not self.count(section):
            return DONE
        return STARTED if started else NOT_STARTED


def progress_of(own: OwnApplication, points: Mapping[str, str]) -> Progress:
    """Ask the rule of the law, in the name of the person who looks."""
    signing = facts.signature(own.application, own.viewer.account, own.acting_office.value, own.today)
    parts = facts.profile_parts(own.participant.pk)
    held = facts.submission_facts(own.application, signing, parts)
    verdict = may_submit(held, own.today, own.terms)
    missing: dict[str, list[Reason]] = {}
    for reason in verdict.failing:
        missing.setdefault(section_of(own, reason.where), []).append(reason)
    return Progress(held, parts, verdict, {name: tuple(rows) for name, rows in missing.items()}, points)


def categories_of(own: OwnApplication) -> list[Category]:
    """The categories in which this company is asked something, in the order of their numbers."""
    asked = {criterion.category for criterion in questionnaire(own.application)}
    return [category_named(own, number) for number in sorted(asked)]


def category_named(own: OwnApplication, number: int) -> Category:
    """A category of the programme's catalogue; one that comes with no catalogue is named by its number."""
    shipped = load_catalogue()
    known = shipped.category(number) if shipped.programme == own.application.programme else None
    return known or Category(number, _("Category %(number)d") % {"number": number}, "", ())


def task_groups(own: OwnApplication, progress: Progress) -> list[TaskGroup]:
    """The whole application as a task list."""
    return [
        TaskGroup(_("The company"), _company(own, progress)),
        TaskGroup(_("Whether you may take part"), _eligibility(own, progress)),
        TaskGroup(_("Supply chain and its risks"), _chain(own, progress)),
        TaskGroup(_("Security criteria"), _criteria(own, progress)),
        TaskGroup(_("Agreement and submission"), _signing(own, progress)),
    ]


def _company(own: OwnApplication, progress: Progress) -> list[Task]:
    me = own.viewer.account in progress.parts.officers
    kinds = bool(own.participant.cargo_kinds)
    officer = DONE if progress.parts.officers else STARTED if progress.parts.persons else NOT_STARTED
    hint = "" if kinds else _("Say which kinds of cargo you move: it decides which criteria are asked.")
    return [
        Task(_("Profile of the company"), DONE if kinds else NOT_STARTED, own.href("company"), hint),
        Task(
            _("Identifiers"),
            progress.status("identifier", bool(progress.facts.eligibility.identifiers)),
            own.href("parts", part="identifier"),
        ),
        Task(
            _("Owners and officers"),
            officer,
            own.href("parts", part="person"),
            "" if me or not own.is_officer else _("Name yourself among the officers, so that you can sign."),
        ),
    ]


def _eligibility(own: OwnApplication, progress: Progress) -> list[Task]:
    wrong = any(
        reason.code in ("question_met", "determined_ineligible") for reason in progress.missing.get("eligibility", ())
    )
    status = PROBLEM if wrong else progress.status("eligibility", bool(own.application.eligibility))
    return [
        Task(_("Eligibility questions"), status, own.page("eligibility"), _left(progress.count("eligibility"))),
        Task(
            _("History of moving cargo"),
            progress.status("history", own.application.shipments is not None),
            own.page("history"),
        ),
    ]


def _chain(own: OwnApplication, progress: Progress) -> list[Task]:
    nodes = progress.facts.nodes
    areas = own.terms.areas
    points = sum(node.kind in area.nodes for area in areas for node in nodes)
    done = len({(a.area, a.node) for a in progress.facts.assessments})
    status = progress.status("risk", bool(done)) if nodes else LATER
    hint = _("%(done)d of %(all)d points assessed") % {"done": min(done, points), "all": points}
    return [
        Task(
            _("Sites, partners and legs"),
            progress.status("chain", bool(nodes)),
            own.href("profile"),
            ngettext("%(count)d part on the map", "%(count)d parts on the map", len(nodes)) % {"count": len(nodes)},
        ),
        Task(
            _("Risk assessment"),
            status,
            own.page("risk") if nodes else "",
            hint if nodes else _("Map the supply chain first."),
        ),
    ]


def _criteria(own: OwnApplication, progress: Progress) -> list[Task]:
    if not own.participant.cargo_kinds:
        return [Task(_("Criteria of your business"), LATER, "", _("Choose your kinds of cargo in the profile first."))]
    asked = Counter(criterion.category for criterion in questionnaire(own.application))
    answered = Counter(int(answer.number.partition(".")[0]) for answer in progress.facts.answers)
    sent_back = Counter(int(number.partition(".")[0]) for number in progress.points)
    tasks = []
    for category in categories_of(own):
        number = category.number
        hint = _("%(done)d of %(all)d answered") % {
            "done": min(answered[number], asked[number]),
            "all": asked[number],
        }
        status = progress.status(f"criteria:{number}", bool(answered[number]))
        if sent_back[number]:
            status = PROBLEM
            hint = ngettext("%(count)d point to correct", "%(count)d points to correct", sent_back[number]) % {
                "count": sent_back[number]
            }
        elif status == STARTED and answered[number] >= asked[number]:
            left = progress.count(f"criteria:{number}")
            hint = ngettext("%(count)d point to complete", "%(count)d points to complete", left) % {"count": left}
        tasks.append(Task(f"{number}. {_(category.title)}", status, own.page("category", category=number), hint))
    return tasks


def _signing(own: OwnApplication, progress: Progress) -> list[Task]:
    signed = own.application.agreement_signed_on is not None
    ready = progress.verdict.granted
    shown = {*own.application.history_evidence, *(key for answer in progress.facts.answers for key in answer.evidence)}
    attached = ngettext("%(count)d attached as evidence", "%(count)d attached as evidence", len(shown))
    attached %= {"count": len(shown)}
    others = sum(len(rows) for name, rows in progress.missing.items() if name != "submit")
    return [
        Task(_("Documents"), DONE if shown else NOT_STARTED, own.page("documents"), attached if shown else ""),
        Task(
            _("Agreement"),
            DONE if signed and not progress.count("agreement") else NOT_STARTED,
            own.page("agreement"),
            "" if signed else _("Read and signed by an officer of the company."),
        ),
        Task(
            _("Check and submit"),
            NOT_STARTED if ready else LATER,
            own.page("check"),
            _("Everything is there.")
            if ready
            else ngettext("%(count)d point is missing.", "%(count)d points are missing.", others) % {"count": others}
            if others
            else _("An officer of the company submits."),
        ),
    ]


def missing_by_part(own: OwnApplication, progress: Progress) -> list[tuple[str, tuple[Reason, ...]]]:
    """What is missing under the name of its part, in the order of the task list."""
    names = {
        "identifier": _("Identifiers"),
        "eligibility": _("Eligibility questions"),
        "history": _("History of moving cargo"),
        "chain": _("Sites, partners and legs"),
        "risk": _("Risk assessment"),
    }
    named = {f"criteria:{c.number}": f"{c.number}. {_(c.title)}" for c in categories_of(own)}
    names |= named | {"agreement": _("Agreement"), "submit": _("Submission")}
    found = [(title, progress.missing[name]) for name, title in names.items() if name in progress.missing]
    rest = [name for name in progress.missing if name not in names and not (name == "criteria" and named)]
    return [*found, *((_("Criteria"), progress.missing[name]) for name in rest)]


def _left(count: int) -> str:
    return ngettext("%(count)d left", "%(count)d left", count) % {"count": count} if count else ""
