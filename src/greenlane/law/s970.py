"""Importers of noncontainerized cargo: which criteria apply, and the consideration on record: 970."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from greenlane.law.listing import left_out, listed, written
from greenlane.law.s963_measures import CriterionFact, criteria_that_apply
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

CONTAINERIZED = "containerized"
NONCONTAINERIZED = ("bulk", "break_bulk", "roll_on_roll_off")
CARGO_KINDS = (CONTAINERIZED, *NONCONTAINERIZED)


@dataclass(frozen=True)
class ImporterFacts:
    """An importer that asks to take part: its cargo, the edition's criteria, and the numbers that it answered."""

    importer: str
    cargo_kinds: tuple[str, ...]
    criteria: tuple[CriterionFact, ...]
    answered: tuple[str, ...]
    otherwise_eligible: bool


@rule("6 USC 970")
def may_admit_importer(facts: ImporterFacts) -> Verdict:
    """An importer of noncontainerized cargo that otherwise qualifies answers the criteria that apply to its cargo."""
    return all_of(_admission(facts))


def _admission(facts: ImporterFacts) -> Iterator[Reason]:
    strange = left_out(facts.cargo_kinds, CARGO_KINDS)
    applies = [c.number for c in criteria_that_apply(facts.criteria, facts.cargo_kinds)]
    missing = left_out(applies, facts.answered)
    stray = left_out(facts.answered, applies)
    yield finding(
        "6 USC 970",
        "cargo_kinds_known",
        bool(facts.cargo_kinds) and not strange,
        N_("%(importer)s imports: %(kinds)s."),
        N_("%(importer)s does not say what kind of cargo it imports, or gives a kind that is not known: %(kinds)s."),
        mend=N_("Choose one or more of: %(known)s."),
        where="cargo_kinds",
        importer=facts.importer,
        kinds=listed(facts.cargo_kinds),
        known=listed(CARGO_KINDS),
    )
    yield finding(
        "6 USC 970",
        "otherwise_eligible",
        facts.otherwise_eligible,
        N_("%(importer)s otherwise meets the requirements."),
        N_("%(importer)s does not otherwise meet the requirements."),
        mend=N_("Meet the eligibility requirements of the importer's business type first."),
        importer=facts.importer,
    )
    yield finding(
        "6 USC 970",
        "applicable_criteria_answered",
        bool(applies) and not missing,
        N_("All %(count)d criteria that apply to this cargo are answered."),
        N_("Of the %(count)d criteria that apply to this cargo, these are not answered: %(missing)s."),
        mend=N_("Answer: %(missing)s."),
        where=missing[0] if missing else "criteria",
        count=len(applies),
        missing=listed(missing),
    )
    yield finding(
        "6 USC 970",
        "nothing_that_does_not_apply",
        not stray,
        N_("No answer is given to a criterion that does not apply to this cargo."),
        N_("These criteria do not apply to this cargo: %(stray)s."),
        mend=N_("Take out the answers to: %(stray)s."),
        where=stray[0] if stray else "",
        stray=listed(stray),
    )


@dataclass(frozen=True)
class CargoFigure:
    """What is known of one kind of cargo: importers of it, those of them that could take part, and those that do."""

    cargo_kind: str
    importers: int
    could_take_part: int
    take_part: int


@dataclass(frozen=True)
class ConsiderationFacts:
    """The programme's consideration of importers of noncontainerized cargo: figures, conclusion, officer and day."""

    figures: tuple[CargoFigure, ...]
    conclusion: str
    officer: str
    concluded_on: date | None


@rule("6 USC 970")
def potential_considered(facts: ConsiderationFacts, on: date) -> Verdict:
    """The potential for participation by importers of noncontainerized cargo is considered, with figures, on record."""
    missing = left_out(NONCONTAINERIZED, (f.cargo_kind for f in facts.figures))
    unsound = [f.cargo_kind for f in facts.figures if not 0 <= f.take_part <= f.could_take_part <= f.importers]
    done = facts.concluded_on is not None and facts.concluded_on <= on
    return all_of(
        (
            finding(
                "6 USC 970",
                "figures_for_each_kind",
                not missing,
                N_("There are figures for each kind of noncontainerized cargo."),
                N_("There are no figures for: %(missing)s."),
                mend=N_("Give the number of importers, of those that could take part and of those that do."),
                where=missing[0] if missing else "",
                missing=listed(missing),
            ),
            finding(
                "6 USC 970",
                "figures_sound",
                not unsound,
                N_("The figures agree with one another."),
                N_("More take part than could, or more could than there are: %(unsound)s."),
                mend=N_("Correct the figures of: %(unsound)s."),
                where=unsound[0] if unsound else "",
                unsound=listed(unsound),
            ),
            finding(
                "6 USC 970",
                "concluded",
                done and written(facts.conclusion) and written(facts.officer),
                N_("%(officer)s concluded on %(day)s: %(conclusion)s"),
                N_("The consideration has no written conclusion by an officer on or before %(asked)s."),
                mend=N_("An officer writes and dates the conclusion."),
                officer=facts.officer,
                day=facts.concluded_on or "-",
                conclusion=facts.conclusion,
                asked=on,
            ),
        )
    )
