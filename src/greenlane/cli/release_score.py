"""A targeting score on the command line: trained from inspected declarations, given to others (6 USC 964(a))."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from greenlane.cli.machine import Access, Output, tool
from greenlane.cli.release_files import finished

FILE = click.Path(dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])
GIVEN = click.Path(exists=True, dir_okay=False, path_type=Path)


def add_to(group: click.Group) -> None:
    """Add the commands to the group of release."""
    for add in (_train_score, _score_declarations):
        add(group)


def _train_score(group: click.Group) -> None:
    @tool(
        group,
        "train-score",
        access=Access.OPERATOR,
        examples=["greenlane release train-score inspected.csv --threshold 190 --out score.json"],
    )
    @click.argument("files", nargs=-1, required=True, type=GIVEN)
    @click.option("--out", "target", required=True, type=FILE, help="Where the score is kept.")
    @click.option(
        "--threshold", required=True, type=click.IntRange(1, 1000), help="The high-risk threshold, in points."
    )
    @click.option(
        "--high-risk-permille",
        type=click.IntRange(1, 999),
        default=50,
        show_default=True,
        help="How many in a thousand of these declarations reach the threshold.",
    )
    @click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="For the training.")
    @click.pass_obj
    def train_score(
        out: Output, files: tuple[Path, ...], target: Path, threshold: int, high_risk_permille: int, seed: int
    ) -> None:
        """Train the reference targeting score on inspected declarations: CSV files of the published set.

        It stands in where no targeting system supplies scores. The same files and seed give the same score.
        """
        from greenlane.release.targeting.scoring import train_files

        number = finished(
            lambda: train_files(files, target, threshold=threshold, high_risk_permille=high_risk_permille, seed=seed)
        )
        out.show({"learnt_from": number, "out": str(target)}, f"Learnt from {number:,} declarations: {target}")


def _score_declarations(group: click.Group) -> None:
    @tool(
        group,
        "score-declarations",
        access=Access.OPERATOR,
        examples=[
            "greenlane release score-declarations year.csv --score score.json --out entries.parquet",
            "greenlane release score-declarations old.csv --score score.json --out e.csv --filed-on 2026-03-01",
            "greenlane release decide entries.parquet --out decided.parquet",
        ],
    )
    @click.argument("files", nargs=-1, required=True, type=GIVEN)
    @click.option("--score", required=True, type=GIVEN, help="What train-score kept.")
    @click.option("--out", "target", required=True, type=FILE, help="Where to: .parquet, .csv or .jsonl.")
    @click.option("--filed-on", type=DAY, metavar="DAY", help="As if all were filed on this day: 2026-03-01.")
    @click.pass_obj
    def score_declarations(
        out: Output, files: tuple[Path, ...], score: Path, target: Path, filed_on: datetime | None
    ) -> None:
        """Write declarations as entries with their points, as 'greenlane release decide' takes them.

        Every declaration is written, or none, with what is wrong by file and line.
        """
        from greenlane.release.targeting.scoring import score_files

        number = finished(lambda: score_files(files, score, target, filed_on.date() if filed_on else None))
        out.show({"scored": number, "out": str(target)}, f"{number:,} declarations scored: {target}")
