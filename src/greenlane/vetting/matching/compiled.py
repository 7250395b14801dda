"""Functions compiled once and kept beside their source, where that may be written (6 USC 964(b))."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile *function* at its first call and keep the result on disk; where no folder may be written, in memory only.

    What is kept is named after the text of all compiled modules and of their constants, because numba looks only at the
    file of the caller: a changed function or column of another file would otherwise be run in its old form.
    """
    function.__qualname__ = f"{function.__qualname__}_{_mark()}"
    compile_: Any = partial(njit, nogil=True, error_model="numpy")
    try:
        return cast(F, compile_(cache=True)(function))
    except RuntimeError:  # numba finds no folder that it may write
        return cast(F, compile_()(function))


def sources() -> list[Path]:
    """The files on which compiled functions depend."""
    here = Path(__file__)
    return [here, here.with_name("arrays.py"), *sorted(here.parent.glob("kernel_*.py"))]


@cache
def _mark() -> str:
    digest = hashlib.sha256()
    for path in sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
