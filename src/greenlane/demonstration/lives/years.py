"""What a company does every year, and how it shares its status, leaves or joins another (6 USC 961(a), 963(3))."""

from __future__ import annotations

from datetime import timedelta

from greenlane.casework.models import Case
from greenlane.demonstration import cast
from greenlane.demonstration.company import Company
from greenlane.demonstration.stage import Stage, Story
from greenlane.law.authority import Office
from greenlane.participants.commands_duties import WithdrawFromProgramme
from greenlane.participants.commands_merging import ConsentToAccountChange, MergeAccounts
from greenlane.people.commands import GrantOffice, OpenAccount
from greenlane.profiles.commands_answers import AffirmAnswers, ReviewedAnswer, SubmitReview
from greenlane.profiles.commands_contacts import ConfirmContact, NameContact
from greenlane.profiles.facts import asked_by
from greenlane.profiles.models import Contact
from greenlane.profiles.queries import review_of
from greenlane.sharing.commands import GiveVerificationConsent, MonitorPartner
from greenlane.sharing.commands_agreements import PublishSharingAgreement
from greenlane.sharing.models import VerificationConsent


def second_contact(company: Company) -> None:
    """A second person by whom the company can be reached (RC-18)."""
    give, key = company.stage.give, f"second{company.serial}"
    address = f"{key}@{'-'.join(company.name.lower().split())}.example"
    opened = give(OpenAccount(email=address, name=cast.person_name(company.random)))
    assert opened.case_id is not None
    company.stage.people[key] = opened.case_id
    office = GrantOffice(account_id=opened.case_id, office=Office.APPLICANT_STAFF, participant_id=company.participant)
    give(office, by=company.officer)
    named = NameContact(participant_id=company.participant, name="Head of security", account_id=opened.case_id)
    give(named, by=company.officer)
    contact = Contact.objects.get(participant_id=company.participant, account_id=opened.case_id)
    give(ConfirmContact(participant_id=company.participant, contact_id=contact.pk), by=key)


def yearly(company: Company) -> Story:
    """Each year, inside the window: every answer affirmed, and the review submitted."""
    while True:
        yield 20
        rows = Case.objects.filter(kind="profile_review", participant_id=company.participant)
        case = rows.filter(state="open").values_list("pk", flat=True).first()
        if case is None:
            continue
        asked = asked_by(review_of(case), company.stage.today).criteria
        answers = tuple(ReviewedAnswer(number=criterion.number, does="affirm") for criterion in asked)
        company.stage.give(AffirmAnswers(case_id=case, answers=answers), by=company.officer)
        company.stage.give(SubmitReview(case_id=case), by=company.officer)


def leaves(company: Company) -> Story:
    """The company leaves of its own will."""
    yield 60
    reason = "We sold our import business."
    left = WithdrawFromProgramme(participant_id=company.participant, reason=reason, sure=True)
    company.stage.give(left, by=company.officer)


def joins(company: Company, other: Company) -> Story:
    """One account is merged into another; both officers consent, and no date is lost."""
    yield 1
    give, reason = company.stage.give, "The two companies became one."
    survivor, merged = company.participant, other.participant
    stays = ConsentToAccountChange(participant_id=survivor, act="survive", other_id=merged, reason=reason)
    give(stays, by=company.officer)
    goes = ConsentToAccountChange(participant_id=merged, act="merge", other_id=survivor, reason=reason)
    give(goes, by=other.officer)
    yield 3
    merge = MergeAccounts(participant_id=survivor, merged_id=merged, takeover=True, reason=reason)
    give(merge, by="manager")


def share(stage: Stage, companies: list[Company]) -> Story:
    """Companies consent, verify each other's number and watch it; an agency reads under an agreement."""
    since, until = stage.today, stage.today + timedelta(days=700)
    agreement = PublishSharingAgreement(
        programme="ctpat",
        agency=cast.AGENCY,
        kinds=("status",),
        purpose="To know which importers are trusted.",
        since=since,
        until=until,
    )
    stage.give(agreement, by="manager")
    for company in companies:
        consent = GiveVerificationConsent(participant_id=company.participant, with_agencies=True, show_tier=True)
        stage.give(consent, by=company.officer)
    numbers = [VerificationConsent.objects.get(participant_id=c.participant).number for c in companies]
    for company, number in zip(companies, numbers[1:], strict=False):
        stage.give(MonitorPartner(participant_id=company.participant, number=number), by=company.officer)
    yield from ()
