"""A certificate: ability, procedures and updates, insurance that lapses by itself, inspections (6 USC 968(d)-(g))."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from greenlane.casework.models import Case, Deadline, Notice
from greenlane.casework.problems import Missing
from greenlane.law.authority import Office
from greenlane.people.delegation import DelegateOffice
from greenlane.people.queries import is_assigned
from greenlane.validators.commands import (
    CertifyValidator,
    RecordValidatorPerson,
    RefuseCertificate,
    SeekCertificate,
    SurrenderCertificate,
)
from greenlane.validators.commands_ability import (
    AgreeToProcedures,
    DemonstrateAbility,
    PublishProcedure,
    SignProtectionAgreement,
)
from greenlane.validators.commands_insurance import (
    HoldForInsurance,
    RecordInsurance,
    RestoreCertificate,
    SetInsuranceLimits,
    SubmitInsuranceInformation,
)
from greenlane.validators.commands_monitoring import InspectValidator, RevokeCertificate
from greenlane.validators.entries import ShortcomingFound
from greenlane.validators.models import Certificate, Policy, Validator
from greenlane.validators.queries import certificate_of, certified_validators, in_force
from tests.companies import found_programme
from tests.desk import Desk
from tests.validation.steps import upload
from tests.validators.steps import certificate, insured, prepared, publish, sought

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    """A programme with a procedure for validators, its offices, and a validator's person; no company."""
    desk = Desk(prove=False)
    found_programme(desk)
    desk.person("sam", Office.SPECIALIST)
    desk.person("sue", Office.SUPERVISOR)
    desk.person("both", Office.SUPERVISOR, Office.SPECIALIST)
    desk.person("max", Office.PROGRAMME_MANAGER)
    desk.person("val", Office.VALIDATOR)
    publish(desk)
    return desk


def state(case: UUID) -> str:
    return Case.objects.get(pk=case).state


@pytest.mark.clause("6 USC 968(d)")
@pytest.mark.clause("6 USC 968(d)(1)")
@pytest.mark.clause("6 USC 968(d)(3)")
@pytest.mark.clause("6 USC 968(e)")
def test_an_entity_is_certified_when_everything_is_there(desk: Desk) -> None:
    desk.prove = True
    case = sought(desk)
    assert is_assigned(desk.people["val"], case, desk.today)
    prepared(desk, case)
    answer = desk.must(CertifyValidator(case_id=case), by="sue")
    cited = {c.cite for c in answer.verdict.citations}
    assert {"6 USC 968(d)(1)", "6 USC 968(d)(2)(A)", "6 USC 968(d)(2)(B)", "6 USC 968(d)(3)", "6 USC 968(e)"} <= cited
    assert state(case) == "certified"
    assert [row.pk for row in certified_validators("ctpat", desk.today)] == [case]
    assert {row.clock for row in Deadline.objects.filter(case_id=case)} == {"insurance_end", "inspection"}
    assert Notice.objects.filter(case_id=case, template="validator_certificate_decided").exists()


@pytest.mark.clause("6 USC 968(d)")
def test_nothing_at_all_is_refused_by_every_clause(desk: Desk) -> None:
    case = sought(desk)
    answer = desk.refused(CertifyValidator(case_id=case), by="sue", cite="6 USC 968(d)(1)")
    assert {r.code for r in answer.verdict.failing} == {
        "ability_demonstrated",
        "procedures_agreed",
        "limits_submission",
        "insured",
        "confidentiality_signed",
    }
    assert state(case) == "sought"


