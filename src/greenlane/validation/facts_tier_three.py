"""Rows of a third-tier validation as the facts that 966 asks for."""

from __future__ import annotations

from datetime import date

from greenlane.law.s966 import BestPractice, CriterionEvaluation, DesignatedCriterion, TierThreeFacts
from greenlane.validation.models import Validation
from greenlane.validation.models_tier_three import Designation, Practice
from greenlane.validation.queries_tier_three import designations_on, lapses, validated_on


def practice_facts(row: Practice) -> BestPractice:
    """A practice with what was found on its five parts; one that nobody evaluated shows none of them."""
    parts = row.parts or {}

    def shown(part: str) -> bool:
        return bool(parts.get(part, {}).get("shown"))

    documents = {key for found in parts.values() for key in found["evidence"]} if shown("evidence") else set()
    return BestPractice(
        title=row.title,
        management_support=shown("management_support"),
        innovation=shown("innovation"),
        documented_process=shown("documented_process"),
        checks_and_balances=shown("checks_and_balances"),
        evidence=tuple(sorted(documents)),
    )


def criterion_facts(row: Designation) -> DesignatedCriterion:
    return DesignatedCriterion(
        code=row.code,
        kind=row.kind,
        text=row.text,
        designated_on=row.designated_on,
        exceeds=row.exceeds,
        standard=row.standard,
        before_loading=row.before_loading,
    )


def tier_three_facts(validation: Validation, *, recommended_by: str, decided_by: str, on: date) -> TierThreeFacts:
    """All that a third-tier validation holds on a day; lapses are computed from the record."""
    criteria = list(designations_on(validation.programme, on))
    found = {row.designation_id: row for row in validation.designated_findings.all()}
    participant = validation.participant
    return TierThreeFacts(
        rank=participant.tier if participant.standing == "certified" else 0,
        validated_on=validated_on(participant.pk, on),
        lapsed_on=lapses(participant.pk, on),
        best_practices=tuple(practice_facts(row) for row in validation.practices.order_by("put_forward_on", "id")),
        criteria=tuple(criterion_facts(row) for row in criteria),
        evaluations=tuple(
            CriterionEvaluation(row.code, found[row.pk].met, tuple(found[row.pk].evidence))
            for row in criteria
            if row.pk in found
        ),
        recommended=validation.recommended,
        recommended_by=recommended_by,
        decided_by=decided_by,
        standing=participant.standing,
    )
