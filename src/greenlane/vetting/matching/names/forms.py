"""Legal forms of companies, taken out of a name and made one in all languages (6 USC 964(b))."""

from __future__ import annotations

from functools import cache

from greenlane.vetting.matching.names.tables import read_table

_SHORT = 2  # letters; a form as short as this counts only at the beginning or the end of a name
_Forms = dict[str, list[tuple[tuple[str, ...], str]]]


@cache
def _forms() -> _Forms:
    """The forms by their first word, the longest first."""
    found: _Forms = {}
    for code, form in read_table("forms.txt"):
        found.setdefault(form[0], []).append((tuple(form), code))
    for forms in found.values():
        forms.sort(key=lambda pair: -len(pair[0]))
    return found


def without_forms(words: list[str]) -> tuple[list[int], tuple[str, ...]]:
    """Places of the *words* (plain, in any script) that are not of a legal form, and the forms' codes, sorted."""
    known = _forms()
    core: list[int] = []
    found: list[str] = []
    at, count = 0, len(words)
    while at < count:
        width = 0
        for form, code in known.get(words[at], ()):
            size = len(form)
            if size == 1 or tuple(words[at : at + size]) == form:
                short = size == 1 and len(form[0]) <= _SHORT
                if not short or at == 0 or _only_forms(words, at + 1, known):
                    found.append(code)
                    width = size
                    break
        if not width:
            core.append(at)
        at += width or 1
    return core, tuple(sorted(set(found)))


def _only_forms(words: list[str], at: int, known: _Forms) -> bool:
    """True when nothing but the beginnings of legal forms stands from *at* on."""
    return all(word in known for word in words[at : at + 4])