@pytest.mark.clause("6 USC 968(d)(1)")
def test_what_was_shown_must_satisfy_an_officer_and_another_one_certifies(desk: Desk) -> None:
    case = sought(desk)
    prepared(desk, case)
    shown = {"case_id": case, "code": "on-site-visits", "shown_on": desk.today, "note": "Rehearsed."}
    desk.refused(DemonstrateAbility(**{**shown, "code": "tea"}, satisfied=True), by="sam", code="procedure_designated")
    desk.refused(
        DemonstrateAbility(**{**shown, "shown_on": desk.today + timedelta(days=1)}, satisfied=True),
        by="sam",
        code="shown_by_now",
    )
    desk.refused(DemonstrateAbility(**{**shown, "note": " "}, satisfied=True), by="sam", code="note_given")
    desk.refused(DemonstrateAbility(**shown, satisfied=True, evidence=(uuid4(),)), by="sam", code="evidence_on_file")
    other = sought(desk, "Grey Gull Validators")
    prepared_by_both = DemonstrateAbility(**{**shown, "case_id": other}, satisfied=True)
    desk.must(DemonstrateAbility(**{**shown, "case_id": other}, satisfied=False), by="both")
    desk.refused(CertifyValidator(case_id=other), by="sue", code="ability_demonstrated", cite="6 USC 968(d)(1)")
    desk.must(prepared_by_both, by="both")
    desk.refused(CertifyValidator(case_id=other), by="both", code="second_person", cite="6 USC 971(a)")


@pytest.mark.clause("6 USC 971(a)")
@pytest.mark.parametrize("outcome", ["certified", "refused"])
def test_who_assessed_the_ability_decides_by_no_own_and_no_lent_office(desk: Desk, outcome: str) -> None:
    desk.person("pat", Office.SPECIALIST)
    case = sought(desk)
    satisfied = outcome == "certified"
    prepared(desk, case, shown=satisfied, by_officer="both")
    decide = CertifyValidator(case_id=case) if satisfied else RefuseCertificate(case_id=case, reason="Not able.")
    loan = DelegateOffice(
        delegate_id=desk.people["pat"],
        office=Office.SUPERVISOR,
        from_day=desk.today,
        to_day=desk.today + timedelta(days=9),
        reason="On leave.",
    )
    desk.must(loan, by="both")
    for name in ("both", "pat"):
        desk.refused(decide, by=name, code="second_person", cite="6 USC 971(a)")
    desk.must(loan, by="sue")
    desk.must(decide, by="pat")
    assert state(case) == outcome


@pytest.mark.clause("6 USC 968(c)(2)")
def test_whoever_acts_for_the_entity_does_not_decide_on_it(desk: Desk) -> None:
    desk.person("twice", Office.VALIDATOR, Office.SUPERVISOR)
    case = sought(desk, by="twice")
    prepared(desk, case, by="twice")
    desk.refused(CertifyValidator(case_id=case), by="twice", code="not_the_validators_person")
    desk.refused(RefuseCertificate(case_id=case, reason="x"), by="twice", code="not_the_validators_person")
    desk.must(CertifyValidator(case_id=case), by="sue")
    desk.refused(
        InspectValidator(case_id=case, inspected_on=desk.today, requirements_met=True, looked_at="All."),
        by="twice",
        code="inspector_is_not_the_validator",
    )


@pytest.mark.clause("6 USC 968(d)(2)(A)")
def test_a_new_version_reopens_the_agreement_of_every_certified_validator(desk: Desk) -> None:
    desk.prove = True
    desk.person("vic", Office.VALIDATOR)
    cases = [certificate(desk), certificate(desk, "Grey Gull Validators", by="vic")]
    starting = desk.today + timedelta(days=10)
    publish(desk, since=starting)
    assert [state(case) for case in cases] == ["certified", "certified"]  # it is not in force yet
    assert Notice.objects.filter(template="validator_agreement_reopened").count() == 2
    desk.must(AgreeToProcedures(case_id=cases[0], agreed=True), by="val")
    desk.wake(10)
    assert [state(case) for case in cases] == ["certified", "held"]
    assert [in_force(certificate_of(case), desk.today).granted for case in cases] == [True, False]
    assert in_force(certificate_of(cases[1]), starting - timedelta(days=1)).granted
    desk.must(AgreeToProcedures(case_id=cases[1], agreed=True), by="vic")
    assert state(cases[1]) == "certified"
    publish(desk, since=desk.today)
    assert [state(case) for case in cases] == ["held", "held"]  # in force at once
    desk.refused(AgreeToProcedures(case_id=cases[0], agreed=False), by="val", code="agreement_given")
    desk.must(AgreeToProcedures(case_id=cases[0], agreed=True), by="val")
    desk.refused(AgreeToProcedures(case_id=cases[0], agreed=True), by="val", code="something_to_agree_to")


