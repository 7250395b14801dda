"""Compares the answer of a rule with what a situation expects: verdict or value, grounds, and the clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from greenlane.law.citations import Citation
from greenlane.law.verdicts import Reason, Rule, Verdict


@dataclass(frozen=True)
class Expected:
    """What a situation expects: 'granted', 'refused' or 'value'; the value; its grounds; the clause that it shows."""

    verdict: str
    value: Any
    because: tuple[str, ...]
    clause: Citation


def differences(expected: Expected, rule: Rule, answer: Any) -> Iterator[str]:
    """Every way in which *answer* is not what is expected of *rule*; none when it is."""
    if expected.verdict == "value":
        if isinstance(answer, Verdict):
            yield "the rule answers granted or refused; expect one of these instead of a value"
        elif plain_answer(answer) != expected.value:
            yield f"expected {expected.value!r}, and the rule answers {plain_answer(answer)!r}"
        cited = rule.citations
    elif not isinstance(answer, Verdict):
        yield f"the rule answers a value ({answer!r}); write 'verdict: value' and the value"
        cited = rule.citations
    else:
        cited = answer.citations + rule.citations
        yield from _judged(expected, answer)
    if expected.clause not in cited:
        yield f"neither the rule nor its reasons cite {expected.clause}"


def plain_answer(answer: Any) -> Any:
    """The answer as YAML writes it: lists for tuples and sets, keys and values for records, words for enums."""
    if is_dataclass(answer) and not isinstance(answer, type):
        return {field.name: plain_answer(getattr(answer, field.name)) for field in fields(answer)}
    if isinstance(answer, Enum):
        return answer.value
    if isinstance(answer, (set, frozenset)):
        return sorted(plain_answer(item) for item in answer)
    if isinstance(answer, (list, tuple)):
        return [plain_answer(item) for item in answer]
    return answer


def _judged(expected: Expected, answer: Verdict) -> Iterator[str]:
    granted = expected.verdict == "granted"
    if answer.granted is not granted:
        told = "; ".join(f"{_name(r)}: {r.sentence}" for r in (answer.failing or answer.reasons))
        yield f"expected {expected.verdict}, and the rule answers {'refused' if granted else 'granted'}: {told}"
        return
    grounds = answer.reasons if granted else answer.failing
    for entry in expected.because:
        if not any(_matches(entry, reason) for reason in grounds):
            yield f"no reason is '{entry}'; the reasons are: {', '.join(sorted({_name(r) for r in grounds}))}"
    if not granted:
        for reason in grounds:
            if not any(_matches(entry, reason) for entry in expected.because):
                yield f"refused also because of {_name(reason)}, which 'because' does not list: {reason.sentence}"


def _matches(entry: str, reason: Reason) -> bool:
    """Does the entry name this reason: by its code, by ``code@where``, or by its clause?"""
    return entry in (reason.code, f"{reason.code}@{reason.where}", reason.citation.cite)


def _name(reason: Reason) -> str:
    return f"{reason.code}@{reason.where} ({reason.citation.cite})"
