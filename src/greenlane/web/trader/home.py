"""The company's home: what to do next, how many days are left, letters, people and what happened (6 USC 964(c))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.applications.facts import ProfileParts, profile_parts
from greenlane.applications.models import AnswerRow, RiskRow
from greenlane.casework.models import Case, Deadline, Notice
from greenlane.participants.models import Participant
from greenlane.people.models import Assignment
from greenlane.people.queries import in_force
from greenlane.people.visibility import audiences_of
from greenlane.web.authority import COMPANY, declared, viewer_of_request
from greenlane.web.components import Chip, Task, TaskGroup, TaskStatus, Tone
from greenlane.web.shared import deadlines, timeline
from greenlane.web.trader.access import OPEN, Own, applications_with_case, own_company
from greenlane.web.trader.standing import how_it_stands

NOT_STARTED, STARTED, DONE = TaskStatus.NOT_YET_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.COMPLETED
STANDINGS: dict[str, tuple[Any, Tone]] = {
    "applicant": (gettext_lazy("Applicant"), "info"),
    "certified": (gettext_lazy("Certified"), "good"),
    "refused": (gettext_lazy("Refused"), "bad"),
    "withdrawn": (gettext_lazy("Withdrawn"), "quiet"),
    "suspended": (gettext_lazy("Suspended"), "bad"),
    "expelled": (gettext_lazy("Expelled"), "bad"),
}


@dataclass(frozen=True)
class Next:
    """The one thing to do next."""

    title: str
    text: str
    href: str = ""
    label: str = ""


@declared(*COMPANY)
@require_safe
def trader(request: HttpRequest) -> HttpResponse:
    """The companies of the person; straight to the only one."""
    viewer = viewer_of_request(request)
    if len(viewer.participants) == 1:
        return redirect("web:trader-home", participant=viewer.participants[0])
    rows = Participant.objects.filter(pk__in=viewer.participants).order_by("legal_name", "business_type")
    companies = [(row, Own(row, viewer)) for row in rows]
    context = {"companies": [(row, own.business_type.title, standing_chip(own)) for row, own in companies]}
    return render(request, "web/trader/companies.html", context)


@declared(*COMPANY)
@require_safe
def home(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Everything about one account that its people look for first."""
    own = own_company(request, participant)
    parts = profile_parts(participant)
    newest = applications_with_case().filter(participant_id=participant)
    newest = newest.annotate(answered=_rows_of(AnswerRow), assessed=_rows_of(RiskRow))
    application = newest.order_by("-opened_on", "-submissions", "-pk").first()
    clocks = (
        Deadline.objects.select_related("case").filter(participant_id=participant, met_on=None).order_by("due_on", "pk")
    )
    workers = list(
        Assignment.objects.select_related("account", "case").filter(
            in_force(own.today), case__participant_id=participant
        )
    )
    now = how_it_stands(own, workers)
    certified = own.participant.certified_on is not None
    found = timeline.entries_about((), audiences_of(own.viewer, participant), participant=participant, newest=6)
    context = own.shell(
        "home",
        title=own.participant.legal_name,
        standing=standing_chip(own),
        kind=_(own.business_type.title),
        next=_asked(own, now.open_cases) or _next(own, application, parts),
        now=now,
        groups=[] if certified else [TaskGroup(_("Steps to a certificate"), _tasks(own, application, parts))],
        clocks=[(row.case.reference, deadlines.shown(row, own.today)) for row in clocks],
        letters=list(Notice.objects.filter(participant_id=participant).order_by("-served_on", "-pk")[:3]),
        workers=list({(row.account.name, row.case_id): (row.account.name, row.case) for row in workers}.values()),
        events=timeline.events(found),
        application=application,
        siblings=_siblings(own),
    )
    return render(request, "web/trader/home.html", context)


def _rows_of(model: type[Model]) -> Coalesce:
    """How many rows an application has in another table."""
    rows = model._default_manager.filter(application=OuterRef("pk")).order_by().values("application")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)


def standing_chip(own: Own) -> Chip:
    """Standing and tier in words."""
    word, tone = STANDINGS.get(own.participant.standing, (own.participant.standing, "neutral"))
    tier = own.terms.tier(own.participant.tier) if own.participant.tier else None
    return Chip(_(tier.title) if tier and own.participant.standing == "certified" else word, tone)


def _siblings(own: Own) -> list[tuple[str, str]]:
    """The other accounts of the person, to switch to: their names and addresses."""
    return [
        (f"{row.legal_name}: {_title(own, row)}", reverse("web:trader-home", kwargs={"participant": row.pk}))
        for row in own.others
    ]


def _title(own: Own, row: Participant) -> str:
    """The kind of business in words, as far as the terms at hand are those of its programme."""
    kind = own.terms.business_type(row.business_type) if row.programme == own.participant.programme else None
    return _(kind.title) if kind else row.business_type.replace("_", " ")


