"""What a company lets others see of its status, whom it looks up and monitors, what partners share (6 USC 971(c))."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from greenlane.casework.registry import COMMANDS
from greenlane.law.authority import may_command
from greenlane.participants.queries_merging import mergers_of, moved_parts
from greenlane.sharing import queries, reading
from greenlane.sharing.models import PartnerRequest, SharedAssessment
from greenlane.sharing.numbers import shown
from greenlane.sharing.queries import StatusShown
from greenlane.sharing.reading import Look
from greenlane.web import components as c
from greenlane.web import forms
from greenlane.web.authority import COMPANY, declared
from greenlane.web.giving import Refusal
from greenlane.web.offering import facts_of
from greenlane.web.staff import wording
from greenlane.web.staff.agency_home import kinds_words
from greenlane.web.trader.access import Own, own_company

MOST = 200
MONITORING = gettext_lazy("monitoring of partners")
ASSESSING = gettext_lazy("assessment of the supply chain")
OFFERED = ("GiveVerificationConsent", "WithdrawVerificationConsent", "MonitorPartner", "ShareAssessment", "AskPartner")


class LookUpForm(forms.GreenlaneForm):
    """A partner's number, and what the look is for: the partner reads it."""

    number = forms.TextField(
        label=gettext_lazy("Status verification number"),
        max_length=40,
        help_text=gettext_lazy("Twelve letters and digits that your partner gives you, for example 2345-6789-ABCD."),
        autocomplete="off",
    )
    purpose = forms.TextField(
        label=gettext_lazy("What for"), max_length=100, help_text=gettext_lazy("Your partner can read this.")
    )


def look_of(own: Own, purpose: str) -> Look:
    """A look by the signed-in person for its company, now."""
    assert own.viewer.account is not None
    return Look(own.viewer.account, own.participant.pk, purpose, timezone.now())


@declared(*COMPANY)
@require_safe
def verification(request: HttpRequest, participant: UUID) -> HttpResponse:
    """The number, what it shows to whom, who monitors us, and the way to partners and to what they share."""
    own = own_company(request, participant)
    consent = queries.consent_of(participant)
    since = [(row.watcher.legal_name, row.since) for row in queries.monitored_by(participant)[:MOST]]
    agreements = list(queries.agreements_about(own.participant.programme, own.today)[:MOST])
    context = _shell(
        own,
        _("Status verification"),
        consent=consent,
        number=shown(consent.number) if consent else "",
        scope=_scope(consent) if consent else [],
        watchers=c.Table(
            _("Who monitors your status"),
            (c.Column(_("Company"), heads_row=True), c.Column(_("Since"))),
            [c.Row(row) for row in since],
            empty=_("Nobody monitors your status."),
        ),
        agreements=c.Table(
            _("Agencies with an agreement"),
            (c.Column(_("Agency"), heads_row=True), c.Column(_("What it reads")), c.Column(_("What for")),
             c.Column(_("Until"))),
            [c.Row((row.agency, kinds_words(row.kinds), row.purpose, row.until)) for row in agreements],
            empty=_("No agency has an agreement now."),
        ),
        actions=_actions(own, consent is not None),
    )  # fmt: skip
    return render(request, "web/trader/verification.html", context)


def _shell(own: Own, title: str, *, first: bool = True, **context: Any) -> dict[str, Any]:
    above = c.Crumb(_("Status verification"), "" if first else own.href("verification"))
    return own.shell("verification", *([above] if first else [above, c.Crumb(title)]), title=title, **context)


def _scope(consent: Any) -> list[c.Fact]:
    yes, no = _("Yes"), _("No")
    return [
        c.Fact(_("Other participants that consent may look it up"), yes if consent.with_participants else no),
        c.Fact(_("Agencies under an agreement may read it"), yes if consent.with_agencies else no),
        c.Fact(_("They see the tier as well"), yes if consent.show_tier else no),
        c.Fact(_("Since"), consent.since),
    ]


