"""Train a targeting score from files of declarations, keep it, and give declarations their points (6 USC 964(a))."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import chain
from pathlib import Path

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.entries import CargoEntry
from greenlane.release.engine.problems import Problem, problem
from greenlane.release.formats.places import check_places
from greenlane.release.formats.reading import BadFile, bad_file
from greenlane.release.formats.tabular import write_csv, write_jsonl, write_parquet
from greenlane.release.targeting.declarations import AMOUNTS, Declaration, NotTheSet, read
from greenlane.release.targeting.score import CATEGORIES, TrainedScore, train


class NoTargeting(RuntimeError):
    """What learns and reckons scores is not here; the sentence says how it gets here."""

    def __init__(self, message: str) -> None:
        self.sentence = Sentence(message)
        super().__init__(message)


def _ready() -> None:
    try:
        import lightgbm  # noqa: F401
    except ImportError:
        raise NoTargeting(
            N_("A score needs LightGBM, which is not installed: pip install 'greenlane[targeting]' installs it.")
        ) from None
    except OSError:
        raise NoTargeting(
            N_("LightGBM is installed, a library of the system is not. On Debian: sudo apt-get install -y libgomp1")
        ) from None


def declarations_of(paths: Iterable[Path], *, inspected: bool) -> list[Declaration]:
    """The declarations of all the files, in their order. Raises BadFile with every problem by file and line."""
    found: list[Declaration] = []
    problems: list[Problem] = []
    seen: dict[str, tuple[str, int]] = {}
    for path in paths:
        try:
            declarations = read(path, inspected=inspected)
            problems += _twice(path, declarations, seen)
            found += declarations
        except NotTheSet as wrong:
            problems += [replace(one, field=f"{path.name}: {one.field}") for one in wrong.problems]
    if problems:
        raise BadFile(problems, len(problems))
    return found


def _twice(path: Path, declarations: Iterable[Declaration], seen: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    """A declaration that stands in these files before is a problem: a score would count it twice."""
    for one in declarations:
        number = one.entry.entry_number
        if number in seen:
            file, line = seen[number]
            found = problem(
                f"{path.name}: Declaration ID",
                N_("The declaration %(number)s stands in %(file)s on line %(line)d already."),
                N_("Each declaration counts once; which of the two is right, the files do not say."),
                N_("Leave out one of the two."),
                number=number,
                file=file,
                line=line,
            )
            yield replace(found, line=one.line)
        seen.setdefault(number, (path.name, one.line))


def train_files(paths: Sequence[Path], target: Path, *, threshold: int, high_risk_permille: int, seed: int) -> int:
    """Learn a score from inspected declarations and keep it in *target*; how many it was learnt from.

    Raises NoTargeting where LightGBM is absent, BadFile for files that nothing can be learnt from.
    """
    check_places(paths, [target])
    _ready()
    inspected = declarations_of(paths, inspected=True)
    if len({one.fraud for one in inspected}) < 2:
        raise bad_file(
            N_("Nothing can be learnt from these declarations."),
            N_("A score is learnt from declarations with fraud and without; here all are alike."),
            N_("Give files that hold both."),
            field="Fraud",
        )
    learnt = train(inspected, threshold=threshold, high_risk_permille=high_risk_permille, seed=seed)
    beside = _beside(target)
    beside.write_text(learnt.to_json(), encoding="utf-8")
    beside.replace(target)
    return len(inspected)


def kept_score(path: Path) -> TrainedScore:
    """The score that ``train_files`` kept. Raises BadFile for any other file."""
    import lightgbm

    try:
        score = TrainedScore.from_json(path.read_text(encoding="utf-8"))
        numbers = chain(*(score.codes[name].values() for name in CATEGORIES), (score.scale.threshold,))
        if all(isinstance(one, int) for one in numbers) and 0 <= float(score.scale.cut) <= 1:
            width = lightgbm.Booster(model_str=score.model).num_feature()
            if width == len(CATEGORIES) + len(AMOUNTS) + score.unit_price:
                return score
    except (ValueError, KeyError, TypeError, AttributeError, lightgbm.basic.LightGBMError):
        pass
    raise bad_file(
        N_("%(name)s holds no score."),
        N_("A score is what 'greenlane release train-score' writes."),
        N_("Train it anew, or check that this is the file you mean."),
        name=path.name,
    )


def score_files(paths: Sequence[Path], score: Path, target: Path, filed_on: date | None = None) -> int:
    """Write every declaration as an entry with its points into *target*, by its suffix; how many.

    *filed_on*: the day of filing of all of them, to try a policy that was not yet in force on their own. All or
    nothing. Raises NoTargeting where LightGBM is absent, BadFile for a file that is not what it should be.
    """
    if target.suffix not in (".csv", ".jsonl", ".parquet"):
        raise bad_file(
            N_("'%(name)s' is no kind of file that entries are written to."),
            N_("The suffix says how they are written."),
            N_("Name it with .parquet, .csv or .jsonl."),
            name=target.name,
        )
    check_places([*paths, score], [target])
    _ready()
    learnt = kept_score(score)
    declarations = declarations_of(paths, inspected=False)
    beside = _beside(target)
    try:
        number = _write(_entries(declarations, learnt, filed_on), beside, target.suffix)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return number


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{os.getpid()}")


def _entries(declarations: Sequence[Declaration], learnt: TrainedScore, filed_on: date | None) -> Iterator[CargoEntry]:
    filed_at = datetime.combine(filed_on, time(), UTC) if filed_on else None
    points = learnt.points(declarations).tolist() if declarations else []
    for one, score in zip(declarations, points, strict=True):
        yield replace(one.entry, score=score, filed_at=filed_at or one.entry.filed_at)


def _write(entries: Iterator[CargoEntry], target: Path, suffix: str) -> int:
    if suffix == ".parquet":
        return write_parquet(entries, target)
    with target.open("wb") as out:
        return (write_csv if suffix == ".csv" else write_jsonl)(entries, out)
