"""What a partner agency has: its agreements, what they let it read, what changed (6 USC 971(c), RC-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from greenlane.participants.models import Standing
from greenlane.programs.models import Programme
from greenlane.sharing import queries
from greenlane.sharing.models import SharingAgreement, VerificationConsent
from greenlane.web import components as c

ENDS_SOON = timedelta(days=60)
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class AgencyHome:
    """The agency, its agreements in force and to come, and how much there is to read: numbers, and no names.

    A name is read on the page that asks what for, and each participant sees that it was.
    """

    agency: str
    agreements: c.Table
    look_ups: c.Table


def agency_home(agency: str, on: date) -> AgencyHome:
    """What waits for an agency on a day; four queries."""
    titles = dict(Programme.objects.values_list("code", "title"))
    rows = list(SharingAgreement.objects.filter(agency=agency, ended_on=None, until__gte=on).order_by("until", "id"))
    readable = sorted({row.programme for row in rows if row.since <= on and queries.STATUS in row.kinds})
    return AgencyHome(agency, agreements_table(rows, titles, on), _look_ups(readable, titles, on))


def agreements_table(rows: list[SharingAgreement], titles: dict[str, str], on: date, *, hidden: bool = True) -> c.Table:
    """Agreements with what they let an agency read, and whether they end soon."""
    columns = (c.Column(_("Programme"), heads_row=True), c.Column(_("What it reads")), c.Column(_("What for")),
               c.Column(_("From")), c.Column(_("Until")), c.Column(_("State")))  # fmt: skip
    cells = [
        c.Row((titles.get(row.programme, row.programme), kinds_words(row.kinds), row.purpose, row.since,
               row.ended_on or row.until, state_of(row, on)))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Agreements of your agency"), columns, cells, caption_hidden=hidden,
                   empty=_("Your agency has no agreement in force: it may read nothing."))  # fmt: skip


def kinds_words(kinds: list[str]) -> str:
    """What an agreement lets an agency read, in words."""
    known = {queries.STATUS: _("Status, and since when"), queries.TIER: _("Tier")}
    return ", ".join(known.get(kind, kind) for kind in kinds)


def state_of(row: SharingAgreement, on: date) -> c.Chip:
    """How an agreement stands on a day: its last day is part of it."""
    if row.ended_on is not None or row.until < on:
        return c.Chip(_("Ended"), "quiet")
    if row.since > on:
        return c.Chip(_("Not begun"), "neutral")
    left = (row.until - on).days
    if row.until - on <= ENDS_SOON:
        return c.Chip(_("Ends soon: %(days)d days left") % {"days": left}, "warn")
    return c.Chip(_("In force"), "good")


def _look_ups(programmes: list[str], titles: dict[str, str], on: date) -> c.Table:
    consents = VerificationConsent.objects.filter(until=None, with_agencies=True, participant__programme__in=programmes)
    numbers = dict(consents.values_list("participant__programme").annotate(n=Count("pk")))
    changed = dict(
        Standing.objects.filter(
            Q(superseded_at=None), effective_from__gt=on - RECENT, effective_from__lte=on,
            participant_id__in=consents.values("participant_id"),
        )
        .values_list("participant__programme")
        .annotate(n=Count("participant_id", distinct=True))
    )  # fmt: skip
    columns = (c.Column(_("Programme"), heads_row=True), c.Column(_("Participants that you may read"), numeric=True),
               c.Column(_("Status changed within %(days)d days") % {"days": RECENT.days}, numeric=True))  # fmt: skip
    cells = [c.Row((titles.get(code, code), numbers.get(code, 0), changed.get(code, 0))) for code in programmes]
    return c.Table(_("Look-ups that you may make"), columns, cells, caption_hidden=True,
                   empty=_("No agreement in force lets your agency read the status of participants."))  # fmt: skip
