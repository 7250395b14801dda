"""Words in Arabic letters (Arabic, Persian, Pashto, Urdu) in Latin ones, though short vowels are not written."""

from __future__ import annotations

from itertools import groupby, islice

from greenlane.vetting.matching.names.sounds import MAX_SKELETON

_SAME = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ی": "ي", "ې": "ي", "ئ": "ي", "ۍ": "ي", "ے": "ي", "ؤ": "و", "ۇ": "و",
     "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ة": "ه", "ۃ": "ه", "ټ": "ت", "ٹ": "ت", "ډ": "د",
     "ڈ": "د",
     "ړ": "ر", "ڑ": "ر", "ڼ": "ن", "ں": "ن", "ګ": "گ", "څ": "ث", "ځ": "ز", "ښ": "ش", "ږ": "ژ", "ء": None}
)  # fmt: skip
_CONSONANTS = {
    "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ڤ": "v",
    "ق": "q", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h",
}  # fmt: skip
_LONG = {"ا": "a", "و": "u", "ي": "i", "ى": "i"}
_CARRIERS = "اع"  # begin a word with a vowel
# How a consonant may stand in a skeleton (see sounds); all others stand as they are written.
_BONES = {
    "ب": ("b", "p"), "ث": ("t", "s"), "ج": ("j", "g"), "ذ": ("d", "z"), "ض": ("d", "z"), "ظ": ("z", "d"),
    "ق": ("k", "g"), "خ": ("k", "h"), "ش": ("x",), "چ": ("x",), "غ": ("g",), "ف": ("f", "v"), "ژ": ("j",), "ع": ("",),
    "ا": ("",), "ي": ("",), "ى": ("",), "و": ("", "v"),
}  # fmt: skip
_MOST_BONES = 6
# The first short vowel, the later ones, and whether one stands before a last consonant ('hasan' or 'nasr').
_WAYS = (("a", "a", True), ("u", "a", True), ("a", "i", True), ("u", "i", True), ("i", "a", True), ("a", "a", False))


def plain(word: str) -> str:
    """The word with the letters that are written in several ways made one."""
    return word.translate(_SAME)


def spellings(word: str) -> tuple[str, ...]:
    """Likely spellings in Latin letters of a word that `plain` has made; () when it has no letter of its own.

    Long vowels are written, short ones are guessed: 'خالد' → 'khalad', 'khalud', 'khalid'.
    """
    return tuple(dict.fromkeys(filter(None, (_voiced(word, *way) for way in _WAYS))))


def _voiced(word: str, first: str, other: str, before_last: bool) -> str:
    out: list[str] = []
    short, vowel, before = first, True, ""  # before: the vowel that stands before the consonant last written
    if word[:1] in _CARRIERS and word[1:2] in _CONSONANTS:
        out, word, short, before = [first], word[1:], other, "short"  # 'ibrahim', 'usama', 'umar'
    end = len(word) - (2 if word.endswith("يه") and len(word) > 3 else 0)
    for at, letter in enumerate(word[:end]):
        after = word[at + 1] if at + 1 < len(word) else ""
        written, is_vowel = _letter(letter, at, after, vowel and bool(out))
        if not written:
            continue
        if out and not is_vowel and not vowel:
            if written == "h" and not after:
                written = "a"  # 'fatima': the last letter is the mark of a feminine word
            elif before == "long a" or not before or len(out) == 1 or (before_last and not after):
                out.append("i" if before == "long a" else short)  # 'khalid', 'zahid', 'sajida'
                short, before = other, "short"
            else:
                before = ""
        elif not is_vowel and vowel:
            before = "long a" if out[-1:] == ["a"] and len(out) > 1 else "vowel"
        out.append(written)
        vowel = is_vowel
    return "".join(out) + ("iya" if end < len(word) else "")


def _letter(letter: str, at: int, after: str, after_vowel: bool) -> tuple[str, bool]:
    """How a letter is written, and whether that is a vowel."""
    if letter in _CONSONANTS:
        return _CONSONANTS[letter], False
    if letter in "وي" and (at == 0 or after_vowel or (after in ("ا", "و", "ي", "ى") and after != letter)):
        return ("w" if letter == "و" else "y"), False
    if letter in _LONG:
        return _LONG[letter], True
    return ("a", True) if letter == "ع" and at == 0 else ("", False)


