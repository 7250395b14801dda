"""What a notice of change and an alarm about a contact show of themselves (6 USC 963(3), 964(b))."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from greenlane.casework.models import Case
from greenlane.law.authority import Office
from greenlane.people.queries import company_people
from greenlane.people.visibility import Viewer
from greenlane.profiles.commands_handover import open_hand_overs
from greenlane.profiles.contacts import contact_facts, contacts_of
from greenlane.profiles.models import ChangeNotice, ContactAlarm
from greenlane.web import components as c
from greenlane.web.choices import Scene, vocabulary
from greenlane.web.panels.registry import Panel, panel

CHANGED: dict[str, Any] = {
    "owner": gettext_lazy("Owner"),
    "officer": gettext_lazy("Owner or officer"),
    "site": gettext_lazy("Site"),
    "company": gettext_lazy("Company details"),
    "identifier": gettext_lazy("Identifier"),
    "answers": gettext_lazy("Answers to criteria"),
}


@panel("change_notice", title=gettext_lazy("What changed"))
def change_notice(case: Case, viewer: Viewer, on: date) -> Panel:
    """Each change, the day from which it counts, and what a specialist found."""
    notice = ChangeNotice.objects.get(pk=case.pk)
    columns = (c.Column(_("What"), heads_row=True), c.Column(_("Which")), c.Column(_("Counts from")))
    rows = [
        c.Row((CHANGED.get(row.what, row.what), row.name, row.changed_on))
        for row in notice.changes.order_by("changed_on", "what", "name", "id")
    ]
    facts = [c.Fact(_("Looked at on"), notice.reviewed_on)] if notice.reviewed_on else []
    if notice.found:
        facts.append(c.Fact(_("What was found"), notice.found))
    table = c.Table(_("Changes"), columns, rows, caption_hidden=True)
    return Panel("panels/duties.html", {"facts": facts, "table": table})


@panel("contact_alarm", title=gettext_lazy("Who cannot be reached"))
def contact_alarm(case: Case, viewer: Viewer, on: date) -> Panel:
    """The contact, what happened, and who of the company can be reached."""
    alarm = ContactAlarm.objects.select_related("contact").get(pk=case.pk)
    reached = contact_facts(alarm.participant_id, on)
    facts = [
        c.Fact(_("Contact"), f"{alarm.contact.name} ({alarm.contact.email})"),
        c.Fact(_("What happened"), alarm.how),
        c.Fact(_("Raised on"), alarm.raised_on),
        c.Fact(_("Contacts that can be reached"), "; ".join(reached.live) or _("none"), cite="6 USC 963(3)"),
        c.Fact(_("Officers among them"), "; ".join(reached.officers) or _("none")),
    ]
    if alarm.cleared_on:
        facts += [c.Fact(_("Cleared on"), alarm.cleared_on), c.Fact(_("Because"), alarm.cleared_because)]
    return Panel("panels/duties.html", {"facts": facts})


@vocabulary("contacts")
def contacts(scene: Scene) -> Iterable[tuple[Any, str]]:
    if scene.participant_id is None:
        return []
    return [(row.pk, f"{row.name} ({row.email})") for row in contacts_of(scene.participant_id)]


@vocabulary("hand_overs")
def hand_overs(scene: Scene) -> Iterable[tuple[Any, str]]:
    if scene.participant_id is None:
        return []
    return [(row.pk, f"{row.leaving_name} → {row.to_name}") for row in open_hand_overs(scene.participant_id)]


@vocabulary("company_officers")
def company_officers(scene: Scene) -> Iterable[tuple[Any, str]]:
    if scene.participant_id is None:
        return []
    held = company_people(scene.participant_id, scene.on).filter(office=Office.APPLICANT_OFFICER.value)
    return dict(held.order_by("account__name").values_list("account_id", "account__name")).items()
