"""Slows down guessing of passwords: failed sign-ins are counted by account and address, by account and by address."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = 15 * 60
"""Seconds after which failures are forgotten."""
# One person mistypes a few times; one address may serve a whole office; one account may be tried from many addresses.
LIMITS = {"pair": 5, "account": 25, "address": 60}


def _keys(request: HttpRequest, email: str) -> dict[str, str]:
    """Cache keys that hold no address of a person in clear."""
    address = request.META.get("REMOTE_ADDR", "")
    account = email.strip().casefold()
    parts = {"pair": f"{account}\n{address}", "account": account, "address": address}
    return {
        kind: f"sign-in:{kind}:{hashlib.sha256(text.encode()).hexdigest()[:32]}" for kind, text in parts.items() if text
    }


def blocked(request: HttpRequest, email: str) -> bool:
    """Have there been too many failures within the window? Asked before the password is looked at."""
    keys = _keys(request, email)
    counts = cache.get_many(keys.values())
    return any(counts.get(key, 0) >= LIMITS[kind] for kind, key in keys.items())


def failed(request: HttpRequest, email: str) -> None:
    """Count one failure."""
    for key in _keys(request, email).values():
        cache.add(key, 0, WINDOW)
        try:
            cache.incr(key)
        except ValueError:  # it expired between the two calls
            cache.set(key, 1, WINDOW)


def succeeded(request: HttpRequest, email: str) -> None:
    """Forget the failures of this account from this address; those of others stay counted."""
    cache.delete(_keys(request, email)["pair"])
