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
        self._tiles: OrderedDict[tuple[int, int], list[bytes]] = OrderedDict()

    def hashes(self, level: int, position: int) -> bytes:
        """Root of the complete subtree at (*level*, *position*). Raises LookupError when the log is shorter."""
        above = level % TILE_BITS
        first = position << above
        tile = self._tile(level - above, first >> TILE_BITS)
        part = tile[first % TILE : first % TILE + (1 << above)]
        if len(part) != 1 << above:
            raise LookupError(f"the stored tree holds no node {position} at level {level}")
        return log.root(part)

    def inclusion_proof(self, index: int, size: int) -> list[bytes]:
        """RFC 9162 inclusion proof of leaf *index* in the log of *size* leaves."""
        return log.inclusion_proof(index, size, self.hashes)

    def consistency_proof(self, size1: int, size2: int) -> list[bytes]:
        """RFC 9162 consistency proof between two sizes of the log."""
        return log.consistency_proof(size1, size2, self.hashes)

    def _tile(self, level: int, number: int) -> list[bytes]:
        key = (level, number)
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        low, high = number * TILE, number * TILE + TILE
        if level == 0:
            rows = Leaf.objects.filter(index__gte=low, index__lt=high).order_by("index")
            tile = [bytes(row) for row in rows.values_list("leaf_hash", flat=True)]
        else:
            nodes = Node.objects.filter(level=level, position__gte=low, position__lt=high).order_by("position")
            tile = [bytes(row) for row in nodes.values_list("node_hash", flat=True)]
        self._tiles[key] = tile
        if len(self._tiles) > _TILES_KEPT:
            self._tiles.popitem(last=False)
        return tile
