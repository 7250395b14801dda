"""Each component says in words what it shows, and escapes what people wrote."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from greenlane.law.citations import Citation
from greenlane.law.sentences import Sentence
from greenlane.law.verdicts import Verdict
from greenlane.web import components as c
from greenlane.web import style_guide
from greenlane.web.words import say

pytestmark = pytest.mark.urls("tests.web.base_urls")


def render(source: str, **context: Any) -> str:
    request = RequestFactory().get("/queue/?state=late&cursor=abc&state=new")
    return Template("{% load greenlane %}" + source).render(Context({"request": request, **context}))


def test_sentences_are_said_with_dates_written_out() -> None:
    sentence = Sentence("Due on %(due)s, 100%% of it.", {"due": date(2026, 2, 14)})
    assert say(sentence) == "Due on February 14, 2026, 100% of it."
    assert say(Sentence.from_json(sentence.to_json())) == "Due on February 14, 2026, 100% of it."
    assert say(Sentence("100%% done.")) == "100% done."
    assert say(datetime(2026, 2, 14, 9, 5, tzinfo=UTC)) == "February 14, 2026, 09:05 UTC"
    assert say(Sentence("%(x)s.", {"x": "2026-99-99"})) == "2026-99-99."
    assert say(None) == ""


def test_kinds_of_identifiers_are_said_by_their_names() -> None:
    message = "It needs: %(kinds)s."
    assert say(Sentence(message, {"kinds": "fmc / carrier_bond"})) == (
        "It needs: Federal Maritime Commission number / International carrier bond."
    )
    assert say(Sentence(message, {"kinds": "containers, bulk"})) == "It needs: containers, bulk."


def test_dates_follow_the_readers_language() -> None:
    with translation.override("fr"):
        assert say(date(2026, 2, 14)) == "14 février 2026"


def test_what_stands_in_the_way_comes_first_with_clause_mend_and_link() -> None:
    page = render("{% reasons verdict links=links %}", verdict=style_guide.verdict(), links={"physical_access": "/a/"})
    assert page.index("leaves out 1 of 7 areas") < page.index("Cargo moved")
    assert "Does not hold:" in page
    assert page.count("Holds:") == 2
    assert "Assess physical access controls." in page
    assert 'href="/a/"' in page
    assert "/law/6-usc-963-2/" in page


def test_only_failing_reasons_can_be_shown() -> None:
    verdict = style_guide.verdict()
    assert render("{% reasons verdict only='failing' %}", verdict=verdict).count("<li") == 1
    assert render("{% reasons rows %}", rows=verdict.failing).count("<li") == 1


@pytest.mark.clause("6 USC 964(c)")
def test_a_deadline_says_its_words_rule_clause_and_dates() -> None:
    overdue = next(row for row in style_guide.deadlines() if row.state == "overdue")
    page = render("{% deadline_chip row title='Decision' %}", row=overdue)
    assert "3 days overdue" in page
    assert "gl-deadline--bad" in page
    assert "90 days after January 5, 2026, not counting that day." in page
    assert "February 27, 2026" in page
    assert "/law/6-usc-964-c/" in page
    assert "To the extent practicable" in page


def test_duties_that_bind_look_different_from_those_to_the_extent_practicable() -> None:
    rows = {row.state: row for row in style_guide.deadlines()}
    assert "practicable" not in render("{% deadline_chip row %}", row=rows["met_early"])
    assert "gl-duty--shall" in render("{% duty 'shall' %}")
    assert "gl-duty--practicable" in render("{% duty 'practicable' %}")


@pytest.mark.parametrize(("days", "tone"), [(15, "neutral"), (14, "warn"), (0, "warn")])
def test_a_running_clock_is_marked_when_it_is_due_soon(days: int, tone: str) -> None:
    row = style_guide.Sample("running", days, Sentence("x"), date(2026, 1, 1), date(2026, 4, 1))
    assert f"gl-deadline--{tone}" in render("{% deadline_chip row %}", row=row)


def test_a_clause_links_to_the_law_and_an_unknown_one_does_not() -> None:
    assert 'href="/law/6-usc-971-c/"' in render("{% clause cite %}", cite=Citation("6 USC 971(c)"))
    assert "href" not in render("{% clause '50 USC 1' %}")
    quoted = render("{% clause cite quote=True %}", cite=Citation("6 USC 964(c)"))
    assert "To the extent practicable" in quoted
    assert "<blockquote" in quoted


def test_a_task_is_a_link_over_its_row_and_its_status_belongs_to_its_name() -> None:
    page = render("{% task_list groups %}", groups=style_guide._lists()["groups"])
    assert "1 of 5 completed" in page
    assert page.count('class="gl-task__link"') == 4
    assert 'aria-describedby="task-1-1"' in page
    for word in ("Not yet started", "In progress", "Completed", "Cannot start yet", "There is a problem"):
        assert word in page


def test_a_table_has_caption_scopes_and_labels_for_phones() -> None:
    page = render("{% table queue dense=True %}", queue=style_guide._queue()["queue"])
    assert "<caption" in page
    assert page.count('scope="col"') == 6
    assert page.count('scope="row"') == 3
    assert page.count('data-label="Company"') == 3
    assert 'aria-sort="ascending"' in page
    assert 'name="case" value="57"' in page


def test_an_empty_table_says_so() -> None:
    table = c.Table("Cases", (c.Column("Case"),), ())
    assert "Nothing to show." in render("{% table table %}", table=table)


def test_a_row_that_does_not_fit_its_columns_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zip"):
        render("{% table table %}", table=c.Table("x", (c.Column("a"),), (c.Row(("1", "2")),)))


def test_steps_tabs_filters_pages_and_crumbs_say_where_one_is() -> None:
    lists, queue = style_guide._lists(), style_guide._queue()
    assert "Step 3 of 5" in render("{% step_indicator steps %}", steps=lists["steps"])
    tabs = render("{% tabs tabs %}", tabs=queue["tabs"])
    assert tabs.count('aria-current="page"') == 1
    assert "1,238" in tabs
    assert render("{% filter_chips rows '/q/' %}", rows=queue["filters"]).count("Remove filter") == 2
    assert render("{% filter_chips rows %}", rows=[]).strip() == ""
    assert 'rel="next"' not in render("{% pagination page %}", page=c.Page("/a/"))
    assert 'aria-current="page"' in render("{% breadcrumbs rows %}", rows=[c.Crumb("A", "/"), c.Crumb("B")])


def test_a_timeline_is_an_ordered_list_with_machine_readable_days() -> None:
    page = render("{% timeline rows %}", rows=style_guide._lists()["events"])
    assert page.count("<li") == 3
    assert '<time datetime="2026-01-05">January 5, 2026</time>' in page


def test_blocks_carry_their_content_and_their_meaning_in_words() -> None:
    page = render('{% alert "error" heading="Line 12" live=True %}It could <b>not</b> be read.{% endalert %}')
    assert "Error: " in page
    assert 'role="alert"' in page
    assert "It could <b>not</b> be read." in page
    done = render('{% confirmation "Submitted" "GL-2026-0041" %}We look at it.{% endconfirmation %}')
    assert "GL-2026-0041" in done
    assert "We look at it." in done
    assert "Key" in render('{% summary_box "Key" %}x{% endsummary_box %}')
    assert "Empty" in render('{% empty_state "Empty" %}x{% endempty_state %}')


def test_what_people_wrote_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    pages = [
        render("{% alert 'info' heading=evil %}{{ evil }}{% endalert %}", evil=evil),
        render("{% chip evil %}{% button evil evil %}", evil=evil),
        render("{% confirmation evil evil %}{{ evil }}{% endconfirmation %}", evil=evil),
        render("{% task_list rows %}", rows=[c.TaskGroup(evil, [c.Task(evil, c.TaskStatus.PROBLEM, evil, evil)])]),
        render("{% timeline rows %}", rows=[c.Event(evil, date(2026, 1, 1), evil, evil)]),
        render("{% table t %}", t=c.Table(evil, (c.Column(evil),), (c.Row((evil,)),))),
        render("{% description_list rows %}", rows=[c.Fact(evil, evil)]),
        render("{% icon 'x' label=evil %}", evil=evil),
    ]
    for page in pages:
        assert "<script" not in page


def test_a_refused_verdict_can_stand_in_the_error_summary() -> None:
    page = render("{% error_summary verdict %}", verdict=style_guide.verdict())
    assert "There is a problem" in page
    assert "leaves out 1 of 7 areas. Assess physical" in page
    granted = Verdict(tuple(row for row in style_guide.verdict().reasons if row.holds))
    assert render("{% error_summary granted None %}", granted=granted).strip() == ""


def test_the_query_string_keeps_filters_and_drops_the_cursor() -> None:
    assert render("{% query sort='due' %}") == "?sort=due&amp;state=late&amp;state=new"
    assert render("{% query state=None %}") == "?"


def test_the_page_before_a_grave_step_says_what_follows() -> None:
    page = render_to_string(
        "web/confirm.html",
        {
            "title": "Refuse certification",
            "question": "Do you refuse it?",
            "consequences": ["The company is told why.", "It may appeal."],
            "verdict": style_guide.verdict(),
            "confirm_label": "Refuse",
            "cancel_href": "/cases/1/",
            "danger": True,
        },
        RequestFactory().get("/"),
    )
    assert "It may appeal." in page
    assert "usa-button--secondary" in page
    assert 'href="/cases/1/"' in page
    assert 'method="post"' in page
    assert "csrfmiddlewaretoken" in page
