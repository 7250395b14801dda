"""The formats and check digits of the numbers by which the trade knows a company (6 USC 962)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from stdnum import lei
from stdnum.exceptions import ValidationError
from stdnum.us import ein

from greenlane.law.sentences import N_, Sentence
from greenlane.places.countries import resolve_country


@dataclass(frozen=True)
class Format:
    """A kind of identifier: what people call it, what it looks like, and whether a value has that form."""

    kind: str
    title: str
    looks_like: str
    check: Callable[[str], bool]


class IdentifierRefused(ValueError):
    """The value does not have the form of its kind; ``sentence`` says which form that is."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


def _ein(value: str) -> bool:
    """An EIN is nine digits of which the first two are a prefix that the revenue service has issued."""
    try:
        ein.validate(value)
    except ValidationError:
        return False
    return re.fullmatch(r"\d{2}-?\d{7}", value) is not None


def _importer_number(value: str) -> bool:
    """An importer number: an EIN with a two-character suffix, or a number assigned by customs, YYDDPP-NNNNN."""
    if re.fullmatch(r"\d{6}-\d{5}", value):
        return True
    match = re.fullmatch(r"(\d{2}-?\d{7})([0-9A-Z]{2})", value)
    return match is not None and _ein(match.group(1))


def _manufacturer(value: str) -> bool:
    """A manufacturer id: country, three letters of each of two words, up to four digits, three of a city."""
    match = re.fullmatch(r"([A-Z]{2})[A-Z0-9]{3,6}\d{0,4}[A-Z]{3}", value)
    return match is not None and len(value) <= 15 and resolve_country(match.group(1)) == match.group(1)


def _lei(value: str) -> bool:
    return bool(lei.is_valid(value))


def _imo(value: str) -> bool:
    """A ship's number: six digits weighted 7 to 2, and the last digit of their sum."""
    digits = value.removeprefix("IMO")
    if not re.fullmatch(r"\d{7}", digits):
        return False
    return sum(int(d) * w for d, w in zip(digits, range(7, 1, -1), strict=False)) % 10 == int(digits[6])


_FORMATS = (
    Format("ior", N_("Importer of record number"), "12-345678900", _importer_number),
    Format("ein", N_("Employer identification number"), "12-3456789", _ein),
    Format("import_bond", N_("Continuous import bond"), "9912345AB", _matches(r"[0-9]{2}[0-9A-Z]{7}")),
    Format("carrier_bond", N_("International carrier bond"), "9912345AB", _matches(r"[0-9]{2}[0-9A-Z]{7}")),
    Format("custodial_bond", N_("Custodial bond"), "9912345AB", _matches(r"[0-9]{2}[0-9A-Z]{7}")),
    Format("scac", N_("Standard carrier alpha code"), "ABCD", _matches(r"[A-Z]{2,4}")),
    Format("usdot", N_("U.S. DOT number"), "1234567", _matches(r"[1-9]\d{0,7}")),
    Format("sct", N_("Permit of the Mexican transport ministry"), "0123456789", _matches(r"[0-9A-Z]{6,20}")),
    Format("iata", N_("IATA code"), "XY", _matches(r"[A-Z][A-Z0-9]|[0-9][A-Z]|\d{3}|\d{2}-?\d-?\d{4}")),
    Format("fmc", N_("Federal Maritime Commission number"), "012345", _matches(r"\d{4,6}[FN]{0,2}")),
    Format("firms", N_("FIRMS code"), "A123", _matches(r"[A-Z][0-9A-Z]{3}")),
    Format("broker_licence", N_("Customs broker licence"), "12345", _matches(r"\d{4,6}")),
    Format("filer_code", N_("Entry filer code"), "A1B", _matches(r"[0-9A-Z]{3}")),
    Format("mid", N_("Manufacturer identification number"), "MXABCDEF1234MEX", _manufacturer),
    Format("lei", N_("Legal entity identifier"), "529900T8BM49AURSDO55", _lei),
    Format("imo", N_("IMO ship number"), "9074729", _imo),
)
FORMATS: Mapping[str, Format] = {one.kind: one for one in _FORMATS}
_OTHER = _matches(r"[0-9A-Z][0-9A-Z ./-]{1,39}")


def checked(kind: str, value: str) -> str:
    """The value in its usual form. Raises IdentifierRefused. Unknown kinds are held to letters and digits."""
    plain = re.sub(r"\s+", "", value).upper()
    form = FORMATS.get(kind)
    if form is None:
        if _OTHER(plain):
            return plain
        raise IdentifierRefused(Sentence(N_("Use 2 to 40 letters and digits.")))
    if not form.check(plain):
        message = N_("'%(value)s' is not a valid %(kind)s; it looks like %(example)s.")
        raise IdentifierRefused(
            Sentence(message, {"value": value.strip()[:40], "kind": form.title, "example": form.looks_like})
        )
    return plain
