"""How a validation or a revalidation begins: what the appliers of both rooms call (6 USC 965(a), 966(a), 969)."""

from __future__ import annotations

from greenlane.validation.state_opening import start

__all__ = ["start"]
