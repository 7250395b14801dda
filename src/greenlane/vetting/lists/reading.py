"""Read an official list from its files, whole or not at all (background investigation, 6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from greenlane.law.sentences import N_
from greenlane.places.files import Problems
from greenlane.vetting.lists.csl import read_csl
from greenlane.vetting.lists.denied import read_denied_persons
from greenlane.vetting.lists.entries import ListFile, ListFileRefused, ListImport, ListKind
from greenlane.vetting.lists.ofac import read_ofac
from greenlane.vetting.lists.un import read_un


@dataclass(frozen=True)
class Role:
    """One file that a list consists of: its role, the publisher's name for it, and whether the list needs it."""

    name: str
    official_name: str
    required: bool = True


ROLES: Mapping[ListKind, tuple[Role, ...]] = {
    ListKind.OFAC_SDN: (
        Role("primary", "sdn.csv"),
        Role("alt", "alt.csv"),
        Role("add", "add.csv"),
        Role("comments", "sdn_comments.csv", required=False),
    ),
    ListKind.OFAC_CONSOLIDATED: (
        Role("primary", "cons_prim.csv"),
        Role("alt", "cons_alt.csv"),
        Role("add", "cons_add.csv"),
        Role("comments", "cons_comments.csv", required=False),
    ),
    ListKind.CSL: (Role("list", "consolidated.csv"),),
    ListKind.BIS_DPL: (Role("list", "dpl.txt"),),
    ListKind.UN_CONSOLIDATED: (Role("list", "consolidated.xml"),),
}

_READERS: Mapping[ListKind, Callable[[Mapping[str, Path]], ListImport]] = {
    ListKind.OFAC_SDN: partial(read_ofac, ListKind.OFAC_SDN),
    ListKind.OFAC_CONSOLIDATED: partial(read_ofac, ListKind.OFAC_CONSOLIDATED),
    ListKind.CSL: read_csl,
    ListKind.BIS_DPL: read_denied_persons,
    ListKind.UN_CONSOLIDATED: read_un,
}


def read_list(kind: ListKind | str, files: Mapping[str, Path] | Iterable[ListFile]) -> ListImport:
    """Read the files of one list by role (see ROLES) into canonical entries.

    Raises ListFileRefused, with every problem by file and line, when anything is wrong; then nothing is taken.
    Raises ValueError for a kind that is none of ListKind.
    """
    kind = ListKind(kind)
    by_role = dict(files) if isinstance(files, Mapping) else {file.role: file.path for file in files}
    problems = Problems(ListFileRefused)
    known = {role.name: role for role in ROLES[kind]}
    for name in sorted(set(by_role) - set(known)):
        what = N_("This list has no file with the role %(role)s.")
        mend = N_("Give its files by these roles: %(roles)s.")
        problems.add(name, 0, what, mend, role=repr(name), roles=", ".join(known))
    for role in ROLES[kind]:
        if role.required and role.name not in by_role:
            what = N_("The file %(official)s is missing; without it names or addresses would go unscreened.")
            problems.add(role.name, 0, what, N_("Import it together with the others."), official=role.official_name)
    problems.refuse_if_any()
    return _READERS[kind](by_role)
