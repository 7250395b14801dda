"""Who is due for revalidation, and the ranking with what each criterion contributes (6 USC 969(2))."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from greenlane.programs.models import Programme
from greenlane.revalidation.due import DueFilter, DueItem, Urgency, due_counts, due_list
from greenlane.revalidation.rank import Contribution, Place, Ranking, ranking
from greenlane.web import components as c
from greenlane.web.authority import STAFF, declared, viewer_of_request
from greenlane.web.charts import Chart, stacked_bars
from greenlane.web.staff import wording
from greenlane.web.words import long_date

if TYPE_CHECKING:
    from datetime import date

    from django.http import QueryDict

PAGE = 50
IN_PICTURE = 20
LONGEST_TEXT = 100


def urgency_words() -> dict[str, str]:
    return {"overdue": _("Overdue"), "year": _("Within a year"), "later": _("Later")}


def under_way_words() -> dict[str, str]:
    return {"yes": _("Under way"), "no": _("Not begun")}


TONES: dict[Urgency, c.Tone] = {Urgency.OVERDUE: "bad", Urgency.YEAR: "warn", Urgency.LATER: "neutral"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it does not know is left out, so that an old bookmark still opens the list."""

    programme: str = ""
    urgency: str = ""
    under_way: str = ""
    type: str = ""
    q: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: QueryDict, programmes: dict[str, str]) -> Asked:
        def one_of(name: str, known: object) -> str:
            value = query.get(name, "")
            return value if value and value in known else ""  # type: ignore[operator]

        number = query.get("page", "")
        return cls(
            programme=one_of("programme", programmes),
            urgency=one_of("urgency", urgency_words()),
            under_way=one_of("under_way", under_way_words()),
            type=query.get("type", "")[:60],
            q=" ".join(query.get("q", "").replace("\x00", "").split())[:LONGEST_TEXT],
            page=max(1, int(number[:6])) if number.isascii() and number.isdigit() else 1,
        )

    def query(self, **changes: Any) -> str:
        """The query string for this, with changes; any change but of the page goes back to the first page."""
        now = replace(self, **{"page": 1, **changes})
        return "?" + urlencode([(k, v) for k, v in vars(now).items() if v and v != getattr(Asked(), k)])

    def wanted(self) -> DueFilter:
        return DueFilter(
            programme=self.programme,
            urgency=Urgency(self.urgency) if self.urgency else None,
            business_type=self.type,
            under_way={"yes": True, "no": False}.get(self.under_way),
            text=self.q,
        )

    def chips(self, types: dict[str, str]) -> list[c.Filter]:
        shown = {
            "q": _("Search: %(text)s") % {"text": self.q},
            "urgency": urgency_words().get(self.urgency, ""),
            "under_way": under_way_words().get(self.under_way, ""),
            "type": types.get(self.type, wording.readable(self.type)),
            "programme": self.programme,
        }
        return [c.Filter(words, self.query(**{name: ""})) for name, words in shown.items() if getattr(self, name)]


def programmes() -> dict[str, str]:
    """The programmes by code."""
    return dict(Programme.objects.order_by("code").values_list("code", "title"))


