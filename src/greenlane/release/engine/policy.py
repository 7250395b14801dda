"""The one definition of how benefits act on a cargo entry: 6 USC 964(a), 965(b), 966(c), 967(a); 19 USC 4311(b)(4).

Parameters are what a version of the policy may set. What the law sets is not among them: the 20 per cent of 964(a),
that a benefit needs its tier, that a hold wins, and that a third-tier participant's release knows no threat level.
"""

from __future__ import annotations

from functools import cache

from greenlane.release.engine.graph import Graph
from greenlane.release.engine.policy_examination import examination
from greenlane.release.engine.policy_release import agencies, outcome
from greenlane.release.engine.policy_score import score, standing

OUTPUTS = ("score_after", "examination", "priority", "customs_release", "government", "pathway", "reasons")
"""What is decided of each entry, in this order; ``reasons`` is the mask of reasons."""


@cache
def release_policy() -> Graph:
    """The graph. Every target is compiled from it."""
    graph = Graph(outputs=OUTPUTS)
    standing(graph)
    score(graph)
    examination(graph)
    agencies(graph)
    outcome(graph)
    graph.step("reasons", "6 USC 971(b)", graph.reasons())
    return graph
