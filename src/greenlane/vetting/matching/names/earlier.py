"""The first comparable form of names, still used where the engine is not yet (6 USC 964(b))."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters of other alphabets that look like Latin ones; replaced only inside a word that also has Latin letters.
_CYRILLIC = "аеорсухівкмнтзѕјԁһӏ"
_CYRILLIC_LATIN = "aeopcyxibkmht3sjdhl"
_GREEK, _GREEK_LATIN = "αβεηικμνορτυχ", "abehikmvoptux"
_LOOKS = str.maketrans(_CYRILLIC + _GREEK, _CYRILLIC_LATIN + _GREEK_LATIN)
# Letters that have no decomposition into a Latin letter and a mark.
_SPELLED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng", "ə": "e"}
)
_APOSTROPHES = re.compile(r"['`´‘’ʻʼʿʾ′]")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}|(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_]\b")
_WORDS = re.compile(r"[^\W_]+")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")

# Legal forms of companies, each under one short form. Several words stand before their parts.
_FORMS = {
    "ltd": "ltd|limited|company limited|co ltd|co limited|coltd|private limited|pvt ltd|pvt limited|pte ltd|"
    "pte limited|pty ltd|pty limited|sdn bhd|public limited company|plc|ltda|limitada|lda|sociedad limitada|sl|"
    "kk|kabushiki kaisha",
    "llc": "llc|l l c|g m b h|s r l|b v|limited liability company|ooo|obshchestvo s ogranichennoy otvetstvennostyu|"
    "obshchestvo s ogranichennoi otvetstvennostyu|gmbh|gesellschaft mit beschrankter haftung|sarl|srl|"
    "sociedad de responsabilidad limitada|s de rl de cv|s de rl|fze|fzco|fz llc|fzc|bv|besloten vennootschap|doo|d o o|"
    "eood|ood|too|tov|kft|spzoo|sp z o o|sp zoo|sia|uab|as oy|wll",
    "inc": "inc|incorporated|corp|corporation|co inc|company inc",
    "jsc": "jsc|joint stock company|ojsc|open joint stock company|cjsc|closed joint stock company|pjsc|"
    "public joint stock company|pao|oao|zao|ao|aktsionernoe obshchestvo|otkrytoe aktsionernoe obshchestvo|"
    "publichnoe aktsionernoe obshchestvo|zakrytoe aktsionernoe obshchestvo|sa|sociedad anonima|sa de cv|sab de cv|"
    "societe anonyme|s a|s a de c v|ag|aktiengesellschaft|nv|naamloze vennootschap|n v|spa|s p a|ab|aktiebolag|"
    "asa|oyj|oy|pt|tbk|as|ad",
    "co": "co|company|cia|compania|cie|kompania|firm|firma",
    "llp": "llp|limited liability partnership|lp|limited partnership|kg|ohg",
}
_BY_WORDS = {tuple(form.split()): short for short, forms in _FORMS.items() for form in forms.split("|")}
_LONGEST_FORM = max(map(len, _BY_WORDS))

# Words that say what half of all companies are; a name of only these identifies nobody.
_COMMON = (
    "international trading trade general group holding holdings industry industries enterprise enterprises service "
    "services import export technology technologies global commercial and the of de for new first national world "
    "investment investments logistics shipping transport management development systems solutions"
)
_GENERIC = frozenset(_COMMON.split())


@dataclass(frozen=True, slots=True)
class Normalised:
    """A name made comparable.

    ``words`` in the order of the name, without legal forms; ``forms`` the legal forms, each in its short form;
    ``key`` the words sorted (with the forms, when there is no other word); ``joined`` the words without spaces.
    """

    words: tuple[str, ...]
    forms: tuple[str, ...]
    key: str
    joined: str

    @property
    def numbers(self) -> frozenset[str]:
        """The words that are numbers, by which sister ships and sister companies differ."""
        return frozenset(word.lstrip("0") or "0" for word in self.words if word.isdigit())

    @property
    def telling(self) -> tuple[str, str]:
        """The words that are neither numbers nor generic, joined: in sorted order, and in the order of the name."""
        words = [word for word in self.words if not word.isdigit() and word not in _GENERIC]
        return "".join(sorted(words)), "".join(words)

    @property
    def identifies(self) -> bool:
        """False when only legal forms, numbers and generic words are left, as in '11420 CORP.'."""
        return bool(self.telling[0])


def fold_letters(text: str) -> str:
    """Compatibility forms, invisible characters, letter case, accents and look-alike letters taken away."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf", "Co", "Cs"))
    kept = unicodedata.normalize("NFKC", kept).translate(_SPELLED)
    return _WORDS.sub(lambda match: _latin_where_mixed(match.group()), kept)


def _latin_where_mixed(word: str) -> str:
    if word.isascii() or not any("a" <= letter <= "z" for letter in word):
        return word
    return word.translate(_LOOKS)


@lru_cache(maxsize=8192)
def normalise(text: str, person: bool = False) -> Normalised:
    """Make *text* comparable; for a *person* 'LAST, First' is turned round and no word is taken for a legal form."""
    folded = _APOSTROPHES.sub("", fold_letters(text)).replace("&", " and ")
    if person and folded.count(",") == 1:
        last, first = folded.split(",")
        folded = f"{first} {last}"
    folded = _INITIALS.sub(lambda match: match.group().replace(".", "") + " ", folded)
    words = _WORDS.findall(folded)
    core, forms = (words, []) if person else _without_forms(words)
    kept = core or forms
    return Normalised(tuple(core), tuple(forms), " ".join(sorted(kept)), "".join(kept))


def _without_forms(words: list[str]) -> tuple[list[str], list[str]]:
    core, forms, at = [], [], 0
    while at < len(words):
        for width in range(min(_LONGEST_FORM, len(words) - at), 0, -1):
            short = _BY_WORDS.get(tuple(words[at : at + width]))
            if short:
                forms.append(short)
                at += width
                break
        else:
            core.append(words[at])
            at += 1
    return core, sorted(set(forms))


def without_brackets(text: str) -> str | None:
    """The name without what stands in brackets ('Beihang University (BUAA)'), or None when nothing does."""
    bare = " ".join(_BRACKETS.sub(" ", text).split())
    return bare if bare and bare != " ".join(text.split()) else None