@declared(*STAFF)
@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Everybody who owes a revalidation, the period that ends soonest first: one list for all offices (RC-02)."""
    viewer, known = viewer_of_request(request), programmes()
    asked, types = Asked.read(request.GET, known), wording.business_types(viewer.on)
    everything = due_list(viewer.on, replace(asked, urgency="").wanted())
    found = [item for item in everything if asked.wanted().holds(item)]
    counts = due_counts(everything)
    tabs = [c.Tab(_("All"), asked.query(urgency=""), not asked.urgency, len(everything))]
    tabs += [
        c.Tab(words, asked.query(urgency=code), asked.urgency == code, counts[Urgency(code)])
        for code, words in urgency_words().items()
    ]
    shown, page = _page(found, asked)
    context = {
        "asked": asked,
        "tabs": tabs,
        "chips": asked.chips(types),
        "clear_href": "?",
        "choices": _choices(asked, types, known),
        "table": _due_table(shown, viewer.on, types),
        "page": page,
    }
    return render(request, "web/staff/revalidation_due.html", context)


def _page(found: list[Any], asked: Asked) -> tuple[list[Any], c.Page]:
    start = (asked.page - 1) * PAGE
    if start >= len(found):
        start = 0
    shown = found[start : start + PAGE]
    number = start // PAGE + 1
    words = ngettext("%(shown)d of %(total)d participant", "%(shown)d of %(total)d participants", len(found))
    page = c.Page(
        previous_href=asked.query(page=number - 1) if number > 1 else "",
        next_href=asked.query(page=number + 1) if start + PAGE < len(found) else "",
        shown=words % {"shown": len(shown), "total": len(found)},
    )
    return shown, page


def _choices(asked: Asked, types: dict[str, str], known: dict[str, str]) -> list[dict[str, Any]]:
    """The selects of the filter form: name, label and options."""
    found = [
        ("under_way", _("Revalidation"), {"": _("Any"), **under_way_words()}),
        ("type", _("Business type"), {"": _("All"), **types}),
    ]
    if len(known) > 1:
        found.append(("programme", _("Programme"), {"": _("All"), **known}))
    return [
        {"name": name, "label": label, "chosen": getattr(asked, name), "options": list(options.items())}
        for name, label, options in found
    ]


def _due_table(items: list[DueItem], on: date, types: dict[str, str]) -> c.Table:
    columns = (
        c.Column(_("Company"), heads_row=True),
        c.Column(_("Business type")),
        c.Column(_("Tier"), numeric=True),
        c.Column(_("Period")),
        c.Column(_("Last day")),
        c.Column(_("Days left")),
        c.Column(_("Last (re)validation")),
        c.Column(_("Revalidation")),
    )
    return c.Table(
        _("Due for revalidation"),
        columns,
        [c.Row(_due_cells(item, types)) for item in items],
        caption_hidden=True,
        empty=_("Nobody stands here."),
    )


def _due_cells(item: DueItem, types: dict[str, str]) -> tuple[Any, ...]:
    participant, period = item.participant, item.period
    return (
        c.Link(participant.legal_name, reverse("web:case", args=[item.register])),
        types.get(participant.business_type, wording.readable(participant.business_type)),
        participant.tier,
        _("%(index)d, from %(start)s") % {"index": period.index, "start": long_date(period.starts_on)},
        period.ends_on,
        days_chip(item),
        item.last_on,
        _under_way(item),
    )


def days_chip(item: DueItem) -> c.Chip:
    """Text first, colour second."""
    if item.overdue:
        words = ngettext("%(n)d day overdue", "%(n)d days overdue", -item.days_left) % {"n": -item.days_left}
    elif item.days_left == 0:
        words = _("Due today")
    else:
        words = ngettext("%(n)d day left", "%(n)d days left", item.days_left) % {"n": item.days_left}
    return c.Chip(words, TONES[item.urgency])


def _under_way(item: DueItem) -> c.Link:
    if item.under_way is not None:
        return c.Link(_("Under way"), reverse("web:case", args=[item.under_way.case_id]))
    give = reverse("web:staff-company-give", args=[item.participant_id, "SelectForRevalidation"])
    return c.Link(_("Select"), give)


@declared(*STAFF)
@require_safe
def rank(request: HttpRequest) -> HttpResponse:
    """The ranking of a programme, as a picture and as a table that opens into the record of each measure."""
    viewer, known = viewer_of_request(request), programmes()
    asked = Asked.read(request.GET, known)
    code = asked.programme or next(iter(known), "")
    made = ranking(code, viewer.on)
    titles = {row["code"]: row["title"] for row in made.framework.factors} if made.framework else {}
    shown, page = _page(list(made.places), asked)
    context = {
        "asked": asked,
        "programme": known.get(code, code),
        "choices": _choices(asked, {}, known)[2:],
        "framework": made.framework,
        "criteria": _criteria(made),
        "chart": _picture(shown[:IN_PICTURE], titles) if shown else None,
        "table": _rank_table(shown, titles, made),
        "unmeasured": _unmeasured(made, titles),
        "page": page,
    }
    return render(request, "web/staff/revalidation_ranking.html", context)


def _criteria(made: Ranking) -> c.Table | None:
    if made.framework is None:
        return None
    columns = (c.Column(_("Criterion"), heads_row=True), c.Column(_("Definition")), c.Column(_("Data source")))
    names = ("title", "definition", "data_source", "weight")
    rows = [c.Row(tuple(row[name] for name in names)) for row in made.framework.factors]
    return c.Table(_("The criteria"), (*columns, c.Column(_("Weight"), numeric=True)), rows)


def _picture(places: list[Place], titles: dict[str, str]) -> Chart:
    rows = [
        (
            f"{place.place}. {place.item.participant.legal_name}"[:40],
            [(titles[one.code], one.points) for one in place.contributions],
        )
        for place in places
    ]
    return stacked_bars(_("What each criterion contributes"), rows, category=_("Participant"), measure=_("Points"))


def _rank_table(places: list[Place], titles: dict[str, str], made: Ranking) -> c.Table:
    columns = (
        c.Column(_("Place"), numeric=True),
        c.Column(_("Company"), heads_row=True),
        *(c.Column(title) for title in titles.values()),
        c.Column(_("Total"), numeric=True),
        c.Column(_("Last day")),
        c.Column(_("Revalidation")),
    )
    rows = [
        c.Row(
            (
                place.place,
                c.Link(place.item.participant.legal_name, reverse("web:case", args=[place.item.register])),
                *(_contribution(place, one) for one in place.contributions),
                place.total,
                place.item.due_on,
                _under_way(place.item),
            )
        )
        for place in places
    ]
    caption = _("The ranking: at most %(most)d points") % {"most": made.most}
    return c.Table(caption, columns, rows, empty=_("Nobody has a place."))


def _contribution(place: Place, one: Contribution) -> c.Link:
    """The points with the arithmetic, leading to the record of the measure, or of the periods where it is reckoned."""
    words = f"{one.points} = {one.weight} × {one.value}"
    if one.score is None:
        return c.Link(words, reverse("web:case", args=[place.item.register]))
    return c.Link(words, reverse("web:entry", args=[one.score.entry]))


def _unmeasured(made: Ranking, titles: dict[str, str]) -> c.Table | None:
    if not made.unmeasured:
        return None
    rows = [
        c.Row(
            (
                c.Link(
                    one.item.participant.legal_name,
                    reverse("web:staff-company-give", args=[one.item.participant_id, "RecordRiskScore"]),
                ),
                ", ".join(titles[code] for code in one.missing),
                one.item.due_on,
            )
        )
        for one in made.unmeasured[:PAGE]
    ]
    columns = (c.Column(_("Company"), heads_row=True), c.Column(_("Not measured")), c.Column(_("Last day")))
    caption = ngettext(
        "%(n)d participant has no place, because it is not measured by every criterion",
        "%(n)d participants have no place, because they are not measured by every criterion",
        len(made.unmeasured),
    ) % {"n": len(made.unmeasured)}
    return c.Table(caption, columns, rows)
