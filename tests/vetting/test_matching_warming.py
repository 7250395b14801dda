"""What compares names is compiled before a transaction waits for it."""

from __future__ import annotations

from importlib import import_module

from greenlane.vetting.lists.entries import ListedName, ListEntry, NameKind, PartyType
from greenlane.vetting.matching.parties import Party
from greenlane.vetting.matching.screener import NameScreener
from greenlane.vetting.matching.warming import warm_up

COMPILED = ("sides", "features")
NAMES = ("OCEAN STAR 6", "VOLKANIK, Ilse M.", "نجم الدين المبتكر", "Alpha Beta Gamma LLC", "发明贸易有限公司")


def signatures() -> dict[str, int]:
    """How many forms of each compiled function there are that the engine calls from outside."""
    found = {}
    for module in COMPILED:
        for name, thing in vars(import_module(f"greenlane.vetting.matching.{module}")).items():
            if hasattr(thing, "signatures"):
                found[f"{module}.{name}"] = len(thing.signatures)
    return found


def test_after_warming_up_no_name_of_any_kind_has_to_wait_for_a_compiler() -> None:
    warm_up()
    before = signatures()
    assert before
    assert all(before.values())
    kinds = list(PartyType)
    entries = [
        ListEntry(
            "LIST",
            str(number),
            kinds[number % len(kinds)],
            (ListedName(name, NameKind.PRIMARY), ListedName("Ferro Alba", NameKind.WEAK_ALIAS)),
        )
        for number, name in enumerate(NAMES)
    ]
    screener = NameScreener(entries)
    parties = [
        Party(f"{kind}-{number}", "applicant", kind, (name, "other"), weak_names=("Alba",))
        for kind in kinds
        for number, name in enumerate((*NAMES, "x" * 10_000))
    ]
    assert list(screener.screen(parties))
    assert list(screener.screen_against(parties, entries[:2]))
    assert signatures() == before
