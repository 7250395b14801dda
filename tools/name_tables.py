"""Make the tables of legal forms, trade words and names in Arabic letters that matching uses (6 USC 964(b)).

    PYTHONPATH=src python tools/name_tables.py

rewrites forms.txt, words.txt and arabic.txt in src/greenlane/vetting/matching/names/tables.

The facts come from the data that the installed package rigour (MIT licence) carries in its compiled part: company types
(from ISO 20275 and others), words of organisations, and spellings of name parts (from Wikidata, CC0). They are read
from there, offline, with the program `zstd`; the same version of rigour gives the same tables.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata, util
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA

from greenlane.vetting.matching.names import alphabets, arabic, letters, sounds

TABLES = Path(__file__).parents[1] / "src/greenlane/vetting/matching/names/tables"
_FRAME = bytes.fromhex("28b52ffd")
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("^[\u0620-\u064a\u066e-\u06d3]{2,16}$")
_CLASSES = {"LLC": "llc", "JSC": "jsc", "LP": "lp", "LLP": "llp", "GP": "gp", "SP": "sp", "COOP": "coop", "SOE": "soe"}
# The field's own words, beside rigour's; each group is one meaning in several languages.
_OWN = Path(__file__).with_name("name_tables_own.txt")
_PARTICLES = "the of and for de del la las los le les el y e und et der die das des do da dos du di zu van von a an in"
_NOT_GENERIC = frozenset(
    {"ALQAEDA", "HEZBOLLAH", "IRGC", "CIA", "CCP", "PLA", "CARTEL", "SOCALLED", "NAMED", "REVOLUTIONARY", "ROYAL"}
)


def main() -> None:
    """Write the three tables."""
    corpus = dict(_blobs())
    version = metadata.version("rigour")
    note = f"# From the data of rigour {version} (MIT licence) and our own words; made by tools/name_tables.py."
    _write("forms.txt", [note, *_forms(corpus["types"])])
    _write("words.txt", [note, *_words(corpus["words"])])
    short = corpus["words"]["person_nick"]
    _write("short_names.txt", [note, *(" ".join([group, *_single_words(short[group])]) for group in sorted(short))])
    wikidata = "# Name parts in Arabic letters and their Latin spellings: facts of Wikidata (CC0) as collected in "
    _write(
        "arabic.txt", [wikidata + f"rigour {version} (MIT); made by tools/name_tables.py.", *_arabic(corpus["names"])]
    )


def _own(kind: str) -> Iterator[tuple[str, str]]:
    """Our own lines of a *kind*: the code or group, and the rest of the line."""
    for line in _OWN.read_text(encoding="utf-8").splitlines():
        first, _, rest = line.partition(" ")
        if first == kind:
            code, _, text = rest.partition(" ")
            yield code, text


def _blobs() -> Iterator[tuple[str, Any]]:
    """What the compiled part of rigour carries: company types and words (JSON), and lines of name parts."""
    spec = util.find_spec("rigour._core")
    if spec is None or spec.origin is None:
        sys.exit("rigour is not installed")
    program = Path(spec.origin).read_bytes()
    for found in re.finditer(re.escape(_FRAME) + b"\x00", program):
        tail = program[found.start() : found.start() + 8_000_000]
        blob = subprocess.run(["zstd", "-dcq"], input=tail, capture_output=True, check=False).stdout  # noqa: S607
        if b" => Q" in blob[:4000]:
            yield "names", blob.decode().splitlines()
        elif blob.startswith(b'[\n  {\n    "aliases"'):
            yield "types", json.loads(blob)
        elif b'"org_domains"' in blob[:100]:
            yield "words", json.loads(blob)


def _write(name: str, lines: Iterable[str]) -> None:
    (TABLES / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plain(text: str) -> list[str]:
    """The words of a text as names are split: dots between single letters close up, accents dropped."""
    text = re.sub(r"(?<=\b[^\W\d_])\.\s?(?=[^\W\d_]\b)", "", text)
    return [arabic.plain(letters.without_accents(word)) for word in _WORD.findall(letters.clean(text))]


def _forms(types: list[dict[str, Any]]) -> Iterator[str]:
    """Lines 'code words of the form', our own before rigour's, each form once."""
    found: dict[str, str] = {}
    for code, forms in _own("form"):
        for form in forms.split("|"):
            found.setdefault(" ".join(_plain(form)), code)
    for kind in types:
        aliases = [*kind["aliases"], *filter(None, (kind.get("display"), kind.get("compare")))]
        plain = [" ".join(_plain(alias)) for alias in aliases]
        code = next((found[form] for form in plain if form in found), _CLASSES.get(kind.get("generic", ""), ""))
        for form in plain if code else ():
            if len(form) > 1 and not form.isdigit():
                found.setdefault(form, code)
            if re.fullmatch("[а-я ]{12,}", form):
                latin = " ".join(alphabets.cyrillic(word)[0] for word in form.split())
                found.setdefault(latin, code)
    for form, code in sorted(found.items(), key=lambda pair: (pair[1], pair[0])):
        if form and not any(_is_han(letter) for letter in form):
            yield f"{code} {form}"


