"""A certified company for the tests of this room, and the documents and answers of a review."""

from __future__ import annotations

from greenlane.certification.commands import CertifyTierOne, RecommendCertification
from tests.companies import Company
from tests.desk import Desk
from tests.lives import accept_all, investigate, received


def certified_company(desk: Desk) -> Company:
    """A company that was received, investigated, reviewed and certified on one day; the fold is proved at the end."""
    company, case = received(desk)
    desk.prove = False
    investigate(desk, company)
    accept_all(desk, company, case)
    desk.must(RecommendCertification(case_id=case), by="sam")
    desk.prove = True
    desk.must(CertifyTierOne(case_id=case), by="sue")
    return company
