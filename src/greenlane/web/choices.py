"""Names for identifiers: what a field of a command may be chosen from, by one word in its metadata. No clause.

``field(metadata={"label": N_("Team"), "choices": "staff"})`` asks for people by name. The words: ``staff`` (all to
whom a case can be assigned), ``specialists``, ``supervisors``, ``analysts``, ``appeal_officers``, ``validators`` and
``partner_agencies`` (holders of that office), ``assigned`` (those who have the case), ``company_people``, ``documents``
(of the case), ``company_documents`` (of all cases of the company), ``nodes`` (its sites and partners), ``sites``,
``criteria`` (of its questionnaire), ``benefits`` (of the programme), ``programmes`` (by their codes), ``participants``
(all companies) and ``cases`` (of the company). A room adds a word in ``web/panels/<kind>.py``::

    @vocabulary("engagements")
    def engagements(scene: Scene) -> Iterable[tuple[str, str]]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from greenlane.applications.queries import latest_application, questionnaire
from greenlane.casework.models import Case, Document
from greenlane.law.authority import Office
from greenlane.participants import queries as participants
from greenlane.participants.models import Participant
from greenlane.people.models import OfficeHolding
from greenlane.people.queries import assigned_to, company_people, in_force
from greenlane.people.visibility import Viewer, audiences_of, untold_cases
from greenlane.programs.models import Programme
from greenlane.programs.queries import terms_of
from greenlane.web.panels.registry import discover

Pairs = list[tuple[str, str]]
LONGEST = 90
"""Characters of a criterion's text that a choice shows."""
MOST = 500


@dataclass
class Scene:
    """Where a command is given: by whom, on which day, in which case or for which company."""

    viewer: Viewer
    case: Case | None = None
    participant: Participant | None = None
    kept: dict[str, Pairs] = field(default_factory=dict, repr=False)

    @property
    def on(self) -> date:
        return self.viewer.on

    @property
    def participant_id(self) -> UUID | None:
        if self.participant is not None:
            return self.participant.pk
        return self.case.participant_id if self.case is not None else None

    @property
    def programme(self) -> str:
        own = self.case.programme if self.case is not None else ""
        return own or (self.participant.programme if self.participant is not None else "")

    def pairs(self, word: str) -> Pairs:
        """The choices of a word, read once for a page. Raises LookupError for a word that nobody registered."""
        if word not in self.kept:
            discover()
            if word not in VOCABULARIES:
                raise LookupError(f"there is no vocabulary {word!r}; the words are: {', '.join(sorted(VOCABULARIES))}")
            self.kept[word] = [(str(value), label) for value, label in VOCABULARIES[word](self)]
        return self.kept[word]


Vocabulary = Callable[[Scene], Iterable[tuple[Any, str]]]
VOCABULARIES: dict[str, Vocabulary] = {}
DOCUMENTS = frozenset({"documents", "company_documents"})
"""Vocabularies beside which a person may add a document at once."""


def vocabulary(word: str) -> Callable[[Vocabulary], Vocabulary]:
    """Register the choices of a word. Raises ValueError when it has a meaning already."""

    def register(function: Vocabulary) -> Vocabulary:
        if word in VOCABULARIES:
            raise ValueError(f"the vocabulary {word!r} is registered twice")
        VOCABULARIES[word] = function
        return function

    return register


@vocabulary("staff")
def _staff(scene: Scene) -> Pairs:
    from greenlane.web.staff.people import workers

    return workers(scene.on)


def _office(word: str, office: Office) -> None:
    def holders(scene: Scene) -> Iterable[tuple[Any, str]]:
        rows = OfficeHolding.objects.filter(in_force(scene.on), office=office, account__closed_on=None)
        return rows.order_by("account__name", "account_id").values_list("account_id", "account__name").distinct()

    vocabulary(word)(holders)


