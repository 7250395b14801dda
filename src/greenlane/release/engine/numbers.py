"""Entry numbers: their check digit, and every entry's number as one whole number, by which chance examines it."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256

from greenlane.law.sentences import N_, Sentence
from greenlane.release.engine.inputs import MOST_ENTRY_KEY

SERIALS = 10**8
NUMBERED = 36**3 * SERIALS
"""Keys from 0 up to this are those of entry numbers; every other reference has a key from here on."""
ONCE = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", map(int, "012345678912345678912345678923456789"), strict=True))
"""What a digit or a letter counts in a check digit."""
TWICE = {letter: 2 * digit // 10 + 2 * digit % 10 for letter, digit in ONCE.items()}
"""What it counts where it counts twice: the digits of the double, added."""
WRITTEN = re.compile(r"([0-9A-Z]{3})(-?)([0-9]{7})(-?)([0-9])", re.ASCII)


def check_digit(filer: str, serial: str) -> int:
    """The last digit of an entry number, from its filer code (3 letters or digits) and serial number (7 digits).

    As published in appendix E (Valid Entry Numbers) of the automated interface requirements of U.S. Customs: letters
    become digits (A to I are 1 to 9, J to R are 1 to 9, S to Z are 2 to 9), every second digit from the right counts
    twice, digit by digit, and the sum is filled up to the next ten.
    """
    text = filer + serial
    return -(sum(map(TWICE.__getitem__, text[-1::-2])) + sum(map(ONCE.__getitem__, text[-2::-2]))) % 10


def entry_number(filer: str, serial: int) -> str:
    """An entry number with its check digit: ('ABC', 1234567) is 'ABC-1234567-x'. Raises ValueError for other codes."""
    written = f"{serial:07d}"
    if not WRITTEN.fullmatch(f"{filer}{written}0"):
        raise ValueError(f"{filer!r} and {serial} make no entry number: three letters or digits, and up to 7 digits")
    return f"{filer}-{written}-{check_digit(filer, written)}"


def is_entry_number(text: str) -> bool:
    """Whether *text* is an entry number with its right check digit, with or without hyphens."""
    found = WRITTEN.fullmatch(text)
    return found is not None and _is_right(*found.groups())


def _is_right(filer: str, hyphen: str, serial: str, other: str, digit: str) -> bool:
    return hyphen == other and int(digit) == check_digit(filer, serial)


def entry_number_problem(text: str) -> tuple[Sentence, Sentence, Sentence] | None:
    """What is wrong, why and what to do when *text* is written as an entry number, with hyphens, and is none."""
    found = WRITTEN.fullmatch(text)
    if found is None or not found[2] or _is_right(*found.groups()):
        return None
    right: dict[str, str | int | date] = {"text": text, "digit": check_digit(found[1], found[3])}
    return (
        Sentence(N_("'%(text)s' is no entry number."), right),
        Sentence(N_("Its last digit is checked and should be %(digit)d."), right),
        Sentence(N_("Look for a digit that was mistyped."), right),
    )


def entry_key(text: str) -> int:
    """The entry number as a whole number from 0 to ``MOST_ENTRY_KEY``, the same on every machine.

    An entry number is its filer code in base 36, then its seven digits and its check digit. Any other reference is
    ``NUMBERED`` plus the first eight bytes of the SHA-256 of its UTF-8 text, as a number from the highest byte, modulo
    what is left; so no reference has the key of an entry number.
    """
    found = WRITTEN.fullmatch(text)
    if found is not None and _is_right(*found.groups()):
        return int(found[1], 36) * SERIALS + int(found[3] + found[5])
    digest = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8], "big")
    return NUMBERED + digest % (MOST_ENTRY_KEY + 1 - NUMBERED)
