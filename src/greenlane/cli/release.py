"""Release on the command line: decide files, ask what if, explain an entry (6 USC 964(a); 19 USC 4311(b)(4))."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from greenlane.cli import release_score, release_what_if
from greenlane.cli.machine import Access, Output, console, now, tool
from greenlane.cli.release_files import finished
from greenlane.law.sentences import N_

if TYPE_CHECKING:
    from greenlane.release.kept import Told

FILE = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("release")
def release() -> None:
    """Benefits on cargo: decide entries, one or millions, each explained by clause (6 USC 964-967)."""


@tool(
    release,
    "decide",
    access=Access.OPERATOR,
    examples=[
        "greenlane release decide entries.csv --out decisions.csv",
        "greenlane release decide year.parquet --out decided.parquet --engine duckdb",
        "greenlane release decide entries.jsonl --out decided.jsonl --skip-bad bad.jsonl",
    ],
)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", "target", required=True, type=FILE, help="Where to: .parquet, .csv or .jsonl.")
@click.option("--programme", default="ctpat", show_default=True, help="Code of the programme.")
@click.option("--policy", type=int, metavar="NUMBER", help="This version of the policy, a draft too, for every entry.")
@click.option("--as-known-at", metavar="TIME", help="With what was on record then: 2026-03-01T14:05:00Z.")
@click.option(
    "--engine",
    type=click.Choice(["local", "duckdb", "spark"]),
    default="local",
    show_default=True,
    help="What decides.",
)
@click.option("--skip-bad", type=FILE, help="Set bad records aside here and go on; work that stopped is resumed.")
@click.pass_obj
def decide(out: Output, /, source: Path, target: Path, programme: str, as_known_at: str | None, **how: Any) -> None:
    """Decide a file of entries: CSV, JSON lines, Parquet, 80-column filings (.se) or WCO declarations (.xml).

    Nothing is kept on record. Every entry is decided, or none, with what is wrong by line and field.
    """
    from greenlane.release.files import Job, decide_file
    from greenlane.release.in_force import history

    known = instant_given(as_known_at)
    versions = history(programme, known, _policy(programme, how["policy"]))
    job = Job(programme, versions, known, now(), how["engine"], how["skip_bad"])
    with _Progress(out) as step:
        done = finished(lambda: decide_file(source, target, job, step), source.name)
    found = {"decided": done.decided, "set_aside": done.skipped, "out": str(target)}
    lines = [f"{done.decided:,} entries decided: {target}"]
    lines += [f"{done.skipped:,} records set aside: {how['skip_bad']}"] if done.skipped else []
    out.show(found, *lines)


@tool(
    release,
    "prepare",
    access=Access.OPERATOR,
    examples=["greenlane release prepare entries.csv --out job", "greenlane release prepare year.parquet --out job"],
)
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", "folder", required=True, type=click.Path(path_type=Path), help="A new folder.")
@click.option("--programme", default="ctpat", show_default=True, help="Code of the programme.")
@click.option("--policy", type=int, metavar="NUMBER", help="This version of the policy, a draft too, for every entry.")
@click.option("--as-known-at", metavar="TIME", help="With what was on record then: 2026-03-01T14:05:00Z.")
@click.pass_obj
def prepare(
    out: Output, source: Path, folder: Path, programme: str, policy: int | None, as_known_at: str | None
) -> None:
    """Prepare a folder with which a Spark cluster decides entries: the policy as SQL, the statuses, and a script.

    The folder holds the secret of the random draw and the statuses of all parties. Keep it as you keep those.
    """
    from greenlane.release.cluster import prepare_for_cluster
    from greenlane.release.files import Job
    from greenlane.release.in_force import history

    known = instant_given(as_known_at)
    job = Job(programme, history(programme, known, _policy(programme, policy)), known, now(), "spark")
    with _Progress(out) as step:
        done = finished(lambda: prepare_for_cluster(source, folder, job, step), source.name)
    entries = str(folder / "entries") if (folder / "entries").exists() else str(source)
    command = f"spark-submit {folder}/spark_job.py --job {folder} --entries {entries} --out decided"
    out.show(
        {"folder": str(folder), "entries": entries, "prepared": done.decided, "command": command},
        f"{done.decided:,} entries prepared: {folder}",
        f"Decide them with: {command}",
    )


class _Progress:
    """A bar on the terminal's error stream; silent where there is no terminal."""

    def __init__(self, out: Output) -> None:
        from rich.progress import Progress, TextColumn, TimeElapsedColumn

        terminal = console(errors=True)
        self.bar = Progress(
            *Progress.get_default_columns()[:2],
            TextColumn("{task.completed:,} read"),
            TimeElapsedColumn(),
            console=terminal,
            transient=True,
            disable=out.as_json or not terminal.is_terminal,
        )
        self.task = self.bar.add_task("Deciding", total=None)

    def __enter__(self) -> Any:
        self.bar.start()
        return lambda count: self.bar.advance(self.task, count)

    def __exit__(self, *_error: object) -> None:
        self.bar.stop()


def instant_given(text: str | None) -> datetime | None:
    """An instant as it was typed. Raises BadInput."""
    from greenlane.casework.problems import bad_input

    if text is None:
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        given = None
    if given is None or given.tzinfo is None:
        raise bad_input(
            "--as-known-at",
            N_("This is no instant: it needs date, time and zone."),
            N_("Write it as 2026-03-01T14:05:00Z."),
            "6 USC 971(b)",
        )
    return given


