"""Who the parties are, and by how much their status lowers the score: 6 USC 964(a), 965(b)(1), 966(c)(4), 967(b)."""

from __future__ import annotations

from greenlane.law.parameters import history
from greenlane.law.sentences import N_
from greenlane.release.engine.expressions import Node, all_, greatest, if_, least, no, parameter
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import MOST_POINTS, PARTIES, entry, permille, reason, step
from greenlane.release.engine.statuses import barred, enrolled, has, recognised, tier_of


def standing(graph: Graph) -> None:
    tier = graph.step("importer_tier", "6 USC 961(a)", if_(no(barred(entry("importer"))), tier_of(entry("importer"))))
    graph.step("validated", "6 USC 965(b)", tier >= 2)
    graph.step("third_tier", "6 USC 966(c)", tier.equals(3))
    others = [enrolled(entry(party)) for party in PARTIES[1:]]
    graph.step("trusted_partners", "6 USC 962", others[0] + others[1] + others[2])
    maker = entry("maker")
    graph.step("recognised_maker", "19 USC 4311(a)", all_(no(barred(maker)), recognised(maker)))
    out = reason(
        graph,
        "importer_barred",
        "6 USC 967(b)",
        barred(entry("importer")),
        N_("The importer is suspended or expelled: its entries get no benefit."),
    )
    graph.step("takes_part", "6 USC 967(b)", no(out))


def score(graph: Graph) -> None:
    """Points taken off, never more than the law lets a first-tier participant have."""
    threshold = parameter("threshold", 1, MOST_POINTS)
    importer, validated = entry("importer"), step(graph, "validated")
    third, tier = step(graph, "third_tier"), step(graph, "importer_tier")
    percent = history("tier_1_reduction_cap_percent")[-1].number
    cap = graph.step(
        "tier_one_cap",
        "6 USC 964(a)",
        threshold * percent // 100,
        N_("A first-tier score falls by %(tier_one_cap)d points at the most: 20 %% of %(threshold)d."),
    )
    wished = graph.step(
        "tier_one_asked",
        "6 USC 964(a)",
        if_(all_(tier >= 1, has(importer, "score_reduction")), threshold * permille("tier_one_permille") // 1000),
    )
    first = graph.step("tier_one_reduction", "6 USC 964(a)", least(wished, cap))
    second = graph.step(
        "tier_two_reduction",
        "6 USC 965(b)(1)",
        if_(
            all_(validated, has(importer, "validated_score_reduction")),
            threshold * permille("tier_two_permille") // 1000,
        ),
    )
    further = graph.step(
        "tier_three_reduction",
        "6 USC 966(c)(4)",
        if_(
            all_(third, has(importer, "further_score_reduction")),
            threshold * permille("tier_three_permille") // 1000,
        ),
    )
    own = graph.step("own_reduction", "6 USC 965(b)(1)", greatest(first, second, further))
    partners = graph.step(
        "partner_reduction",
        "6 USC 962",
        step(graph, "trusted_partners") * (threshold * permille("partner_permille") // 1000),
    )
    abroad = graph.step(
        "recognised_reduction",
        "19 USC 4311(a)",
        if_(step(graph, "recognised_maker"), threshold * permille("recognised_permille") // 1000),
    )
    taking = step(graph, "takes_part")
    asked = graph.step(
        "reduction_asked", "6 USC 967(b)", if_(taking, greatest(wished, second, further) + partners + abroad)
    )
    earned = graph.step("reduction_earned", "6 USC 967(b)", if_(taking, own + partners + abroad))
    reduction = graph.step("reduction", "6 USC 964(a)", if_(step(graph, "validated"), earned, least(earned, cap)))
    graph.step("score_after", "6 USC 964(a)", greatest(entry("score") - reduction, 0))
    _score_reasons(graph, asked > reduction)


def _score_reasons(graph: Graph, capped: Node) -> None:
    own, threshold = step(graph, "own_reduction"), graph.parameters["threshold"]
    taking = step(graph, "takes_part")
    lowered = N_("The score is lowered by %(own_reduction)d points of the importer's own.")
    further, second = step(graph, "tier_three_reduction"), step(graph, "tier_two_reduction")
    by_third = all_(further > 0, further.equals(own))
    third = reason(graph, "lowered_third", "6 USC 966(c)(4)", by_third, lowered)
    by_second = all_(second > 0, second.equals(own), no(third))
    validated = reason(graph, "lowered_second", "6 USC 965(b)(1)", by_second, lowered)
    reason(graph, "lowered_first", "6 USC 964(a)", all_(own > 0, no(third), no(validated)), lowered)
    reason(
        graph,
        "partners_counted",
        "6 USC 962",
        all_(taking, step(graph, "partner_reduction") > 0),
        N_("Certified partners (%(trusted_partners)d) lower the score by %(partner_reduction)d points."),
    )
    reason(
        graph,
        "recognition_counted",
        "19 USC 4311(a)",
        all_(taking, step(graph, "recognised_reduction") > 0),
        N_("The manufacturer, recognised under an arrangement, lowers the score by %(recognised_reduction)d points."),
    )
    reason(
        graph,
        "cap_reached",
        "6 USC 964(a)",
        capped,
        N_("%(reduction_asked)d points are asked for; the law allows %(tier_one_cap)d, 20 %% of %(threshold)d."),
    )
    reason(
        graph,
        "high_risk",
        "6 USC 964(a)",
        step(graph, "score_after") >= threshold,
        N_("The score of %(score_after)d reaches the high-risk threshold of %(threshold)d."),
    )
