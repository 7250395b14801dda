"""Deciding cargo entries, with two million of them; ``python -m benchmarks.release`` takes a whole year. 6 USC 964."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.release.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["--rows", "2000000", "--rounds", "3"]))
