"""The nineteen ways in which a listed name is written otherwise: harmless, on purpose, or by bad copies (964(b)).

The three groups follow the classes of the public sanctions-screening-benchmark. Each function answers the changed name,
or None where the change does not apply to this name. All chance comes from the generator given.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Change = Callable[[str, str, random.Random], str | None]
"""Name, kind of party (person, organisation), source of chance."""

_FORMS = {
    "limited": ["ltd", "limited liability company", "llc"],
    "ltd": ["limited", "limited company", "llc"],
    "llc": ["limited liability company", "ltd", "ooo"],
    "company": ["co", "corporation"],
    "co": ["company", "corp"],
    "corporation": ["corp", "inc"],
    "corp": ["corporation", "incorporated"],
    "inc": ["incorporated", "corp"],
    "incorporated": ["inc"],
    "gmbh": ["ltd", "gesellschaft mit beschrankter haftung"],
    "ooo": ["llc", "limited liability company"],
    "oao": ["open joint stock company", "ojsc"],
    "ao": ["jsc", "joint stock company"],
    "jsc": ["joint stock company", "ao"],
    "ojsc": ["oao", "open joint stock company"],
    "sa": ["s.a.", "sociedad anonima"],
    "s.a": ["sa", "societe anonyme"],
    "fze": ["free zone establishment", "fzco"],
    "plc": ["public limited company", "ltd"],
    "bv": ["b.v.", "besloten vennootschap"],
    "srl": ["s.r.l.", "sarl"],
}
_SHORT = {
    "international": "intl", "trading": "trdg", "technology": "tech", "technologies": "tech", "company": "co",
    "industries": "inds", "industrial": "indl", "industry": "ind", "manufacturing": "mfg", "services": "svcs",
    "service": "svc", "development": "dev", "investment": "inv", "investments": "invs", "general": "gen",
    "group": "grp", "holding": "hldg", "holdings": "hldgs", "management": "mgmt", "engineering": "eng",
    "construction": "constr", "electronics": "elec", "electronic": "elec", "equipment": "equip", "import": "imp",
    "export": "exp", "transport": "transp", "shipping": "shpg", "enterprises": "ent", "enterprise": "ent",
    "national": "natl", "university": "univ", "institute": "inst", "research": "res", "association": "assn",
    "communications": "comm", "commercial": "coml", "petroleum": "petr", "chemical": "chem", "production": "prod",
    "products": "prods", "systems": "sys", "organization": "org", "department": "dept", "foundation": "fdn",
    "limited": "ltd", "corporation": "corp", "mohammed": "mohd", "muhammad": "md", "mohammad": "mohd", "abdul": "abd",
    "bank": "bk", "factory": "fcty", "center": "ctr", "centre": "ctr", "machinery": "mach", "aviation": "avn",
}  # fmt: skip
_EXTRA = {
    "organisation": [
        "(Branch)",
        "Head Office",
        "International",
        "Group",
        "Dubai Branch",
        "Export Department",
        "Holding",
    ],
    "person": ["Mr.", "Dr.", "Haji", "Eng.", "Jr.", "Gen.", "Sheikh"],
}
_SOUNDS = [
    ("kh", "h"), ("kh", "x"), ("zh", "j"), ("sh", "ch"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "ey"),
    ("iy", "y"), ("yev", "ev"), ("ck", "k"), ("ph", "f"), ("ts", "tz"), ("ya", "ia"), ("yu", "iu"), ("ks", "x"),
    ("q", "k"), ("k", "q"), ("dh", "z"), ("w", "v"), ("v", "w"), ("y", "i"), ("i", "y"), ("c", "k"), ("j", "dj"),
    ("z", "s"), ("o", "u"), ("u", "o"), ("e", "i"), ("a", "e"), ("th", "t"), ("gh", "g"), ("aa", "a"), ("ll", "l"),
    ("ss", "s"), ("mm", "m"), ("dd", "d"),
]  # fmt: skip
_LOOKS = {
    "a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "y": "у", "i": "і", "s": "ѕ", "A": "А", "B": "В",
    "E": "Е", "H": "Н", "K": "К", "M": "М", "O": "О", "P": "Р", "C": "С", "T": "Т", "X": "Х", "I": "І", "Y": "Ү",
}  # fmt: skip
_HIDDEN = ["\u200b", "\u200c", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u200e"]
_LEET = {"o": "0", "i": "1", "l": "1", "e": "3", "s": "5", "a": "4", "b": "8"}
_SCANNED = [("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("l", "1"), ("o", "0"), ("i", "l"), ("h", "b"),
            ("e", "c"), ("u", "v"), ("vv", "w"), ("g", "q"), ("s", "5"), ("b", "6")]  # fmt: skip
_ACCENTS = {"a": "áàâäãå", "e": "éèêë", "i": "íîï", "o": "óôöõ", "u": "úûü", "c": "ç", "n": "ñ", "s": "š", "z": "ž"}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _like(model: str, text: str) -> str:
    """*text* in the letter case of *model*."""
    return text.upper() if model.isupper() else text.title() if model.istitle() else text


def case_and_punctuation(name: str, kind: str, chance: random.Random) -> str | None:
    changed = chance.choice([str.lower, str.upper, str.title])(name)
    changed = re.sub(r"[.,\"'()]", "", changed) if chance.random() < 0.5 else re.sub(r"[ \-]+", "-", changed, count=1)
    return " ".join(changed.split())


def reordered(name: str, kind: str, chance: random.Random) -> str | None:
    if "," in name and kind == "person":
        last, _, first = name.partition(",")
        return f"{first.strip()} {last.strip()}"
    words = name.split()
    if len(words) < 2:
        return None
    at = chance.randrange(1, len(words))
    return " ".join(words[at:] + words[:at])


def legal_form_swapped(name: str, kind: str, chance: random.Random) -> str | None:
    if kind == "person":
        return None
    words = name.split()
    places = [at for at, word in enumerate(words) if word.lower().strip(".,") in _FORMS]
    if not places:
        return None
    at = places[-1]
    words[at] = _like(words[at], chance.choice(_FORMS[words[at].lower().strip(".,")]))
    return " ".join(words)


def abbreviations(name: str, kind: str, chance: random.Random) -> str | None:
    words = name.split()
    places = [at for at, word in enumerate(words) if word.lower().strip(".,") in _SHORT]
    if not places or len(words) < 2:
        return None
    for at in chance.sample(places, min(len(places), chance.choice([1, 2, 3]))):
        words[at] = _like(words[at], _SHORT[words[at].lower().strip(".,")]) + chance.choice(["", "."])
    return " ".join(words)


def extra_words(name: str, kind: str, chance: random.Random) -> str | None:
    extra = chance.choice(_EXTRA[kind])
    if kind == "person" and "," not in name and extra != "Jr.":
        return f"{extra} {name}"
    return f"{name} {extra}"


def dropped_word(name: str, kind: str, chance: random.Random) -> str | None:
    words = name.split()
    if len(words) < 3 or len("".join(words)) < 14:
        return None
    del words[chance.randrange(1, len(words) - 1) if kind == "person" else chance.randrange(1, len(words))]
    return " ".join(words).strip(" ,")


def initials(name: str, kind: str, chance: random.Random) -> str | None:
    last, comma, first = name.partition(",")
    given = first.split()
    if kind != "person" or not comma or not given or len(last) < 5:
        return None
    return f"{last}, {' '.join(word[0] + '.' for word in given)}"


def accents(name: str, kind: str, chance: random.Random) -> str | None:
    places = [at for at, letter in enumerate(name) if letter.lower() in _ACCENTS]
    if not places:
        return None
    letters = list(name)
    for at in chance.sample(places, min(len(places), chance.choice([1, 2, 3]))):
        letters[at] = _like(letters[at], chance.choice(_ACCENTS[letters[at].lower()]))
    return "".join(letters)


def homoglyphs(name: str, kind: str, chance: random.Random) -> str | None:
    places = [at for at, letter in enumerate(name) if letter in _LOOKS]
    if not places:
        return None
    letters = list(name)
    for at in chance.sample(places, min(len(places), chance.choice([2, 3, 4]))):
        letters[at] = _LOOKS[letters[at]]
    return "".join(letters)


def invisible(name: str, kind: str, chance: random.Random) -> str | None:
    letters = list(name)
    for _ in range(chance.choice([1, 2, 3])):
        letters.insert(chance.randrange(1, len(letters)), chance.choice(_HIDDEN))
    return "".join(letters)


def joined_words(name: str, kind: str, chance: random.Random) -> str | None:
    words = name.split()
    if len(words) < 2:
        return None
    if len(words) > 2 and chance.random() < 0.6:
        at = chance.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at].rstrip(",") + words[at + 1], *words[at + 2 :]])
    return "".join(word.rstrip(",") for word in words)


def split_word(name: str, kind: str, chance: random.Random) -> str | None:
    words = name.split()
    places = [at for at, word in enumerate(words) if len(word) >= 6 and word.isalpha()]
    if not places:
        return None
    at = chance.choice(places)
    cut = chance.randrange(2, len(words[at]) - 1)
    return " ".join([*words[:at], words[at][:cut], words[at][cut:], *words[at + 1 :]])


def transliteration(name: str, kind: str, chance: random.Random) -> str | None:
    changed, done = name.lower(), 0
    for one, other in chance.sample(_SOUNDS, len(_SOUNDS)):
        if one in changed and done < 2:
            changed, done = changed.replace(one, other, 1), done + 1
    return _like(name, changed) if done else None


def digits_for_letters(name: str, kind: str, chance: random.Random) -> str | None:
    places = [at for at, letter in enumerate(name) if letter.lower() in _LEET]
    if not places:
        return None
    letters = list(name)
    for at in chance.sample(places, min(len(places), chance.choice([1, 2]))):
        letters[at] = _LEET[letters[at].lower()]
    return "".join(letters)


def one_typo(name: str, kind: str, chance: random.Random) -> str | None:
    letters = list(name)
    places = [at for at, letter in enumerate(letters) if letter.isalpha()]
    if len(places) < 5:
        return None
    at, how = chance.choice(places), chance.randrange(4)
    letter = _like(letters[at], chance.choice(_LETTERS))
    if how == 0:
        del letters[at]
    elif how == 1:
        letters.insert(at, letter)
    elif how == 2 or at + 1 == len(letters):
        letters[at] = letter
    else:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters).strip()


def two_typos(name: str, kind: str, chance: random.Random) -> str | None:
    once = one_typo(name, kind, chance)
    return one_typo(once, kind, chance) if once else None


def truncated_at_30(name: str, kind: str, chance: random.Random) -> str | None:
    return name[:30].rstrip() if len(name) >= 33 else None


def scanned(name: str, kind: str, chance: random.Random) -> str | None:
    changed, done = name.lower(), 0
    for one, other in chance.sample(_SCANNED, len(_SCANNED)):
        if one in changed and done < 2:
            changed, done = changed.replace(one, other, 1), done + 1
    return _like(name, changed) if done else None


ORIGINAL_SCRIPT = "original script"
CHANGES: dict[str, tuple[str, Change]] = {
    "case and punctuation": ("benign", case_and_punctuation),
    "reordered": ("benign", reordered),
    "legal form swapped": ("benign", legal_form_swapped),
    "abbreviations": ("benign", abbreviations),
    "extra words": ("benign", extra_words),
    "dropped word": ("benign", dropped_word),
    "initials": ("benign", initials),
    "accents": ("benign", accents),
    "homoglyphs": ("adversarial", homoglyphs),
    "invisible characters": ("adversarial", invisible),
    "joined words": ("adversarial", joined_words),
    "split word": ("adversarial", split_word),
    "transliteration": ("adversarial", transliteration),
    "digits for letters": ("adversarial", digits_for_letters),
    "one typo": ("degraded", one_typo),
    "two typos": ("degraded", two_typos),
    "truncated at 30": ("degraded", truncated_at_30),
    "scanned": ("degraded", scanned),
}
"""The nineteenth is the original script: the list's own, not made here."""
GROUP = {name: group for name, (group, _change) in CHANGES.items()} | {ORIGINAL_SCRIPT: "adversarial"}