@pytest.mark.clause("6 USC 968(d)(2)(A)")
def test_a_procedure_is_not_dated_back_and_has_a_name(desk: Desk) -> None:
    good = {"code": "seals", "title": "Seals", "text": "Invented.", "in_force_from": desk.today}
    yesterday = desk.today - timedelta(days=1)
    desk.refused(PublishProcedure(**{**good, "in_force_from": yesterday}), by="max", code="not_backdated")
    desk.refused(PublishProcedure(**{**good, "in_force_from": yesterday}), by="max", on=yesterday, code="not_backdated")
    desk.refused(PublishProcedure(**{**good, "code": "Seals!"}), by="max", code="code_is_a_name")
    desk.refused(PublishProcedure(**{**good, "text": ""}), by="max", code="text_given")
    desk.refused(PublishProcedure(**{**good, "title": "x" * 201}), by="max", code="title_given")
    assert desk.refused(PublishProcedure(**good), by="sue").step == "authority"
    publish(desk, "seals", desk.today + timedelta(days=30))
    desk.refused(PublishProcedure(**good), by="max", code="not_backdated")  # before the version that it updates
    with pytest.raises(Missing):
        desk.give(PublishProcedure(**good, programme="tea"), by="max")


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_rc_20_the_certificate_lapses_by_itself_with_the_insurance(desk: Desk) -> None:
    desk.prove = True
    case = certificate(desk)
    last = desk.today + timedelta(days=364)
    row = certificate_of(case)
    assert in_force(row, last).granted
    lapsed = in_force(row, last + timedelta(days=1))
    assert [r.code for r in lapsed.failing] == ["insured"]
    desk.today = last + timedelta(days=1)
    assert not certified_validators("ctpat", desk.today)  # nothing was stored, nobody did anything
    assert state(case) == "certified"
    desk.wake()
    assert state(case) == "held"
    insured(desk, case, number="P-2")
    assert state(case) == "certified"
    assert in_force(certificate_of(case), desk.today).granted


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_a_policy_in_its_gap_covers_nothing(desk: Desk) -> None:
    case = certificate(desk)
    desk.today += timedelta(days=370)
    insured(desk, case, number="P-2")
    row = certificate_of(case)
    gap = desk.today - timedelta(days=3)
    assert [r.code for r in in_force(row, gap).failing] == ["insured"]
    assert in_force(row, desk.today).granted


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_a_cancelled_policy_and_a_policy_below_the_limit_do_not_cover(desk: Desk) -> None:
    case = certificate(desk)
    policy = Policy.objects.get(certificate_id=case)
    tomorrow = desk.today + timedelta(days=1)
    given = {"insurer": policy.insurer, "number": "P-1", "limit_usd": 1_000_000, "meets_conditions": True}
    given |= {"since": policy.since, "until": policy.until, "document": policy.document, "case_id": case}
    with pytest.raises(Missing):
        desk.give(RecordInsurance(**given, corrects=uuid4()), by="val")
    desk.must(RecordInsurance(**given, corrects=policy.series, cancelled_on=tomorrow), by="max")
    assert in_force(certificate_of(case), desk.today).granted
    assert not in_force(certificate_of(case), tomorrow).granted
    desk.wake(1)
    assert state(case) == "held"
    desk.must(RecordInsurance(**{**given, "limit_usd": 999_999, "number": "P-2"}), by="val")
    desk.must(RecordInsurance(**{**given, "meets_conditions": False, "number": "P-3"}), by="val")
    assert state(case) == "held"
    desk.must(RecordInsurance(**{**given, "number": "P-4"}), by="val")
    assert state(case) == "certified"


