"""The invented list of denied persons, fetched again before anything rests on an old one (6 USC 964(b))."""

from __future__ import annotations

from datetime import timedelta
from importlib import resources

from greenlane.demonstration.stage import Stage, Story
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.importing import prepare
from greenlane.vetting.models import ListVersion

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


def _list(stage: Stage) -> ImportList:
    with resources.as_file(resources.files("greenlane.demonstration") / "data") as folder:
        files = {
            role: folder / f"invented_{name}.csv" for role, name in (("primary", "sdn"), ("alt", "alt"), ("add", "add"))
        }
        return prepare("ofac_sdn", files, "invented for the demonstration", stage.today)
