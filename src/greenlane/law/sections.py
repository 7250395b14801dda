"""Every section of the two laws that has rules: import this to have the whole register of rules (6 USC 961-973)."""

from __future__ import annotations

from importlib import import_module

SECTIONS = (
    "s961",
    "s962",
    "s963",
    "s964",
    "s965",
    "s966",
    "s967",
    "s968",
    "s969",
    "s970",
    "s971",
    "s972",
    "s973",
    "t19_4311",
)
"""Modules of ``greenlane.law``, in the order of the statute. One that is listed and missing fails here, loudly."""

for _name in SECTIONS:
    import_module(f"greenlane.law.{_name}")
