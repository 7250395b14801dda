"""Papers that people of the demonstration add to a case."""

from __future__ import annotations

from uuid import UUID

from greenlane.casework.commands import UploadDocument
from greenlane.casework.models import Document
from greenlane.demonstration.company import Company
from greenlane.demonstration.papers import paper


def add_paper(company: Company, case: UUID, title: str, by: str) -> UUID:
    """Store an invented paper and add it to a case of the company, as one of its people or of the programme's."""
    stored = paper(title, company.name)
    company.stage.give(
        UploadDocument(
            case_id=case,
            title=title,
            file_name=stored.file_name,
            media_type=stored.media_type,
            size=stored.size,
            sha256=stored.sha256,
        ),
        by=by,
    )
    return (
        Document.objects.filter(case_id=case, title=title)
        .order_by("-uploaded_on", "-pk")
        .values_list("pk", flat=True)[0]
    )
