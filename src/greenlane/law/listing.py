"""What a list leaves out, and how codes are listed in a sentence."""

from __future__ import annotations

from collections.abc import Iterable


def left_out(wanted: Iterable[str], present: Iterable[str]) -> tuple[str, ...]:
    """Those of *wanted* that are not in *present*, in the order given, each once."""
    there = set(present)
    return tuple(code for code in dict.fromkeys(wanted) if code not in there)


def listed(codes: Iterable[str]) -> str:
    """Codes joined by commas, or '-' when there is none."""
    return ", ".join(codes) or "-"


def written(text: str) -> bool:
    """Is there anything in *text* but blanks?"""
    return bool(text.strip())
