"""What files of entries or declarations are refused for, said line by line on the command line (6 USC 964(a))."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from greenlane.law.sentences import N_, Sentence

if TYPE_CHECKING:
    from greenlane.casework.problems import Problem
    from greenlane.release.formats.reading import BadFile

T = TypeVar("T")


def finished(work: Callable[[], T], name: str = "") -> T:
    """What the work answers. Raises BadInput with what a file, an engine or a missing library says.

    *name*: of the file, where there is one; of several, the problems name theirs.
    """
    from greenlane.casework.problems import BadInput, Problem
    from greenlane.release.engine.spark_engine import NoSpark
    from greenlane.release.engine.sql_checks import EntriesRefused
    from greenlane.release.formats.reading import BadFile
    from greenlane.release.targeting.scoring import NoTargeting

    try:
        return work()
    except BadFile as bad:
        raise BadInput(list(_by_line(bad, name))) from None
    except EntriesRefused as refused:
        raise BadInput([Problem(name, sentence) for sentence in refused.sentences]) from None
    except (NoSpark, NoTargeting) as absent:
        raise BadInput([Problem(name, absent.sentence)]) from None


def _by_line(bad: BadFile, name: str) -> Iterator[Problem]:
    from greenlane.casework.doors import say
    from greenlane.casework.problems import Problem

    for one in bad.problems:
        place = f"{name or one.field}, line {one.line}" if one.line else ""
        where = f"{place}: {one.field}" if name and place and one.field else place or one.field
        what = Sentence(N_("%(what)s %(why)s"), {"what": say(one.what), "why": say(one.why)})
        yield Problem(where, what, one.mend)
    if bad.total > len(bad.problems):
        yield Problem("", Sentence(N_("%(count)d problems in all."), {"count": bad.total}))