def _is_han(letter: str) -> bool:
    return "㐀" <= letter <= "鿿"


def _words(words: dict[str, dict[str, list[str]]]) -> Iterator[str]:
    """Lines 'GROUP word word …', single words only; 'particle' and 'name' lines for what is not generic."""
    groups: dict[str, dict[str, None]] = {}
    taken: dict[str, str] = {}
    own: dict[str, list[str]] = {}
    for group, text in _own("word"):
        own.setdefault(group, []).extend(text.split())
    for source in (own, words["org_symbols"], words["org_domains"]):
        for group, forms in source.items():
            for form in forms:
                plain = _plain(form)
                if len(plain) == 1 and len(plain[0]) > 1 and not _is_han(plain[0][0]) and plain[0] not in taken:
                    taken[plain[0]] = group
                    groups.setdefault(group, {})[plain[0]] = None
    yield "particle " + _PARTICLES
    for group in sorted(groups):
        mark = "named" if group in _NOT_GENERIC else "generic"
        yield " ".join([mark, group, *sorted(groups[group])])


def _single_words(forms: list[str]) -> list[str]:
    """The forms of one word, plain."""
    return sorted({plain[0] for plain in map(_plain, forms) if len(plain) == 1})


def _arabic(lines: list[str]) -> Iterator[str]:
    """Lines 'Arabic Latin Latin …', where the Latin spellings are more than the rules find."""
    forms: dict[str, dict[str, int]] = {}
    for line in lines:
        names = [name.strip() for name in line.partition(" => ")[0].split(",")]
        latin = sorted(filter(None, (_latin(name) for name in names)))
        for form in {arabic.plain(name) for name in names if _ARABIC.match(name)}:
            counts = forms.setdefault(form, {})
            for name in latin:
                counts[name] = counts.get(name, 0) + 1
    for form, counts in sorted(forms.items()):
        bones = set(arabic.skeletons(form))
        alike = [name for name in counts if sounds.skeleton(name) in bones]
        if alike and (len(counts) > 1 or alike[0] not in arabic.spellings(form)):
            near = [name for name in counts if any(OSA.normalized_similarity(name, one) >= 0.6 for one in alike)]
            order = sorted(near, key=lambda name: (name not in alike, -2 * _likeness(name, form) - counts[name], name))
            yield " ".join([form, *order[:24]])


def _likeness(name: str, form: str) -> float:
    return max((OSA.normalized_similarity(name, guess) for guess in arabic.spellings(form)), default=0.0)


def _latin(name: str) -> str:
    plain = re.sub("[-ʿʾ`]", "", letters.without_accents(letters.clean(name)))
    return plain if plain.isascii() and plain.isalpha() and len(plain) > 1 else ""


if __name__ == "__main__":
    main()
