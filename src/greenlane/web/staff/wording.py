"""Kinds, states, standings and findings of cases in the words of the pages. No clause."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from greenlane.casework.queue import Group
from greenlane.programs.models import Programme
from greenlane.programs.queries import terms_of
from greenlane.web.components import Chip, Tone

Words = str | Promise

KINDS: dict[str, Words] = {
    "certification": _("Certification"),
    "investigation": _("Investigation"),
    "application": _("Application"),
    "validation": _("Validation"),
    "revalidation": _("Revalidation"),
    "consequence": _("Consequence"),
    "appeal": _("Appeal"),
    "validator_certificate": _("Certificate of a validator"),
    "engagement": _("Engagement of a validator"),
    "profile_review": _("Annual review of a profile"),
    "incident": _("Incident"),
    "consultation": _("Consultation"),
    "criteria_review": _("Review of the criteria"),
    "revalidation_periods": _("Periods for revalidation"),
    "designated_criterion": _("Designated criterion"),
    "joint_exercise": _("Joint exercise"),
    "exercise_invitation": _("Invitation to a joint exercise"),
}
KINDS_MANY: dict[str, Words] = {
    "certification": _("Certifications"),
    "investigation": _("Investigations"),
    "application": _("Applications"),
    "validation": _("Validations"),
    "revalidation": _("Revalidations"),
    "consequence": _("Consequences"),
    "appeal": _("Appeals"),
    "validator_certificate": _("Validators' certificates"),
    "engagement": _("Engagements"),
    "profile_review": _("Annual reviews"),
    "incident": _("Incidents"),
    "consultation": _("Consultations"),
    "criteria_review": _("Reviews of the criteria"),
}
STATES: dict[str, tuple[Words, Tone]] = {
    "received": (_("Received"), "info"),
    "under_review": (_("Under review"), "info"),
    "agreed": (_("Actions agreed"), "info"),
    "returned": (_("With the company"), "warn"),
    "recommended": (_("Waits for a decision"), "warn"),
    "certified": (_("Certified"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Withdrawn"), "quiet"),
    "open": (_("Open"), "info"),
    "cleared": (_("Cleared"), "good"),
    "adverse": (_("Adverse"), "bad"),
    "closed": (_("Closed"), "quiet"),
    "draft": (_("Being written"), "quiet"),
    "submitted": (_("Submitted"), "info"),
    "accepted": (_("Accepted"), "good"),
    "planned": (_("Planned"), "info"),
    "selected": (_("Selected"), "info"),
    "noticed": (_("Notice given"), "info"),
    "visited": (_("Visited"), "info"),
    "reported": (_("Report with the company"), "warn"),
    "answered": (_("Report answered"), "info"),
    "blocked": (_("Blocked"), "warn"),
    "validated": (_("Validated"), "good"),
    "revalidated": (_("Revalidated"), "good"),
    "opened": (_("Opened"), "info"),
    "responded": (_("Response received"), "info"),
    "emergency": (_("Emergency measure"), "bad"),
    "emergency_noticed": (_("Emergency measure, notice given"), "bad"),
    "in_force": (_("In force"), "bad"),
    "remanded": (_("Sent back to be decided anew"), "warn"),
    "ended": (_("Ended"), "quiet"),
    "dropped": (_("Dropped"), "quiet"),
    "reversed": (_("Reversed"), "good"),
    "filed": (_("Filed"), "info"),
    "assigned": (_("Assigned"), "info"),
    "upheld": (_("Upheld"), "quiet"),
    "modified": (_("Modified"), "info"),
    "sought": (_("Applied for"), "info"),
    "held": (_("On hold"), "warn"),
    "revoked": (_("Revoked"), "bad"),
    "surrendered": (_("Given up"), "quiet"),
    "proposed": (_("Proposed"), "info"),
    "consented": (_("Company consents"), "info"),
    "authorized": (_("Authorized"), "good"),
    "under_way": (_("Under way"), "info"),
    "rejected": (_("Rejected"), "bad"),
    "published": (_("Published"), "good"),
    "abandoned": (_("Abandoned"), "quiet"),
    "unchanged": (_("No change"), "quiet"),
    "updated": (_("Updated"), "good"),
}
STANDINGS: dict[str, tuple[Words, Tone]] = {
    "applicant": (_("Applicant"), "info"),
    "certified": (_("Certified"), "good"),
    "refused": (_("Refused"), "bad"),
    "withdrawn": (_("Withdrawn"), "quiet"),
    "suspended": (_("Suspended"), "bad"),
    "expelled": (_("Expelled"), "bad"),
    "merged": (_("Merged into another account"), "quiet"),
}
GROUPS: dict[Group, Words] = {
    Group.OVERDUE: _("Overdue"),
    Group.SOON: _("Due soon"),
    Group.LATER: _("Not due yet"),
    Group.NO_CLOCK: _("No period runs"),
    Group.DECIDED_LATE: _("Decided late"),
    Group.DECIDED_IN_TIME: _("Decided in time"),
    Group.CLOSED: _("Ended without a period"),
}
GROUP_TONES: dict[Group, Tone] = {Group.OVERDUE: "bad", Group.SOON: "warn", Group.DECIDED_LATE: "warn"}
ANSWERS: dict[str, tuple[Words, Tone]] = {
    "yes": (_("Yes"), "good"),
    "no": (_("No"), "bad"),
    "not_applicable": (_("Not applicable"), "quiet"),
    "unanswered": (_("Not answered"), "warn"),
}
FINDINGS: dict[str, tuple[Words, Tone]] = {
    "accepted": (_("Accepted"), "good"),
    "sent_back": (_("Sent back"), "warn"),
    "unreviewed": (_("Not read yet"), "quiet"),
}
HITS: dict[str, tuple[Words, Tone]] = {
    "open": (_("To be decided"), "warn"),
    "false_match": (_("Not the listed party"), "good"),
    "true_match": (_("The listed party"), "bad"),
    "gone": (_("No longer found"), "quiet"),
    "unresolved": (_("Not resolved yet"), "warn"),
}
ROLES: dict[str, Words] = {
    "company": _("The company"),
    "owner": _("Owner"),
    "officer": _("Officer"),
    "site": _("Site"),
}


def readable(code: str) -> str:
    """A code that has no words of its own: 'sea_freight' becomes 'Sea freight'."""
    return code.replace("_", " ").capitalize()


def chip(words: dict[str, tuple[Words, Tone]], code: str) -> Chip:
    """A code of one of the tables above as a chip."""
    text, tone = words.get(code, (readable(code), "neutral"))
    return Chip(text, tone)


def kind_words(kind: str) -> Words:
    """A kind of case in words: one of the table, or the title of its procedure."""
    return KINDS.get(kind, readable(kind))


def kinds_words(kind: str) -> Words:
    """The same of several cases."""
    return KINDS_MANY.get(kind, kind_words(kind))


def state_words(state: str) -> Words:
    return STATES.get(state, (readable(state), "neutral"))[0]


@lru_cache(maxsize=16)
def _titles(programme: str, on: date) -> dict[str, str]:
    return {one.code: one.title for one in terms_of(programme, on).business_types}


def business_type(programme: str, code: str, on: date) -> str:
    """The title of a business type in the programme's terms; read once a day for each programme."""
    return _titles(programme, on).get(code, readable(code)) if programme else readable(code)


def business_types(on: date) -> dict[str, str]:
    """Code and title of every business type of every programme, by title."""
    codes = Programme.objects.filter(versions__effective_from__lte=on).values_list("code", flat=True).distinct()
    found: dict[str, str] = {}
    for programme in sorted(codes):
        found |= _titles(programme, on)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))