def skeletons(word: str) -> tuple[str, ...]:
    """Consonant skeletons of a word that `plain` has made, as `sounds.skeleton` gives them for Latin spellings.

    The usual one first, then those in which one consonant is written in another way.
    """
    if not word:
        return ()
    first = "a" if word[0] in _CARRIERS else "w" if word[0] == "و" else "y" if word[0] == "ي" else ""
    body = word[1:] if first else word
    if body[-1:] in ("ه", "ح") and len(body) > 1:
        body = body[:-1]
    choices = [_BONES.get(letter) or (_CONSONANTS.get(letter, ""),) for letter in body[: 2 * MAX_SKELETON]]
    usual = [options[0] for options in choices]
    ways = [usual]
    for at, options in enumerate(choices):
        ways += [[*usual[:at], option, *usual[at + 1 :]] for option in options[1:]]
    found = (first + "".join(bones) for bones in ways[: 2 * _MOST_BONES])
    single = dict.fromkeys("".join([bone for bone, _ in groupby(bones)])[:MAX_SKELETON] for bones in found)
    return tuple(islice(filter(None, single), _MOST_BONES))


def parts(words: list[str]) -> list[tuple[str, str]]:
    """Words (plain) of a name as (kind, stem): kind '' or a particle's group, or that of an ending: 'DIN', 'ALLAH' ….

    'التكريتي' → ('AL', ''), ('', 'تكريتي'); 'صلاح', 'الدين' → ('DIN', 'صلاح').
    """
    out: list[tuple[str, str]] = []
    for word in words:
        before = out[-1] if out else ("AL", "")
        if before == ("ABDUL", "") and word.startswith("ال") and len(word) > 3 and word != "الله":
            out.append(("", word[2:]))
            continue
        if word in ("الله", "اله", "لله") and before in (("ABDUL", ""), ("", "عبد")):
            out[-1] = ("", "عبدالله")
        elif word in ("الله", "لله") and before[0] == "" and len(before[1]) > 1:
            out[-1] = ("ALLAH", before[1])
        elif word in _TAILS and before[0] == "" and before[1]:
            out[-1] = (_TAILS[word], before[1])
        elif word in ("الدين", "دين") and (before[0] == "" or before == ("AL", "")) and len(out) > (word == "دين"):
            _ending(out)
        else:
            out.extend(_divided(word))
    return out


def _ending(out: list[tuple[str, str]]) -> None:
    if out[-1][0] == "AL":
        out.pop()
    if out and out[-1][0] == "":
        out[-1] = ("DIN", out[-1][1])
    else:
        out.append(("", "دين"))


def _divided(word: str) -> tuple[tuple[str, str], ...]:
    if known := _PARTICLES.get(word):
        return ((known, ""),)
    if word in _WHOLE:
        return (("", word),)
    for start, kind in _STARTS:
        if word.startswith(start) and len(word) >= len(start) + 3 and not word.startswith("عبدالله"):
            rest = word[len(start) :]
            return (("ABU", ""), *_divided(rest)) if kind == "ABU" else ((kind, ""), ("", rest))
    if word.endswith("الدين") and len(word) > 6:
        return (("DIN", word[:-5]),)
    for tail, kind in _TAILS.items():
        if word.endswith(tail) and len(word) > len(tail) + 1:
            return ((kind, word[: -len(tail)]),)
    if word.endswith("الله") and len(word) > 5 and not word.startswith(("عبد", "عبيد")):
        return (("ALLAH", word[:-4]),)
    return (("", word),)


_PARTICLES = {
    "ال": "AL", "بن": "BIN", "ابن": "BIN", "بنت": "BINT", "ولد": "OULD", "ابو": "ABU", "ابي": "ABU", "ابا": "ABU",
    "ام": "UMM",
    "عبد": "ABDUL", "و": "WAL", "في": "FI", "فى": "FI", "من": "MIN",
}  # fmt: skip
_TAILS = {"زاده": "ZADA", "خيل": "KHEL"}
_WHOLE = frozenset(
    ["الله", "الياس", "الهام", "الماس", "الطاف", "الفت", "المان", "المانيا"]
)  # begin with 'al' of their own
_STARTS = (("عبدال", "ABDUL"), ("وال", "WAL"), ("ابو", "ABU"), ("ال", "AL"), ("لل", "AL"))