def _policy(programme: str, number: int | None) -> Any:
    from greenlane.casework.problems import Missing
    from greenlane.release.queries import policies

    if number is None:
        return None
    row = policies(programme).filter(version=number).first()
    if row is None:
        raise Missing("policy", number)
    return row


@tool(
    release,
    "explain",
    access=Access.OPERATOR,
    examples=["greenlane release explain ABC-1234567-1", "greenlane release explain ABC-1234567-1 --again --json"],
)
@click.argument("entry")
@click.option("--again", is_flag=True, help="Decide it again, with what is on record now; nothing is kept.")
@click.option("--as-known-at", metavar="TIME", help="With --again: as everything was known then.")
@click.pass_obj
def explain(out: Output, entry: str, again: bool, as_known_at: str | None) -> None:
    """Explain the decision that stands on an entry: scores, reasons by clause, agencies."""
    from greenlane.casework.problems import bad_input
    from greenlane.release import kept
    from greenlane.release.deciding import decide_again

    row = kept.latest(entry)
    known = instant_given(as_known_at)
    if known and not again:
        raise bad_input(
            "--as-known-at",
            N_("A decision on record is explained from what it was made with, whatever is known at another time."),
            N_("Add --again to decide the entry as everything was known then."),
            "6 USC 971(b)",
        )
    told = kept.told(decide_again(row.filed, known), known or now()) if again else kept.told_of(row)
    out.show(explained(told), *_lines(told))


@tool(
    release,
    "messages",
    access=Access.OPERATOR,
    examples=[
        "greenlane release messages ABC-1234567-6 --form so",
        "greenlane release messages ABC-1234567-6 --form wco --out messages",
    ],
)
@click.argument("entry")
@click.option(
    "--form",
    type=click.Choice(["so", "wco"]),
    default="so",
    show_default=True,
    help="Status records of 80 columns, or WCO responses in XML.",
)
@click.option("--out", "folder", type=click.Path(file_okay=False, path_type=Path), help="A folder: a file for each.")
@click.pass_obj
def messages(out: Output, entry: str, form: Any, folder: Path | None) -> None:
    """Write what is said to the trade of the decision that stands on an entry. Nothing is sent."""
    from greenlane.release import kept
    from greenlane.release.responses import messages_of

    found = messages_of(kept.told_of(kept.latest(entry)), form)
    texts = {f"{place}-{one.kind}.{'txt' if form == 'so' else 'xml'}": one.text for place, one in enumerate(found, 1)}
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    rows = [{"form": one.form, "kind": one.kind, "text": one.text} for one in found]
    out.show(rows, *([f"{len(texts)} messages: {folder}"] if folder else texts.values()))


def explained(told: Told) -> dict[str, Any]:
    """A decision in plain values."""
    from greenlane.casework.doors import say

    return {
        "entry_number": told.entry.entry_number,
        "policy": told.version.code,
        "known_at": told.known_at,
        **told.words,
        "agencies": {name: list(codes) for name, codes in told.explanation.agencies.items()},
        "reasons": [
            {"cite": one.citation, "step": one.step, "sentence": say(one.sentence)} for one in told.explanation.reasons
        ],
    }


def _lines(told: Told) -> list[str]:
    value = explained(told)
    lines = [
        f"Entry {value['entry_number']}, policy {value['policy']}, "
        f"as known at {value['known_at']:%Y-%m-%d %H:%M:%S} UTC",
        f"Score {value['score_before']} - {value['reduction']} = {value['score_after']}, "
        f"threshold {value['threshold']}",
    ]
    lines += [
        f"{name.replace('_', ' ').capitalize()}: {_plain(value[name])}"
        for name in ("examination", "priority", "customs_release", "government", "pathway")
    ]
    return [*lines, "Because:", *(f"  {one['cite']}: {one['sentence']}" for one in value["reasons"])]


def _plain(value: str | bool) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else value.replace("_", " ")


@tool(
    release,
    "measures",
    access=Access.OPERATOR,
    examples=["greenlane release measures --first 2026-01-01 --last 2026-03-31 --json"],
)
@click.option("--first", type=DAY, required=True, metavar="DAY", help="First day of filing (UTC).")
@click.option("--last", type=DAY, required=True, metavar="DAY", help="Last day of filing (UTC), included.")
@click.option("--programme", default="ctpat", show_default=True, help="Code of the programme.")
@click.pass_obj
def measures(out: Output, first: datetime, last: datetime, programme: str) -> None:
    """Say what benefits were worth: examinations and hours to release by mode and tier, or why it is not measurable."""
    from greenlane.casework.doors import say
    from greenlane.release import benefits

    period = benefits.period_of(first.date(), last.date())
    found = [benefits.to_json(one) for one in benefits.figures(programme, period)]
    rows = [{**one, "why": say(one["why"])} for one in found]
    if out.as_json:
        out.json(rows)
        return
    shown = ("measure", "mode", "tier", "numerator", "denominator", "value", "low", "high", "why", "entries")
    for row in rows:
        row |= {name: round(row[name], 4) for name in ("value", "low", "high") if row["measurable"]}
        row["entries"] = ", ".join(row["entries"])
    out.table(rows, shown, title=f"Filed from {period.first} to {period.last}; intervals at 95 per cent")


release_score.add_to(release)
release_what_if.add_to(release)
