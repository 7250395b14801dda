"""Load a programme's terms (6 USC 961(a); 19 USC 4311(a))."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from greenlane.casework.context import Context, Decision, Opening
from greenlane.casework.dates import legal_date
from greenlane.casework.locks import alone
from greenlane.casework.models import Case
from greenlane.casework.problems import BadInput, Problem
from greenlane.casework.registry import Command, command, handles
from greenlane.law.citations import UnknownClause
from greenlane.law.parameters import check_overrides
from greenlane.law.s961 import programme_has_tiers
from greenlane.law.sentences import N_, Sentence
from greenlane.law.terms import Terms, TermsRefused
from greenlane.law.verdicts import all_of, finding
from greenlane.programs.entries import ProgrammeLoaded
from greenlane.programs.models import TermsVersion
from greenlane.programs.queries import programme_id


@command("6 USC 961(a)", "19 USC 4311(a)", title=N_("Load a programme"), case="")
@dataclass(frozen=True, kw_only=True)
class LoadProgramme(Command):
    """Load the terms of a programme, or a new version of them, from its pack."""

    pack: dict[str, Any] = field(
        metadata={"label": N_("Pack"), "help": N_("The terms, as the pack's loader reads them.")}
    )


@handles(LoadProgramme)
def load_programme(ctx: Context, cmd: LoadProgramme) -> Decision:
    terms = _terms(cmd.pack)
    text = json.dumps(cmd.pack, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    key = programme_id(terms.code)
    alone("programme", terms.code)
    ctx.case = Case.objects.select_for_update().filter(pk=key).first()
    latest = TermsVersion.objects.filter(programme_id=key).order_by("-number").first()
    reasons = [
        *check_overrides(terms).reasons,
        *(programme_has_tiers(terms).reasons if _of_this_law(terms) else ()),
        finding(
            "6 USC 961(a)",
            "terms_are_new",
            latest is None or latest.sha256 != sha256,
            N_("These terms of %(title)s are new."),
            N_("These terms of %(title)s are already in force, word for word."),
            mend=N_("Nothing needs to be done."),
            title=terms.title,
        ),
        finding(
            "6 USC 961(a)",
            "versions_in_order",
            latest is None or latest.effective_from <= ctx.on,
            N_("They follow the versions before."),
            N_("A later version is already on record."),
            mend=N_("Load them with a later date."),
        ),
        finding(
            "6 USC 961(a)",
            "terms_reach_no_earlier_day",
            latest is None or ctx.on == legal_date(ctx.at),
            N_("They take effect on the day on which they are loaded."),
            N_("They would take effect on %(on)s, before they are loaded; what was done under the old terms stands."),
            mend=N_("Leave the date out."),
            on=ctx.on,
        ),
    ]
    loaded = ProgrammeLoaded(
        programme_id=key,
        code=terms.code,
        title=terms.title,
        agency=terms.agency,
        number=(latest.number if latest else 0) + 1,
        pack=cmd.pack,
        sha256=sha256,
    )
    opens = None if ctx.case else Opening(key, "programme", programme=terms.code)
    return Decision(all_of(reasons), (loaded,), to="open" if opens else None, opens=opens)


def _of_this_law(terms: Terms) -> bool:
    """Does it rest on 961, which asks for three tiers? Programmes of other laws have their own (decision 0031)."""
    return any(citation.cite == "6 USC 961(a)" for citation in terms.citations)


def _terms(pack: dict[str, Any]) -> Terms:
    try:
        return Terms.from_mapping(pack)
    except TermsRefused as error:
        raise BadInput([_problem(problem) for problem in error.problems]) from error
    except (UnknownClause, KeyError, TypeError, ValueError) as error:
        raise BadInput([_problem(str(error))]) from error


def _problem(detail: str) -> Problem:
    return Problem(
        "pack",
        Sentence(N_("The pack cannot be used: %(detail)s."), {"detail": detail}),
        Sentence(N_("Correct the pack and load it again; nothing was changed.")),
        "6 USC 961(a)",
    )
