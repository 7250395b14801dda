"""The component library, ``{% load greenlane %}``; every tag is shown on /style-guide/. No clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.law.citations import Citation
from greenlane.law.verdicts import Reason, Verdict
from greenlane.web import charts, components, rendering, words
from greenlane.web.giving import key_field

register = template.Library()

ALERTS = {
    "info": gettext_lazy("Information"),
    "success": gettext_lazy("Success"),
    "warning": gettext_lazy("Warning"),
    "error": gettext_lazy("Error"),
    "emergency": gettext_lazy("Emergency"),
}
DEADLINE_TONES = {
    "not_started": "quiet",
    "running": "neutral",
    "due_today": "warn",
    "overdue": "bad",
    "paused": "info",
    "met_early": "good",
    "met_on_time": "good",
    "met_late": "warn",
    "lapsed": "quiet",
}
SOON = 14
"""Days before the last one from which a running clock is shown as due soon."""


# --- words -----------------------------------------------------------------------------------------------------------


@register.filter
def sentence(text: Any) -> str:
    """``{{ reason.sentence|sentence }}``: in the reader's language, dates written out."""
    return words.say(text)


@register.filter
def long_date(day: Any) -> str:
    """A date in the locale's long form, an instant with its time; empty for None."""
    return words.long_date(day) if isinstance(day, date) else str(day or "")


@register.filter
def grouped(number: Any) -> str:
    """A number with the locale's separators: 12,345."""
    return formats.number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def later(rows: Sequence[Any]) -> list[Any]:
    """Those of some rows that say of themselves that they come later."""
    return [row for row in rows if row.later]


@register.filter
def kind(thing: Any) -> str:
    """The class name in lower case; lets a template choose how to show a cell."""
    if hasattr(thing, "state") and hasattr(thing, "sentence"):
        return "deadline"
    return "date" if isinstance(thing, date) else type(thing).__name__.lower()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Without *label* it is hidden from assistive technology: text beside it says the same."""
    address = f"{static('greenlane/vendor/img/icons.svg')}#{name}"
    naming = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="usa-icon" {} focusable="false"><use href="{}"></use></svg>', naming, address)


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: Any) -> str:
    """The query string of this page with *changes*; a value of None or '' takes the name away. Drops the cursor."""
    given = context["request"].GET.copy()
    given.pop("cursor", None)
    for name, value in changes.items():
        if value in (None, ""):
            given.pop(name, None)
        else:
            given[name] = str(value)
    return "?" + urlencode(sorted((name, value) for name, values in given.lists() for value in values))


# --- the law ---------------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/clause.html")
def clause(citation: Citation | str, quote: bool = False) -> dict[str, Any]:
    """A link to a clause on the law pages; ``quote=True`` shows its exact text as a quotation too."""
    known = citation if isinstance(citation, Citation) else None
    return {**words.clause_facts(citation), "text": known.text if quote and known else ""}


@register.inclusion_tag("web/components/reasons.html")
def reasons(
    verdict: Verdict | Sequence[Reason], only: str = "", links: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Why: each reason of a verdict with what was found, its clause and, where it fails, what to do.

    ``only='failing'`` shows those that do not hold; *links* maps a reason's ``where`` to an address.
    """
    rows = verdict.reasons if isinstance(verdict, Verdict) else tuple(verdict)
    shown = [row for row in rows if not (only == "failing" and row.holds)]
    # what stands in the way comes first; within each half the order of the rule is kept
    ordered = sorted(shown, key=lambda row: row.holds)
    return {"reasons": [(row, (links or {}).get(row.where, "")) for row in ordered]}


@register.inclusion_tag("web/components/deadline.html")
def deadline_chip(deadline: Any, force: str = "", title: Any = "") -> dict[str, Any]:
    """Days left in words, colour second; rule, clause and dates inside a <details> that needs no script.

    *deadline* has ``state`` (of greenlane.law.standings.State), ``days``, ``sentence``, ``rule``, ``citation``,
    ``started_on``, ``due_on``; ``reason`` and ``notes`` are shown when it has them. *force* 'practicable' marks a duty
    that binds only to the extent practicable.
    """
    tone = DEADLINE_TONES.get(str(deadline.state), "neutral")
    if tone == "neutral" and 0 <= deadline.days <= SOON:
        tone = "warn"
    force = force or str(getattr(deadline, "force", ""))
    return {"deadline": deadline, "tone": tone, "practicable": force == "practicable", "title": title}


@register.inclusion_tag("web/components/duty.html")
def duty(force: str) -> dict[str, Any]:
    """How strongly the law binds: 'shall', 'practicable' (to the extent practicable) or 'not_less_than'."""
    return {"force": str(force)}


# --- messages --------------------------------------------------------------------------------------------------------


@register.simple_block_tag
def alert(content: str, tone: str = "info", heading: Any = "", slim: bool = False, live: bool = False) -> str:
    """``{% alert "warning" heading="…" %}…{% endalert %}``; ``live=True`` for one that a part of a page brings in."""
    values = {"tone": tone, "word": ALERTS[tone], "heading": words.say(heading), "slim": slim, "live": live}
    return render_to_string("web/components/alert.html", {**values, "content": content})


@register.simple_block_tag
def summary_box(content: str, heading: Any) -> str:
    """Key facts of a page in a box of their own."""
    return render_to_string("web/components/summary_box.html", {"heading": words.say(heading), "content": content})


@register.simple_block_tag
def empty_state(content: str, heading: Any, icon: str = "info") -> str:
    """What is shown in place of an empty list: why it is empty and what can be done."""
    values = {"heading": words.say(heading), "icon": icon, "content": content}
    return render_to_string("web/components/empty_state.html", values)