def _actions(own: Own, consents: bool) -> list[c.Link]:
    """What this person may do here, by the law's table of offices."""
    facts = facts_of(own.viewer, own.participant.pk, False)
    names = [name for name in OFFERED if consents or name == "GiveVerificationConsent"]
    return [
        c.Link(_(COMMANDS[name].title), own.href("give", command=name))
        for name in names
        if may_command(name, facts).granted
    ]


@declared(*COMPANY)
@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest, participant: UUID) -> HttpResponse:
    """The status of a partner by its number; the partner sees who looked, when, and what for."""
    own = own_company(request, participant)
    form, found, refused = LookUpForm(request.POST or None), None, None
    if request.method == "POST" and form.is_valid():
        seen = reading.look_up(look_of(own, form.cleaned_data["purpose"]), form.cleaned_data["number"])
        if seen.verdict.granted:
            found = _facts(own, seen.found[0])
        else:
            refused = Refusal(seen.verdict, {"number": "#id_number", "purpose": "#id_purpose"})
    title = _("Look up a partner")
    context = _shell(own, title, first=False, form=form, found=found, refusal=refused)
    wrong = request.method == "POST" and found is None
    return render(request, "web/trader/look_up.html", context, status=422 if wrong else 200)


def _facts(own: Own, status: StatusShown) -> list[c.Fact]:
    facts = [
        c.Fact(_("Company"), status.name),
        c.Fact(_("Business type"), wording.business_type(own.participant.programme, status.business_type, own.today)),
        c.Fact(_("Status"), wording.chip(wording.STANDINGS, status.standing)),
        c.Fact(_("Since"), status.since or "-"),
    ]
    return facts if status.tier is None else [*facts, c.Fact(_("Tier"), status.tier or "-")]


@declared(*COMPANY)
@require_safe
def monitored(request: HttpRequest, participant: UUID) -> HttpResponse:
    """The monitored partners and their status now. Each of them finds this look in its list."""
    own = own_company(request, participant)
    verdict, watched = reading.monitored(look_of(own, str(MONITORING)))
    end = own.href("give", command="EndMonitoring")
    rows = [
        c.Row((one.status.name, wording.chip(wording.STANDINGS, one.status.standing), one.status.since or "-",
               "-" if one.status.tier is None else one.status.tier, one.monitor.since,
               c.Link(_("End"), f"{end}?monitor_id={one.monitor.pk}")))
        for one in watched
    ]  # fmt: skip
    columns = (c.Column(_("Partner"), heads_row=True), c.Column(_("Status")), c.Column(_("Since")),
               c.Column(_("Tier")), c.Column(_("Monitored since")), c.Column(_("Monitoring")))  # fmt: skip
    table = c.Table(_("Monitored partners"), columns, rows, empty=_("You monitor no partner."))
    refused = None if verdict.granted else Refusal(verdict)
    context = _shell(own, _("Monitored partners"), first=False, table=table, refusal=refused)
    return render(request, "web/trader/monitored.html", context)


@declared(*COMPANY)
@require_safe
def assessments(request: HttpRequest, participant: UUID) -> HttpResponse:
    """What partners share with us, what we share, and who asked whom."""
    own = own_company(request, participant)
    received = queries.shared_with(participant, own.today)[:MOST]
    given = SharedAssessment.objects.filter(participant_id=participant).prefetch_related("receivers__participant")
    asked = PartnerRequest.objects.select_related("asker", "partner")
    both = (asked.filter(asker_id=participant) | asked.filter(partner_id=participant)).order_by("-asked_on", "id")
    context = _shell(
        own,
        _("Shared assessments"),
        first=False,
        received=_received(own, received),
        given=_given(own, given.order_by("-shared_on", "id")[:MOST]),
        requests=c.Table(
            _("Requests"),
            (c.Column(_("Day"), heads_row=True), c.Column(_("Who asks")), c.Column(_("Who is asked")),
             c.Column(_("Criteria"))),
            [c.Row((row.asked_on, row.asker.legal_name, row.partner.legal_name, ", ".join(row.criteria)))
             for row in both[:MOST]],
            empty=_("Nobody asked anybody yet."),
        ),
    )  # fmt: skip
    return render(request, "web/trader/assessments.html", context)


