"""``greenlane programmes`` and ``greenlane criteria``: terms and criteria from their files (6 USC 961)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from greenlane.cli.acting import acting_options, carry_out
from greenlane.cli.machine import Access, Output, today, tool

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("programmes")
def programmes() -> None:
    """The programmes and the versions of their terms (6 USC 961(a), 19 USC 4311(a))."""


@tool(
    programmes,
    "load",
    access=Access.PERSON,
    examples=["greenlane programmes load pack.yaml", "greenlane programmes load pack.yaml --on 2026-01-01"],
)
@click.argument("pack", type=FILE)
@acting_options
@click.pass_obj
def load_programme(out: Output, pack: Path, **acting: Any) -> None:
    """Load a programme's terms from its PACK, or a new version of them."""
    from greenlane.programs.packs_schema import load_pack

    carry_out(out, "LoadProgramme", {"pack": load_pack(existing(pack, "pack"))}, **acting)


@tool(programmes, "list", access=Access.OPERATOR, examples=["greenlane programmes list"])
@click.pass_obj
def list_programmes(out: Output) -> None:
    """List the programmes with the version of their terms that is in force."""
    from greenlane.programs.models import Programme
    from greenlane.programs.queries import terms_version

    rows = []
    for programme in Programme.objects.order_by("code"):
        version = terms_version(programme.code, today())
        rows.append(
            {
                "code": programme.code,
                "title": programme.title,
                "agency": programme.agency,
                "version": version.number,
                "in_force_from": version.effective_from,
            }
        )
    out.table(rows, ("code", "title", "agency", "version", "in_force_from"))


@click.group("criteria")
def criteria() -> None:
    """The security criteria, by business type and version (6 USC 961(b), 963(3))."""


@tool(
    criteria,
    "publish",
    access=Access.PERSON,
    examples=[
        "greenlane criteria publish --business-type importer --consulted-on 2019-06-01 --on 2020-01-01",
        "greenlane criteria publish --file criteria.yaml --business-type importer",
    ],
)
@click.option("--file", type=FILE, help="A catalogue of criteria; the one that ships with the product unless said.")
@click.option("--business-type", required=True, metavar="TYPE", help="Whose criteria are published.")
@click.option("--consulted-on", metavar="DATE", help="The day on which the consultation was concluded (963(4)).")
@click.option("--review-concluded-on", metavar="DATE", help="The day on which the yearly review was concluded.")
@click.option("--grace-days", metavar="NUMBER", help="Days that companies have to answer what changed.")
@acting_options
@click.pass_obj
def publish(
    out: Output,
    file: Path | None,
    business_type: str,
    consulted_on: str | None,
    review_concluded_on: str | None,
    grace_days: str | None,
    **acting: Any,
) -> None:
    """Publish the edition of a catalogue that is in force for a business type."""
    from greenlane.casework.problems import bad_input
    from greenlane.criteria.catalogue import NoEditionInForce, edition_to_json, load_catalogue
    from greenlane.law.sentences import N_

    catalogue = load_catalogue(existing(file, "--file") if file else None)
    try:
        edition = catalogue.edition(business_type, today())
    except NoEditionInForce as error:
        what, mend = N_("%(detail)s"), N_("Use one of: %(types)s.")
        types = ", ".join(catalogue.business_types)
        raise bad_input("--business-type", what, mend, "6 USC 961(b)", detail=str(error), types=types) from None
    given = {
        "edition": edition_to_json(edition),
        "consulted_on": consulted_on,
        "review_concluded_on": review_concluded_on,
        "grace_days": grace_days,
    }
    carry_out(out, "PublishEdition", {name: value for name, value in given.items() if value is not None}, **acting)


@tool(
    criteria,
    "load-official-text",
    access=Access.PERSON,
    examples=[
        "greenlane criteria load-official-text texts.yaml --business-type importer --source 'Booklet of March 2026'"
    ],
)
@click.argument("file", type=FILE)
@click.option("--programme", default="ctpat", show_default=True, metavar="CODE")
@click.option("--business-type", required=True, metavar="TYPE")
@click.option("--source", required=True, metavar="TEXT", help="The publication that the texts are from, with its date.")
@acting_options
@click.pass_obj
def load_official_text(out: Output, file: Path, programme: str, business_type: str, source: str, **acting: Any) -> None:
    """Load the agency's own wording from FILE (YAML or JSON: criterion number to text), beside the concise one."""
    from greenlane.criteria.queries import edition_id, edition_in_force

    edition = edition_in_force(programme, business_type, today())
    key = edition_id(edition.programme, edition.business_type, edition.version)
    carry_out(out, "LoadOfficialText", {"edition_id": key, "texts": _texts(file), "source": source}, **acting)


def _texts(file: Path) -> dict[str, str]:
    """Criterion number to text. Raises BadInput."""
    import yaml

    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_

    try:
        read = yaml.load(existing(file, "file").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - text only
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        what, mend = N_("The file cannot be read: %(detail)s."), N_("Write one line for each criterion: '1.1': 'text'.")
        raise bad_input("file", what, mend, "6 USC 961(b)", detail=str(error)[:300]) from None
    if not isinstance(read, dict) or not all(isinstance(text, str) for text in read.values()):
        what, mend = (
            N_("The file does not map numbers to texts."),
            N_("Write one line for each criterion: '1.1': 'text'."),
        )
        raise bad_input("file", what, mend, "6 USC 961(b)")
    return read


def existing(path: Path, where: str) -> Path:
    """The path of a file that is there. Raises BadInput."""
    from greenlane.casework.problems import bad_input
    from greenlane.law.sentences import N_

    if not path.is_file():
        what, mend = N_("There is no file %(name)s."), N_("Check its name and that it is there.")
        raise bad_input(where, what, mend, name=str(path)[:200])
    return path
