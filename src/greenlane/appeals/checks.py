"""Reasons that several commands of an appeal share: words, documents, an officer without a part (6 USC 967(c))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from greenlane.appeals.decisions import Decided, took_part
from greenlane.casework import checks
from greenlane.casework.checks import UNSEEN, Words
from greenlane.casework.models import Document
from greenlane.law.authority import Office
from greenlane.law.sentences import N_
from greenlane.law.verdicts import Reason, finding
from greenlane.people.models import Account
from greenlane.people.queries import offices_of

LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
MOST_DOCUMENTS = 200
WRITTEN = Words(
    yes=N_("The words are given."),
    no=N_("The words are missing, or longer than %(longest)s characters (given: %(length)s)."),
    mend=N_("Write between 1 and %(longest)s characters; add what is longer as a document."),
    unseen=UNSEEN,
)
ON_FILE = Words(
    yes=N_("%(count)s documents go with it."),
    no=N_("Of %(count)s documents named, these are not on file for this company: %(missing)s (at most %(most)s)."),
    mend=N_("Upload the document to a case of the company first, then name it."),
)


def clause(decision: str) -> str:
    """The paragraph under which decisions of this kind are appealed."""
    return "6 USC 967(c)(2)" if decision == "967(b)" else "6 USC 967(c)(1)"


def written_text(cite: str, code: str, where: str, text: str, *, longest: int = LONGEST_TEXT) -> Reason:
    """It says something, and not more than can be kept."""
    return checks.filled(cite, where, text, longest, code=code, words=WRITTEN)


def on_file(cite: str, participant_id: UUID, keys: Iterable[UUID]) -> Reason:
    """Each document is one of this company's, which both sides may read."""
    rows = Document.objects.filter(participant_id=participant_id, audience__in=("participant", "public"))
    return checks.on_file(cite, "documents", keys, rows, ON_FILE, most=MOST_DOCUMENTS, shown=5)


def fit_to_determine(decision: Decided, account: Account, on: date) -> Iterator[Reason]:
    """The officer holds the office on the day, and took no part in the decision that is appealed."""
    cite = clause(decision.consequence.decision)
    yield finding(
        cite,
        "appeal_officer",
        Office.APPEAL_OFFICER in offices_of(account, on),
        N_("%(name)s is an appeal officer."),
        N_("%(name)s does not hold the office of appeal officer."),
        mend=N_("Choose a person who holds the office, or grant it first."),
        where="officer_id",
        name=account.name,
    )
    yield no_part(decision, account, "officer_id")


def no_part(decision: Decided, account: Account, where: str) -> Reason:
    """The person took no part in the decision, by the room's own list and by the record; this office is never lent."""
    return finding(
        clause(decision.consequence.decision),
        "officer_took_no_part",
        account.pk not in took_part(decision),
        N_("%(name)s took no part in the decision of %(decided)s."),
        N_("%(name)s took part in the decision of %(decided)s, and so cannot hear its appeal."),
        mend=N_("Choose an officer who took no part in it."),
        where=where,
        name=account.name,
        decided=decision.decided_on,
    )
