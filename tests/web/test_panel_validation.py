"""What the panel of a validation shows, to whom, and in how many queries (6 USC 965(a), 971(c))."""

from __future__ import annotations

import pytest
from django.db import connection
from django.template import engines
from django.test.utils import CaptureQueriesContext

from greenlane.casework.models import Case
from greenlane.people.visibility import viewer_of
from greenlane.validation.commands_blocked import BlockValidation
from greenlane.validation.commands_report import IssueValidationReport
from greenlane.web.panels.registry import shown
from tests.desk import Desk
from tests.validation.steps import answered, certified, found, noticed, require, upload, validation_desk, visited

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    desk = validation_desk()
    desk.prove = False
    return desk


def page(desk: Desk, case: object, name: str) -> str:
    row = Case.objects.get(pk=case)
    viewer = viewer_of(desk.people[name], desk.today)
    with CaptureQueriesContext(connection) as seen:
        panel = shown(row, viewer, desk.today)
    assert len(seen) <= 6, [query["sql"][:120] for query in seen]
    assert panel is not None
    text = "{% include panel.template %}"
    return engines["django"].from_string(text).render({"panel": panel})


@pytest.mark.clause("6 USC 971(c)")
def test_the_company_reads_findings_and_actions_once_the_report_is_sent(desk: Desk) -> None:
    company, case = certified(desk)
    assert "No location is chosen yet." in page(desk, case, "sam")
    noticed(desk, company, case)
    assert "Jade Kiln Works" in page(desk, case, company.officer)
    visited(desk, case)
    found(desk, company, case, unmet="1.3")
    require(desk, case, "1.3")
    before = page(desk, case, company.officer)
    assert "told in the report" in before
    assert "The log has gaps." not in before
    assert "Keep the seal log" not in before
    assert "The log has gaps." in page(desk, case, "sam")
    desk.must(IssueValidationReport(case_id=case, summary="One gap."), by="sam")
    after = page(desk, case, company.officer)
    assert "The log has gaps." in after
    assert "Photo of Dock Seven" in after
    answered(desk, company, case)
    assert "waits for review" in page(desk, case, company.officer)


@pytest.mark.clause("6 USC 965(a)")
def test_rc_21_a_blocked_visit_is_shown_as_neither_passed_nor_failed(desk: Desk) -> None:
    company, case = certified(desk)
    noticed(desk, company, case)
    paper = upload(desk, case, "Note of the ministry")
    block = BlockValidation(
        case_id=case,
        reason="<b>No entry</b>",
        refused_by="Ministry",
        evidence=(paper,),
        review_on=desk.today.replace(year=desk.today.year, month=desk.today.month + 1),
    )
    desk.must(block, by="sam")
    text = page(desk, case, company.officer)
    assert "neither passed nor failed" in text
    assert "&lt;b&gt;No entry" in text
