"""Letters made comparable: invisible ones, accents, look-alikes of another alphabet (6 USC 964(b))."""

from __future__ import annotations

import re
import unicodedata

_SPACE, _GONE = " ", ""
_KEPT_MARKS_FROM = 0x900  # from Devanagari on, marks are vowels and belong to the word
_TABLE_LIMIT = 20_000  # characters remembered; a hostile text of rare ones cannot fill the memory

# Letters of other alphabets that look like Latin ones, and the reverse.
_CYRILLIC, _CYRILLIC_LATIN = "аеорсухівкмнтзѕјԁһӏԛԝү", "aeopcyxibkmhtzsjdhlqwy"
_GREEK, _GREEK_LATIN = "αβεηικμνορτυχωγ", "abehikmvoptuxwy"
_TO_LATIN = str.maketrans(_CYRILLIC + _GREEK, _CYRILLIC_LATIN + _GREEK_LATIN)
_TO_CYRILLIC = str.maketrans("aeopcyxibkmhtsj", "аеорсухівкмнтѕј")
_TO_GREEK = str.maketrans("aehikmvoptux", "αεηικμνορτυχ")
_WORD = re.compile(r"\w+")
_LETTER_FOR_DIGIT = str.maketrans("0135", "oles")

# Letters that have no decomposition into a Latin letter and a mark.
_SPELLED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e",
     "ß": "ss", "ĸ": "k", "ŧ": "t", "ƒ": "f", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ŀ": "l"}
)  # fmt: skip
# Accents written out, as passports and ships' papers do.
_EXPANDED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "š": "sh", "č": "ch", "ć": "ch", "ž": "zh", "ż": "zh",
     "ş": "sh", "ș": "sh", "ç": "ch", "ţ": "ts", "ț": "ts", "đ": "dj", "ğ": "gh", "ñ": "ny", "ə": "a", "ё": "е"}
)  # fmt: skip


class _Clean(dict[int, str]):
    """Each character as it is kept: nothing for invisible ones and accents, a space for controls, digits in ASCII."""

    def __missing__(self, point: int) -> str:
        letter = chr(point)
        kind = unicodedata.category(letter)
        if (
            kind in ("Cf", "Cs", "Co", "Me", "Sk")
            or (kind in ("Mn", "Lm") and point < _KEPT_MARKS_FROM)
            or 0xFE00 <= point <= 0xFE0F
            or 0xE0100 <= point <= 0xE01EF
            or letter in "ـ'’‘´`′"
        ):
            kept = _GONE
        elif kind[0] in "CZ":
            kept = _SPACE
        elif kind == "Nd":
            kept = str(unicodedata.decimal(letter))
        else:
            kept = letter
        if len(self) < _TABLE_LIMIT:
            self[point] = kept
        return kept


_CLEAN = _Clean()


def clean(text: str) -> str:
    """Lower case, compatibility forms undone, invisible characters and apostrophes gone; accents of letters kept."""
    if text.isascii():
        return text.translate(_CLEAN).lower()
    return unicodedata.normalize("NFKC", text).casefold().translate(_CLEAN)


def without_accents(word: str) -> str:
    """The word in plain letters of its alphabet, accents dropped ('müller' → 'muller')."""
    if word.isascii():
        return word
    split = unicodedata.normalize("NFKD", word.translate(_SPELLED))
    return "".join(letter for letter in split if unicodedata.category(letter) != "Mn")


def accents_written_out(word: str) -> str:
    """The word with its accents written as letters ('müller' → 'mueller'), the others dropped."""
    return without_accents(word.translate(_EXPANDED))


def one_alphabet(word: str) -> str:
    """Look-alike letters of a second alphabet turned into the first one's, where a word has letters of both."""
    latin = any("a" <= letter <= "z" for letter in word)
    if not latin or word.isascii():
        return word
    foreign = [letter for letter in word if "Ͱ" <= letter <= "ԯ"]
    if not foreign:
        return word
    if all(ord(letter) in _TO_LATIN for letter in foreign):
        return word.translate(_TO_LATIN)
    return word.translate(_TO_CYRILLIC if foreign[0] >= "Ѐ" else _TO_GREEK)


def looks_latin(word: str) -> str:
    """What a Cyrillic or Greek word looks like in Latin letters ('СОСО'), or '' when a letter looks like none."""
    looks = word.translate(_TO_LATIN)
    return looks if looks.isascii() and looks != word else ""


def letters_for_digits(word: str) -> str:
    """A word with digits between its letters, read as letters ('zarn0via'), or '' when it has none."""
    inside = word[1:-1]
    if word[:1].isalpha() and word[-1:].isalpha() and not inside.isalpha() and len(word) > 3:
        read = word.translate(_LETTER_FOR_DIGIT)
        return read if read.isalpha() else ""
    return ""


def fold_letters(text: str) -> str:
    """A whole text in lower case and plain letters of its alphabets; its punctuation is kept (for addresses)."""
    return _WORD.sub(lambda found: without_accents(one_alphabet(found.group())), clean(text))
