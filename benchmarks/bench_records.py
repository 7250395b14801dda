"""The pure half of the record: canonical bytes, leaves and roots, proofs (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

from benchmarks.figures import Figure, rate
from greenlane.records import log
from greenlane.records.canonical import canonical, instant

SIZE = 20_000


def entry(number: int) -> dict[str, object]:
    """An entry of usual size; about 400 bytes once canonical."""
    return {
        "kind": "certification.CriterionAccepted",
        "version": 1,
        "subject": f"00000000-0000-4000-8000-{number % 500:012d}",
        "effective_on": date(2026, 1, 1 + number % 28).isoformat(),
        "recorded_at": instant(datetime(2026, 1, 1, 12, tzinfo=UTC)),
        "citations": ["6 USC 964(b)", "6 USC 963(3)"],
        "audience": "participant",
        "data": {
            "criterion": f"{number % 12}.{number % 40}",
            "note": "Seen on the documents.",
            "page": number,
        },
    }


def measure() -> Iterator[Figure]:
    entries = [entry(number) for number in range(SIZE)]
    bodies = [canonical(one) for one in entries]
    leaves = [log.leaf_hash(body) for body in bodies]
    yield rate("entries made canonical", lambda: [canonical(one) for one in entries], items=SIZE, unit="entries")
    yield rate("bodies hashed into a root", lambda: log.root(map(log.leaf_hash, bodies)), items=SIZE, unit="entries")
    stored = tree(leaves)
    root = log.root(leaves)
    asked = range(0, SIZE, SIZE // 500)

    def prove() -> None:
        for index in asked:
            proof = log.inclusion_proof(index, SIZE, lambda level, position: stored[level, position])
            log.verify_inclusion(leaves[index], index, SIZE, proof, root)

    yield rate("inclusion proofs made and verified", prove, items=len(asked), unit="proofs")


def tree(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    """Every node of the tree by level and position, as the ledger keeps them."""
    frontier = log.Frontier()
    nodes = {(0, position): leaf for position, leaf in enumerate(leaves)}
    for leaf in leaves:
        for level, position, value in frontier.append(leaf):
            nodes[level, position] = value
    return nodes
