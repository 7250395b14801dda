"""The table of a policy of release: drafted, consulted on, simulated, published by a second person: 964(a), 966(c)."""

from __future__ import annotations

from greenlane.law.procedures import moves, procedure
from greenlane.law.sentences import N_

RELEASE_POLICY = procedure(
    "release_policy",
    N_("Policy of benefits on cargo"),
    "draft published withdrawn",
    "published withdrawn",
    moves("6 USC 964(a)", "DraftReleasePolicy", None, "draft"),
    moves("6 USC 966(c)", "ConsultOnReleasePolicy", "draft", "="),
    moves("6 USC 964(a)", "SimulateReleasePolicy", "draft", "="),
    moves("6 USC 964(a)", "PublishReleasePolicy", "draft", "published"),
    moves("6 USC 964(a)", "WithdrawReleasePolicy", "draft", "withdrawn"),
)
"""A published policy never changes: it is in force from its day until the day of the next one."""
