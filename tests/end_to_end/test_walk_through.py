"""What the walk-through tells its readers to type, send and open exists; its pictures are there, and small."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.urls import Resolver404, resolve

from greenlane.api.authority import OPERATIONS
from greenlane.casework.doors import public_commands
from greenlane.cli.main import walk
from tests.end_to_end import stories
from tests.end_to_end.visiting import LARGEST_PICTURE, PICTURES

DOCS = PICTURES.parent
TEXT = (DOCS / "walk-through.md").read_text(encoding="utf-8")
ID = "00000000-0000-4000-8000-000000000000"


def blocks(language: str) -> Iterator[str]:
    yield from re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


def typed() -> list[list[str]]:
    """Every command of the tool on the page, as the shell would split it."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("greenlane ")]


def requests() -> list[tuple[str, str]]:
    """Every request on the page: method and path, with the placeholders filled in."""
    found = re.findall(r"\b(GET|POST) (/api/v1/[^\s`]*)", TEXT)
    return [(method, re.sub(r"/[A-Z]{2,}\b", f"/{ID}", path.partition("?")[0])) for method, path in found]


def test_every_command_and_option_that_is_typed_exists() -> None:
    known: dict[str, click.Command] = {}
    walk(lambda name, command: known.update({name.removeprefix("greenlane "): command}))
    assert len(typed()) > 40
    for words in typed():
        name = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert name in known, words
        options = {
            option for parameter in known[name].params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert {word for word in words if word.startswith("--")} <= options, words


def test_every_request_that_is_sent_has_an_operation() -> None:
    commands = {spec.name for spec in public_commands()}
    assert resolve("/api/v1/"), "the interface is loaded, and its operations with it"
    assert len(requests()) > 30
    for method, path in requests():
        if path.endswith(("/NAME", f"/commands/{ID}")):
            continue
        if "/commands/" in path:
            assert path.rpartition("/")[2] in commands, path
        patterns = [(one.method, one.path) for one in OPERATIONS.values()]
        shapes = [(m, re.sub(r"\{[^}]*\}", "[^/]+", p)) for m, p in patterns]
        known = any(m == method and re.fullmatch(f"/api/v1{shape}", path) for m, shape in shapes)
        assert known or path == "/api/v1/openapi.json", (method, path)


def test_every_body_that_is_sent_has_the_fields_of_its_command() -> None:
    specs = {spec.name: {field.name for field in spec.fields} for spec in public_commands()}
    sent = [part for block in blocks("http") for part in [block.rpartition("\n\n")] if part[2].startswith("{")]
    assert len(sent) >= 5
    for before, _, body in sent:
        command = re.findall(r"POST /api/v1/commands/(\w+)", before)[-1]
        assert set(json.loads(body)) <= specs[command], command


def test_every_page_that_is_opened_has_a_view() -> None:
    pages = re.findall(r"`(/[a-z][^`\s]*)`", TEXT)
    assert len(pages) > 15
    for page in pages:
        address = re.sub(r"/[A-Z]{2,}(?=/)", f"/{ID}", page)
        try:
            resolve(address)
        except Resolver404:  # pragma: no cover - only when the page is wrong
            pytest.fail(f"the walk-through names {page}, which does not exist")


def test_its_pictures_are_there_small_and_all_used() -> None:
    named = set(re.findall(r"\]\(pictures/([\w-]+\.png)\)", TEXT))
    own = {file.name for file in PICTURES.glob("*.png") if file.name.startswith(("importer-", "office-"))}
    assert named == own
    for name in named:
        content = (PICTURES / name).read_bytes()
        assert content.startswith(b"\x89PNG")
        assert len(content) <= LARGEST_PICTURE, name


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (DOCS / target).exists(), target
    for named in re.findall(r"`(tests/[^`]*)`", TEXT):
        assert (DOCS.parent / named).exists(), named


def test_it_tells_the_stories_that_are_tested() -> None:
    for story in stories.STORIES:
        for words in (story.name, story.lading, story.unlading):
            assert words in TEXT, words
    for day in (stories.DAY_89, stories.LAST_DAY, stories.DAY_97):
        assert re.search(rf"November .*\b{day.day}\b", TEXT), day
    assert Path(__file__).with_name("test_importer_in_the_browser.py").exists()
