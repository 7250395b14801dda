"""Letters of sharing: a change of a partner's status, an assessment received, what a partner asks (6 USC 971(c))."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.sentences import N_, Sentence
from greenlane.records.reads import log_read
from greenlane.sharing.entries import AssessmentReceived, PartnerAsked, StatusTold, VerificationConsentWithdrawn
from greenlane.sharing.models import SharedAssessment
from greenlane.sharing.queries import names_of

CITE = "6 USC 971(c)"


@composes("status_told", StatusTold.entry_kind)
def status_letter(one: Recorded) -> Draft:
    """Tells the standing of a monitored partner; the partner finds it among the reads of its data, once."""
    data = one.data
    assert isinstance(data, StatusTold)
    watcher = names_of([one.subject])[one.subject]
    log_read(None, "system", data.watched_id, "status told to a partner", f"{watcher}: monitoring"[:200], one.at)
    blocks = [
        paragraph(
            N_("%(name)s, whose status you monitor, stands as '%(standing)s' since %(since)s."),
            CITE,
            name=data.name,
            standing=data.standing,
            since=data.since or "-",
        )
    ]
    if data.tier is not None:
        blocks.append(paragraph(N_("Its tier is %(tier)s."), CITE, tier=data.tier))
    blocks += [
        heading(N_("What you can do")),
        paragraph(N_("You are told of each change as long as you both consent. You may end the monitoring any day.")),
        paragraph(N_("%(name)s sees in its list of reads that you were told this."), CITE, name=data.name),
    ]
    title = Sentence(N_("Status of your partner %(name)s"), {"name": data.name})
    return Draft(one.subject, title, tuple(blocks))


@composes("assessment_received", AssessmentReceived.entry_kind)
def received_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, AssessmentReceived)
    share = SharedAssessment.objects.get(pk=data.assessment_id)
    blocks = (
        paragraph(
            N_("%(name)s shares its answers to %(count)s criteria with you until %(until)s."),
            "6 USC 963(2)(A)",
            name=data.name,
            count=len(share.answers),
            until=data.expires_on,
        ),
        paragraph(N_("Read them under 'Verification', 'Shared assessments'. Until that day you need not ask again.")),
    )
    return Draft(one.subject, Sentence(N_("Assessment of your partner %(name)s"), {"name": data.name}), blocks)


@composes("partner_asked", PartnerAsked.entry_kind)
def asked_letter(one: Recorded) -> Draft:
    """The request, to the partner that is asked."""
    data = one.data
    assert isinstance(data, PartnerAsked)
    blocks: list[Block] = [
        paragraph(N_("%(asker)s asks you how you meet these criteria:"), "6 USC 963(2)(A)", asker=data.asker),
        *(item(Sentence(N_("Criterion %(number)s"), {"number": number})) for number in data.criteria),
        heading(N_("In its words")),
        paragraph(N_("%(words)s"), words=data.message),
        heading(N_("What you can do")),
        paragraph(
            N_("You may share your answers, until a day that you choose. Sharing is voluntary, and you may end it."),
            "6 USC 961(a)",
        ),
    ]
    return Draft(
        data.partner_id, Sentence(N_("%(asker)s asks about your security"), {"asker": data.asker}), tuple(blocks)
    )


@composes("verification_withdrawn", VerificationConsentWithdrawn.entry_kind)
def withdrawn_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, VerificationConsentWithdrawn)
    blocks = (
        paragraph(N_("Since today nobody can look up your status; your number finds nobody any more."), CITE),
        paragraph(
            N_("Ended with it: %(monitors)s monitorings and %(shares)s shared assessments."),
            CITE,
            monitors=len(data.ended_monitors),
            shares=len(data.ended_assessments),
        ),
        paragraph(N_("You may consent again on any day; you then get a new number."), "6 USC 961(a)"),
    )
    return Draft(one.subject, Sentence(N_("Your status is no longer shown to others")), blocks)
