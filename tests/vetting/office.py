"""Invented lists, an invented company and an analyst, for the tests of the vetting room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from greenlane.casework.answers import Answer
from greenlane.law.authority import Office
from greenlane.participants.chain import RecordSite
from greenlane.participants.commands import RegisterParticipant
from greenlane.participants.parts import RecordPerson
from greenlane.programs.commands import LoadProgramme
from greenlane.programs.packs_schema import PACKS, load_pack
from greenlane.vetting.commands import OpenInvestigation
from greenlane.vetting.commands_adjudication import AdjudicateHit, CompleteInvestigation
from greenlane.vetting.commands_lists import ImportList
from greenlane.vetting.importing import prepare
from greenlane.vetting.models import ScreeningHit
from tests.desk import Desk

SOURCE = "https://lists.example/sdn"
END = b"\x1a"
Listed = tuple[int, str, str, str]
"""Key, name, 'individual' or '', remarks."""

FILLER: tuple[Listed, ...] = tuple((900 + n, f"UNRELATED INVENTION {n}", "", "") for n in range(12))
VOLKANIK: Listed = (1, "VOLKANIK, Ilse", "individual", "DOB 04 May 1961; nationality Peru.")


def sdn_files(folder: Path, listed: Sequence[Listed]) -> dict[str, Path]:
    """An invented list in the official format of the SDN list: three files."""
    primary = "".join(_row(*one) for one in listed)
    first = listed[0][0]
    contents = {
        "primary": primary,
        "alt": f'{first},1,"aka","QUITE ANOTHER ALIAS",-0- \r\n',
        "add": f'{first},2,"1 Mole St","Lima","Peru",-0- \r\n',
    }
    folder.mkdir(parents=True, exist_ok=True)
    files = {role: folder / f"{role}.csv" for role in contents}
    for role, path in files.items():
        path.write_bytes(contents[role].encode() + END)
    return files


def _row(key: int, name: str, kind: str, remarks: str) -> str:
    nulls = "-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
    quoted = [f'"{text}"' if text else "-0- " for text in (kind, remarks)]
    return f'{key},"{name}",{quoted[0]},"TEST",{nulls}{quoted[1]}\r\n'


def sdn(folder: Path, listed: Sequence[Listed], retrieved_on: date, **more: object) -> ImportList:
    """The command that imports an invented list, fillers added so that single changes are no drop."""
    files = sdn_files(folder, (*listed, *FILLER))
    return prepare("ofac_sdn", files, SOURCE, retrieved_on, **more)  # type: ignore[arg-type]


def staffed(desk: Desk) -> Desk:
    """The programme's terms, an analyst, a supervisor and a company officer."""
    desk.must(LoadProgramme(pack=load_pack(PACKS / "ctpat" / "pack.yaml")), on=date(2020, 1, 1))
    desk.person("ana_analyst", Office.VETTING_ANALYST)
    desk.person("sue_supervisor", Office.SUPERVISOR)
    desk.person("ada")
    return desk


def company(desk: Desk, name: str = "Meridian Lantern Imports", *, owner: str = "Ilse Volkanik") -> UUID:
    """A company with an owner, an officer and a site."""
    answer = desk.must(
        RegisterParticipant(
            business_type="importer", legal_name=name, country="US", address="1 Invented Way", city="Houston"
        ),
        by="ada",
    )
    assert answer.case_id is not None
    person(desk, answer.case_id, owner)
    person(desk, answer.case_id, "Odo Farthingale", role="officer", born=date(1980, 2, 3))
    desk.must(
        RecordSite(
            participant_id=answer.case_id,
            name="Dock Seven",
            use="warehouse",
            address="7 Dock",
            city="Houston",
            country="US",
        ),
        by="ada",
    )
    return answer.case_id


def person(
    desk: Desk, participant: UUID, name: str, role: str = "owner", born: date = date(1961, 5, 4), **more: object
) -> Answer:
    return desk.must(
        RecordPerson(participant_id=participant, role=role, name=name, birth_date=born, country="PE", **more),  # type: ignore[arg-type]
        by="ada",
    )


def investigate(desk: Desk, participant: UUID) -> UUID:
    """Open the investigation; the platform screens at once."""
    answer = desk.must(OpenInvestigation(participant_id=participant))
    assert answer.case_id is not None
    return answer.case_id


def decide(desk: Desk, hit: ScreeningHit, outcome: str = "false_match", by: str = "ana_analyst") -> Answer:
    code = "different_birth_date" if outcome == "false_match" else "same_birth_date"
    return desk.must(
        AdjudicateHit(
            case_id=hit.investigation_id,
            hit_id=hit.pk,
            outcome=outcome,  # type: ignore[arg-type]
            reason_code=code,  # type: ignore[arg-type]
            reason="Compared passport copy and list remarks.",
            seen_evidence=hit.evidence,
        ),
        by=by,
    )


def complete(case_id: UUID, **more: str) -> CompleteInvestigation:
    return CompleteInvestigation(case_id=case_id, summary="All parties compared with all lists.", **more)
