"""The numbers that a policy sets, as people write them, and what the graph reads of them (6 USC 964(a), 966(c))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from greenlane.law.sentences import N_
from greenlane.release.engine.policy import release_policy

IN_TEN_THOUSAND = N_("Of 10,000 entries.")
PERMILLE = N_("In thousandths of the high-risk threshold: 200 is 20 per cent.")
PERCENT = N_("In per cent.")
UNITS = {PERMILLE: "permille", IN_TEN_THOUSAND: "in_ten_thousand", PERCENT: "percent"}


def _number(label: str, help_: str) -> int:
    made: int = field(metadata={"label": label, "help": help_, "width": "xs"})
    return made


@dataclass(frozen=True, kw_only=True)
class PolicyNumbers:
    """What a policy sets. The threshold is recorded by itself, and chance is drawn with a number that nobody sees."""

    tier_one_permille: int = _number(N_("Reduction of the score, first tier"), PERMILLE)
    tier_two_permille: int = _number(N_("Reduction of the score, second tier"), PERMILLE)
    tier_three_permille: int = _number(N_("Reduction of the score, third tier"), PERMILLE)
    partner_permille: int = _number(N_("Further reduction for each certified partner"), PERMILLE)
    recognised_permille: int = _number(N_("Further reduction for a recognised manufacturer"), PERMILLE)
    document_permille: int = _number(N_("Documents are examined from a score of"), PERMILLE)
    scan_permille: int = _number(N_("Cargo is scanned from a score of"), PERMILLE)
    random_rate: int = _number(N_("Random examinations, everybody"), IN_TEN_THOUSAND)
    tier_two_rate: int = _number(N_("Random examinations, second tier"), IN_TEN_THOUSAND)
    tier_three_rate: int = _number(N_("Random examinations, third tier"), IN_TEN_THOUSAND)
    stratified_rate: int = _number(N_("Stratified examinations"), IN_TEN_THOUSAND)
    threat_percent_1: int = _number(N_("More random examinations at threat level 1"), PERCENT)
    threat_percent_2: int = _number(N_("More random examinations at threat level 2"), PERCENT)
    threat_percent_3: int = _number(N_("More random examinations at threat level 3"), PERCENT)

    def parameters(self, threshold: int, salt: int) -> dict[str, int]:
        """The parameters of the graph. Raises nothing: ``problems`` says beforehand what does not fit."""
        return {**asdict(self), "threshold": threshold, "salt": salt}


def numbers_of(kept: Mapping[str, int]) -> PolicyNumbers:
    """The numbers as a row keeps them."""
    return PolicyNumbers(**kept)


def out_of_range(numbers: PolicyNumbers) -> dict[str, tuple[int, int]]:
    """Each number that the graph does not take, with the least and the greatest that it would."""
    declared = release_policy().parameters
    return {
        name: (declared[name].low, declared[name].high)
        for name, value in asdict(numbers).items()
        if not declared[name].low <= value <= declared[name].high
    }


def labels() -> dict[str, str]:
    """What each number is called."""
    return {name: one.metadata["label"] for name, one in PolicyNumbers.__dataclass_fields__.items()}


def units() -> dict[str, str]:
    """What each number counts: permille of the threshold, entries in_ten_thousand, or percent."""
    return {name: UNITS[one.metadata["help"]] for name, one in PolicyNumbers.__dataclass_fields__.items()}
