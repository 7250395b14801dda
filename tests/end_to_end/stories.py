"""The three companies and the calendar of their stories. Ports, criteria and lists are real; everybody is invented.

The stories play in the summer of 2021, because the official list in the shared data is of July 2021 and the terms of
the programme let nobody screen against a list that was retrieved more than 30 days before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

PROGRAMME_BEGINS = date(2020, 1, 1)
OFFICE_OPENS = date(2021, 7, 1)
REGISTERED = date(2021, 7, 19)
APPLIES = date(2021, 7, 26)
LIST_RETRIEVED = date(2021, 7, 30)
RECEIVED = date(2021, 8, 4)
REVIEW_BEGINS = date(2021, 8, 9)
VETTED = date(2021, 8, 18)
REVIEWED = date(2021, 9, 20)
RECOMMENDED = date(2021, 10, 25)
DAY_89 = RECEIVED + timedelta(days=89)
LAST_DAY = RECEIVED + timedelta(days=90)
DAY_97 = RECEIVED + timedelta(days=97)

WHY_LATE = (
    "The port's road inspection hall was flooded in September, so that the seal log could be read only in October; "
    "it was not practicable to decide sooner."
)
MANUAL = b"""SECURITY MANUAL (invented)
1. Gates are closed at night; the seal log is kept for two years.
2. Every container and trailer is inspected at its agreed points before loading.
3. New staff are trained in their first week, and everybody each January.
"""
SHIPMENTS = b"date,reference,port,packages\n2020-09-14,INV-0001,%(port)s,40\n2021-07-12,INV-0188,%(port)s,22\n"


@dataclass(frozen=True)
class Story:
    """One company as it registers and what its supply chain looks like."""

    business_type: str
    name: str
    city: str
    officer: str
    email: str
    identifiers: tuple[tuple[str, str], ...]
    site: dict[str, Any]
    partners: tuple[dict[str, Any], ...]
    mode: str
    lading: str
    unlading: str
    address: str = "1 Invented Way"
    country: str = "US"
    answers: dict[str, str] = field(default_factory=dict)
    """Answers to eligibility questions that are not a plain yes."""

    @property
    def shipments(self) -> bytes:
        """The company's own record of what it moved, as a table."""
        return SHIPMENTS.replace(b"%(port)s", self.unlading.encode())


IMPORTER = Story(
    business_type="importer",
    name="Lumen Kite Imports",
    city="Houston",
    officer="Mia Larkspur-Invented",
    email="mia@lumen-kite.example",
    identifiers=(("ior", "12-345678900"), ("import_bond", "991234567")),
    site={"name": "Dock Seven", "use": "warehouse", "address": "7 Invented Dock", "city": "Houston", "country": "US"},
    partners=({"name": "Jade Kiln Works", "does": "manufacturer", "city": "Shanghai", "country": "CN"},),
    mode="sea",
    lading="CNSHA",
    unlading="5301",
)
CARRIER = Story(
    business_type="highway_carrier_us_mexico",
    name="Paper Bridge Trucking",
    city="Laredo",
    officer="Ines Farolito-Invented",
    email="ines@paper-bridge.example",
    identifiers=(("scac", "QZXV"), ("usdot", "1234567")),
    site={"name": "Yard Nine", "use": "yard", "address": "9 Invented Road", "city": "Laredo", "country": "US"},
    partners=(
        {"name": "Fabrica Luna de Papel", "does": "manufacturer", "city": "Monterrey", "country": "MX"},
        {"name": "Patio Dos Faros", "does": "terminal", "city": "Nuevo Laredo", "country": "MX"},
    ),
    mode="road",
    lading="MXNLD",
    unlading="2304",
)
BROKER = Story(
    business_type="customs_broker",
    name="Cobalt Teapot Customs Brokers",
    city="San Diego",
    officer="Nell Quarto-Invented",
    email="nell@cobalt-teapot.example",
    identifiers=(("broker_licence", "12345"), ("filer_code", "Q1Z")),
    site={"name": "Desk Three", "use": "office", "address": "3 Invented Street", "city": "San Diego", "country": "US"},
    partners=({"name": "Clay Comet Carriers", "does": "carrier", "city": "Tijuana", "country": "MX"},),
    mode="road",
    lading="MXTIJ",
    unlading="2506",
    answers={"licence_active_since": "2015-01-05", "significant_security_event": "no", "unpaid_final_debt": "no"},
)
STORIES = (IMPORTER, CARRIER, BROKER)


def eligibility_of(story: Story, pack: dict[str, Any]) -> dict[str, str]:
    """The answers of a company that may apply, from the questions in the terms of the programme."""
    [kind] = [kind for kind in pack["business_types"] if kind["code"] == story.business_type]
    asked = [*pack["common_questions"], *kind.get("questions", ())]
    return {q["key"]: story.answers.get(q["key"]) or q.get("expects", "yes") for q in asked}


def risks_of(pack: dict[str, Any], nodes: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Steps two to five of the assessment for every area at every node that it concerns; *nodes* by kind."""
    return [
        {
            "area": area["code"],
            "node": node,
            "threat": 2,
            "vulnerability": 3,
            "consequence": 4,
            "existing_control": "Locked, watched and logged; the log is read each week.",
            "residual": 2 if area["code"] != "information_technology" else 4,
            "action": "" if area["code"] != "information_technology" else "Second factor for every account by March.",
        }
        for area in pack["areas"]
        for kind in area["nodes"]
        for node in nodes[kind]
    ]


def answers_of(asked: list[dict[str, Any]], evidence: str) -> list[dict[str, Any]]:
    """An honest answer to each criterion: one should-criterion 'no', another that does not apply, else yes."""
    optional = [one["number"] for one in asked if one["level"] == "should"]
    found = []
    for one in asked:
        answer = {"number": one["number"], "value": "yes", "evidence": [evidence]}
        answer["narrative"] = f"Done as the security manual says under criterion {one['number']}."
        if one["number"] == optional[0]:
            answer = {"number": one["number"], "value": "no", "narrative": "Planned for the coming year."}
        elif one["number"] == optional[1]:
            answer = {"number": one["number"], "value": "not_applicable"}
            answer["not_applicable_reason"] = "The company does none of this."
        found.append(answer)
    return found