for _word, _of in (
    ("specialists", Office.SPECIALIST),
    ("supervisors", Office.SUPERVISOR),
    ("analysts", Office.VETTING_ANALYST),
    ("appeal_officers", Office.APPEAL_OFFICER),
    ("validators", Office.VALIDATOR),
    ("partner_agencies", Office.PARTNER_AGENCY),
):
    _office(_word, _of)


@vocabulary("programmes")
def _programmes(_scene: Scene) -> Iterable[tuple[Any, str]]:
    return Programme.objects.order_by("code").values_list("code", "title")


@vocabulary("assigned")
def _assigned(scene: Scene) -> Iterable[tuple[Any, str]]:
    return assigned_to(scene.case.pk, scene.on).values_list("pk", "name") if scene.case else []


@vocabulary("company_people")
def _company_people(scene: Scene) -> Iterable[tuple[Any, str]]:
    if scene.participant_id is None:
        return []
    rows = company_people(scene.participant_id, scene.on).order_by("account__name")
    return dict(rows.values_list("account_id", "account__name")).items()


@vocabulary("documents")
def _documents(scene: Scene) -> Iterable[tuple[Any, str]]:
    return _titles(scene, case_id=scene.case.pk) if scene.case else []


@vocabulary("company_documents")
def _company_documents(scene: Scene) -> Iterable[tuple[Any, str]]:
    return _titles(scene, participant_id=scene.participant_id) if scene.participant_id else []


def _titles(scene: Scene, **where: Any) -> Pairs:
    """The newest version of each document that the person may read."""
    rows = Document.objects.filter(audience__in=audiences_of(scene.viewer, scene.participant_id), **where)
    if scene.participant_id and not scene.viewer.is_staff:
        rows = rows.exclude(case__in=untold_cases([scene.participant_id]))
    newest: dict[UUID, tuple[str, str]] = {}
    for key, series, title, name in rows.order_by("version").values_list("pk", "series", "title", "file_name"):
        newest[series] = (str(key), f"{title} ({name})")
    return sorted(newest.values(), key=lambda pair: pair[1].casefold())


@vocabulary("sites")
def _sites(scene: Scene) -> Pairs:
    if scene.participant_id is None:
        return []
    return [(str(row.series), f"{row.name}, {row.country}") for row in participants.sites(scene.participant_id)]


@vocabulary("nodes")
def _nodes(scene: Scene) -> Pairs:
    if scene.participant_id is None:
        return []
    partners = participants.partners(scene.participant_id)
    return [*_sites(scene), *((str(row.series), f"{row.name}, {row.country}") for row in partners)]


@vocabulary("criteria")
def _criteria(scene: Scene) -> Pairs:
    application = latest_application(scene.participant_id) if scene.participant_id else None
    return (
        [(one.number, f"{one.number} {_short(one.text)}") for one in questionnaire(application)] if application else []
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


@vocabulary("benefits")
def _benefits(scene: Scene) -> Pairs:
    return [(one.code, one.title) for one in terms_of(scene.programme, scene.on).benefits] if scene.programme else []


@vocabulary("participants")
def _participants(scene: Scene) -> Pairs:
    rows = Participant.objects.order_by("legal_name", "pk").values_list("pk", "legal_name", "business_type")
    return [(str(key), f"{name} ({kind.replace('_', ' ')})") for key, name, kind in rows[:MOST]]


@vocabulary("cases")
def _cases(scene: Scene) -> Pairs:
    from greenlane.people.visibility import cases_visible_to
    from greenlane.web.staff.wording import KINDS, readable

    if scene.participant_id is None:
        return []
    rows = cases_visible_to(scene.viewer).filter(participant_id=scene.participant_id).exclude(pk=scene.participant_id)
    listed = rows.order_by("-opened_on", "reference").values_list("pk", "reference", "kind")[:MOST]
    return [(str(key), f"{reference}: {KINDS.get(kind, readable(kind))}") for key, reference, kind in listed]
