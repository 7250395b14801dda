"""Status verification numbers: drawn at random, with a check digit, so that a slip of the pen finds nobody (971(c))."""

from __future__ import annotations

import secrets

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that are not mistaken for each other: no 0 and O, no 1 and I."""
DRAWN = 11


def draw() -> str:
    """A fresh number: eleven signs (55 bits from the operating system) and an ISO 7064 MOD 37,36 check sign."""
    while True:
        signs = "".join(secrets.choice(SIGNS) for _ in range(DRAWN))
        number = signs + str(mod_37_36.calc_check_digit(signs))
        if number[-1] in SIGNS:
            return number


def compact(text: str) -> str:
    """The number as it is kept, however a person wrote it."""
    return "".join(sign for sign in text.upper() if sign.isalnum())[:40]


def well_formed(text: str) -> bool:
    """Has it twelve signs of which the last is the check sign of the others?"""
    number = compact(text)
    if len(number) != DRAWN + 1 or not set(number) <= set(SIGNS):
        return False
    try:
        mod_37_36.validate(number)
    except ValidationError:
        return False
    return True


def shown(number: str) -> str:
    """In groups of four, as people read it."""
    return "-".join(number[at : at + 4] for at in range(0, len(number), 4))
