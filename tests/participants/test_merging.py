"""Accounts merge, split and divide without losing a date, a consent or an entry (6 USC 962, RC-01, RC-16)."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from greenlane.casework.answers import Answer
from greenlane.casework.models import Case, OutboxMessage
from greenlane.law.authority import Office
from greenlane.participants import queries
from greenlane.participants.benefits import benefits_on, stood_on
from greenlane.participants.chain import RecordLeg, RecordPartner, RecordSite
from greenlane.participants.commands import AmendProfile, RegisterParticipant
from greenlane.participants.commands_extracting import DivideAccount, ExtractAccount
from greenlane.participants.commands_merging import (
    ConsentToAccountChange,
    MergeAccounts,
    WithdrawAccountChangeConsent,
)
from greenlane.participants.commands_splitting import SplitAccount
from greenlane.participants.commands_standing import SetDeniedBenefits, SetStanding
from greenlane.participants.entries_merging import AccountChangeNoted
from greenlane.participants.models import ChangeConsent, DeniedBenefits, Merger, MovedPart, Participant, Standing
from greenlane.participants.parts import EndPart, RecordIdentifier, RecordPerson
from greenlane.participants.queries_merging import acting_account, mergers_of, moved_parts, parts_of
from greenlane.participants.state import TABLES
from greenlane.people.commands import EndOffice, GrantOffice
from greenlane.people.queries import company_people
from greenlane.people.visibility import cases_visible_to, viewer_of
from greenlane.profiles.commands_handover import ProposeHandOver
from greenlane.records.models import Entry
from tests.companies import Company, found_programme
from tests.desk import Desk

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 3, 2)


def a_desk() -> Desk:
    desk = Desk(today=BEGAN, prove=False)
    found_programme(desk, "importer")
    desk.person("mona", Office.PROGRAMME_MANAGER)
    return desk


def pair(desk: Desk) -> tuple[UUID, UUID]:
    """Two importers of different groups: Ada's, at tier 2, and Eve's, at tier 3, each with a chain of its own."""
    ada = Company(desk, "ada", name="Lantern Imports").register().map_chain()
    eve = Company(desk, "eve", name="Kettle Imports").register().fill_profile().map_chain()
    for company, tier in ((ada, 2), (eve, 3)):
        certify(desk, company.participant, tier)
    desk.today += timedelta(days=20)
    return ada.participant, eve.participant


def certify(desk: Desk, participant: UUID, tier: int) -> None:
    desk.must(SetStanding(participant_id=participant, standing="certified", tier=tier, reason="Invented."))


@pytest.fixture
def desk() -> Desk:
    return a_desk()


@pytest.fixture
def accounts(desk: Desk) -> tuple[UUID, UUID]:
    found = pair(desk)
    desk.prove = True
    return found


def consent(desk: Desk, by: str, participant: UUID, act: Any, other: UUID | None = None) -> None:
    desk.must(ConsentToAccountChange(participant_id=participant, act=act, other_id=other, reason="We want to."), by=by)


def consents(desk: Desk, survivor: UUID, merged: UUID) -> None:
    consent(desk, "ada", survivor, "survive", merged)
    consent(desk, "eve", merged, "merge", survivor)


def merging(survivor: UUID, merged: UUID, **more: Any) -> MergeAccounts:
    return MergeAccounts(
        participant_id=survivor, merged_id=merged, **{"takeover": True, "reason": "Bought in March.", **more}
    )


def merge(desk: Desk, survivor: UUID, merged: UUID, **more: Any) -> Answer:
    consents(desk, survivor, merged)
    return desk.must(merging(survivor, merged, **more), by="mona")


def split(desk: Desk, survivor: UUID, merged: UUID, **more: Any) -> Answer:
    consent(desk, "ada", survivor, "split", merged)
    consent(desk, "eve", merged, "split", survivor)
    merger = Merger.objects.get(merged_id=merged, split_on=None)
    return desk.must(SplitAccount(merger_id=merger.pk, reason="Sold again.", **more), by="mona")


def ledger() -> list[tuple[UUID, bytes]]:
    return [(row.uid, bytes(row.body)) for row in Entry.objects.order_by("id")]


def dated(*participants: UUID) -> dict[str, list[dict[str, Any]]]:
    """Every dated row of these accounts as it is written, and the dates of the accounts themselves."""
    models: list[Any] = [*TABLES.values(), Standing, DeniedBenefits, ChangeConsent]
    found = {
        model.__name__: list(model.objects.filter(participant_id__in=participants).order_by("pk").values())
        for model in models
    }
    return found | {"Participant": list(Participant.objects.filter(pk__in=participants).order_by("pk").values())}


def content(participant: UUID) -> list[tuple[str, ...]]:
    """What an account consists of now, whatever the numbers of its rows."""
    rows = list(parts_of(participant))
    names = {row.series: row.name for part, row in rows if part in ("site", "partner")}  # type: ignore[attr-defined]
    skip = {"id", "series", "participant_id", "effective_from", "recorded_at"}
    found = []
    for part, row in rows:
        values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.attname not in skip}
        ends = {key: names[values[key]] for key in ("origin", "destination") if key in values}
        found.append((part, *(f"{key}={value}" for key, value in sorted({**values, **ends}.items()))))
    return sorted(found)


def contained(before: dict[str, list[dict[str, Any]]], after: dict[str, list[dict[str, Any]]]) -> None:
    """Every row of before stands unchanged in after."""
    for table, rows in before.items():
        found = {row["id"]: row for row in after[table]}
        for row in rows:
            assert found[row["id"]] == row, f"{table}: {row} became {found[row['id']]}"


@pytest.mark.clause("6 USC 962", "6 USC 971(b)")
def test_rc_16_a_merger_keeps_every_date_consent_and_entry(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    parts, people = content(merged), company_people(merged, desk.today).count()
    consents(desk, survivor, merged)
    before, written = dated(survivor, merged), ledger()
    desk.must(merging(survivor, merged, people=(desk.people["eve"],)), by="mona")
    after = dated(survivor, merged)
    assert ledger()[: len(written)] == written
    for table in ("Identifier", "Person", "Site", "Partner", "Leg", "Standing"):
        contained({table: before[table]}, after)
    kept = ("certified_on", "registered_on", "invited_on", "legal_name", "cargo_kinds", "group_id")
    for was, now in zip(before["Participant"], after["Participant"], strict=True):
        assert {key: was[key] for key in kept} == {key: now[key] for key in kept}
    assert {(row["given_on"], row["act"]) for row in after["ChangeConsent"]} == {
        (desk.today, "survive"),
        (desk.today, "merge"),
    }
    assert content(merged) == parts
    assert set(parts) <= set(content(survivor))
    assert len(content(survivor)) == len(parts) + 3
    assert company_people(merged, desk.today).count() == people + 1  # Ada reads on
    assert moved_parts(survivor).count() == moved_parts(merged).count() == len(parts)


@pytest.mark.clause("6 USC 962")
def test_the_tier_of_the_survivor_does_not_rise_and_the_merged_account_gives_no_benefit(
    desk: Desk, accounts: tuple[UUID, UUID]
) -> None:
    survivor, merged = accounts
    merge(desk, survivor, merged)
    assert (stood_on(survivor, desk.today).tier, stood_on(merged, desk.today).standing) == (2, "merged")
    row = Participant.objects.get(pk=merged)
    assert (row.standing, row.tier, row.certified_on) == ("merged", 0, BEGAN)
    assert not [b for b in benefits_on(row, desk.today) if b.given]
    assert stood_on(merged, desk.today - timedelta(days=1)).tier == 3  # as it was
    assert acting_account(merged) == survivor
    assert acting_account(survivor) == survivor


@pytest.mark.clause("6 USC 971(b)", "6 USC 971(c)")
def test_both_histories_are_read_from_both_sides(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    answer = merge(desk, survivor, merged, people=(desk.people["eve"],))
    for name in ("ada", "eve"):
        seen = cases_visible_to(viewer_of(desk.people[name], desk.today))
        assert {survivor, merged, answer.case_id} <= set(seen.values_list("pk", flat=True))
    notes = Entry.objects.filter(kind=AccountChangeNoted.entry_kind)
    assert {row.subject for row in notes} == {survivor, merged}
    assert list(mergers_of(survivor)) == list(mergers_of(merged)) != []
    split(desk, survivor, merged)
    eve, ada = (viewer_of(desk.people[name], desk.today + timedelta(days=1)) for name in ("eve", "ada"))
    assert (eve.participants, ada.participants) == ((merged,), (survivor,))


@pytest.mark.clause("6 USC 962")
def test_who_does_not_go_along_sees_nothing_of_the_other_company(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    merge(desk, survivor, merged)
    assert survivor not in viewer_of(desk.people["eve"], desk.today).participants


@pytest.mark.clause("6 USC 962")
def test_nothing_is_written_in_a_merged_account_and_its_standing_rests(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    desk.refused(
        SetStanding(participant_id=survivor, standing="merged", tier=0, reason="-"), code="standing_rests_while_merged"
    )
    merge(desk, survivor, merged)
    address = {"country": "US", "address": "1 Way", "city": "Houston"}
    amend = AmendProfile(participant_id=merged, legal_name="New name", cargo_kinds=("containerized",), **address)
    for command in (
        amend,
        RecordIdentifier(participant_id=merged, kind="scac", value="QZXV"),
        RecordPerson(participant_id=merged, role="owner", name="Oz", birth_date=date(1970, 1, 1), country="US"),
        RecordSite(participant_id=merged, name="Dock", use="yard", **address),
        RecordPartner(participant_id=merged, name="Kiln", does="supplier", country="CN"),
        EndPart(participant_id=merged, part="leg", series=queries.legs(merged)[0].series, reason="Over."),
    ):
        desk.refused(command, by="eve", code="account_goes_on_elsewhere", cite="6 USC 962")
    up = SetStanding(participant_id=merged, standing="certified", tier=3, reason="-")
    desk.refused(up, code="standing_rests_while_merged")
    OutboxMessage.objects.all().delete()


@pytest.mark.clause("6 USC 961(a)", "6 USC 962")
def test_rc_16_who_reads_a_merged_account_takes_it_from_nobody(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    """The other company's officers name nobody in it, end nobody's office, hand it over to nobody, speak not for it."""
    survivor, merged = accounts
    desk.person("zoe")
    merge(desk, survivor, merged)
    officer = {"office": Office.APPLICANT_OFFICER, "participant_id": merged}
    grant = GrantOffice(account_id=desk.people["zoe"], **officer)
    end = EndOffice(account_id=desk.people["eve"], reason="We bought it.", **officer)
    hand = ProposeHandOver(participant_id=merged, email="zoe@example.org", reason="We bought it.")
    for taking in (grant, end, hand):
        for who in ("ada", "eve"):
            desk.refused(taking, by=who, code="account_goes_on_elsewhere", cite="6 USC 962")
    parting = ConsentToAccountChange(participant_id=merged, act="split", other_id=survivor, reason="Sold.")
    desk.refused(parting, by="ada", code="own_officer", cite="6 USC 961(a)")
    split(desk, survivor, merged)
    assert [row.account_id for row in company_people(merged, desk.today)] == [desk.people["eve"]]


@pytest.mark.parametrize(
    ("change", "code", "cite"),
    [
        ({"merged_id": None}, "two_accounts", "6 USC 962"),
        ({"takeover": False}, "same_group_or_takeover", "6 USC 962"),
        ({"reason": "  "}, "reason_given", "6 USC 962"),
        ({"left": (UUID(int=7),)}, "parts_on_record", "6 USC 963(2)"),
        ({"people": (UUID(int=7),)}, "people_of_the_company", "6 USC 971(c)"),
    ],
)
@pytest.mark.clause("6 USC 962")
def test_what_does_not_fit_is_refused_by_its_clause(
    desk: Desk, accounts: tuple[UUID, UUID], change: dict[str, Any], code: str, cite: str
) -> None:
    survivor, merged = accounts
    consents(desk, survivor, merged)
    given_ = {key: survivor if key == "merged_id" else value for key, value in change.items()}
    desk.refused(dataclasses.replace(merging(survivor, merged), **given_), by="mona", code=code, cite=cite)
    desk.refused(merging(survivor, merged), by="ada", code="authority")


@pytest.mark.clause("6 USC 961(a)")
def test_both_officers_consent_and_a_consent_that_was_withdrawn_is_none(
    desk: Desk, accounts: tuple[UUID, UUID]
) -> None:
    survivor, merged = accounts
    desk.refused(merging(survivor, merged), by="mona", code="officer_consented", cite="6 USC 961(a)")
    consent(desk, "ada", survivor, "survive", merged)
    answer = desk.refused(merging(survivor, merged), by="mona", code="officer_consented")
    assert len(answer.verdict.failing) == 1
    again = ConsentToAccountChange(participant_id=survivor, act="survive", other_id=merged, reason="Again.")
    desk.refused(again, by="ada", code="not_consented_already", cite="6 USC 961(a)")
    desk.refused(again, by="eve", code="authority")
    consent(desk, "eve", merged, "merge", survivor)
    desk.must(WithdrawAccountChangeConsent(participant_id=merged, act="merge", other_id=survivor), by="eve")
    desk.refused(merging(survivor, merged), by="mona", code="officer_consented")
    nobody = ConsentToAccountChange(participant_id=merged, act="merge", other_id=None, reason="With whom?")
    desk.refused(nobody, by="eve", code="other_account_named", cite="6 USC 962")
    itself = ConsentToAccountChange(participant_id=merged, act="merge", other_id=merged, reason="With us.")
    desk.refused(itself, by="eve", code="other_account_named")


@pytest.mark.clause("6 USC 967(a)", "6 USC 967(b)")
def test_no_merger_is_a_way_around_a_consequence(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    consents(desk, survivor, merged)
    because = uuid4()
    benefit = benefits_on(Participant.objects.get(pk=merged), desk.today)[0].benefit.code
    desk.must(SetDeniedBenefits(participant_id=merged, because=because, benefits=(benefit,), reason="Invented."))
    desk.refused(merging(survivor, merged), by="mona", code="no_denial_in_force", cite="6 USC 967(a)")
    desk.must(SetDeniedBenefits(participant_id=merged, because=because, benefits=(), reason="Invented."))
    desk.must(SetStanding(participant_id=merged, standing="suspended", tier=0, reason="Invented."))
    desk.refused(merging(survivor, merged), by="mona", code="not_barred", cite="6 USC 967(b)")


@pytest.mark.parametrize(
    ("kind", "state", "code", "cite"),
    [
        ("consequence", "noticed", "no_consequence_or_appeal", "6 USC 967(c)"),
        ("appeal", "filed", "no_consequence_or_appeal", "6 USC 967(c)"),
        ("certification", "recommended", "nothing_undecided", "6 USC 964(b)"),
        ("investigation", "open", "nothing_undecided", "6 USC 964(b)"),
    ],
)
@pytest.mark.clause("6 USC 967(c)", "6 USC 964(b)")
def test_an_open_case_hinders_a_merger_and_a_closed_one_does_not(
    desk: Desk, accounts: tuple[UUID, UUID], kind: str, state: str, code: str, cite: str
) -> None:
    survivor, merged = accounts
    consents(desk, survivor, merged)
    desk.prove = False  # a case of a later room, put there by hand
    case = Case.objects.create(
        id=uuid4(),
        kind=kind,
        state=state,
        state_since=desk.today,
        participant_id=survivor,
        opened_on=desk.today,
        reference="CAS-0001",
    )
    answer = desk.refused(merging(survivor, merged), by="mona", code=code, cite=cite)
    assert "CAS-0001" in str(answer.verdict.failing[0].sentence)
    case.state = {"consequence": "closed", "appeal": "upheld", "certification": "certified"}.get(kind, "cleared")
    case.save()
    desk.must(merging(survivor, merged), by="mona")


@pytest.mark.clause("6 USC 971(b)")
def test_what_follows_from_a_decision_is_waited_for(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    consents(desk, survivor, merged)
    decided = Entry.objects.filter(participant=merged).latest("id")
    waiting = OutboxMessage.objects.create(
        id=uuid4(),
        kind="reaction",
        name="invented",
        entry=decided.uid,
        payload={},
        created_at=desk.at,
        next_at=desk.at + timedelta(days=99),
    )
    desk.refused(merging(survivor, merged), by="mona", code="decisions_carried_out", cite="6 USC 971(b)")
    waiting.delete()
    desk.must(merging(survivor, merged), by="mona")


@pytest.mark.clause("6 USC 962")
def test_a_merged_account_merges_no_further_and_its_survivor_splits_last(
    desk: Desk, accounts: tuple[UUID, UUID]
) -> None:
    survivor, merged = accounts
    desk.prove = False
    third = Company(desk, "zoe", name="Comet Imports").register()
    merge(desk, survivor, merged)
    consent(desk, "eve", merged, "merge", third.participant)
    consent(desk, "zoe", third.participant, "survive", merged)
    desk.refused(merging(third.participant, merged), by="mona", code="not_merged_already")
    consent(desk, "ada", survivor, "merge", third.participant)
    consent(desk, "zoe", third.participant, "survive", survivor)
    desk.must(merging(third.participant, survivor), by="mona")
    assert acting_account(merged) == third.participant
    consent(desk, "ada", survivor, "split", merged)
    consent(desk, "eve", merged, "split", survivor)
    first = Merger.objects.get(merged_id=merged)
    desk.refused(SplitAccount(merger_id=first.pk, reason="Back."), by="mona", code="not_merged_further")


@pytest.mark.clause("6 USC 963(2)")
def test_a_leg_and_its_ends_go_together(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    consents(desk, survivor, merged)
    [site], [leg] = queries.sites(merged), queries.legs(merged)
    torn = merging(survivor, merged, left=(site.series,))
    desk.refused(torn, by="mona", code="legs_keep_their_ends", cite="6 USC 963(2)")
    kept = (site.series, queries.partners(merged)[0].series, leg.series)
    desk.must(merging(survivor, merged, left=kept), by="mona")
    assert len(queries.legs(survivor)) == 1


@pytest.mark.clause("6 USC 962")
def test_what_was_corrected_ended_and_added_meanwhile_goes_where_it_is_named(
    desk: Desk, accounts: tuple[UUID, UUID]
) -> None:
    survivor, merged = accounts
    merge(desk, survivor, merged)
    desk.today += timedelta(days=30)
    to = dict(MovedPart.objects.values_list("series", "to_series"))
    [site], [scac] = queries.sites(merged), queries.identifiers(merged).filter(kind="ior")
    address = {"country": "US", "address": "8 Dock", "city": "Houston"}
    name = {"participant_id": survivor, "use": "yard", **address}
    desk.must(RecordSite(name="Dock Eight", series=to[site.series], **name), by="ada")
    desk.must(EndPart(participant_id=survivor, part="identifier", series=to[scac.series], reason="Given up."), by="ada")
    desk.must(RecordSite(name="Yard Nine", **name), by="ada")
    new = queries.sites(survivor).get(name="Yard Nine").series
    owner = queries.persons(merged).get(role="owner").series
    consent(desk, "ada", survivor, "split", merged)
    consent(desk, "eve", merged, "split", survivor)
    merger = Merger.objects.get()
    strange = SplitAccount(merger_id=merger.pk, kept=(uuid4(),), reason="Sold.")
    desk.refused(strange, by="mona", code="parts_on_record", cite="6 USC 963(2)")
    torn = SplitAccount(merger_id=merger.pk, kept=(to[site.series],), reason="Sold.")
    desk.refused(torn, by="mona", code="legs_keep_their_ends", cite="6 USC 963(2)")
    desk.must(SplitAccount(merger_id=merger.pk, kept=(to[owner],), goes=(new,), reason="Sold."), by="mona")
    assert {s.name for s in queries.sites(merged)} == {"Dock Eight", "Yard Nine"}
    assert {s.name for s in queries.sites(survivor)} == {"Dock Seven"}
    assert not queries.identifiers(merged).filter(kind="ior").exists()
    assert not queries.persons(merged).filter(role="owner").exists()
    assert queries.persons(survivor).filter(role="owner").count() == 1
    [leg] = queries.legs(merged)
    assert leg.destination == site.series
    was = queries.live(TABLES["site"], merged, desk.today - timedelta(days=1))
    assert [row.name for row in was] == ["Dock Seven"]  # type: ignore[attr-defined]
    desk.refused(SplitAccount(merger_id=merger.pk, reason="Again."), by="mona", code="still_merged")


@pytest.mark.clause("6 USC 967(b)")
def test_no_split_while_the_joint_account_is_suspended(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, merged = accounts
    merge(desk, survivor, merged)
    desk.today += timedelta(days=5)
    desk.must(SetStanding(participant_id=survivor, standing="suspended", tier=0, reason="Invented."))
    consent(desk, "ada", survivor, "split", merged)
    consent(desk, "eve", merged, "split", survivor)
    undo = SplitAccount(merger_id=Merger.objects.get().pk, reason="Back.")
    desk.refused(undo, by="mona", code="not_barred", cite="6 USC 967(b)")
    desk.must(SetStanding(participant_id=survivor, standing="withdrawn", tier=0, reason="Invented."))
    desk.must(undo, by="mona")
    assert stood_on(merged, desk.today).standing == "withdrawn"


def new_account(source: UUID, officer: UUID, *goes: UUID, **more: Any) -> dict[str, Any]:
    return {
        "participant_id": source,
        "goes": goes,
        "legal_name": "Kettle Brokerage",
        "country": "US",
        "address": "9 Invented Way",
        "city": "Houston",
        "officer_id": officer,
        "reason": "It has its own business.",
        **more,
    }


@pytest.mark.clause("6 USC 962", "6 USC 964(a)")
def test_rc_16_an_extract_is_an_account_of_its_own_in_the_group_that_earned_no_tier(
    desk: Desk, accounts: tuple[UUID, UUID]
) -> None:
    _, source = accounts
    eve = desk.people["eve"]
    [site], [partner], [leg] = queries.sites(source), queries.partners(source), queries.legs(source)
    extract = ExtractAccount(
        business_type="customs_broker", **new_account(source, eve, site.series, partner.series, leg.series)
    )
    desk.refused(extract, by="mona", code="officer_consented", cite="6 USC 961(a)")
    consent(desk, "eve", source, "extract")
    for change, code in (
        ({"business_type": "importer"}, "one_account_per_business_type"),
        ({"business_type": "space_carrier"}, "business_type_known"),
        ({"officer_id": desk.people["ada"]}, "people_of_the_company"),
        ({"goes": ()}, "something_goes"),
        ({"goes": (leg.series,)}, "legs_keep_their_ends"),
        ({"goes": (uuid4(),)}, "parts_on_record"),
        ({"country": "ZZ"}, "country_known"),
        ({"legal_name": ""}, "legal_name_given"),
    ):
        desk.refused(dataclasses.replace(extract, **change), by="mona", code=code)
    written = ledger()
    answer = desk.must(extract, by="mona")
    assert ledger()[: len(written)] == written
    made = Participant.objects.get(pk=answer.case_id)
    assert made.group_id == Participant.objects.get(pk=source).group_id
    assert (made.standing, made.tier, made.certified_on) == ("applicant", 0, None)
    assert stood_on(source, desk.today).tier == 3
    assert not queries.legs(source).exists()
    [went] = queries.legs(made.pk)
    assert {went.origin, went.destination} == {queries.partners(made.pk)[0].series, queries.sites(made.pk)[0].series}
    before = queries.live(TABLES["leg"], source, desk.today - timedelta(days=1))
    assert before.count() == 1  # the old account's history stays
    assert Entry.objects.filter(kind=AccountChangeNoted.entry_kind, subject=source).count() == 1


@pytest.mark.clause("6 USC 962", "6 USC 964(a)")
def test_a_company_that_leaves_the_group_applies_anew(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    _, source = accounts
    consent(desk, "eve", source, "divide")
    [scac] = queries.identifiers(source).filter(kind="ior")
    divide = DivideAccount(**new_account(source, desk.people["eve"], scac.series, legal_name="Kettle Spares"))
    taken = dataclasses.replace(divide, legal_name="lantern imports")
    desk.refused(taken, by="mona", code="one_account_per_business_type", cite="6 USC 962")
    answer = desk.must(divide, by="mona")
    made = Participant.objects.get(pk=answer.case_id)
    assert (made.business_type, made.tier, made.standing) == ("importer", 0, "applicant")
    assert made.group_id != Participant.objects.get(pk=source).group_id
    desk.refused(dataclasses.replace(divide, legal_name="Kettle Tins"), by="mona", code="officer_consented")


@pytest.mark.clause("6 USC 962")
def test_two_accounts_of_different_business_types_are_not_merged(desk: Desk, accounts: tuple[UUID, UUID]) -> None:
    survivor, _ = accounts
    desk.prove = False
    group = Participant.objects.get(pk=survivor).group_id
    broker = RegisterParticipant(
        business_type="customs_broker", legal_name="B", country="US", address="1", city="C", group_id=group
    )
    other = desk.must(broker, by="ada").case_id
    assert other is not None
    consent(desk, "ada", survivor, "survive", other)
    consent(desk, "ada", other, "merge", survivor)
    desk.refused(merging(survivor, other), by="mona", code="same_business_type", cite="6 USC 962")


PART = st.sampled_from(["identifier", "person", "site", "partner", "leg", "end"])


class RoundTrip(TestCase):
    """Whatever two accounts consist of, a merger and its split leave them as they were (RC-01, RC-16)."""

    @settings(max_examples=12, derandomize=True)
    @given(
        parts=st.lists(st.tuples(st.booleans(), PART), max_size=9),
        tiers=st.tuples(st.sampled_from([0, 2, 3]), st.sampled_from([0, 2, 3])),
        days=st.integers(0, 400),
        along=st.booleans(),
    )
    @pytest.mark.clause("6 USC 962", "6 USC 971(b)")
    def test_rc_01_merge_and_split_give_back_every_row_and_date(
        self, parts: list[tuple[bool, str]], tiers: tuple[int, int], days: int, along: bool
    ) -> None:
        desk = a_desk()
        keys = [Company(desk, who, name=f"{who} Imports").register().participant for who in ("ada", "eve")]
        for number, (second, part) in enumerate(parts):
            add_part(desk, ("ada", "eve")[second], keys[second], part, number)
        for key, tier in zip(keys, tiers, strict=True):
            if tier:
                certify(desk, key, tier)
        desk.today += timedelta(days=1)
        consents(desk, *keys)
        before, contents, written = dated(*keys), [content(key) for key in keys], ledger()
        stood = [stood_on(key, desk.today) for key in keys]
        people = (desk.people["eve"],) if along else ()
        desk.must(merging(*keys, people=people), by="mona")
        assert Participant.objects.get(pk=keys[0]).tier == tiers[0]
        assert sorted(contents[0] + contents[1]) == content(keys[0])
        desk.today += timedelta(days=days)
        split(desk, *keys)
        assert ledger()[: len(written)] == written
        assert [content(key) for key in keys] == contents
        del before["ChangeConsent"]  # used now; each is kept, with its day
        contained(before, dated(*keys))
        assert [(s.standing, s.tier) for s in stood] == [
            (s.standing, s.tier) for s in (stood_on(key, desk.today) for key in keys)
        ]
        merged_rows = [model.objects.filter(participant_id=keys[1]).count() for model in TABLES.values()]
        assert merged_rows == [sum(r["participant_id"] == keys[1] for r in before[m.__name__]) for m in TABLES.values()]
        desk.prove = True
        desk.person("witness")  # the whole state is still the fold of the record


def add_part(desk: Desk, who: str, key: UUID, part: str, number: int) -> None:
    address = {"country": "US", "city": "Houston"}
    if part == "identifier":
        desk.must(RecordIdentifier(participant_id=key, kind="usdot", value=f"{100000 + number}"), by=who)
    elif part == "person":
        born = date(1970, 1, 1 + number)
        person = RecordPerson(participant_id=key, role="owner", name=f"P{number}", birth_date=born, country="US")
        desk.must(person, by=who)
    elif part == "site":
        desk.must(RecordSite(participant_id=key, name=f"S{number}", use="yard", address="1 Way", **address), by=who)
    elif part == "partner":
        desk.must(RecordPartner(participant_id=key, name=f"K{number}", does="supplier", **address), by=who)
    elif part == "leg":
        nodes = [row.series for kind, row in parts_of(key) if kind in ("site", "partner")]
        if len(nodes) > 1:
            leg = RecordLeg(participant_id=key, origin=nodes[0], destination=nodes[-1], mode="road")
            desk.must(leg, by=who)
    else:
        rows = [(kind, row) for kind, row in parts_of(key) if kind in ("identifier", "person", "leg")]
        if rows:
            kind, row = rows[0]
            end = EndPart(participant_id=key, part=kind, series=row.series, reason="Over.")  # type: ignore[arg-type]
            desk.must(end, by=who)
