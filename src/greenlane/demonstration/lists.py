"""The invented list of denied persons, fetched again before anything rests on an old one (6 USC 964(b))."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources

from greenlane.demonstration.stage import Stage, Story
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.commands_patterns import CloseFalsePattern, SeenHit
from greenlane.vetting.importing import prepare
from greenlane.vetting.models import ListVersion
from greenlane.vetting.patterns import Pattern, like_a_match, sharing

NEW_COMPANY = "90009"
OLD = timedelta(days=25)
"""The terms rely on no list older than thirty days."""


def fresh_list(stage: Stage) -> None:
    """Fetch the list, unless it was fetched lately."""
    last = (
        ListVersion.objects.filter(kind="ofac_sdn").order_by("-number").values_list("retrieved_on", flat=True).first()
    )
    if last is None or last + OLD <= stage.today:
        stage.give(_list(stage), by="analyst" if "analyst" in stage.people else None)


def lists_again(stage: Stage) -> Story:
    """The list is fetched again every four weeks."""
    while True:
        fresh_list(stage)
        yield 26


def list_says_more(stage: Stage) -> Story:
    """When all else is done, the list names two more and says more of two: hits wait for whoever looks at it.

    Some that are like the new company by its first words alone are closed as one false pattern, to show how.
    """
    yield 0
    stage.give(_list(stage, latest=True), by="analyst")
    pattern = Pattern(list_kind="ofac_sdn", list_code="OFAC-SDN", entry_key=NEW_COMPANY)
    hits = [hit for hit in sharing(pattern) if not like_a_match(hit)][-4:]
    if len(hits) < 2:
        return
    seen = tuple(SeenHit(hit_id=hit.pk, seen_evidence=hit.evidence) for hit in hits)
    closing = CloseFalsePattern(
        hits=seen,
        reason="Only the first two words are alike; the registry extracts name other owners and another country.",
        reason_code="different_country",
        list_kind=pattern.list_kind,
        list_code=pattern.list_code,
        entry_key=pattern.entry_key,
    )
    stage.give(closing, by="analyst")


def _list(stage: Stage, *, latest: bool = False) -> ImportList:
    end = "_latest" if latest else ""
    names = (("primary", f"sdn{end}"), ("alt", "alt"), ("add", f"add{end}"))
    with resources.as_file(resources.files("greenlane.demonstration") / "data") as folder:
        files = {role: folder / f"invented_{name}.csv" for role, name in names}
        return prepare("ofac_sdn", files, "invented for the demonstration", stage.today)
