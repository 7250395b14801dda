"""The manual names everything there is, and nothing that there is not."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import pytest

from greenlane.api.app import api
from greenlane.api.problems import CONTENT_TYPE, TITLES
from greenlane.casework.registry import ENTRIES
from greenlane.cli.main import walk
from greenlane.conf.environment import Environment
from greenlane.law.citations import Citation
from greenlane.law.clocks import clocks
from greenlane.law.parameters import parameters
from greenlane.statute import build, reference
from greenlane.statute.coverage import summary
from greenlane.vetting.listing import KIND_TITLES

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "situations").glob("*.md"),
        *(ROOT / "src").rglob("README.md"),
    ]
)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^[ ]*```\w*\n(.*?)^[ ]*```$", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"\bGREENLANE_[A-Z_]+\b")
EXTERNAL = ("http:", "https:", "mailto:")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def reference_page(name: str) -> str:
    return text_of(REFERENCE / f"{name}.md")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands_of_the_tool() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    walk(lambda name, command: found.update({name: command}))
    return found


TOOL = commands_of_the_tool()
DOCUMENT: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))


# what there is, is named


def test_every_command_is_described() -> None:
    page = reference_page("commands")
    missing = [spec.name for spec in reference.product_commands() if f"| `{spec.name}` | {spec.title} |" not in page]
    assert len(reference.product_commands()) > 50
    assert not missing


def test_every_kind_of_entry_is_described_with_its_audience() -> None:
    page = reference_page("entries")
    own = {kind: cls for kind, cls in ENTRIES.items() if cls.__module__.startswith("greenlane.")}
    rows = {
        kind: f"| `{kind.split('.')[1]}` | {cls.entry_version} | {cls.entry_audience} |" for kind, cls in own.items()
    }
    assert len(rows) > 50
    assert not [kind for kind, row in rows.items() if row not in page]


def test_every_clock_is_described() -> None:
    page = reference_page("clocks")
    assert not [
        clock.code for clock in clocks() if f"| `{clock.code}` | {clock.title} | {clock.citation.cite} |" not in page
    ]


def test_every_parameter_is_described_with_its_value_and_clause() -> None:
    page = reference_page("parameters")
    for row in parameters():
        value = f"{row.value:,}" if isinstance(row.value, int) else row.value
        assert f"| `{row.code}` | {row.title} | {value} |" in page, row.code
        assert row.citation.cite in page


def test_every_setting_is_described_in_words() -> None:
    page = reference_page("settings")
    for name, field in Environment.model_fields.items():
        assert field.description, f"{name} has no description"
        assert re.search(
            rf"^\| `GREENLANE_{name.upper()}` \| .+ \| {re.escape(field.description)} \|$", page, re.MULTILINE
        )


def test_no_setting_is_named_that_does_not_exist() -> None:
    known = {f"GREENLANE_{name.upper()}" for name in Environment.model_fields} | {"GREENLANE_TOKEN"}
    # switches of the tests are named where the tests are explained
    known |= {word for path in (ROOT / "tests").rglob("*.py") for word in SETTING.findall(text_of(path))}
    guides = [path for path in PAGES if path.parent.name != "decisions"]
    named = {(name_of(path), word) for path in guides for word in SETTING.findall(text_of(path))}
    assert not {(page, word) for page, word in named if word not in known}


def test_every_list_that_can_be_imported_is_described() -> None:
    page = text_of(ROOT / "docs" / "how-to" / "import-lists.md")
    assert not [str(kind) for kind in KIND_TITLES if f"| `{getattr(kind, 'value', kind)}` |" not in page]


def test_every_problem_of_the_interface_is_described() -> None:
    page = text_of(ROOT / "docs" / "how-to" / "use-the-api.md")
    assert CONTENT_TYPE in page
    for kind, (status, _title) in TITLES.items():
        assert re.search(rf"^\| {status} \| .*`{kind}`", page, re.MULTILINE), kind


def test_every_how_to_is_listed() -> None:
    index = text_of(ROOT / "docs" / "README.md")
    pages = [*(ROOT / "docs" / "how-to").glob("*.md"), *REFERENCE.glob("*.md")]
    assert not [page.name for page in pages if f"({page.relative_to(ROOT / 'docs').as_posix()})" not in index]


# the generated parts are fresh


def test_the_reference_is_fresh() -> None:
    assert not build.stale(reference.files(ROOT)), "run: python -m greenlane.statute.build"


def test_the_readme_says_how_far_the_law_runs() -> None:
    found = reference.STATUS.search(README)
    assert found
    assert f"**{summary().works} work**" in found.group(0)


# what is named, is there


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as code forges make them."""
    titles = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(path: Path) -> Iterator[str]:
    yield from (link for link in LINK.findall(FENCE.sub("", text_of(path))) if not link.startswith(EXTERNAL))


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    broken = []
    for link in links(path):
        parts = urlsplit(link)
        target = (path.parent / parts.path).resolve() if parts.path else path
        if not target.exists() or (parts.fragment and parts.fragment not in anchors(target)):
            broken.append(link)
    assert not broken


