"""The letters to validators and companies about certificates and engagements (6 USC 968)."""

from __future__ import annotations

from greenlane.casework.context import Recorded
from greenlane.casework.notices import Block, Draft, composes, heading, item, paragraph
from greenlane.law.sentences import N_, Sentence
from greenlane.validators import entries
from greenlane.validators import entries_engagement as engaged


def _how(one: Recorded) -> list[Block]:
    """The reasons of the decision, each with its clause."""
    if one.verdict is None:
        return []
    reasons = [item(reason.sentence, reason.citation.cite) for reason in one.verdict.reasons]
    return [heading(N_("How this was decided")), *reasons]


@composes("validator_certificate_decided", entries.CertificateDecided.entry_kind)
def certificate_letter(one: Recorded) -> Draft:
    """The certificate itself, or why it was refused."""
    data = one.data
    assert isinstance(data, entries.CertificateDecided)
    values = {"entity": data.entity}
    if data.outcome == "certified":
        title = Sentence(N_("Certificate of %(entity)s"), values)
        blocks = [
            paragraph(
                N_("%(entity)s is certified to perform validations from %(day)s."),
                "6 USC 968(d)",
                entity=data.entity,
                day=one.on,
            ),
            paragraph(
                N_("It stands while you agree to the procedures in force and their updates."), "6 USC 968(d)(2)(A)"
            ),
            paragraph(
                N_("It stands while your liability insurance is in force at the limit set; it lapses by itself."),
                "6 USC 968(d)(2)(B)",
            ),
            paragraph(N_("Your operations are inspected regularly."), "6 USC 968(g)(1)"),
            paragraph(N_("Whether a company is validated is decided by officers alone."), "6 USC 968(c)(2)"),
        ]
    else:
        title = Sentence(N_("Refusal of a certificate: %(entity)s"), values)
        blocks = [
            paragraph(N_("The certificate is refused: %(reason)s"), "6 USC 968(d)", reason=data.reason),
            paragraph(N_("You may seek a certificate again when this is mended.")),
        ]
    return Draft(one.subject, title, (*blocks, *_how(one)))


@composes("validator_agreement_reopened", entries.AgreementReopened.entry_kind)
def agreement_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, entries.AgreementReopened)
    blocks = (
        paragraph(
            N_("Version %(number)s of the procedure %(code)s is in force from %(day)s."),
            "6 USC 968(d)(2)(A)",
            number=data.number,
            code=data.code,
            day=data.in_force_from,
        ),
        paragraph(N_("Agree to it by that day. From that day on, your certificate does not stand without it.")),
    )
    return Draft(one.subject, Sentence(N_("Updated procedure: %(code)s"), {"code": data.code}), blocks)


@composes("validator_certificate_revoked", entries.CertificateRevoked.entry_kind)
def revocation_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, entries.CertificateRevoked)
    blocks = [
        paragraph(
            N_("The certificate of %(entity)s is revoked from %(day)s."),
            "6 USC 968(g)(2)(A)",
            entity=data.entity,
            day=one.on,
        ),
        heading(N_("What does not meet the requirements")),
        *(
            item(
                Sentence(N_("%(procedure)s: %(found)s"), {"procedure": found.procedure, "found": found.found}),
                "6 USC 968(g)(2)",
            )
            for found in data.shortcomings
        ),
        paragraph(
            N_("Each of the %(count)s validations that you conducted is reviewed. Your open engagements end."),
            "6 USC 968(g)(2)(B)",
            count=len(data.conducted),
        ),
    ]
    return Draft(one.subject, Sentence(N_("Revocation: %(entity)s"), {"entity": data.entity}), (*blocks, *_how(one)))


@composes("engagement_decided", engaged.EngagementDecided.entry_kind)
def engagement_letter(one: Recorded) -> Draft:
    """To the company and the validator: authorized, with what that opens; or refused, with the reason."""
    data = one.data
    assert isinstance(data, engaged.EngagementDecided)
    names = {"validator": data.validator, "company": data.company}
    if data.outcome == "authorized":
        title = Sentence(N_("%(validator)s may validate %(company)s"), names)
        blocks = [
            paragraph(N_("%(validator)s is authorized to validate %(company)s."), "6 USC 968(f)", **names),
            paragraph(
                N_("It sees %(company)s only from the day on which it begins until the engagement ends."),
                "6 USC 968(d)(3)",
                company=data.company,
            ),
            paragraph(N_("%(company)s may withdraw its consent."), "6 USC 968(h)", company=data.company),
            paragraph(N_("Officers alone decide on the tier; the report advises them."), "6 USC 968(c)(2)"),
        ]
    else:
        title = Sentence(N_("%(validator)s may not validate %(company)s"), names)
        blocks = [
            paragraph(N_("The engagement is refused: %(reason)s"), "6 USC 968(f)", reason=data.reason),
            paragraph(N_("The agency validates the company itself; the company may propose another validator.")),
        ]
    return Draft(one.subject, title, (*blocks, *_how(one)))


@composes("third_party_report_decided", engaged.ThirdPartyReportDecided.entry_kind)
def report_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, engaged.ThirdPartyReportDecided)
    names = {"validator": data.validator, "company": data.company}
    if data.outcome == "accepted":
        blocks = [
            paragraph(
                N_("An officer accepted the report of %(validator)s as advice. Its visits count for your validation."),
                "6 USC 968(c)(1)",
                validator=data.validator,
            ),
            paragraph(N_("Whether %(company)s is validated is decided next, by officers."), "6 USC 968(c)(2)", **names),
        ]
    else:
        blocks = [
            paragraph(N_("The report is rejected: %(reason)s"), "6 USC 968(c)(2)", reason=data.reason),
            paragraph(N_("Officers visit the places themselves.")),
        ]
    blocks.append(paragraph(N_("The validator sees the data of the company no more."), "6 USC 968(d)(3)"))
    return Draft(one.subject, Sentence(N_("Report of %(validator)s on %(company)s"), names), tuple(blocks))


@composes("engagement_ended", engaged.EngagementEnded.entry_kind)
def ended_letter(one: Recorded) -> Draft:
    data = one.data
    assert isinstance(data, engaged.EngagementEnded)
    blocks = (
        paragraph(N_("The engagement ended: %(reason)s"), "6 USC 968(g)(2)(A)", reason=data.reason),
        paragraph(N_("The validator sees the data of the company no more."), "6 USC 968(d)(3)"),
        paragraph(N_("The agency goes on with the validation itself; another validator may be proposed.")),
    )
    title = Sentence(N_("End of the engagement of %(validator)s"), {"validator": data.validator})
    return Draft(one.subject, title, blocks)
