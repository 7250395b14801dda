"""The Merkle log against public vectors of RFC 9162 and against itself at random sizes."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.records import log
from tests.shared_data import shared_data

pytestmark = pytest.mark.clause("6 USC 971(b)")

VECTORS = "vectors/rfc9162/testdata"
FOLDERS = {"inclusion": 98, "consistency": 98, "subtreeinclusion": 204, "subtreeconsistency": 118}


def leaves(count: int) -> list[bytes]:
    return [log.leaf_hash(str(number).encode()) for number in range(count)]


def stored(hashes: list[bytes]) -> log.Hashes:
    return lambda level, position: log.root(hashes[position << level : (position + 1) << level])


def mth(hashes: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word, as the oracle."""
    if not hashes:
        return sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return sha256(b"\x01" + mth(hashes[:split]) + mth(hashes[split:])).digest()


def check(folder: str, vector: dict[str, Any]) -> None:
    proof = [base64.b64decode(node) for node in vector["proof"] or ()]
    read = {
        name: base64.b64decode(vector[name] or "") for name in ("root", "root1", "root2", "leafHash") if name in vector
    }
    verify: Callable[[], None]
    if folder == "inclusion":
        verify = partial(
            log.verify_inclusion, read["leafHash"], vector["leafIdx"], vector["treeSize"], proof, read["root"]
        )
    elif folder == "consistency":
        verify = partial(log.verify_consistency, vector["size1"], vector["size2"], read["root1"], read["root2"], proof)
    elif folder == "subtreeinclusion":
        verify = partial(
            log.verify_subtree_inclusion,
            read["leafHash"],
            vector["leafIdx"],
            vector["start"],
            vector["end"],
            proof,
            read["root"],
        )
    else:
        verify = partial(
            log.verify_subtree_consistency,
            vector["start"],
            vector["end"],
            vector["size"],
            read["root1"],
            read["root2"],
            proof,
        )
    if vector["wantErr"]:
        with pytest.raises(log.ProofFailed):
            verify()
    else:
        verify()


@pytest.mark.parametrize("folder", FOLDERS)
def test_public_vectors(folder: str) -> None:
    files = sorted(Path(shared_data(VECTORS) / folder).rglob("*.json"))
    assert len(files) == FOLDERS[folder]
    wrong = []
    for file in files:
        vector = json.loads(file.read_text(encoding="utf-8"))
        try:
            check(folder, vector)
        except (Exception, pytest.fail.Exception) as problem:
            wrong.append(f"{file.relative_to(file.parents[2])} ({vector['desc']}): {problem!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", [*range(35), 64, 127, 255, 256, 257, 1000])
def test_root_and_incremental_root_are_the_definition(size: int) -> None:
    hashes = leaves(size)
    assert log.root(hashes) == mth(hashes)
    assert log.Frontier.of(size, stored(hashes)).root() == mth(hashes)
    if size:
        assert log.subtree_root(0, size, stored(hashes)) == mth(hashes)


def test_frontier_names_every_node_that_it_completes() -> None:
    hashes = leaves(200)
    frontier = log.Frontier()
    found = {(level, at): node for leaf in hashes for level, at, node in frontier.append(leaf)}
    expected = {
        (level, at): mth(hashes[at << level : (at + 1) << level])
        for level in range(1, 8)
        for at in range(len(hashes) >> level)
    }
    assert found == expected


def test_frontier_refuses_peaks_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="peaks"):
        log.Frontier(3, [b"x" * 32])


@given(st.data())
def test_inclusion_proofs_verify_and_any_changed_bit_fails(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 300))
    index = data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    root = mth(hashes)
    proof = log.inclusion_proof(index, size, stored(hashes))
    log.verify_inclusion(hashes[index], index, size, proof, root)
    parts = [hashes[index], root, *proof]
    which = data.draw(st.integers(0, len(parts) - 1))
    parts[which] = flip(parts[which], data.draw(st.integers(0, 255)))
    with pytest.raises(log.ProofFailed):
        log.verify_inclusion(parts[0], index, size, parts[2:], parts[1])


@given(st.data())
def test_consistency_proofs_verify_and_any_changed_bit_fails(data: st.DataObject) -> None:
    size2 = data.draw(st.integers(1, 300))
    size1 = data.draw(st.integers(1, size2))
    hashes = leaves(size2)
    roots = [mth(hashes[:size1]), mth(hashes)]
    proof = log.consistency_proof(size1, size2, stored(hashes))
    log.verify_consistency(size1, size2, roots[0], roots[1], proof)
    parts = [*roots, *proof]
    which = data.draw(st.integers(0, len(parts) - 1))
    parts[which] = flip(parts[which], data.draw(st.integers(0, 255)))
    with pytest.raises(log.ProofFailed):
        log.verify_consistency(size1, size2, parts[0], parts[1], parts[2:])


@given(st.data())
def test_subtree_consistency_proofs_verify(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 200))
    length = data.draw(st.integers(1, size))
    step = 1 << (length - 1).bit_length()
    start = data.draw(st.integers(0, (size - length) // step)) * step
    hashes = leaves(size)
    proof = log.subtree_consistency_proof(start, start + length, size, stored(hashes))
    log.verify_subtree_consistency(start, start + length, size, mth(hashes[start : start + length]), mth(hashes), proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        log.inclusion_proof(index, size, stored(leaves(4)))


@pytest.mark.parametrize(("size1", "size2"), [(0, 3), (4, 3)])
def test_no_consistency_of_what_is_not_a_prefix(size1: int, size2: int) -> None:
    with pytest.raises(ValueError, match="consistency"):
        log.consistency_proof(size1, size2, stored(leaves(4)))


def flip(node: bytes, bit: int) -> bytes:
    changed = bytearray(node)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
