"""UN/LOCODE, the five-character code of a place of trade (UNECE Recommendation 16)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FORM = re.compile(r"^([A-Z]{2}) ?([A-Z2-9]{3})$")


class NotAnUnLocode(ValueError):
    """The text has not the form of a UN/LOCODE."""


@dataclass(frozen=True, order=True)
class UnLocode:
    """A code such as ``UnLocode("USLAX")``: two letters of the country, three letters or digits 2-9 of the place.

    Only the form is checked, not whether the place exists. Raises NotAnUnLocode.
    """

    code: str

    def __post_init__(self) -> None:
        if not _FORM.match(self.code) or " " in self.code:
            raise NotAnUnLocode(
                f"{self.code!r} is not a UN/LOCODE: write two letters, then three letters or digits 2-9, "
                "for example USLAX"
            )

    @classmethod
    def parse(cls, text: str) -> UnLocode:
        """Read what a person types: 'us lax', 'USLAX', ' US LAX '. Raises NotAnUnLocode."""
        return cls("".join(text.split()).upper())

    @property
    def country(self) -> str:
        """ISO 3166-1 alpha-2 code, as the UN/LOCODE gives it."""
        return self.code[:2]

    @property
    def place(self) -> str:
        """The three characters of the place within its country."""
        return self.code[2:]

    def __str__(self) -> str:
        return self.code
