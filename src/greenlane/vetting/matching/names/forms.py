"""Legal forms of companies, taken out of a name and made one in all languages (6 USC 964(b))."""

from __future__ import annotations

from functools import cache

from greenlane.vetting.matching.names.tables import read_table

_SHORT = 2  # letters; a form as short as this counts only at the beginning or the end of a name


class _Node(dict[str, "_Node"]):
    """A tree of the words of all forms; ``code`` is that of the form that ends here, '' when none does."""

    code = ""


@cache
def _forms() -> _Node:
    root = _Node()
    for code, form in read_table("forms.txt"):
        node = root
        for word in form:
            node = node.setdefault(word, _Node())
        node.code = node.code or code
    return root


def without_forms(words: list[str]) -> tuple[list[int], tuple[str, ...]]:
    """Places of the *words* (plain, in any script) that are not of a legal form, and the forms' codes, sorted."""
    tree = _forms()
    core: list[int] = []
    found: list[str] = []
    at, count = 0, len(words)
    while at < count:
        node = tree.get(words[at])
        if node is None:
            core.append(at)
            at += 1
            continue
        code, width = node.code, 1
        if code and len(words[at]) <= _SHORT and at and not _only_forms(words, at + 1, tree):
            code = ""
        after = at + 1
        while node and after < count and (node := node.get(words[after])) is not None:
            after += 1
            if node.code:
                code, width = node.code, after - at
        if code:
            found.append(code)
        else:
            core.append(at)
        at += width
    return core, tuple(sorted(set(found)))


def _only_forms(words: list[str], at: int, tree: _Node) -> bool:
    """True when nothing but the beginnings of legal forms stands from *at* on."""
    return all(word in tree for word in words[at : at + 4])
