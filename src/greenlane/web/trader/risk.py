"""The risk assessment: five steps, each place of the supply chain with the areas that concern it (6 USC 963(2))."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from greenlane.applications import facts
from greenlane.applications.models import RiskRow
from greenlane.applications.parts import LONGEST_TEXT, AssessRisk
from greenlane.law.parameters import parameter
from greenlane.law.s963_assessment import HIGHEST, LOWEST, Node, assessment_complete, assessment_steps
from greenlane.law.terms import Area
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared
from greenlane.web.components import Crumb, Task, TaskGroup, TaskStatus
from greenlane.web.giving import attempt, refusal
from greenlane.web.trader.access import OwnApplication, own_application
from greenlane.web.trader.application import after_saving, steps

NODE_KINDS = {
    "site": gettext_lazy("Sites"),
    "partner": gettext_lazy("Business partners"),
    "leg": gettext_lazy("Legs"),
}
SCALES: Mapping[str, Any] = {
    "threat": (gettext_lazy("Threat"), gettext_lazy("How likely is it that somebody tries?")),
    "vulnerability": (gettext_lazy("Vulnerability"), gettext_lazy("How easily would they succeed today?")),
    "consequence": (gettext_lazy("Consequence"), gettext_lazy("How grave would it be?")),
    "residual": (gettext_lazy("Residual risk"), gettext_lazy("What remains with the control in place?")),
}
WORDS = {
    1: gettext_lazy("1 least"),
    2: gettext_lazy("2"),
    3: gettext_lazy("3"),
    4: gettext_lazy("4"),
    5: gettext_lazy("5 most"),
}


class AreaForm(forms.GreenlaneForm):
    """One area at one place. Left empty altogether it is not assessed yet; begun, it has to be whole."""

    def __init__(self, *args: Any, area: Area, limit: int, **options: Any) -> None:
        self.area, self.limit = area, limit
        super().__init__(*args, prefix=area.code, use_required_attribute=False, **options)
        for name in ("threat", "vulnerability", "consequence"):
            self.fields[name] = self._scale(name)
        self.fields["existing_control"] = forms.TextAreaField(
            label=_("Control in place"),
            help_text=_("What you do today. Write “none” if there is none."),
            required=False,
            max_length=LONGEST_TEXT,
            rows=3,
        )
        self.fields["residual"] = self._scale("residual")
        self.fields["action"] = forms.TextAreaField(
            label=_("Action"),
            help_text=_("Needed when the residual risk is above %(limit)d: what will be done, by whom, by when.")
            % {"limit": limit},
            required=False,
            max_length=LONGEST_TEXT,
            rows=3,
        )

    def _scale(self, name: str) -> forms.ChoiceField:
        label, hint = SCALES[name]
        choices = [(str(n), WORDS[n]) for n in range(LOWEST, HIGHEST + 1)]
        return forms.ChoiceField(
            label=label, help_text=hint, choices=choices, required=False, widget=forms.RadioTiles(tiles=False)
        )

    @property
    def begun(self) -> bool:
        return any(value not in (None, "") for value in self.cleaned_data.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.begun:
            return data
        for name in SCALES:
            if not data.get(name):
                self.add_error(name, _("Choose a point from 1 to 5 for “%(scale)s”.") % {"scale": SCALES[name][0]})
        if not str(data.get("existing_control", "")).strip():
            self.add_error("existing_control", _("Describe the control in place, or write “none”."))
        if data.get("residual") and int(data["residual"]) > self.limit and not data.get("action", "").strip():
            text = _("A residual risk above %(limit)d needs an action: what, by whom, by when.")
            self.add_error("action", text % {"limit": self.limit})
        return data

    def risk(self, node: UUID) -> dict[str, Any]:
        """The values of the command for this area."""
        data = self.cleaned_data
        scales = {name: int(data[name]) for name in SCALES}
        texts = {name: data[name].strip() for name in ("existing_control", "action")}
        return {"area": self.area.code, "node": node, **scales, **texts}


@dataclass(frozen=True)
class Assessed:
    """An area of a node: its form and whether something is saved."""

    area: Area
    form: AreaForm
    saved: bool


@declared(*COMPANY)
@require_safe
def risk(request: HttpRequest, case: UUID) -> HttpResponse:
    """The five steps, and every place with how far it is."""
    own = own_application(request, case)
    nodes = facts.nodes_of(own.participant)
    live = {node.key for node in nodes}
    rows = [facts.risk_facts(row) for row in own.application.risks.all() if str(row.node) in live]
    whole = assessment_complete(nodes, rows, own.today, own.terms)
    missing: dict[str, int] = defaultdict(int)
    for reason in whole.failing:
        missing[reason.where.partition(":")[2]] += 1
    begun = {row.node for row in rows}
    groups = [
        TaskGroup(
            title, [_task(own, node, missing[node.key], node.key in begun) for node in nodes if node.kind == kind]
        )
        for kind, title in NODE_KINDS.items()
        if any(node.kind == kind for node in nodes)
    ]
    context = own.app_shell(
        _("Risk assessment"),
        steps=steps(own, "risk"),
        five=assessment_steps(nodes, rows, own.today, own.terms).reasons,
        groups=groups,
        kinds_missing=[reason for reason in whole.failing if reason.code == "supply_chain_mapped"],
        readonly=not own.writable,
    )
    return render(request, "web/trader/risk.html", context)


def _task(own: OwnApplication, node: Node, missing: int, begun: bool) -> Task:
    concerned = sum(node.kind in area.nodes for area in own.terms.areas)
    status = TaskStatus.COMPLETED if not missing else TaskStatus.IN_PROGRESS if begun else TaskStatus.NOT_YET_STARTED
    hint = _("%(done)d of %(all)d areas") % {"done": max(concerned - missing, 0), "all": concerned}
    return Task(node.title, status, own.page("risk-node", node=node.key), hint)


@declared(*COMPANY)
def risk_node(request: HttpRequest, case: UUID, node: UUID) -> HttpResponse:
    """One place with the areas that concern it. What is begun is saved; what is left empty can wait."""
    own = own_application(request, case)
    nodes = facts.nodes_of(own.participant)
    here = next((one for one in nodes if one.key == str(node)), None)
    if here is None:
        raise Http404
    limit = parameter("residual_risk_limit", own.today, own.terms).number
    held = {row.area: row for row in own.application.risks.filter(node=node)}
    areas = [area for area in own.terms.areas if here.kind in area.nodes]
    rows = [_assessed(request, area, held.get(area.code), limit) for area in areas]
    answer, page = None, forms.GreenlaneForm(request.POST if request.method == "POST" else None)
    valid = [row.form.is_valid() for row in rows]  # each of them, so that every problem is shown at once
    if request.method == "POST" and all(valid) and page.is_valid():
        risks = [row.form.risk(node) for row in rows if row.form.begun]
        following = _following(own, nodes, here)
        if not risks:
            return after_saving(request, own, following)
        answer = attempt(request, page, AssessRisk, {"case_id": case, "risks": risks})
        if answer and answer.granted:
            return after_saving(request, own, following)
    links = {f"{row.area.code}:{node}": f"#area-{row.area.code}" for row in rows}
    context = own.app_shell(
        here.title,
        Crumb(_("Risk assessment"), own.page("risk")),
        form=page,
        rows=rows,
        form_class="gl-form--later",
        forms=[row.form for row in rows],
        refusal=refusal(answer, None, **links),
        steps=steps(own, "risk"),
        place=NODE_KINDS[here.kind],
        number=[one.key for one in nodes].index(here.key) + 1,
        total=len(nodes),
        status_error=request.method == "POST",
        readonly=not own.writable,
    )
    return render(request, "web/trader/risk_node.html", context, status=422 if request.method == "POST" else 200)


def _assessed(request: HttpRequest, area: Area, row: RiskRow | None, limit: int) -> Assessed:
    names = (*SCALES, "existing_control", "action")
    initial = {name: getattr(row, name) for name in names} if row else {}
    bound = request.POST if request.method == "POST" else None
    return Assessed(area, AreaForm(bound, area=area, limit=limit, initial=initial), row is not None)


def _following(own: OwnApplication, nodes: tuple[Node, ...], here: Node) -> str:
    """The next place, or the criteria after the last."""
    at = nodes.index(here) + 1
    return own.page("risk-node", node=nodes[at].key) if at < len(nodes) else own.page("risk")