@pytest.mark.clause("6 USC 968(d)(2)(B)")
@pytest.mark.clause("6 USC 968(e)")
def test_limits_are_set_from_the_submission_and_a_higher_one_needs_a_higher_policy(desk: Desk) -> None:
    case = sought(desk)
    higher = SetInsuranceLimits(case_id=case, limit_usd=2_000_000, since=desk.today, reason="Many visits.")
    desk.refused(higher, by="max", code="limits_submission", cite="6 USC 968(e)")
    desk.refused(SubmitInsuranceInformation(case_id=case, information=" "), by="val", code="information_given")
    prepared(desk, case)
    desk.must(CertifyValidator(case_id=case), by="sue")
    desk.refused(
        SetInsuranceLimits(case_id=case, limit_usd=0, since=desk.today, reason="None."),
        by="max",
        code="limit_usd_in_range",
    )
    desk.refused(
        SetInsuranceLimits(case_id=case, since=desk.today - timedelta(days=1), reason="Late."),
        by="max",
        code="not_backdated",
    )
    later = desk.today + timedelta(days=5)
    desk.must(SetInsuranceLimits(case_id=case, limit_usd=2_000_000, since=later, reason="Many visits."), by="max")
    assert in_force(certificate_of(case), desk.today).granted
    assert [r.code for r in in_force(certificate_of(case), later).failing] == ["insured"]
    insured(desk, case, limit_usd=2_000_000, number="P-2")
    assert in_force(certificate_of(case), later).granted


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_a_policy_that_cannot_be_is_refused(desk: Desk) -> None:
    case = sought(desk)
    paper = upload(desk, case, "Policy", by="val")
    good = {"case_id": case, "insurer": "Invented Mutual", "number": "P", "limit_usd": 1, "meets_conditions": True}
    good |= {"since": desk.today, "until": desk.today, "document": paper}
    yesterday = desk.today - timedelta(days=1)
    desk.refused(RecordInsurance(**{**good, "until": yesterday}), by="val", code="days_in_order")
    desk.refused(RecordInsurance(**good, cancelled_on=yesterday), by="val", code="days_in_order")
    desk.refused(RecordInsurance(**{**good, "document": uuid4()}), by="val", code="document_on_file")
    desk.refused(RecordInsurance(**{**good, "limit_usd": -1}), by="val", code="limit_usd_in_range")
    desk.refused(RecordInsurance(**{**good, "insurer": "x" * 201}), by="val", code="insurer_given")
    assert desk.refused(RecordInsurance(**good), by="sue").step == "authority"


@pytest.mark.clause("6 USC 968(d)(3)")
def test_proprietary_information_is_protected_by_an_agreement_signed_once(desk: Desk) -> None:
    case = sought(desk)
    desk.refused(SignProtectionAgreement(case_id=case, agreed=False), by="val", code="protection_agreed")
    desk.must(SignProtectionAgreement(case_id=case, agreed=True), by="val")
    desk.refused(SignProtectionAgreement(case_id=case, agreed=True), by="val", code="not_signed_already")


@pytest.mark.clause("6 USC 968(d)")
def test_an_entity_seeks_one_certificate_at_a_time_by_its_own_people(desk: Desk) -> None:
    case = sought(desk)
    again = SeekCertificate(name=" blue HERON  validators", country="US", address="9 Invented Quay")
    desk.refused(again, by="val", code="one_certificate")
    desk.must(RefuseCertificate(case_id=case, reason="It has no staff."), by="sue")
    assert state(case) == "refused"
    desk.person("vic", Office.VALIDATOR)
    desk.refused(again, by="vic", code="entity_is_yours")
    second = desk.must(again, by="val").case_id
    assert Validator.objects.count() == 1
    desk.refused(RecordValidatorPerson(case_id=second, email="sam@example.org"), by="val", code="holds_the_office")
    desk.must(RecordValidatorPerson(case_id=second, email="vic@example.org"), by="val")
    assert is_assigned(desk.people["vic"], second, desk.today)
    desk.refused(RecordValidatorPerson(case_id=second, email="vic@example.org"), by="val", code="not_named_already")
    desk.refused(SeekCertificate(name="", country="ZZ", address=""), by="val", code="country_known")
    assert desk.refused(SeekCertificate(name="X", country="US", address="Y"), by="sam").step == "authority"


