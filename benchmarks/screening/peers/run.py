"""``python run.py NAME FOLDER OUT``: one matcher measured in this process (964(b))."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from benchmarks.screening.peers.protocol import measure

MATCHERS = {
    "brute": "benchmarks.screening.peers.rapidfuzz_peer:BruteForce",
    "trigrams": "benchmarks.screening.peers.trigrams_peer:Trigrams",
    "logic-v2": "benchmarks.screening.peers.logic_peer:LogicV2Matcher",
    "ours": "benchmarks.screening.ours:Ours",
}

if __name__ == "__main__":
    module, _, name = MATCHERS[sys.argv[1]].partition(":")
    measure(Path(sys.argv[2]), Path(sys.argv[3]), getattr(importlib.import_module(module), name))
