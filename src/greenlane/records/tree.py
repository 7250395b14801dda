"""The stored Merkle tree: any complete subtree's hash from the leaf and node tables, read in tiles of 256 (971(b))."""

from __future__ import annotations

from collections import OrderedDict

from greenlane.records import log
from greenlane.records.models import Leaf, Node

TILE_BITS = 8
TILE = 1 << TILE_BITS
_TILES_KEPT = 512


class StoredTree:
    """Reads the tree as it stands; make a new one after the log has grown. ``hashes`` fits the functions of ``log``."""

    def __init__(self) -> None:
        self._tiles: OrderedDict[tuple[int, int], list[list[bytes]]] = OrderedDict()

    def hashes(self, level: int, position: int) -> bytes:
        """Root of the complete subtree at (*level*, *position*). Raises LookupError when the log is shorter."""
        above = level % TILE_BITS
        tile = self._tile(level - above, position >> (TILE_BITS - above))
        within = position % (TILE >> above)
        if within >= len(tile[above]):
            raise LookupError(f"the stored tree holds no node {position} at level {level}")
        return tile[above][within]

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """RFC 9162 inclusion proof of leaf *index* in the log of *size* leaves."""
        return log.inclusion_proof(index, size, self.hashes)

    def consistency_proof(self, size1: int, size2: int) -> list[bytes]:
        """RFC 9162 consistency proof between two sizes of the log."""
        return log.consistency_proof(size1, size2, self.hashes)

    def _tile(self, level: int, number: int) -> list[list[bytes]]:
        """The stored hashes of one tile and, above them, the nodes that they make, level by level."""
        key = (level, number)
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        tile = [_stored(level, number * TILE, number * TILE + TILE)]
        while len(tile) < TILE_BITS:
            below = tile[-1]
            tile.append([log.node_hash(*below[at : at + 2]) for at in range(0, len(below) - 1, 2)])
        self._tiles[key] = tile
        if len(self._tiles) > _TILES_KEPT:
            self._tiles.popitem(last=False)
        return tile


def _stored(level: int, low: int, high: int) -> list[bytes]:
    if level == 0:
        leaves = Leaf.objects.filter(index__gte=low, index__lt=high).order_by("index")
        return [bytes(leaf) for leaf in leaves.values_list("leaf_hash", flat=True)]
    nodes = Node.objects.filter(level=level, position__gte=low, position__lt=high).order_by("position")
    return [bytes(node) for node in nodes.values_list("node_hash", flat=True)]
