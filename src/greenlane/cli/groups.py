"""Groups that hold nothing but the generated commands of their room."""

from __future__ import annotations

import click


@click.group("participants")
def participants() -> None:
    """Register companies and keep what they tell of themselves (6 USC 962, 963(2))."""


@click.group("applications")
def applications() -> None:
    """Apply to take part: history, risks, answers, signature, submission (6 USC 963)."""


@click.group("vetting")
def vetting() -> None:
    """Background investigations: screening, hits, completion (6 USC 964(b))."""


@click.group("certification")
def certification() -> None:
    """Review and decide certification in the first tier, within 90 days (6 USC 964)."""