def _received(own: Own, rows: Any) -> c.Table:
    columns = (c.Column(_("Partner"), heads_row=True), c.Column(_("Criteria"), numeric=True), c.Column(_("Shared on")),
               c.Column(_("Until")))  # fmt: skip
    cells = [
        c.Row((c.Link(row.participant.legal_name, own.href("assessment", share=row.pk)), len(row.answers),
               row.shared_on, row.expires_on))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Shared with you"), columns, cells, empty=_("No partner shares an assessment with you."))


def _given(own: Own, rows: Any) -> c.Table:
    end = own.href("give", command="EndSharedAssessment")
    columns = (c.Column(_("Shared on"), heads_row=True), c.Column(_("With")), c.Column(_("Criteria"), numeric=True),
               c.Column(_("Until")), c.Column(_("Sharing")))  # fmt: skip
    cells = [
        c.Row((row.shared_on, ", ".join(one.participant.legal_name for one in row.receivers.all()), len(row.answers),
               row.ended_on or row.expires_on,
               "-" if row.ended_on or row.expires_on < own.today
               else c.Link(_("End"), f"{end}?assessment_id={row.pk}")))
        for row in rows
    ]  # fmt: skip
    return c.Table(_("Shared by you"), columns, cells, empty=_("You share no assessment."))


@declared(*COMPANY)
@require_safe
def assessment(request: HttpRequest, participant: UUID, share: UUID) -> HttpResponse:
    """One assessment of a partner, answer by answer. The partner finds this look in its list."""
    own = own_company(request, participant)
    _verdict, row = reading.read_assessment(look_of(own, str(ASSESSING)), share)
    if row is None:
        raise Http404
    columns = (c.Column(_("Criterion"), heads_row=True), c.Column(_("Answer")), c.Column(_("In its words")),
               c.Column(_("Answered on")))  # fmt: skip
    cells = [
        c.Row(
            (
                one["number"],
                wording.chip(wording.ANSWERS, one["value"]),
                one["narrative"] or one["not_applicable_reason"],
                one["answered_on"],
            )
        )
        for one in row.answers
    ]
    title = _("Assessment of %(name)s") % {"name": row.participant.legal_name}
    table = c.Table(title, columns, cells, caption_hidden=True)
    context = _shell(own, title, first=False, share=row, table=table)
    return render(request, "web/trader/assessment.html", context)


@declared(*COMPANY)
@require_safe
def account(request: HttpRequest, participant: UUID) -> HttpResponse:
    """Mergers and splits of the account, what went where, and the number that others need to name it."""
    own = own_company(request, participant)
    mergers = [
        c.Row((row.merged_on, row.merged.legal_name, row.survivor.legal_name, row.split_on or "-", row.reason))
        for row in mergers_of(participant)[:MOST]
    ]
    moved = [
        c.Row((row.moved_on, wording.kind_words(row.part), row.name, row.source.legal_name, row.target.legal_name))
        for row in moved_parts(participant)[:MOST]
    ]
    context = own.shell(
        "profile",
        c.Crumb(_("Company profile"), own.href("profile")),
        c.Crumb(_("Changes of the account")),
        title=_("Changes of the account"),
        mergers=c.Table(
            _("Mergers"),
            (c.Column(_("Day"), heads_row=True), c.Column(_("Merged")), c.Column(_("Into")), c.Column(_("Split on")),
             c.Column(_("Reason"))),
            mergers,
            empty=_("The account was never merged."),
        ),
        moved=c.Table(
            _("What went where"),
            (c.Column(_("Day"), heads_row=True), c.Column(_("Kind")), c.Column(_("What")), c.Column(_("From")),
             c.Column(_("To"))),
            moved,
            empty=_("No part came from another account or went to one."),
        ),
    )  # fmt: skip
    return render(request, "web/trader/account.html", context)