@pytest.mark.clause("6 USC 968(d)")
def test_a_certificate_that_is_given_up_is_in_force_no_more(desk: Desk) -> None:
    desk.prove = True
    case = certificate(desk)
    desk.today += timedelta(days=5)
    desk.must(SurrenderCertificate(case_id=case, reason="We close."), by="val")
    assert [r.code for r in in_force(certificate_of(case), desk.today).failing] == ["not_surrendered"]
    assert in_force(certificate_of(case), desk.today - timedelta(days=1)).granted
    assert not Deadline.objects.filter(case_id=case).exists()


@pytest.mark.clause("6 USC 968(g)(1)")
def test_a_validator_is_inspected_on_a_cycle(desk: Desk) -> None:
    case = certificate(desk)
    due = Deadline.objects.get(case_id=case, clock="inspection")
    assert (due.due_on - due.started_on).days == 365
    desk.today += timedelta(days=100)
    good = {"case_id": case, "inspected_on": desk.today, "requirements_met": True, "looked_at": "Reports and staff."}
    fault = ShortcomingFound(procedure="on-site-visits", found="No photographs were taken.")
    desk.refused(InspectValidator(**good, shortcomings=(fault,)), by="sam", code="shortcomings_named")
    desk.refused(InspectValidator(**{**good, "requirements_met": False}), by="sam", code="shortcomings_named")
    ahead = desk.today + timedelta(days=1)
    desk.refused(InspectValidator(**{**good, "inspected_on": ahead}), by="sam", code="inspected_by_now")
    desk.refused(InspectValidator(**{**good, "looked_at": ""}), by="sam", code="looked_at_given")
    strange = ShortcomingFound(procedure="tea", found="Cold.")
    desk.refused(
        InspectValidator(**{**good, "requirements_met": False}, shortcomings=(strange,)),
        by="sam",
        code="procedure_designated",
    )
    desk.must(InspectValidator(**good), by="sam")
    assert Deadline.objects.get(case_id=case, clock="inspection").due_on == desk.today + timedelta(days=365)


@pytest.mark.clause("6 USC 968(g)(2)")
@pytest.mark.clause("6 USC 968(g)(2)(A)")
def test_a_certificate_is_revoked_on_a_shortcoming_with_evidence(desk: Desk) -> None:
    desk.prove = True
    case = certificate(desk)
    fault = ShortcomingFound(procedure="on-site-visits", found="No photographs were taken.")
    desk.refused(RevokeCertificate(case_id=case, shortcomings=()), by="sue", code="shortcoming_determined")
    desk.refused(RevokeCertificate(case_id=case, shortcomings=(fault,)), by="sue", code="shortcoming_determined")
    missing = ShortcomingFound(procedure="on-site-visits", found="None.", evidence=(uuid4(),))
    desk.refused(RevokeCertificate(case_id=case, shortcomings=(missing,)), by="sue", code="shortcomings_on_file")
    desk.must(RevokeCertificate(case_id=case, shortcomings=(shortcoming(desk, case),)), by="sue")
    assert state(case) == "revoked"
    assert [r.code for r in in_force(certificate_of(case), desk.today).failing] == ["not_revoked"]
    assert Certificate.objects.get(pk=case).ended_on == desk.today
    assert Notice.objects.filter(case_id=case, template="validator_certificate_revoked").exists()
    assert desk.refused(CertifyValidator(case_id=case), by="sue").step == "procedure"


def shortcoming(desk: Desk, case: UUID) -> ShortcomingFound:
    """With a document that a supervisor put on file."""
    paper = upload(desk, case, "Inspection", by="sue")
    return ShortcomingFound(procedure="on-site-visits", found="No photographs were taken.", evidence=(paper,))


@pytest.mark.clause("6 USC 968(d)(2)(B)")
def test_only_the_platform_holds_and_restores(desk: Desk) -> None:
    case = certificate(desk)
    assert desk.refused(HoldForInsurance(case_id=case), by="sue").step == "authority"
    desk.refused(HoldForInsurance(case_id=case), code="certificate_lapsed")
    assert desk.refused(RestoreCertificate(case_id=case)).step == "procedure"
