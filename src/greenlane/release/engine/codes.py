"""Ports, origins and tariff headings as the whole numbers that a policy reads, and agencies as bits of a mask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenlane.release.engine.inputs import AGENCIES


def port_number(code: str) -> int:
    """The number of a Schedule D port: '2704' is 2704. Raises ValueError for anything but four or five digits."""
    if not (code.isascii() and code.isdigit() and 4 <= len(code) <= 5):
        raise ValueError(f"{code!r} is no port: write its four digits of Schedule D, for example '2704'")
    return int(code)


def origin_number(code: str) -> int:
    """The number of a country of origin, two letters in base 26: 'AA' is 0. Raises ValueError for anything else."""
    letters = code.upper()
    if not (len(letters) == 2 and letters.isascii() and letters.isalpha()):
        raise ValueError(f"{code!r} is no country: write the two letters of ISO 3166, for example 'CN'")
    return (ord(letters[0]) - 65) * 26 + ord(letters[1]) - 65


def heading_number(code: str) -> int:
    """The number of a tariff code's heading, its first four digits; dots and blanks do not count.

    '8471.30.0100' is 8471. Raises ValueError for anything but 4 to 10 digits.
    """
    digits = code.replace(".", "").replace(" ", "")
    if not (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 10):
        raise ValueError(f"{code!r} is no tariff code: write 4 to 10 digits, for example '8471300100'")
    return int(digits[:4])


def agency_mask(codes: Iterable[str], agencies: Sequence[str]) -> int:
    """A bit for each of the *codes*, by its place among *agencies*. Raises ValueError for an agency not among them."""
    mask = 0
    for code in codes:
        if code not in agencies:
            raise ValueError(f"{code!r} is not among the agencies of the policy: {', '.join(agencies) or 'none'}")
        mask |= 1 << agencies.index(code)
    return mask


def agencies_in(mask: int, agencies: Sequence[str]) -> tuple[str, ...]:
    """The agencies whose bits are set, in their order. Raises ValueError for a bit that no agency has."""
    if mask >> len(agencies):
        raise ValueError(f"the mask {mask} names more than the {len(agencies)} agencies of the policy")
    return tuple(code for place, code in enumerate(agencies) if mask >> place & 1)


def check_agencies(agencies: Sequence[str]) -> None:
    """Raise ValueError when an agency stands twice, or there are more than a mask can hold."""
    if len(set(agencies)) != len(agencies):
        raise ValueError("an agency stands twice among the agencies of the policy")
    if len(agencies) > AGENCIES:
        raise ValueError(f"a policy takes at most {AGENCIES} agencies; these are {len(agencies)}")