@register.simple_block_tag
def confirmation(content: str, title: Any, reference: str = "") -> str:
    """The end of a transaction: title, reference number; the content says what happens next."""
    values = {"title": words.say(title), "reference": reference, "content": content}
    return render_to_string("web/components/confirmation.html", values)


@register.inclusion_tag("web/components/error_summary.html")
def error_summary(*sources: forms.BaseForm | Verdict | None) -> dict[str, Any]:
    """All problems of the forms (or of a refused verdict) above the page's heading, each linked to what to correct."""
    found: list[rendering.Problem] = []
    for source in sources:
        if isinstance(source, Verdict):
            found += [
                rendering.Problem(f"{words.say(row.sentence)} {words.say(row.mend)}".strip()) for row in source.failing
            ]
        elif source is not None and source.is_bound:
            found += rendering.problems(source)
    return {"problems": found}


# --- small things ----------------------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/button.html")
def button(
    label: Any, href: str = "", variant: str = "", icon: str = "", name: str = "", value: str = ""
) -> dict[str, Any]:
    """A button, or with *href* a link that looks like one. Variants: '', outline, secondary, base, unstyled, big."""
    classes = "usa-button" + "".join(f" usa-button--{part}" for part in variant.split())
    return {"label": label, "href": href, "classes": classes, "icon": icon, "name": name, "value": value}


@register.inclusion_tag("web/components/chip.html")
def chip(text: Any, tone: str = "neutral", icon: str = "") -> dict[str, Any]:
    """A short status in words; tones: neutral, info, good, warn, bad, quiet. Also takes a components.Chip."""
    if isinstance(text, components.Chip):
        return {"text": text.text, "tone": text.tone, "icon": text.icon}
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("web/components/figure.html")
def figure(facet: components.Facet) -> dict[str, Any]:
    """A number that opens into the records behind it."""
    return {"facet": facet}


# --- lists, tables, ways through -------------------------------------------------------------------------------------


@register.inclusion_tag("web/components/task_list.html")
def task_list(groups: Sequence[components.TaskGroup], numbered: bool = True) -> dict[str, Any]:
    """Groups of tasks; the whole row is the link, the status is part of its name for a screen reader."""
    done = sum(task.status == components.TaskStatus.COMPLETED for group in groups for task in group.tasks)
    return {"groups": groups, "numbered": numbered, "done": done, "all": sum(len(group.tasks) for group in groups)}


@register.inclusion_tag("web/components/step_indicator.html")
def step_indicator(steps: Sequence[components.Step]) -> dict[str, Any]:
    """Where a person is in a sequence of pages."""
    current = next((number for number, step in enumerate(steps, 1) if step.state == "current"), len(steps))
    return {"steps": steps, "number": current, "current": steps[current - 1] if steps else None}


@register.inclusion_tag("web/components/description_list.html")
def description_list(facts: Sequence[components.Fact]) -> dict[str, Any]:
    """Terms and what holds for them; on a check-answers page each row ends in its 'Change' link."""
    return {"facts": facts}


@register.inclusion_tag("web/components/table.html")
def table(table: components.Table, dense: bool = False) -> dict[str, Any]:
    """A table with caption and scopes. ``dense=True`` is the density of a work queue."""
    rows = [(row, list(zip(table.columns, row.cells, strict=True))) for row in table.rows]
    return {"table": table, "rows": rows, "dense": dense}


@register.inclusion_tag("web/components/pagination.html")
def pagination(page: components.Page) -> dict[str, Any]:
    """Previous and next by cursor."""
    return {"page": page}


@register.inclusion_tag("web/components/filter_chips.html")
def filter_chips(filters: Sequence[components.Filter], clear_href: str = "") -> dict[str, Any]:
    """The filters in force; each chip is the link that takes its filter away."""
    return {"filters": filters, "clear_href": clear_href}


@register.inclusion_tag("web/components/tabs.html")
def tabs(tabs: Sequence[components.Tab], label: Any = "") -> dict[str, Any]:
    """Tabs as links with counts. *label* names the set for assistive technology."""
    return {"tabs": tabs, "label": label or _("Sections")}


@register.inclusion_tag("web/components/timeline.html")
def timeline(events: Sequence[components.Event], label: Any = "") -> dict[str, Any]:
    """What happened, as an ordered list drawn as a line."""
    return {"events": events, "label": label or _("Timeline")}


@register.inclusion_tag("web/components/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[components.Crumb]) -> dict[str, Any]:
    """The way back."""
    return {"crumbs": crumbs}


@register.inclusion_tag("web/components/chart.html")
def chart(picture: charts.Chart) -> dict[str, Any]:
    """A chart or map with its title, and under it the table of the data that it draws."""
    return {"chart": picture}


# --- forms -----------------------------------------------------------------------------------------------------------


@register.simple_tag
def command_key() -> SafeString:
    """Beside ``{% csrf_token %}`` in a form that gives a command: however often it is sent, it counts once."""
    return key_field()


@register.simple_tag
def uswds_form(form: forms.BaseForm) -> SafeString:
    """Every field of a form; put ``{% error_summary form %}`` above the heading of the page."""
    return rendering.render_fields(form)


@register.simple_tag
def uswds_field(bound: BoundField, hint: str = "", legend_size: str = "") -> SafeString:
    """One field; ``legend_size='large'`` where the question is the heading of its page."""
    return rendering.render_field(bound, hint=hint, legend_size=legend_size)
