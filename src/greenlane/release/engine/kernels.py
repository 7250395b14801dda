"""Compile loops for this processor; what was compiled is kept on disk for the next process, where a folder is given.

Nothing here is compiled, nor the compiler imported, before a loop is asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

Loop = Callable[..., Any]
_folders: list[Path] = []
_lock = Lock()


def keep_in(folder: Path) -> None:
    """Keep compiled loops in *folder* from now on; it is made when first needed, for its owner alone.

    What lies there is run: it must belong to who runs this. When it cannot be written or read, loops are compiled anew.
    """
    _folders[:] = [folder]


@cache
def _apart() -> type[Any]:
    """The compiler, told that no two arrays that a loop is given share memory, so that it takes several rows at once.

    Columns that are only read may be the same array; an output, or what a loop notes for itself, never is another.
    """
    from numba.core.compiler import Compiler

    class Apart(Compiler):  # type: ignore[misc, unused-ignore]
        def __init__(self, *args: Any) -> None:
            flags = args[5]
            flags.noalias = True
            super().__init__(*args)  # type: ignore[no-untyped-call, unused-ignore]

    return Apart


def native(function: Callable[..., Any]) -> Loop:
    """A function compiled when it is first called, once for the types of its arguments.

    Indices are not checked, and nothing is raised within. No two arrays that it is given and writes to may overlap.
    """
    from numba import njit

    found = njit(nogil=True, error_model="numpy", boundscheck=False, pipeline_class=_apart())(function)
    if _folders:
        _keep(found, _folders[0])
    return found  # type: ignore[no-any-return, unused-ignore]


def compiled(text: str, name: str, helpers: Mapping[str, Any], of: str = "") -> Loop:
    """The function *name* of a generated text, as ``native``. *of*: the text of the helpers, to tell versions apart.

    The text becomes a module named after itself, by which what was kept of it finds its names again.
    """
    digest = hashlib.sha256(f"{of}\n{text}".encode()).hexdigest()[:32]
    module = ModuleType(f"greenlane_loop_{name}_{digest}")
    where = _written(text, f"{name}_{digest}.py") if _folders else None
    module.__dict__.update(helpers)
    sys.modules[module.__name__] = module
    exec(compile(text, f"<{name}>" if where is None else str(where), "exec"), module.__dict__)  # noqa: S102 - ours
    return native(getattr(module, name))


def _written(text: str, name: str) -> Path | None:
    """A file of the text, by which what was compiled of it is found again; None when it cannot be written."""
    where = _folders[0] / name
    try:
        if not where.exists():
            where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside = where.with_suffix(f".{os.getpid()}")
            beside.write_text(text)
            beside.replace(where)
    except OSError:
        return None
    return where


def _keep(loop: Any, folder: Path) -> None:
    """Have the loop look in the folder before it is compiled, and put there what was."""
    import numba

    config: Any = numba.config
    with _lock, contextlib.suppress(Exception):  # kept or not, the loop is the same
        before = config.CACHE_DIR
        config.CACHE_DIR = str(folder)
        try:
            loop.enable_caching()
            loop._cache = _Kept(loop._cache)
        finally:
            config.CACHE_DIR = before


class _Kept:
    """What is kept of a loop: when it cannot be read it is compiled anew, when it cannot be written it is not kept."""

    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def load_overload(self, *args: Any) -> Any:
        with contextlib.suppress(Exception):
            return self._cache.load_overload(*args)
        return None

    def save_overload(self, *args: Any) -> None:
        with contextlib.suppress(Exception):
            self._cache.save_overload(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cache, name)
