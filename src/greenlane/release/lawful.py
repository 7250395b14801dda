"""The law is asked of every way that leads past waiting or examination: 19:4311(b)(1), (b)(4)(C), (b)(4)(D).

The graph of the policy decides; here the rules of the statute look at what came out, from the same facts, so that a
graph that were wrong could not be kept. A decision that the law does not bear is refused with the law's reasons.
"""

from __future__ import annotations

from collections.abc import Iterator

from greenlane.law.t19_4311_clearance import ComplianceFacts, may_clear_immediately, may_preclear
from greenlane.law.t19_4311_release import AgencyCriteria as CriteriaFacts
from greenlane.law.t19_4311_release import ExpediteFacts, Field, ReleaseCriterion, may_expedite
from greenlane.law.terms import Terms
from greenlane.law.verdicts import Reason
from greenlane.release.deciding import Made
from greenlane.release.engine.codes import heading_number, origin_number, port_number
from greenlane.release.engine.inputs import PATHWAYS
from greenlane.release.engine.statuses import Status
from greenlane.release.in_force import entry_day
from greenlane.release.models import AgencyCriteria

VALIDATED = 2
"""The first tier at which measures were looked at on site; before it no record of compliance is examined (965(a))."""
PRECLEARED, AT_ONCE = PATHWAYS.index("preclearance"), PATHWAYS.index("immediate_clearance")


def against_the_law(made: Made, terms: Terms) -> Iterator[Reason]:
    """What the law has against the way that an entry was decided to go; nothing, unless the graph is wrong."""
    pathway = made.outputs["pathway"]
    if made.explanation.steps["criteria_expedite"]:
        yield from may_expedite(expedite_facts(made), entry_day(made.entry.filed_at)).failing
    if pathway == PRECLEARED:
        yield from may_preclear(compliance_facts(made), terms).failing
    if pathway in (PRECLEARED, AT_ONCE):
        yield from may_clear_immediately(compliance_facts(made), terms).failing


def compliance_facts(made: Made) -> ComplianceFacts:
    """The importer's standing at the instant of filing, and who or what stands against the goods."""
    status = Status.unpacked(made.explanation.inputs["importer"])
    inputs = made.explanation.inputs
    return ComplianceFacts(
        participant=made.entry.importer,
        rank=0 if status.barred else status.tier,
        assessed=status.tier >= VALIDATED,
        failures=("suspended or expelled",) if status.barred else (),
        holds=(*(["customs"] if inputs["customs_hold"] else []), *made.explanation.agencies["agencies_against"]),
        threats=("information on the entry",) if inputs["threat_information"] else (),
    )


def expedite_facts(made: Made) -> ExpediteFacts:
    """The entry with the criteria of every agency that has authority over the goods."""
    entry = made.entry
    rows = {row.agency.code: row for row in made.with_.criteria}
    return ExpediteFacts(
        consignment=entry.entry_number,
        documents=entry.authority,
        fields=tuple(Field(name, str(made.explanation.inputs[name])) for name in ("port", "origin", "tariff")),
        criteria=tuple(_criteria(code, rows[code]) for code in entry.authority if code in rows),
    )


def _criteria(code: str, row: AgencyCriteria) -> CriteriaFacts:
    """A version of an agency's criteria; the agency stands for its document, as one has one version of them."""
    named = {
        "port": [port_number(one) for one in row.ports],
        "origin": [origin_number(one) for one in row.origins],
        "tariff": [heading_number(one) for one in row.headings],
    }
    return CriteriaFacts(
        agency=code,
        document=code,
        version=row.version,
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        agreed_with=row.agreed_with,
        criteria=tuple(
            ReleaseCriterion(name, name, tuple(map(str, values))) for name, values in named.items() if values
        ),
    )
