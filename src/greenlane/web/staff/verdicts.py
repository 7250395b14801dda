"""The law's live answer on a certification before anybody decides, from the facts on record today (964(a)-(c))."""

from __future__ import annotations

from collections.abc import Iterable

from greenlane.certification.entries import RefusalGround
from greenlane.certification.facts import certification_facts, ground_facts
from greenlane.law.s963_measures import MUST, NO
from greenlane.law.s964 import CertificationFacts, may_certify, may_refuse
from greenlane.law.s964_investigation import ADVERSE
from greenlane.law.s964_review import SENT_BACK
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Verdict
from greenlane.programs.queries import terms_of
from greenlane.web.staff.case_head import Head

WHERE = {
    "investigation": "case-checks",
    "review": "case-criteria",
}


def facts_of(head: Head) -> CertificationFacts:
    """The facts of the decision as they stand, as if this person decided today without a reason for being late."""
    assert head.certification is not None
    return certification_facts(
        head.certification, head.case, decided_by=head.viewer.account, lateness_reason="", on=head.on
    )


def certify(head: Head, facts: CertificationFacts) -> Verdict:
    """May this person certify today?"""
    assert head.application is not None
    return may_certify(facts, head.on, terms_of(head.application.programme, head.on))


def refuse(head: Head, facts: CertificationFacts) -> Verdict:
    """May this person refuse today, on the grounds that were recommended?"""
    assert head.certification is not None
    grounds = ground_facts(RefusalGround(**one) for one in head.certification.grounds)
    return may_refuse(facts, grounds, head.on)


def links(head: Head, verdict: Verdict) -> dict[str, str]:
    """From the place that a reason names to the page where it is mended."""
    found = {}
    for reason in verdict.failing:
        if reason.where in WHERE:
            found[reason.where] = head.href(WHERE[reason.where])
        elif reason.where[:1].isdigit():
            found[reason.where] = f"{head.href('case-criteria')}?category={reason.where.split('.')[0]}#c-{reason.where}"
    return found


def suggested_grounds(facts: CertificationFacts) -> Iterable[RefusalGround]:
    """The grounds of refusal that the record bears out now, in words that can be amended."""
    found = facts.investigation
    if found is not None and (found.true_matches or found.state == ADVERSE):
        yield RefusalGround(
            cite="6 USC 964(b)",
            kind="true_match",
            statement=str(N_("The background investigation found a party of the company on an official list.")),
        )
    for one in facts.review.findings:
        if one.level == MUST and (one.answer == NO or one.finding == SENT_BACK):
            words = one.note.strip() or N_("The company does not meet this criterion, which is a must.")
            yield RefusalGround(cite="6 USC 963(3)", kind="unmet_must", statement=words, criterion=one.number)
