"""Close many hits that share one false pattern: choose what they share, look at each, say why (964(b))."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from greenlane.casework.answers import Answer
from greenlane.law.authority import Office
from greenlane.vetting.commands_adjudication import REASON_CODES
from greenlane.vetting.commands_patterns import AGAINST, CloseFalsePattern
from greenlane.vetting.models import FalsePattern, ListedEntry, ScreeningHit
from greenlane.vetting.patterns import GROUNDS, Pattern, like_a_match, sharing
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.staff import people, wording
from greenlane.web.staff.screening_tabs import ADJUDICATORS, crumbs, tabs

SHOWN = 100
"""So many hits on one page: each is looked at, none is closed unseen."""
PARTS = ("ground", "list_kind", "list_code", "entry_key", "party_name")


class CloseForm(forms.GreenlaneForm):
    """Why none of the chosen hits is the listed party."""

    reason_code = forms.ChoiceField(
        label=gettext_lazy("Ground"), choices=[(code, gettext_lazy(REASON_CODES[code])) for code in AGAINST]
    )
    reason = forms.TextAreaField(
        label=gettext_lazy("Reason"),
        rows=3,
        max_length=2000,
        help_text=gettext_lazy(
            "Why none of these is the listed party, so that another can follow it for each of them."
        ),
    )


@dataclass(frozen=True)
class Shown:
    """A hit of the pattern; one that looks like a true match cannot be chosen."""

    hit: ScreeningHit
    company: str
    role: wording.Words
    alone: bool
    chosen: bool

    @property
    def value(self) -> str:
        return f"{self.hit.pk}:{self.hit.evidence}"

    @property
    def href(self) -> str:
        return reverse("web:screening-hit", args=[self.hit.pk])


@declared(*ADJUDICATORS, Office.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def patterns(request: HttpRequest) -> HttpResponse:
    """What hits can share, the open ones that share it, and the form that closes those chosen."""
    given = request.POST if request.method == "POST" else request.GET
    pattern = Pattern(**{part: given.get(part, "").strip()[:200] for part in PARTS})
    may_close = bool(viewer_of_request(request).offices & set(ADJUDICATORS))
    if request.method == "POST" and not may_close:
        raise Http404
    posted = request.method == "POST"
    form = CloseForm(request.POST if posted else None) if may_close and pattern.stated else None
    answer = None
    if posted and form is not None and form.is_valid():
        answer = _close(request, form, pattern)
        if answer is not None and answer.granted:
            return HttpResponseRedirect(reverse("web:screening-patterns"))
    rows = list(sharing(pattern)[: SHOWN + 1]) if pattern.stated else []
    context = _context(request, pattern, rows, form, answer)
    return render(request, "web/staff/patterns.html", context, status=422 if posted else 200)


def _close(request: HttpRequest, form: CloseForm, pattern: Pattern) -> Answer | None:
    chosen = [value.partition(":") for value in request.POST.getlist("hit")]
    seen = [{"hit_id": key, "seen_evidence": evidence} for key, _colon, evidence in chosen]
    data = form.cleaned_data
    values = {**{part: getattr(pattern, part) for part in PARTS}, "hits": seen, "reason": data["reason"],
              "reason_code": data["reason_code"]}  # fmt: skip
    answer = attempt(request, form, CloseFalsePattern, values)
    if answer is not None and answer.granted:
        done = ngettext(
            "%(n)d hit is closed as a false pattern.", "%(n)d hits are closed as one false pattern.", len(seen)
        )
        messages.success(request, done % {"n": len(seen)})
    return answer


def _context(
    request: HttpRequest, pattern: Pattern, rows: list[ScreeningHit], form: CloseForm | None, answer: Answer | None
) -> dict[str, Any]:
    posted = set(request.POST.getlist("hit"))
    shown = [_shown(row, posted if request.method == "POST" else None) for row in rows[:SHOWN]]
    entry = ListedEntry.objects.filter(
        kind=pattern.list_kind, list_code=pattern.list_code, entry_key=pattern.entry_key, to_number=None
    ).first() if pattern.names_entry else None  # fmt: skip
    return {
        "pattern": pattern,
        "entry": entry,
        "parts": [(part, getattr(pattern, part)) for part in PARTS],
        "grounds": [("", _("Any")), *((code, _(title)) for code, title in GROUNDS.items())],
        "shown": shown,
        "can_close": sum(not one.alone for one in shown),
        "more": len(rows) > SHOWN,
        "closed": _closed(),
        "form": form,
        "refusal": refusal(answer, form, hits="#hits"),
        "key_field": key_field(),
        "tabs": tabs("patterns", request),
        "crumbs": crumbs(c.Crumb(_("False patterns"))),
    }


def _shown(row: ScreeningHit, posted: set[str] | None) -> Shown:
    alone = like_a_match(row)
    value = f"{row.pk}:{row.evidence}"
    chosen = not alone if posted is None else value in posted
    company, role = row.investigation.participant.legal_name, wording.ROLES.get(row.role, row.role)
    return Shown(row, company, role, alone, chosen)


def _closed() -> c.Table:
    """The patterns closed last: what they shared, why, how many hits, by whom."""
    rows = list(FalsePattern.objects.order_by("-decided_at", "id")[:20])
    names: dict[UUID, str] = people.names(row.decided_by for row in rows)
    columns = (
        c.Column(_("What they shared"), heads_row=True), c.Column(_("Reason")), c.Column(_("Hits"), numeric=True),
        c.Column(_("On")), c.Column(_("By")),
    )  # fmt: skip
    return c.Table(
        _("Patterns closed last"),
        columns,
        [c.Row((_told(row), row.reason, row.hits, row.decided_on, names.get(row.decided_by, ""))) for row in rows],
        caption_hidden=True,
        empty=_("No pattern has been closed yet."),
    )


def _told(row: FalsePattern) -> str:
    said = [_(GROUNDS[row.ground])] if row.ground in GROUNDS else []
    said += [f"{row.list_code} {row.entry_key}: {row.listed_name}"] if row.entry_key else []
    said += [row.party_name] if row.party_name else []
    return "; ".join(said)
