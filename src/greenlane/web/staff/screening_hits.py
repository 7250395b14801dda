"""The queue of hits and one hit side by side, to be worked by the keyboard or without it (964(b))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.answers import Answer
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.vetting.commands_adjudication import REASON_CODES, AdjudicateHit
from greenlane.vetting.lists.entries import ListKind
from greenlane.vetting.models import Adjudication, ScreeningHit
from greenlane.vetting.patterns import GROUNDS
from greenlane.vetting.queries import open_hits
from greenlane.vetting.queries_hit import HitDetail, Neighbours, alike_counts, hit_detail, neighbours, queue
from greenlane.web import components as c
from greenlane.web.authority import declared, viewer_of_request
from greenlane.web.command_forms import CommandForm, command_form
from greenlane.web.giving import attempt, key_field, refusal
from greenlane.web.shared.access import note_read
from greenlane.web.staff import people, wording
from greenlane.web.staff.screening_score import ALIAS_TITLES, words_table
from greenlane.web.staff.screening_tabs import ADJUDICATORS, KIND_TITLES, crumbs, tabs
from greenlane.web.staff.screening_words import GONE, HIT_KEYS, LIST_KEYS, bars, difference_table

HITS_SHOWN = 50
SECONDS_SAID = ("word_", "legal_form")
"""Reasons that the table of words says better."""


@dataclass(frozen=True)
class Asked:
    """What the queue shows, as its address says; it travels with each hit, so that next and previous stay within it."""

    name: str = ""
    ground: str = ""
    kind: str = ""
    role: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        known = {"ground": GROUNDS, "kind": {one.value for one in ListKind}, "role": wording.ROLES}
        chosen = {key: given.get(key, "") for key in known}
        return cls(given.get("name", "")[:100], **{k: v if v in known[k] else "" for k, v in chosen.items()})

    @property
    def wanted(self) -> dict[str, str]:
        return {key: value for key, value in vars(self).items() if value}

    def query(self, **more: object) -> str:
        """The address of the queue, or with a hit's address before it, of the hit within the queue."""
        return "?" + urlencode({"queue": 1, **self.wanted, **more})


@declared(*ADJUDICATORS, Office.AUDITOR)
@require_safe
def hits(request: HttpRequest) -> HttpResponse:
    """The hits that wait for a person, the most alike first, by ground, list, role or a word of a name."""
    asked = Asked.of(request.GET)
    number = max(1, int(page[:6])) if (page := request.GET.get("page", "1")).isascii() and page.isdigit() else 1
    start = (min(number, 10_000) - 1) * HITS_SHOWN
    rows = list(queue(**asked.wanted)[start : start + HITS_SHOWN + 1])
    page_of = c.Page(
        reverse("web:screening-hits") + asked.query(page=number - 1) if number > 1 else "",
        reverse("web:screening-hits") + asked.query(page=number + 1) if len(rows) > HITS_SHOWN else "",
    )
    context = {
        "hits": [_line(row, asked) for row in rows[:HITS_SHOWN]],
        "page": page_of,
        "asked": asked,
        "choices": _choices(asked),
        "keys": LIST_KEYS,
        "tabs": tabs("hits", request),
    }
    return render(request, "web/staff/hits.html", context)


def _line(row: ScreeningHit, asked: Asked) -> dict[str, Any]:
    grounds = [_(GROUNDS[code]) for code in GROUNDS if f"|{code}|" in row.grounds]
    return {
        "hit": row,
        "href": reverse("web:screening-hit", args=[row.pk]) + asked.query(),
        "company": row.investigation.participant.legal_name,
        "role": wording.ROLES.get(row.role, row.role),
        "grounds": grounds,
    }


def _choices(asked: Asked) -> list[dict[str, Any]]:
    """The selects of the filter form: name, label, what is chosen and the options."""
    grounds = [("", _("Any")), *((code, _(title)) for code, title in GROUNDS.items())]
    kinds = [("", _("All lists")), *((kind.value, title) for kind, title in KIND_TITLES.items())]
    roles = [("", _("Everyone")), *wording.ROLES.items()]
    return [
        {"name": "ground", "label": _("What speaks against"), "chosen": asked.ground, "options": grounds},
        {"name": "kind", "label": _("List"), "chosen": asked.kind, "options": kinds},
        {"name": "role", "label": _("Who"), "chosen": asked.role, "options": roles},
    ]


