"""The rules of the statute bear every way that the graph lets an entry go, and refuse one that it should not have."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from greenlane.law.verdicts import Reason
from greenlane.participants.commands_standing import SetStanding
from greenlane.programs.queries import terms_of
from greenlane.release import commands_entries, lawful
from greenlane.release.commands_agencies import AdoptAgencyCriteria
from greenlane.release.commands_entries import DecideEntries
from greenlane.release.deciding import Made, decide
from greenlane.release.engine.explaining import Explanation
from greenlane.release.engine.inputs import PATHWAYS
from greenlane.release.models import Agency, ReleaseDecision
from tests.release.clocked import ClockedDesk
from tests.release.test_room_entries import cargo_desk, entry

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.clause("19 USC 4311(b)(1)", "19 USC 4311(b)(4)(C)", "19 USC 4311(b)(4)(D)"),
]


@pytest.fixture
def desk(db: None) -> ClockedDesk:
    """An importer of the third tier; criteria of one agency of two."""
    made, who = cargo_desk()
    made.prove = False
    made.quietly(SetStanding(participant_id=who, standing="certified", tier=3, reason=""))
    criteria = AdoptAgencyCriteria(
        case_id=Agency.objects.get(code="FDA").pk,
        document="Prior notice",
        agreed_with="Fay Invented",
        in_force_from=made.today,
        ports=("2704",),
        origins=("CN",),
        tariff_prefixes=("8471",),
    )
    made.must(criteria, by="mona")
    made.minute += 5
    return made


def every(desk: ClockedDesk) -> list[Made]:
    """Entries with every combination of what the ways hang on."""
    kinds = product(
        ((), ("FDA",), ("FDA", "EPA")), ("2704", "2720"), (True, False), (True, False), (0, 3), (10, 300), ("", "55-5")
    )
    found = []
    for number, (authority, port, advance, hold, level, score, importer) in enumerate(kinds):
        more = {"importer": "55-555555500"} if importer else {}
        found.append(
            entry(
                desk, f"INV-{number}", authority=authority, port=port, advance_data=advance, customs_hold=hold,
                threat_information=level == 3 and number % 2 == 0, threat_level=level, score=score, **more,
            )
        )  # fmt: skip
    return decide("ctpat", found)


def objections(desk: ClockedDesk, made: Made) -> list[Reason]:
    return list(lawful.against_the_law(made, terms_of("ctpat", desk.today)))


def test_the_law_bears_every_way_that_the_graph_gives(desk: ClockedDesk) -> None:
    found = every(desk)
    assert {PATHWAYS[one.outputs["pathway"]] for one in found} == set(PATHWAYS)
    assert any(one.explanation.steps["criteria_expedite"] for one in found)
    for one in found:
        assert objections(desk, one) == [], (one.entry, one.outputs)


def forced(made: Made, **steps: int) -> Made:
    """The decision as a graph would have made it that gives these steps other values."""
    old = made.explanation
    values = tuple({**old.steps, **steps}.values())
    return replace(made, explanation=Explanation(old._by, old.inputs, values))


@pytest.mark.parametrize(
    ("steps", "cites"),
    [
        ({"pathway": PATHWAYS.index("preclearance")}, {"19 USC 4311(b)(1)", "19 USC 4311(b)(4)(D)"}),
        ({"pathway": PATHWAYS.index("immediate_clearance")}, {"19 USC 4311(b)(4)(D)"}),
        ({"criteria_expedite": 1}, {"19 USC 4311(b)(4)(C)"}),
    ],
)
def test_a_way_that_the_graph_should_not_have_given_is_refused_with_the_laws_reasons(
    desk: ClockedDesk, steps: dict[str, int], cites: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An importer of no tier, with a hold, at a port that no criteria name: as if the graph had let it go."""
    given = entry(desk, "BAD", importer="55-555555500", authority=("FDA",), port="2720", customs_hold=True)
    [made] = decide("ctpat", [given])
    assert objections(desk, made) == []
    wrong = forced(made, **steps)
    assert {one.citation.cite for one in objections(desk, wrong)} == cites
    monkeypatch.setattr(commands_entries, "decide", lambda *_given, **_more: [wrong])
    desk.minute += 1
    answer = desk.refused(DecideEntries(programme="ctpat", entries=(given,)), by="cleo")
    assert cites <= {one.citation.cite for one in answer.verdict.failing}
    assert not ReleaseDecision.objects.exists()


def test_a_hold_by_an_agency_ends_immediate_clearance(desk: ClockedDesk) -> None:
    [free] = [one for one in every(desk) if PATHWAYS[one.outputs["pathway"]] == "immediate_clearance"][:1]
    facts = lawful.compliance_facts(free)
    assert (facts.rank, facts.assessed, facts.holds, facts.threats) == (3, True, (), ())
    assert free.entry.filed_at == desk.at - timedelta(minutes=1)
