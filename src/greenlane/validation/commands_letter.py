"""The signed certification letter, without which nobody is validated (6 USC 965(a), RC-11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from greenlane.casework.context import Context, Decision
from greenlane.casework.models import Notice
from greenlane.casework.registry import Command, command, handles
from greenlane.law.sentences import N_
from greenlane.law.verdicts import all_of, finding
from greenlane.participants.queries import named_officer
from greenlane.people.models import Account
from greenlane.validation import entries, queries
from greenlane.validation.checks import on_file

CITE = "6 USC 965(a)"


@command(CITE, "6 USC 971(b)", title=N_("Sign the certification letter"), procedure="validation")
@dataclass(frozen=True, kw_only=True)
class SignCertificationLetter(Command):
    """Sign the certification letter for the company, as an officer named in its profile. A scan may be added."""

    case_id: UUID
    agreed: bool = field(metadata={"label": N_("I have read the certification letter and sign it for the company")})
    document: UUID | None = field(
        default=None,
        metadata={"label": N_("Signed copy"), "help": N_("A scan of the letter signed on paper, if there is one.")},
    )


@handles(SignCertificationLetter)
def sign_certification_letter(ctx: Context, cmd: SignCertificationLetter) -> Decision:
    validation = queries.validation_of(cmd.case_id)
    certification = queries.certified(validation.participant_id)
    letters = Notice.objects.filter(case_id=certification.pk if certification else None)
    letter = letters.filter(template="certification_decided").order_by("-served_on", "pk").first()
    account = ctx.actor.account
    reasons = [
        finding(
            CITE,
            "letter_served",
            letter is not None,
            N_("The certification letter was served on %(day)s."),
            N_("The certification letter was not served yet."),
            mend=N_("Wait until the letter has arrived."),
            day=letter.served_on if letter else "-",
        ),
        finding(
            CITE,
            "letter_agreed",
            cmd.agreed,
            N_("The signer agrees."),
            N_("The box is not ticked, so nothing is signed."),
            mend=N_("Read the letter and tick the box."),
            where="agreed",
        ),
        finding(
            CITE,
            "letter_not_signed_yet",
            validation.letter_signed_on is None,
            N_("The letter is not signed yet."),
            N_("The letter was signed on %(day)s."),
            day=validation.letter_signed_on or "-",
        ),
        finding(
            "6 USC 962",
            "signer_is_named_officer",
            named_officer(validation.participant_id, account),
            N_("The signer is an officer named in the company's profile."),
            N_("The signer is not named as an officer in the company's profile."),
            mend=N_("Let a named officer sign, or name this person in the profile first."),
        ),
        on_file(CITE, "document", cmd.case_id, () if cmd.document is None else (cmd.document,)),
    ]
    verdict = all_of(reasons)
    if not verdict.granted or letter is None or account is None:
        return Decision(verdict)
    signed = entries.CertificationLetterSigned(
        by=account,
        name=Account.objects.get(pk=account).name,
        notice_id=letter.pk,
        sha256=letter.sha256,
        document=cmd.document,
    )
    return Decision(verdict, (signed,))
