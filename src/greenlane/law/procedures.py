"""The transition tables of every kind of case: from state, by command, to state, under which clause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from greenlane.law.citations import Citation
from greenlane.law.sentences import N_, Sentence
from greenlane.law.verdicts import Reason, Verdict


@dataclass(frozen=True)
class Move:
    """One permitted move. ``source`` None opens the case; several targets mean that the decision chooses among them."""

    command: str
    source: str | None
    targets: tuple[str, ...]
    citation: Citation


@dataclass(frozen=True)
class Procedure:
    """A kind of case: its states, which of them are final, and its moves."""

    kind: str
    title: str
    states: tuple[str, ...]
    final: tuple[str, ...]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        known = set(self.states)
        for move in self.moves:
            strays = {s for s in (move.source, *move.targets) if s is not None} - known
            if strays:
                raise ValueError(f"{self.kind}: {move.command} names unknown states {sorted(strays)}")
            if move.source in self.final and set(move.targets) - {move.source}:
                raise ValueError(f"{self.kind}: {move.command} leaves the final state {move.source!r}")

    @property
    def commands(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(move.command for move in self.moves))

    def moves_by(self, command: str) -> tuple[Move, ...]:
        return tuple(move for move in self.moves if move.command == command)

    def move(self, command: str, state: str | None) -> Move | None:
        """The move by *command* from *state*, or None where there is none."""
        return next((m for m in self.moves if m.command == command and m.source == state), None)

    def open_commands(self, state: str | None) -> tuple[str, ...]:
        """The commands that the table permits from *state*."""
        return tuple(dict.fromkeys(m.command for m in self.moves if m.source == state))


def may_move(procedure: Procedure, command: str, state: str | None) -> Verdict:
    """Is there a move by *command* from *state*? Raises KeyError when the procedure does not know the command."""
    known = procedure.moves_by(command)
    if not known:
        raise KeyError(f"{procedure.kind} has no move by {command}")
    move = procedure.move(command, state)
    if move is not None:
        sentence = Sentence(
            N_("%(command)s is open from the state '%(state)s'."), {"command": command, "state": state or "-"}
        )
        return Verdict((Reason(move.citation, "procedure", sentence, True),))
    sources = ", ".join(sorted((m.source or "not opened yet").replace("_", " ") for m in known))
    sentence = Sentence(
        N_("This step is not open while the case is '%(state)s'; it is open while the case is: %(sources)s."),
        {"command": command, "state": (state or "not opened yet").replace("_", " "), "sources": sources},
    )
    mend = Sentence(N_("Load the page of the case again: it shows how the case stands and what is open now."))
    return Verdict((Reason(known[0].citation, "procedure", sentence, False, mend=mend),))


def moves(cite: str, command: str, sources: str | None, targets: str) -> Iterable[Move]:
    """Moves of one command from each of several states (``"draft returned"``); target ``"="`` stays where it is."""
    words: list[str | None] = [*(sources or "").split()] or [None]
    for source in words:
        to = (source or "",) if targets == "=" else tuple(targets.split())
        yield Move(command, source, to, Citation(cite))


def procedure(kind: str, title: str, states: str, final: str, *rows: Iterable[Move]) -> Procedure:
    """Build a procedure from rows of moves; states and final states are given as words."""
    return Procedure(kind, title, tuple(states.split()), tuple(final.split()), tuple(m for row in rows for m in row))


APPLICATION = procedure(
    "application",
    N_("Application to take part"),
    "draft submitted returned accepted refused withdrawn",
    "accepted refused withdrawn",
    moves("6 USC 961(a)", "OpenApplication", None, "draft"),
    moves("6 USC 962", "AnswerEligibility", "draft returned", "="),
    moves("6 USC 962", "DetermineEligibility", "draft returned submitted", "="),
    moves("6 USC 963(1)", "RecordCargoHistory", "draft returned", "="),
    moves("6 USC 963(2)", "AssessRisk", "draft returned", "="),
    moves("6 USC 963(3)", "AnswerCriteria", "draft returned", "="),
    moves("6 USC 961(b)", "TakeUpEdition", "draft", "="),
    moves("6 USC 961(a)", "SignAgreement", "draft returned", "="),
    moves("6 USC 963", "SubmitApplication", "draft returned", "submitted"),
    moves("6 USC 964(b)", "ReturnApplication", "submitted", "returned"),
    moves("6 USC 964(a)", "ConcludeApplication", "submitted", "accepted refused"),
    moves("6 USC 961(a)", "WithdrawApplication", "draft submitted returned", "withdrawn"),
)

INVESTIGATION = procedure(
    "investigation",
    N_("Background investigation"),
    "open cleared adverse closed",
    "closed",
    moves("6 USC 964(b)", "OpenInvestigation", None, "open"),
    moves("6 USC 964(b)", "ScreenParties", "open cleared adverse", "open cleared adverse"),
    moves("6 USC 964(b)", "AdjudicateHit", "open", "="),
    moves("6 USC 964(b)", "CompleteInvestigation", "open", "cleared adverse"),
    moves("6 USC 964(b)", "ReopenInvestigation", "cleared adverse", "open"),
    moves("6 USC 964(b)", "CloseInvestigation", "open cleared adverse", "closed"),
)

CERTIFICATION = procedure(
    "certification",
    N_("Tier 1 certification"),
    "received under_review returned recommended certified refused withdrawn",
    "certified refused withdrawn",
    moves("6 USC 964(c)", "OpenCertification", None, "received"),
    moves("6 USC 964(b)", "BeginReview", "received", "under_review"),
    moves("6 USC 964(b)", "ReviewCriteria", "under_review", "="),
    moves("6 USC 964(b)", "ReturnForCorrection", "under_review", "returned"),
    moves("6 USC 964(b)", "ResumeReview", "returned", "under_review"),
    moves("6 USC 964(b)", "RecommendCertification", "under_review", "recommended"),
    moves("6 USC 964(b)", "RecommendRefusal", "under_review", "recommended"),
    moves("6 USC 971(a)", "SendBackRecommendation", "recommended", "under_review"),
    moves("6 USC 964(a)", "CertifyTierOne", "recommended", "certified"),
    moves("6 USC 964(b)", "RefuseCertification", "recommended", "refused"),
    moves("6 USC 961(a)", "CloseCertification", "received under_review returned recommended", "withdrawn"),
)