def commands_in_blocks(path: Path) -> Iterator[list[str]]:
    """The words of each line of a code block that gives a command of the tool; continued lines are joined."""
    for block in FENCE.findall(text_of(path)):
        for line in block.replace("\\\n", " ").splitlines():
            found = re.search(r"(?:^|[\s(]|bin/)(greenlane [a-z].*)$", line.split("#")[0])
            if found:
                words = shlex.split(found.group(1).replace("$(", " ").split(")")[0] if "$(" in line else found.group(1))
                yield words[: words.index("|")] if "|" in words else words


def test_commands_in_code_blocks_exist_and_so_do_their_options() -> None:
    wrong, seen = [], 0
    for path in PAGES:
        for words in commands_in_blocks(path):
            seen += 1
            name = next((known for known in TOOL if words[: len(known.split())] == known.split()), None)
            if name is None:
                wrong.append(f"{name_of(path)}: {' '.join(words)}")
                continue
            known_options = {option for parameter in TOOL[name].params for option in parameter.opts}
            given = {word.split("=")[0] for word in words if word.startswith("--")}
            wrong += [f"{name_of(path)}: {name} has no {option}" for option in given - known_options - {"--help"}]
    assert seen > 100
    assert not wrong


def documented(path: str) -> str | None:
    """The path of the OpenAPI document that an address matches."""
    for known in DOCUMENT["paths"]:
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", known), path):
            return str(known)
    return None


def test_addresses_of_the_interface_exist() -> None:
    wrong, seen = [], 0
    for path in PAGES:
        for address in re.findall(r"/api/v1/[^\s`\"'|)<>]+", text_of(path)):
            seen += 1
            parts = urlsplit(address.rstrip("."))
            if parts.path == "/api/v1/openapi.json":
                continue
            if parts.path.endswith("/NAME"):
                parts = parts._replace(path=parts.path.replace("/NAME", "/AssignCase"))
            known = documented(parts.path)
            if known is None:
                wrong.append(f"{name_of(path)}: {address}")
                continue
            operations = DOCUMENT["paths"][known].values()
            takes = {one["name"] for operation in operations for one in operation.get("parameters", ())}
            asked = {pair.split("=")[0] for pair in parts.query.split("&") if pair}
            wrong += [f"{name_of(path)}: {known} does not take {name}" for name in asked - takes]
    assert seen > 10
    assert not wrong


def test_the_command_in_the_example_is_as_the_interface_describes_it() -> None:
    page = text_of(ROOT / "docs" / "how-to" / "use-the-api.md")
    sent = re.search(r"commands/(\w+) .*?-d '(\{.*?\})'", page, re.DOTALL)
    assert sent
    operation = DOCUMENT["paths"][f"/api/v1/commands/{sent.group(1)}"]["post"]
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(json.loads(sent.group(2))) == set(schema["required"])
    assert "Idempotency-Key" in {one["name"] for one in operation["parameters"]}
    assert "Idempotency-Key: " in page


def test_the_problem_in_the_example_has_the_fields_of_a_problem() -> None:
    page = text_of(ROOT / "docs" / "how-to" / "use-the-api.md")
    shown = json.loads(next(block for block in FENCE.findall(page) if "urn:greenlane:problem" in block))
    schemas = DOCUMENT["components"]["schemas"]
    assert set(shown) <= set(schemas["Problem"]["properties"])
    assert set(shown["reasons"][0]) == set(schemas["ProblemReason"]["properties"])
    assert shown["status"] == TITLES[shown["type"].rsplit(":", 1)[1]][0]


def test_the_glossary_names_clauses_that_exist_in_alphabetical_order() -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]*)\|$", text_of(ROOT / "docs" / "glossary.md"), re.MULTILINE)[1:]
    words = [word.lower() for word, _ in rows if word != "---"]
    assert len(words) > 40
    assert words == sorted(words)
    for _, cited in rows:
        for cite in filter(None, (part.strip() for part in cited.split(","))):
            assert cite == "---" or Citation(cite).cite == cite


def test_the_how_to_on_programmes_names_the_keys_of_a_pack() -> None:
    from greenlane.programs.packs_schema import PackForm

    page = text_of(ROOT / "docs" / "how-to" / "load-a-programme.md")
    named = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.+?) \|", page, re.MULTILINE))))
    assert named <= set(PackForm.model_fields)


# how it looks


def test_the_readme_shows_pictures_that_are_small_and_described() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", README)
    assert pictures
    for described, file in pictures:
        assert len(described) > 30
        assert (ROOT / file).stat().st_size <= 200_000


def test_the_readme_names_the_commands_in_a_block_of_their_own() -> None:
    assert re.search(r"^    make run ", README, re.MULTILINE)
    assert re.search(r"^    make test ", README, re.MULTILINE)


def test_sentences_of_the_law_are_collected_for_translators() -> None:
    from greenlane.web.management.commands.makemessages import Command

    assert "--keyword=N_" in Command.xgettext_options
    assert "--from-code=UTF-8" in Command.xgettext_options
