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
    starts = [at for at, word in enumerate(words) if word in tree]
    if not starts:
        return list(range(len(words))), ()
    gone: set[int] = set()
    found: list[str] = []
    for at in starts:
        if at not in gone:
            code, width = _form_at(words, at, tree)
            if code:
                found.append(code)
                gone.update(range(at, at + width))
    return [at for at in range(len(words)) if at not in gone], tuple(sorted(set(found)))


def _form_at(words: list[str], at: int, tree: _Node) -> tuple[str, int]:
    """The code of the longest form that begins at *at* ('' when none does), and its number of words."""
    node: _Node | None = tree[words[at]]
    code, width = tree[words[at]].code, 1
    if code and len(words[at]) <= _SHORT and at and not _only_forms(words, at + 1, tree):
        code = ""
    after = at + 1
    while node and after < len(words) and (node := node.get(words[after])) is not None:
        after += 1
        if node.code:
            code, width = node.code, after - at
    return code, width


def _only_forms(words: list[str], at: int, tree: _Node) -> bool:
    """True when nothing but the beginnings of legal forms stands from *at* on."""
    return all(word in tree for word in words[at : at + 4])
