"""Reads are logged with their purpose, shown to the participant, and every field and kind has an audience."""

from __future__ import annotations

from datetime import timedelta

import pytest

from greenlane.records import classification as c
from greenlane.records.reads import ReadRefused, log_read, reads_by, reads_of
from tests.records.builders import AT, an_id

pytestmark = pytest.mark.clause("6 USC 971(c)")
READER, COMPANY = an_id("reader"), an_id("participant 1")


@pytest.mark.django_db
def test_a_participant_sees_who_read_what_of_it_and_why() -> None:
    log_read(READER, "specialist", COMPANY, "security profile", "documentation review", AT)
    log_read(READER, "specialist", an_id("participant 2"), "security profile", "documentation review", AT)
    log_read(None, "public", COMPANY, "register of participants", "public enquiry", AT + timedelta(hours=1))
    assert [(read.account, read.office, read.what, read.purpose) for read in reads_of(COMPANY)] == [
        (None, "public", "register of participants", "public enquiry"),
        (READER, "specialist", "security profile", "documentation review"),
    ]
    assert reads_of(COMPANY)[1].at == AT
    assert reads_by(READER).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("office", "what", "purpose"), [("", "a", "b"), ("a", " ", "b"), ("a", "b", ""), ("a", "b" * 201, "c")]
)
def test_a_read_without_its_office_what_or_purpose_is_refused(office: str, what: str, purpose: str) -> None:
    with pytest.raises(ReadRefused, match="characters"):
        log_read(READER, office, COMPANY, what, purpose, AT)
    with pytest.raises(ReadRefused, match="time zone"):
        log_read(READER, "specialist", COMPANY, "x", "y", AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("audience", "viewers"),
    [
        ("public", "public participant staff restricted"),
        ("participant", "participant staff restricted"),
        ("staff", "staff restricted"),
        ("restricted", "restricted"),
    ],
)
def test_an_audience_includes_the_narrower_ones(audience: str, viewers: str) -> None:
    assert [viewer.value for viewer in c.Audience if c.may_see(audience, viewer)] == viewers.split()
    assert c.Audience(audience) in c.visible_to(audience)


def test_an_unknown_audience_is_an_error_and_not_a_guess() -> None:
    for given in (("everyone", "staff"), ("staff", "everyone")):
        with pytest.raises(ValueError, match="everyone"):
            c.may_see(*given)


def test_a_whole_is_as_narrow_as_its_narrowest_part() -> None:
    assert c.narrowest(["public", "staff", "participant"]) is c.Audience.STAFF
    assert c.narrowest([]) is c.Audience.RESTRICTED


def test_what_has_no_audience_is_shown_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(c, "_KINDS", {})
    monkeypatch.setattr(c, "_FIELDS", {})
    c.classify_kind("tests.ReviewDocumented", "staff")
    c.classify_kind("tests.ReviewDocumented", "staff")
    c.classify_fields("tests.Organisation", name="public", turnover="participant", hits="restricted")
    assert c.audience_of_kind("tests.ReviewDocumented") is c.Audience.STAFF
    assert c.visible_fields("tests.Organisation", ["name", "turnover", "hits"], "participant") == ("name", "turnover")
    assert c.unclassified_kinds(["tests.ReviewDocumented", "tests.Other"]) == ["tests.Other"]
    assert c.unclassified_fields("tests.Organisation", ["name", "owner"]) == ["owner"]
    with pytest.raises(c.Unclassified):
        c.audience_of_kind("tests.Other")
    with pytest.raises(c.Unclassified):
        c.visible_fields("tests.Organisation", ["owner"], "restricted")
    with pytest.raises(c.ClassificationClash):
        c.classify_kind("tests.ReviewDocumented", "public")
    with pytest.raises(c.ClassificationClash):
        c.classify_fields("tests.Organisation", name="staff")