@declared(*ADJUDICATORS, Office.AUDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Both sides, each part of the score, what was decided and what changed since; and the decision with its reason."""
    try:
        detail = hit_detail(key)
    except Missing:
        raise Http404 from None
    row, asked, in_queue = detail.hit, Asked.of(request.GET), "queue" in request.GET
    note_read(request, row.participant_id, f"screening hit of {row.party_name}"[:200], "decide a screening hit")
    place = neighbours(row, **asked.wanted) if in_queue else _in_the_case(row)
    form = answer = None
    if viewer_of_request(request).offices & set(ADJUDICATORS) and row.status != "gone":
        form = _form(request, detail)
        if form.is_bound and form.is_valid():
            values = {**form.cleaned_data, "case_id": row.investigation_id, "hit_id": row.pk}
            answer = attempt(request, form, AdjudicateHit, values)
            if answer is not None and answer.granted:
                messages.success(request, _("The decision on %(name)s is on record.") % {"name": row.party_name})
                return HttpResponseRedirect(_onward(row, place, asked, in_queue))
    elif request.method == "POST":
        raise Http404
    context = _context(request, detail, place, asked if in_queue else None, form, answer)
    return render(request, "web/staff/hit.html", context, status=422 if request.method == "POST" else 200)


def _form(request: HttpRequest, detail: HitDetail) -> CommandForm[AdjudicateHit]:
    row, proposal = detail.hit, detail.proposal
    initial = {"case_id": row.investigation_id, "hit_id": row.pk, "seen_evidence": row.evidence}
    made = command_form(AdjudicateHit, hidden={"case_id", "hit_id", "seen_evidence"})
    if proposal is not None and "carry" in request.GET:
        initial |= {"outcome": proposal.outcome, "reason_code": proposal.reason_code, "reason": _carried(proposal)}
    return made(request.POST if request.method == "POST" else None, initial=initial)


def _carried(proposal: Adjudication) -> str:
    said = _("As decided on %(day)s on entry %(entry)s, which has left the list: %(reason)s")
    return said % {"day": proposal.decided_on, "entry": proposal.hit.entry_key, "reason": proposal.reason}


def _context(
    request: HttpRequest,
    detail: HitDetail,
    place: Neighbours,
    asked: Asked | None,
    form: CommandForm[AdjudicateHit] | None,
    answer: Answer | None,
) -> dict[str, Any]:
    row = detail.hit
    way = asked.query() if asked else ""
    names = people.names(one.decided_by for one in detail.decisions)
    return {
        "detail": detail,
        "hit": row,
        "company": row.investigation.participant,
        "status": wording.chip(wording.HITS, row.status),
        "role": wording.ROLES.get(row.role, row.role),
        "alias": ALIAS_TITLES.get(row.name_kind, row.name_kind),
        "gone": GONE.get(row.gone_because, GONE[""]) if row.status == "gone" else "",
        "list_title": KIND_TITLES[ListKind(row.kind)],
        "list_href": reverse("web:screening-version", args=[row.kind, detail.version.number]),
        "bars": bars(detail.parts),
        "words": replace(words_table(row.words), caption_hidden=True) if row.words else None,
        "reasons": [one for one in detail.reasons if not (detail.words and one.code.startswith(SECONDS_SAID))],
        "difference": difference_table(detail.difference) if detail.asked_again else None,
        "decisions": [_decision(one, names) for one in reversed(detail.decisions)],
        "shared": _shared(row) if row.status == "open" and form is not None else [],
        "place": place,
        "position": place.ahead + 1,
        "before_href": reverse("web:screening-hit", args=[place.before]) + way if place.before else "",
        "after_href": reverse("web:screening-hit", args=[place.after]) + way if place.after else "",
        "queue_href": reverse("web:screening-hits") + (way or ""),
        "carry_href": "?" + urlencode({**request.GET.dict(), "carry": 1}),
        "case_href": reverse("web:case", args=[row.investigation_id]),
        "keys": HIT_KEYS,
        "form": form,
        "refusal": refusal(answer, form),
        "key_field": key_field(),
        "crumbs": crumbs(c.Crumb(_("Hits to decide"), reverse("web:screening-hits")), c.Crumb(row.party_name)),
    }


def _shared(row: ScreeningHit) -> list[c.Link]:
    """Patterns that this hit shares with others, each with how many there are and where they can be closed."""
    titles = {
        "entry": (_("The same entry of the list"),
                  {"list_kind": row.kind, "list_code": row.list_code, "entry_key": row.entry_key}),
        "name": (_("The same name of the party"), {"party_name": row.party_name}),
        **{code: (_(title), {"ground": code}) for code, title in GROUNDS.items()},
    }  # fmt: skip
    counts = alike_counts(row)
    return [
        c.Link(f"{title} ({counts[code]})", reverse("web:screening-patterns") + "?" + urlencode(query))
        for code, (title, query) in titles.items()
        if counts.get(code, 0) > 1
    ]


def _in_the_case(row: ScreeningHit) -> Neighbours:
    """The place of a hit among the open ones of its investigation: nobody has to look for the next one."""
    rows = list(open_hits().filter(investigation_id=row.investigation_id).values_list("pk", flat=True))
    at = rows.index(row.pk) if row.pk in rows else -1
    before = rows[at - 1] if at > 0 else None
    return Neighbours(max(at, 0), len(rows), before, rows[at + 1] if at + 1 < len(rows) else None)


def _onward(row: ScreeningHit, place: Neighbours, asked: Asked, in_queue: bool) -> str:
    """The next hit, else the first of those that were passed over; when none is left, the investigation itself."""
    rows = queue(**asked.wanted) if in_queue else open_hits().filter(investigation_id=row.investigation_id)
    following = place.after or rows.exclude(pk=row.pk).values_list("pk", flat=True).first()
    if following is None:
        return reverse("web:case", args=[row.investigation_id])
    return reverse("web:screening-hit", args=[following]) + (asked.query() if in_queue else "")


def _decision(one: Adjudication, names: dict[UUID, str]) -> c.Event:
    ground = _(REASON_CODES[one.reason_code])
    title = wording.HITS[one.outcome][0]
    tones: dict[str, c.Tone] = {"true_match": "bad", "false_match": "good"}
    alone = _("Decided with others as one false pattern.") if one.pattern_id else ""
    words = " ".join(text for text in (f"{ground}.", one.reason, alone) if text)
    return c.Event(
        title, one.decided_on, words, names.get(one.decided_by, ""), ["6 USC 964(b)"],
        tones.get(one.outcome, "warn"), "check",
    )  # fmt: skip