def _tasks(own: Own, application: Any, parts: ProfileParts) -> list[Task]:
    kinds = {node.kind for node in parts.nodes}
    profile = bool(own.participant.cargo_kinds) and bool(parts.identifiers) and parts.persons > 0
    begun = bool(own.participant.cargo_kinds or parts.identifiers or parts.persons)
    chain = DONE if {"site", "partner", "leg"} <= kinds else STARTED if kinds else NOT_STARTED
    tasks = [
        Task(
            _("Complete the company profile"),
            DONE if profile else STARTED if begun else NOT_STARTED,
            own.href("profile"),
        ),
        Task(_("Map your supply chain"), chain, own.href("profile") + "#chain"),
    ]
    return [*tasks, *_application_tasks(own, application)]


def _application_tasks(own: Own, application: Any) -> list[Task]:
    href = own.href("application")
    if application is None or application.case_state == "withdrawn":
        return [Task(_("Apply"), NOT_STARTED, href), Task(_("Certification"), TaskStatus.CANNOT_START_YET)]
    state = application.case_state
    values = {"answers": application.answered, "risks": application.assessed}
    hint = _("%(answers)d criteria answered, %(risks)d risks assessed") % values
    if state == "returned":
        return [
            Task(_("Correct your application"), TaskStatus.PROBLEM, href, _("It was returned with points to correct.")),
            Task(_("Certification"), STARTED, "", _("The review goes on when you submit again.")),
        ]
    if state == "draft":
        begun = STARTED if application.answered or application.eligibility else NOT_STARTED
        return [
            Task(_("Fill in the application"), begun, href, hint),
            Task(_("Certification"), TaskStatus.CANNOT_START_YET),
        ]
    decided = {"accepted": DONE, "refused": TaskStatus.PROBLEM}.get(state, STARTED)
    return [
        Task(_("Fill in the application"), DONE, href, hint),
        Task(_("Certification"), decided, own.href("letters")),
    ]


def _asked(own: Own, cases: list[Case]) -> Next | None:
    """What a case of the company asks of it now: a response, the actions of a report, the yearly review."""
    open_ = {(row.kind, row.state): row for row in cases}
    if noticed := open_.get(("consequence", "noticed")):
        text = _("A measure is proposed. Read what it rests on, and respond before the last day below.")
        return Next(_("Respond to a notice"), text, own.href("case", key=noticed.pk), _("Read and respond"))
    if reported := open_.get(("validation", "reported")):
        text = _("The report of the visit is here. Answer each required action, with proof, before its date.")
        return Next(_("Answer the report"), text, own.href("case", key=reported.pk), _("See the report"))
    if visit := open_.get(("validation", "noticed")):
        text = _("A visit is announced. See when and where it is, who comes and what for, and confirm it.")
        return Next(_("Prepare the visit"), text, own.href("case", key=visit.pk), _("See the visit"))
    if review := open_.get(("profile_review", "open")):
        text = _("Affirm or change each answer, and submit the review before the last day below.")
        return Next(_("Do the annual review"), text, own.href("review", case=review.pk), _("Begin the review"))
    return None


def _next(own: Own, application: Any, parts: ProfileParts) -> Next:
    """One sentence and one button."""
    state = application.case_state if application else ""
    if state in OPEN:
        if state == "returned":
            text = _("The review found points to correct. Correct them and let an officer submit again.")
            return Next(_("Correct your application"), text, own.href("application"), _("See what to correct"))
        text = _("Everything is saved as you go; you can leave and come back at any field.")
        return Next(_("Go on with your application"), text, own.href("application"), _("Continue"))
    if state == "submitted":
        text = _("Nothing is asked of you now. The programme reviews your application; you are told by letter.")
        return Next(
            _("Your application is with the programme"), text, own.href("application"), _("See the application")
        )
    if own.participant.standing == "certified" and own.participant.tier > 1:
        text = _("Keep your profile up to date and answer what is open below. A revalidation follows in its time.")
        return Next(_("You take part"), text, own.href("cases"), _("See your cases"))
    if own.participant.standing == "certified":
        text = _("Keep your profile up to date. To the extent practicable, a validation follows within a year.")
        return Next(_("You are certified"), text, own.href("letters"), _("Read the letter"))
    if not own.participant.cargo_kinds:
        text = _("Say what you move and under which numbers the trade knows you. It takes about ten minutes.")
        return Next(_("Complete the company profile"), text, own.href("company"), _("Begin"))
    if own.participant.standing in ("suspended", "expelled"):
        return Next(
            _("Read your letters"),
            _("They say what was decided and what you can do."),
            own.href("letters"),
            _("Letters"),
        )
    text = _("Taking part is voluntary. You can stop at any time.")
    return Next(_("Apply to take part"), text, own.href("application"), _("Apply"))
