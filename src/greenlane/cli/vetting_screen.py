"""``greenlane vetting screen``: a file of names against the lists on record, nothing of it kept (6 USC 964(b))."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenlane.cli.machine import Access, Output, console, now, today, tool
from greenlane.law.sentences import N_

if TYPE_CHECKING:
    from greenlane.vetting.names_screened import Kept, Lists
    from greenlane.vetting.naming.files import Checked, NamesFile

FILE = click.Path(dir_okay=False, path_type=Path)
ABOUT = ".about.json"
MOST_NOTICED = 100
"""Most names with something to know about them that the file beside the hits lists."""
SHOWN = 5


def add_to(group: click.Group) -> None:
    """Add the command to the group of vetting."""

    @tool(
        group,
        "screen",
        access=Access.OPERATOR,
        examples=[
            "greenlane vetting screen suppliers.csv --out hits.csv",
            "greenlane vetting screen crew.parquet --out hits.parquet --threshold 70",
            "greenlane vetting screen old.csv --out hits.jsonl --encoding cp1251 --skip-bad bad.jsonl",
        ],
    )
    @click.argument("names", type=FILE)
    @click.option("--out", "target", required=True, type=FILE, help="Where hits go: .csv, .jsonl or .parquet.")
    @click.option("--threshold", type=click.IntRange(1, 100), help="Only hits of at least so many points.")
    @click.option(
        "--band", "bands", multiple=True, metavar="BAND", help="Only hits of this band: 100, 95-99, 90-94 ..."
    )
    @click.option("--skip-bad", type=FILE, help="Set bad lines aside here, as JSON lines, and screen the others.")
    @click.option("--encoding", default="", metavar="NAME", help="Of a text file, where it cannot be told from it.")
    @click.option("--programme", default="ctpat", show_default=True, help="Whose lists are required.")
    @click.pass_obj
    def screen(out: Output, names: Path, target: Path, **how: Any) -> None:
        """Screen a file of NAMES (CSV, JSON lines or Parquet) and write one row for each hit, with its explanation.

        The column 'name' is required; type, role, country, birth_date, identifier, address, other_names and id are
        read where there are any. Every line is screened, or none, with what is wrong by line and field. Nothing is
        kept on record but that names were screened. Beside the hits, a file named .about.json says what they rest on.
        """
        _screen(out, names, target, **how)


def _screen(
    out: Output,
    names: Path,
    target: Path,
    *,
    threshold: int | None,
    bands: tuple[str, ...],
    skip_bad: Path | None,
    encoding: str,
    programme: str,
) -> None:
    from django.core.serializers.json import DjangoJSONEncoder

    from greenlane.vetting.names_screened import Kept, as_bad_input, lists_for, note_screened
    from greenlane.vetting.naming.problems import NamesRefused
    from greenlane.vetting.naming.writing import check_target

    at, on = now(), today()
    kept = Kept(threshold or 0, frozenset(bands))
    _all_different(names, target, skip_bad)
    lists = lists_for(programme, on)
    try:
        check_target(target)
        file = _names_file(names, encoding)
        with _bar(out) as bar:
            checked = _checked(file, skip_bad, bar)
            note_screened(None, "operator", checked.good, lists, at)
            counts = _written(file, lists, kept, target, bar, checked.good)
    except NamesRefused as bad:
        raise as_bad_input(bad, names.name) from None
    about = _about(file, checked, lists, kept, at, counts)
    about["hits_file"] = {"name": target.name, "sha256": _sha256(target)}
    target.with_name(target.name + ABOUT).write_text(
        json.dumps(about, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    out.show(about, *_lines(about, target, skip_bad))


def _all_different(*paths: Path | None) -> None:
    from greenlane.casework.problems import bad_input

    given = [path.resolve() for path in paths if path]
    if len(set(given)) < len(given):
        what = N_("Two of the files are one and the same.")
        raise bad_input("--out", what, N_("Name a file of its own for the hits, and one for bad lines."))


def _names_file(path: Path, encoding: str) -> NamesFile:
    from greenlane.vetting.naming.files import names_file

    return names_file(path, today(), encoding=encoding)


class _Bar:
    """Two steps on the terminal's error stream: reading, then screening with its share done; else silent."""

    def __init__(self, out: Output) -> None:
        from rich.progress import Progress, TextColumn, TimeRemainingColumn

        terminal = console(errors=True)
        self.progress = Progress(
            *Progress.get_default_columns()[:3],
            TextColumn("{task.completed:,}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=terminal,
            transient=True,
            disable=out.as_json or not terminal.is_terminal,
        )

    def step(self, title: str, total: int | None = None) -> Callable[[int], None]:
        task = self.progress.add_task(title, total=total)
        return lambda count: self.progress.advance(task, count)


@contextmanager
def _bar(out: Output) -> Iterator[_Bar]:
    bar = _Bar(out)
    with bar.progress:
        yield bar


def _checked(file: NamesFile, skip_bad: Path | None, bar: _Bar) -> Checked:
    """Read the file once; bad lines are set aside, or refuse the whole file."""
    from greenlane.vetting.naming.files import check
    from greenlane.vetting.naming.objects import quoted

    step = bar.step("Reading the names")
    if skip_bad is None:
        return check(file, step=step)
    with skip_bad.open("w", encoding="ascii", newline="\n") as aside:
        return check(file, aside=lambda record: print(json.dumps(quoted(record)), file=aside), step=step)


def _written(file: NamesFile, lists: Lists, kept: Kept, target: Path, bar: _Bar, total: int) -> dict[str, Any]:
    """Screen the good lines and write their hits; answers how many of what."""
    from greenlane.casework.doors import say
    from greenlane.vetting.names_screened import screen_named
    from greenlane.vetting.names_told import hits_told, party_told
    from greenlane.vetting.naming.writing import HitsFile

    step, with_hits, by_band = bar.step("Screening", total), 0, dict[str, int]()
    noticed = list[dict[str, Any]]()
    good = (record.named for record in file.records() if record.named is not None)
    with HitsFile(target) as hits:
        for one in screen_named(good, lists, kept):
            party = party_told(one.named, say)
            rows = [{**party, **hit} for hit in hits_told(one, lists, say)]
            hits.write(rows)
            for row in rows:
                by_band[row["band"]] = by_band.get(row["band"], 0) + 1
            with_hits += bool(rows)
            if party["notices"] and len(noticed) < MOST_NOTICED:
                noticed.append({name: party[name] for name in ("line", "id", "notices")})
            step(1)
        most_first = dict(sorted(by_band.items(), key=lambda one: -int(one[0].partition("-")[0])))
        return {"hits": hits.rows, "names_with_hits": with_hits, "by_band": most_first, "noticed": noticed}


def _about(
    file: NamesFile, checked: Checked, lists: Lists, kept: Kept, at: datetime, counts: dict[str, Any]
) -> dict[str, Any]:
    """What the hits rest on, for whoever is handed them."""
    from greenlane.casework.doors import say
    from greenlane.vetting.names_told import lists_told

    encoding = file.encoding.title if file.encoding else None
    return {
        "screened_at": at,
        "names_file": {"name": file.path.name, "sha256": _sha256(file.path), "encoding": encoding},
        "notices": [say(sentence) for sentence in file.notices()],
        "names": checked.good,
        "set_aside": checked.bad,
        **counts,
        "threshold": kept.threshold,
        "bands": sorted(kept.bands),
        **lists_told(lists, say),
    }


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _lines(about: dict[str, Any], target: Path, skip_bad: Path | None) -> Iterator[str]:
    yield f"Names screened: {about['names']:,}, with hits: {about['names_with_hits']:,}"
    yield f"Hits: {about['hits']:,}, in {target}"
    if about["by_band"]:
        yield "Hits by points: " + ", ".join(f"{band}: {count:,}" for band, count in about["by_band"].items())
    if about["set_aside"]:
        yield f"{about['set_aside']:,} lines were not screened; they are set aside with the reasons: {skip_bad}"
    for one in about["noticed"][:SHOWN]:
        yield f"line {one['line']}: {' '.join(one['notices'])}"
    if len(about["noticed"]) > SHOWN:
        yield f"... and more names with something to know about them: {target.name}{ABOUT}"
    yield from about["notices"]
    for one in about["lists"]:
        stale = "  STALE" if one["stale"] else ""
        yield f"  {one['list']} version {one['version']} of {one['retrieved_on']}, {one['entries']:,} entries{stale}"
    yield from (f"WARNING: {warning}" for warning in about["warnings"])
    yield f"Model {about['model_version']}. What the hits rest on: {target.name}{ABOUT}. No name was kept on record."
