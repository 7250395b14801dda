"""Agencies' answers, release by customs and by all of government, and the way of an entry: 966(c)(1); 19:4311(b)(4)."""

from __future__ import annotations

from greenlane.law.sentences import N_
from greenlane.release.engine.expressions import Node, all_, any_, greatest, if_, looked_up, no
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import EVERY_AGENCY, LAND, entry, reason, step
from greenlane.release.engine.statuses import enrolled, has


def agencies(graph: Graph) -> None:
    """Every agency with authority over the goods has its say; the latest answer of each is what is read here."""
    authority = entry("authority")
    criteria = graph.step(
        "criteria_met",
        "19 USC 4311(b)(4)(C)",
        authority
        & looked_up("criteria_port", entry("port"), 0, EVERY_AGENCY)
        & looked_up("criteria_origin", entry("origin"), 0, EVERY_AGENCY)
        & looked_up("criteria_tariff", entry("tariff"), 0, EVERY_AGENCY),
    )
    stopped = graph.step("agencies_against", "19 USC 4311(b)(4)(A)", authority & (entry("held") | entry("intensive")))
    settled = authority & (entry("proceed") | criteria | stopped)
    waiting = graph.step("agencies_waiting", "19 USC 4311(b)(4)(A)", greatest(authority - settled, 0))
    reason(
        graph,
        "agency_holds",
        "19 USC 4311(b)(4)(A)",
        stopped > 0,
        N_("An agency with authority over the goods holds them."),
    )
    reason(
        graph,
        "agency_waits",
        "19 USC 4311(b)(4)(A)",
        waiting > 0,
        N_("Not every agency with authority over the goods has answered."),
    )
    reason(
        graph,
        "criteria_expedite",
        "19 USC 4311(b)(4)(C)",
        all_(criteria > 0, criteria.equals(authority)),
        N_("It meets the criteria for expedited release of every agency with authority over the goods."),
    )


def outcome(graph: Graph) -> None:
    """Release by customs, release by all of government, and the way the entry goes. A hold or a threat always wins."""
    customs = reason(
        graph,
        "customs_holds",
        "19 USC 4311(b)(4)(D)",
        entry("customs_hold"),
        N_("Customs holds the goods. A hold always wins."),
    )
    against = step(graph, "agencies_against") > 0
    free = all_(no(customs), no(step(graph, "threat")))
    not_examined = step(graph, "examination").equals(0)
    released = graph.step("customs_release", "6 USC 966(c)(1)", all_(free, not_examined))
    whole = all_(released, step(graph, "agencies_waiting").equals(0), no(against))
    graph.step("government", "19 USC 4311(b)(4)(A)", if_(all_(free, no(against)), whole, 2))
    _pathway(graph, all_(free, no(against)), whole)


def _pathway(graph: Graph, unheld: Node, released: Node) -> None:
    mode = entry("mode")
    third = graph.step("highest_compliance", "19 USC 4311(b)(1)", step(graph, "threat_proof"))
    land = any_(*(mode.equals(one) for one in LAND))
    parties = [entry(party) for party in ("importer", "carrier", "maker")]
    members = [truth for party in parties for truth in (enrolled(party), has(party, "dedicated_lanes"))]
    lane = reason(
        graph,
        "dedicated_lane",
        "6 USC 964(a)",
        all_(unheld, land, *members),
        N_("Importer, carrier and manufacturer are all enrolled: the dedicated lane is open."),
    )
    early = reason(
        graph,
        "precleared",
        "19 USC 4311(b)(1)",
        all_(unheld, released, third, entry("advance_data")),
        N_("Cleared before arrival: the highest level of compliance, and cargo information before loading."),
    )
    at_once = reason(
        graph,
        "cleared_at_once",
        "19 USC 4311(b)(4)(D)",
        all_(unheld, released, third, no(early)),
        N_("Cleared at once: the highest level of compliance, and no information of a threat."),
    )
    expedited = reason(
        graph,
        "expedited_third",
        "6 USC 966(c)(1)",
        all_(unheld, third),
        N_("Release is expedited, as at all threat levels for a third-tier participant."),
    )
    quick = any_(expedited, lane, step(graph, "criteria_expedite"))
    graph.step(
        "pathway",
        "19 USC 4311(b)(4)(D)",
        if_(unheld, if_(early, 3, if_(at_once, 2, if_(quick, 1, 0))), 4),
    )
