"""Whether an entry is examined, how deeply and how soon: 6 USC 964(a), 965(b)(2)-(3), 966(c)(1)-(3)."""

from __future__ import annotations

from greenlane.law.sentences import N_
from greenlane.release.engine.expressions import Node, all_, any_, greatest, if_, least, no, parameter
from greenlane.release.engine.graph import Graph
from greenlane.release.engine.inputs import IN_TEN_THOUSAND, PRIME, entry, permille, rate, reason, step
from greenlane.release.engine.statuses import has


def _draw(graph: Graph) -> Node:
    """A number from 0 to 9,999 from the entry number and a secret of the policy, the same in every target."""
    key = entry("entry_key")
    first = graph.step(
        "draw_first",
        "6 USC 965(b)(2)",
        ((key % PRIME) * 48_271 + key // PRIME + parameter("salt", 0, PRIME - 1)) % PRIME,
    )
    second = graph.step("draw_second", "6 USC 965(b)(2)", (first * first + 1_043_618_065) % PRIME)
    third = graph.step("draw_third", "6 USC 965(b)(2)", (second * second + first) % PRIME)
    return graph.step("draw", "6 USC 965(b)(2)", third // 64 % IN_TEN_THOUSAND)


def _rates(graph: Graph) -> Node:
    """In ten thousand entries, how many are examined at random."""
    importer, everyone = entry("importer"), rate("random_rate")
    validated, third = step(graph, "validated"), step(graph, "third_tier")
    fewer = all_(validated, has(importer, "reduced_examinations"))
    fewest = all_(third, has(importer, "further_reduced_examinations"))
    two = least(everyone, rate("tier_two_rate"))
    three = least(two, rate("tier_three_rate"))
    base = graph.step("random_base", "6 USC 965(b)(2)", if_(fewest, three, if_(fewer, two, everyone)))
    reason(
        graph,
        "examined_less",
        "6 USC 965(b)(2)",
        all_(fewer, no(fewest)),
        N_("A validated participant is examined less: %(random_base)d in 10,000."),
    )
    reason(
        graph,
        "examined_least",
        "6 USC 966(c)(2)",
        fewest,
        N_("A third-tier participant is examined least: %(random_base)d in 10,000."),
    )
    exempt = reason(
        graph,
        "stratified_exempt",
        "6 USC 965(b)(2)",
        all_(validated, has(importer, "stratified_exemption")),
        N_("It is exempt from stratified examinations."),
    )
    stratified = if_(exempt, 0, rate("stratified_rate"))
    calm = graph.step("threat_proof", "6 USC 966(c)(1)", all_(third, has(importer, "expedited_release")))
    level = entry("threat_level")
    raised = if_(
        level.equals(0),
        0,
        if_(
            level.equals(1),
            parameter("threat_percent_1", 0, 1000),
            if_(level.equals(2), parameter("threat_percent_2", 0, 1000), parameter("threat_percent_3", 0, 1000)),
        ),
    )
    more = graph.step("threat_percent", "6 USC 966(c)(1)", if_(calm, 0, raised))
    reason(
        graph,
        "threat_raises",
        "6 USC 966(c)(1)",
        more > 0,
        N_("At threat level %(threat_level)d, random examinations rise by %(threat_percent)d %%."),
    )
    return graph.step(
        "random_rate_here", "6 USC 965(b)(2)", least((base + stratified) * (more + 100) // 100, IN_TEN_THOUSAND)
    )


def examination(graph: Graph) -> None:
    """The deepest examination that anything asks for: score, chance, an agency, or information of a threat."""
    after, threshold = step(graph, "score_after"), graph.parameters["threshold"]
    by_score = graph.step(
        "examination_by_score",
        "6 USC 964(a)",
        if_(
            after >= threshold,
            3,
            if_(
                after >= threshold * permille("scan_permille") // 1000,
                2,
                if_(after >= threshold * permille("document_permille") // 1000, 1, 0),
            ),
        ),
    )
    draw = _draw(graph)
    rate = _rates(graph)
    drawn = reason(
        graph,
        "drawn",
        "6 USC 965(b)(2)",
        draw < rate,
        N_("Drawn at random: %(draw)d is below %(random_rate_here)d in 10,000."),
    )
    reason(
        graph,
        "examined_by_score",
        "6 USC 964(a)",
        by_score > 0,
        N_("The score of %(score_after)d asks for an examination."),
    )
    threat = reason(
        graph,
        "threat",
        "19 USC 4311(b)(4)(D)",
        entry("threat_information"),
        N_("There is information of a threat to security or compliance: examined, whatever the tier."),
    )
    asked = reason(
        graph,
        "agency_examines",
        "19 USC 4311(b)(4)(A)",
        (entry("authority") & entry("intensive")) > 0,
        N_("An agency asks for an intensive examination."),
    )
    examination = graph.step(
        "examination",
        "6 USC 965(b)(2)",
        greatest(by_score, if_(drawn, 2), if_(any_(threat, asked), 3)),
    )
    _priority(graph, examination > 0)


def _priority(graph: Graph, examined: Node) -> None:
    """Who is examined waits less."""
    importer = entry("importer")
    front = reason(
        graph,
        "front_of_line",
        "6 USC 966(c)(3)",
        all_(examined, step(graph, "third_tier"), has(importer, "priority_examinations")),
        N_("Its examination goes to the front of the line."),
    )
    first = reason(
        graph,
        "searched_first",
        "6 USC 965(b)(3)",
        all_(examined, no(front), step(graph, "validated"), has(importer, "priority_searches")),
        N_("Its search has priority."),
    )
    graph.step("priority", "6 USC 965(b)(3)", if_(front, 2, first))
