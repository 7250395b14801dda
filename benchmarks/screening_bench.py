"""Screening names, on few of them; ``python -m benchmarks.screening`` takes all. 6 USC 964(b)."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.screening.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["--quick"]))
