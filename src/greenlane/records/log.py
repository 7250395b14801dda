"""The Merkle log of RFC 9162 as pure functions: hashes, roots, proofs and their verification (6 USC 971(b))."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

Hashes = Callable[[int, int], bytes]
"""``hashes(level, position)``: root of the complete subtree over the 2**level leaves from position * 2**level."""


class ProofFailed(ValueError):
    """Raised when a proof does not show what it claims to show."""


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf: SHA-256 over 0x00 and the data (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256 over 0x01 and both children (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: the roots of its complete subtrees, largest first; O(log n) memory."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        """Continue at *size* leaves from the *peaks* of a tree of that size. Raises ValueError when they do not fit."""
        self.size = size
        self.peaks = list(peaks)
        if size < 0 or len(self.peaks) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {max(size, 0).bit_count()} peaks, not {len(self.peaks)}")

    @classmethod
    def of(cls, size: int, hashes: Hashes) -> Frontier:
        """The right edge of a stored tree of *size* leaves."""
        return cls(size, (hashes(level, position) for level, position in complete_subtrees(0, size)))

    def append(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add one leaf hash. Returns the inner nodes that it completes, as (level, position, hash), lowest first."""
        completed = []
        level, at, node = 0, self.size, leaf
        while at & 1:
            node = node_hash(self.peaks.pop(), node)
            level, at = level + 1, at >> 1
            completed.append((level, at, node))
        self.peaks.append(node)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """Root of the tree so far."""
        if not self.peaks:
            return EMPTY_ROOT
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_hash(peak, node)
        return node

    def copy(self) -> Frontier:
        return Frontier(self.size, self.peaks)


def root(leaves: Iterable[bytes]) -> bytes:
    """Root of the tree over the given leaf hashes (RFC 9162, 2.1.1: MTH)."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


def complete_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """(level, position) of the complete subtrees that make up the subtree [start, end), left to right."""
    found = []
    at = start
    while at < end:
        level = (end - at).bit_length() - 1
        found.append((level, at >> level))
        at += 1 << level
    return found


def subtree_root(start: int, end: int, hashes: Hashes) -> bytes:
    """MTH of leaves [start, end), where start is a multiple of the smallest power of two not below end - start."""
    nodes = [hashes(level, position) for level, position in complete_subtrees(start, end)]
    node = nodes.pop()
    while nodes:
        node = node_hash(nodes.pop(), node)
    return node


def inclusion_proof(index: int, size: int, hashes: Hashes) -> list[bytes]:
    """Proof that leaf *index* is in the tree of *size* leaves (RFC 9162, 2.1.3.1). Raises ValueError out of range."""
    if not 0 <= index < size:
        raise ValueError(f"leaf {index} is not in a tree of {size} leaves")
    proof = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            proof.append(subtree_root(split, end, hashes))
            end = split
        else:
            proof.append(subtree_root(start, split, hashes))
            start = split
    return proof[::-1]


def consistency_proof(size1: int, size2: int, hashes: Hashes) -> list[bytes]:
    """Proof that the tree of *size1* leaves is a prefix of the tree of *size2* (RFC 9162, 2.1.4.1)."""
    if not 0 < size1 <= size2:
        raise ValueError(f"consistency is between 0 < {size1} <= {size2}")
    return subtree_consistency_proof(0, size1, size2, hashes)


def subtree_consistency_proof(start: int, end: int, size: int, hashes: Hashes) -> list[bytes]:
    """Proof that the subtree [start, end) is part of the tree of *size* leaves; with start 0 that of RFC 9162."""
    _need_subtree(start, end, size)
    proof = []
    low, high, whole = 0, size, True
    while (start, end) != (low, high):
        split = low + _split(high - low)
        if end <= split:
            proof.append(subtree_root(split, high, hashes))
            high = split
        else:
            proof.append(subtree_root(low, split, hashes))
            if start < split:
                start, whole = split, False
            low = split
    if not whole:
        proof.append(subtree_root(low, high, hashes))
    return proof[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2). Raises ProofFailed on a malformed proof."""
    _need_hashes((leaf, *proof))
    if not 0 <= index < size:
        raise ProofFailed(f"leaf {index} is not in a tree of {size} leaves")
    at, last, node = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofFailed("the inclusion proof is too long")
        if at & 1 or at == last:
            node = node_hash(step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_hash(node, step)
        at, last = at >> 1, last >> 1
    if last:
        raise ProofFailed("the inclusion proof is too short")
    return node


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that *leaf* stands at *index* under *root*. Raises ProofFailed."""
    if root_from_inclusion(leaf, index, size, proof) != root:
        raise ProofFailed("the inclusion proof leads to another root")


def verify_subtree_inclusion(
    leaf: bytes, index: int, start: int, end: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Check that *leaf* stands at *index* of the log, within the subtree [start, end) of *root*. Raises ProofFailed."""
    _need_subtree(start, end, end)
    verify_inclusion(leaf, index - start, end - start, proof, root)


def verify_consistency(size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]) -> None:
    """Check that the tree of *root1* is a prefix of the tree of *root2* (RFC 9162, 2.1.4.2).

    An empty first tree is a prefix of every tree, so nothing can be shown about it. Raises ProofFailed.
    """
    if size1 == 0:
        raise ProofFailed("an empty tree shows nothing about a later one")
    verify_subtree_consistency(0, size1, size2, root1, root2, proof)


def verify_subtree_consistency(
    start: int, end: int, size: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Check that the subtree [start, end) of *root1* is part of the tree of *size* of *root2*. Raises ProofFailed."""
    if 0 <= start == end <= size:  # no leaves: there is nothing to show but that root1 says so
        if proof or root1 != EMPTY_ROOT:
            raise ProofFailed("the empty subtree has one root and needs no proof")
        return
    _need_subtree(start, end, size)
    _need_hashes(proof)
    first, second, last = start, end - 1, size - 1
    while first != second and (second == last or second & 1):
        first, second, last = first >> 1, second >> 1, last >> 1
    steps = list(proof)
    if first == second:
        node1 = node2 = root1
    elif steps:
        node1 = node2 = steps.pop(0)
    else:
        raise ProofFailed("the consistency proof is empty")
    for step in steps:
        if last == 0:
            raise ProofFailed("the consistency proof is too long")
        if second & 1 or second == last:
            if first < second:
                node1 = node_hash(step, node1)
            node2 = node_hash(step, node2)
            while not second & 1 and second:
                first, second, last = first >> 1, second >> 1, last >> 1
        else:
            node2 = node_hash(node2, step)
        first, second, last = first >> 1, second >> 1, last >> 1
    if last:
        raise ProofFailed("the consistency proof is too short")
    if node1 != root1 or node2 != root2:
        raise ProofFailed("the consistency proof leads to other roots")


def _split(count: int) -> int:
    """The largest power of two below *count*."""
    return 1 << ((count - 1).bit_length() - 1)


def _need_subtree(start: int, end: int, size: int) -> None:
    if not 0 <= start < end <= size or start % (1 << (end - start - 1).bit_length()):
        raise ProofFailed(f"[{start}, {end}) is not a subtree of a tree of {size} leaves")


def _need_hashes(hashes: Iterable[bytes]) -> None:
    if any(len(node) != HASH_BYTES for node in hashes):
        raise ProofFailed(f"a hash of this log has {HASH_BYTES} bytes")
