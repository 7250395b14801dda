"""The tables of every kind of case, and that no sequence of commands leaves them."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlane.law.procedures import APPLICATION, CERTIFICATION, Procedure, may_move, moves, procedure
from greenlane.law.procedures_lives import APPEAL, CONSEQUENCE, REVALIDATION, VALIDATION
from greenlane.law.procedures_registry import procedure_of, procedures

KINDS = [
    "application",
    "investigation",
    "certification",
    "profile_review",
    "change_notice",
    "contact_alarm",
    "validation",
    "revalidation",
    "incident",
    "consequence",
    "appeal",
    "validator_certificate",
    "engagement",
    "pilot",
    "consultation",
    "criteria_review",
    "release_policy",
    "joint_exercise",
    "exercise_invitation",
]
VERBS = re.compile(
    "Abandon|Accept|Add|Adopt|Adjudicate|Affirm|Agree|Amend|Answer|Assess|Assign|Authorize|Begin|Block|Certify|Choose|Cite|Clear|Close"
    "|Complete|Conclude|Confirm|Consent|Consult|Decide|Declare|Demonstrate|Deny|Determine|Discount|Draft|Drop|End|Escalate|Evaluate|Expel|Extend|File|Give|Hold"
    "|Inspect|Invite|Issue|Lift|Open|Plan|Propose|Publish|Recommend|Record|Reduce|Refuse|Reinstate|Reject|Reopen|Reply"
    "|Put|Raise|Remand|Remind|Report|Require|Reschedule|Respond|Restore|Resume|Return|Reverse|Review|Revoke|Screen|Seek|Select|Send|Set|Sign|Simulate|Start|Submit"
    "|Surrender|Suspend|Take|Unblock|Validate|Withdraw"
)
EACH = pytest.mark.parametrize("table", procedures(), ids=lambda p: p.kind)


def test_every_kind_of_case_has_its_table() -> None:
    assert [p.kind for p in procedures()] == KINDS
    assert all(procedure_of(kind).kind == kind for kind in KINDS)
    with pytest.raises(KeyError, match="no procedure 'tea'; the procedures are: application"):
        procedure_of("tea")


def _reached(table: Procedure, start: str | None) -> set[str]:
    """Every state that can be reached from *start*, itself left out unless a move leads back."""
    seen: set[str] = set()
    waiting: list[str | None] = [start]
    while waiting:
        at = waiting.pop()
        for target in chain.from_iterable(m.targets for m in table.moves if m.source == at):
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


@EACH
def test_every_state_can_be_reached(table: Procedure) -> None:
    assert _reached(table, None) == set(table.states)


@EACH
def test_every_state_that_is_not_final_has_a_way_to_the_end(table: Procedure) -> None:
    for state in set(table.states) - set(table.final):
        assert _reached(table, state) & set(table.final), state
        assert _reached(table, state) - {state}


@EACH
def test_final_states_are_final(table: Procedure) -> None:
    assert table.final
    for move in table.moves:
        assert move.source not in table.final or set(move.targets) == {move.source}


@EACH
def test_one_move_for_each_command_and_state(table: Procedure) -> None:
    keys = [(m.command, m.source) for m in table.moves]
    assert len(keys) == len(set(keys))
    assert all(m.targets for m in table.moves)


@EACH
def test_commands_are_in_the_imperative(table: Procedure) -> None:
    for command in table.commands:
        words = re.findall(r"[A-Z][a-z]*", command)
        assert "".join(words) == command
        assert VERBS.fullmatch(words[0]), command
        assert len(words) > 1


def test_a_command_belongs_to_one_procedure_unless_it_is_a_step_of_a_visit() -> None:
    several = {
        c
        for one in procedures()
        for c in one.commands
        for other in procedures()
        if other != one and c in other.commands
    }
    assert several <= set(VALIDATION.commands) & set(REVALIDATION.commands)


@given(st.sampled_from(procedures()), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 9)), max_size=40))
def test_no_sequence_of_commands_leaves_the_table(table: Procedure, picks: list[tuple[int, int]]) -> None:
    state: str | None = None
    for pick, choice in picks:
        command = table.commands[pick % len(table.commands)]
        verdict = may_move(table, command, state)
        move = table.move(command, state)
        assert verdict.granted is (move is not None) is (command in table.open_commands(state))
        if move is None:
            assert "This step is not open while the case is" in str(verdict.reasons[0].sentence)
            continue
        was_final = state in table.final
        before, state = state, move.targets[choice % len(move.targets)]
        assert state in table.states
        assert not was_final or state == before


def test_answers_name_the_clause_and_the_open_states() -> None:
    yes = may_move(CERTIFICATION, "CertifyTierOne", "recommended")
    assert str(yes.reasons[0].sentence) == "CertifyTierOne is open from the state 'recommended'."
    no = may_move(CERTIFICATION, "CertifyTierOne", "received")
    assert str(no.reasons[0].sentence).endswith("it is open while the case is: recommended.")
    assert no.citations[0].cite == "6 USC 964(a)"
    assert "it is open while the case is: not opened yet." in str(
        may_move(APPLICATION, "OpenApplication", "draft").reasons[0].sentence
    )
    assert may_move(APPLICATION, "OpenApplication", None).granted
    with pytest.raises(KeyError, match="application has no move by CertifyTierOne"):
        may_move(APPLICATION, "CertifyTierOne", "draft")


def test_a_wrong_table_is_refused_when_it_is_built() -> None:
    with pytest.raises(ValueError, match=r"Go names unknown states \['moon'\]"):
        procedure("x", "X", "a b", "b", moves("6 USC 962", "Go", "a", "moon"))
    with pytest.raises(ValueError, match="Go leaves the final state 'b'"):
        procedure("x", "X", "a b", "b", moves("6 USC 962", "Go", "b", "a"))
    stays = procedure("x", "X", "a b", "b", moves("6 USC 962", "Note", "b", "="))
    assert stays.open_commands("b") == ("Note",)


@pytest.mark.clause("6 USC 965(a)")
def test_rc_21_blocked_is_neither_validated_nor_failed() -> None:
    assert "blocked" not in VALIDATION.final
    for command in ("ValidateTierTwo", "ValidateTierThree", "RefuseValidation", "RecommendValidation"):
        assert not may_move(VALIDATION, command, "blocked").granted
    assert may_move(VALIDATION, "BlockValidation", "visited").granted  # one place visited, the foreign one refused


@pytest.mark.clause("6 USC 965(a)")
def test_no_validation_without_a_visit_a_report_and_a_second_step() -> None:
    """Every way to 'validated' goes through these states: take one out, and 'validated' cannot be reached."""
    for needed in ("noticed", "visited", "reported", "recommended"):
        rest = tuple(
            m
            for m in VALIDATION.moves
            if needed not in (m.source, *m.targets)
            and (needed != "noticed" or m.command != "RecordThirdPartyVisit")  # an engagement is its own notice
        )
        without = Procedure("x", "X", VALIDATION.states, VALIDATION.final, rest)
        assert "validated" not in _reached(without, None), needed


@pytest.mark.clause("6 USC 967(a)")
def test_benefits_are_denied_after_notice_and_response_or_in_an_emergency() -> None:
    for needed in ("noticed", "responded", "recommended"):
        rest = tuple(
            m for m in CONSEQUENCE.moves if needed not in (m.source, *m.targets) and "emergency" not in m.targets
        )
        protected = Procedure("x", "X", CONSEQUENCE.states, CONSEQUENCE.final, rest)
        assert "in_force" not in _reached(protected, None), needed
    assert may_move(CONSEQUENCE, "TakeEmergencyAction", None).granted
    assert not may_move(CONSEQUENCE, "ConfirmEmergencyAction", "emergency").granted  # its notice comes first


@pytest.mark.clause("6 USC 967(c)")
def test_an_appeal_can_reverse_what_has_already_ended() -> None:
    assert may_move(CONSEQUENCE, "ReverseConsequence", "ended").granted
    assert not may_move(CONSEQUENCE, "ReverseConsequence", "closed").granted
    assert procedure_of("appeal") is APPEAL
    determined = APPEAL.move("DetermineAppeal", "under_review")
    assert determined is not None
    assert set(determined.targets) == {"upheld", "modified", "reversed", "remanded"}
