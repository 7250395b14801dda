"""The background investigation: who was checked, against what, when, and until when it holds: 6 USC 964(b)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, Verdict, all_of, finding, rule

CLEARED = "cleared"
ADVERSE = "adverse"


@dataclass(frozen=True)
class ListUsed:
    """A list that the parties were screened against: its code, the date of the list, and where it came from."""

    code: str
    dated: date | None
    source: str


@dataclass(frozen=True)
class InvestigationFacts:
    """A background investigation as recorded. Counts are of distinct persons, parties and hits.

    ``state``: open, cleared, adverse or closed. ``persons_required``: owners and officers on the company's record;
    ``persons_named``: those of them that the investigation names. ``parties_required``: company, owners, officers and
    sites; ``parties_screened``: those of them screened. ``open_hits``: hits that no person has adjudicated.
    """

    state: str
    persons_named: int
    persons_required: int
    parties_screened: int
    parties_required: int
    lists: tuple[ListUsed, ...]
    completed_on: date | None
    expires_on: date | None
    open_hits: int = 0
    true_matches: int = 0
    completed_by: str = ""


@rule("6 USC 964(b)")
def investigation_complete(investigation: InvestigationFacts | None, on: date) -> Verdict:
    """Is the background investigation complete and still good, whatever it found?"""
    if investigation is None:
        return all_of(
            [
                _reason(
                    "investigation_recorded",
                    False,
                    "",
                    N_("No background investigation is on record."),
                    N_("Open an investigation and screen the company, its owners, its officers and its sites."),
                )
            ]
        )
    return all_of([*_scope(investigation), *_time(investigation, on)])


@rule("6 USC 964(b)")
def investigation_cleared(investigation: InvestigationFacts | None) -> Verdict:
    """Did the background investigation clear the applicant? A true match, or an adverse result, did not."""
    matches = investigation.true_matches if investigation else 0
    return all_of(
        [
            _reason(
                "investigation_cleared",
                investigation is not None and investigation.state == CLEARED and not matches,
                N_("The background investigation found nothing adverse."),
                N_("The background investigation did not clear the applicant; true matches: %(matches)d."),
                N_("Refuse the certification with this ground, or re-open the investigation if facts have changed."),
                matches=matches,
            )
        ]
    )


def _scope(investigation: InvestigationFacts) -> Sequence[Reason]:
    lists = investigation.lists
    return (
        _reason(
            "persons_named",
            1 <= investigation.persons_required <= investigation.persons_named,
            N_("The background investigation names all %(required)d owners and officers on record."),
            N_(
                "The background investigation names %(named)d of the %(required)d owners and officers on record; "
                "at least one must be on record."
            ),
            N_("Record every owner and officer, then screen those that are missing."),
            named=investigation.persons_named,
            required=investigation.persons_required,
        ),
        _reason(
            "parties_screened",
            1 <= investigation.parties_required <= investigation.parties_screened,
            N_("All %(required)d parties are screened: company, owners, officers and sites."),
            N_("%(screened)d of %(required)d parties are screened."),
            N_("Screen the parties that are missing."),
            screened=investigation.parties_screened,
            required=investigation.parties_required,
        ),
        _reason(
            "lists_named",
            bool(lists) and all(used.code.strip() and used.source.strip() and used.dated for used in lists),
            N_("The background investigation names its lists, with dates and sources: %(lists)s."),
            N_("The background investigation does not name every list with date and source: %(lists)s."),
            N_("Screen again with lists that were imported with their date and source."),
            lists=", ".join(f"{used.code} {used.dated or '-'}" for used in lists) or "-",
        ),
        _reason(
            "hits_adjudicated",
            investigation.open_hits == 0,
            N_("A person has adjudicated every hit."),
            N_("%(hits)d hits wait for a person to adjudicate them."),
            N_("Adjudicate each hit as the same party or not, with a reason."),
            hits=investigation.open_hits,
        ),
    )


def _time(investigation: InvestigationFacts, on: date) -> Sequence[Reason]:
    done, until = investigation.completed_on, investigation.expires_on
    return (
        _reason(
            "investigation_completed",
            investigation.state in (CLEARED, ADVERSE) and done is not None and done <= on,
            N_("The background investigation was completed on %(done)s."),
            N_("The background investigation is not completed; its state is '%(state)s'."),
            N_("Complete the investigation with its result."),
            done=done or "-",
            state=investigation.state or "-",
        ),
        _reason(
            "investigation_current",
            until is not None and until >= on,
            N_("The result of the background investigation holds until %(until)s."),
            N_("The result of the background investigation has no last day, or is past it: %(until)s."),
            N_("Screen again, so that the result holds on the day of the decision."),
            until=until or "-",
        ),
    )


def _reason(code: str, holds: bool, yes: str, no: str, mend: str, **values: str | int | date) -> Reason:
    return finding("6 USC 964(b)", code, holds, yes, no, mend=mend, where="investigation", **values)
