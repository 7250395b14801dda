"""A tiny invented programme, nothing like any real one, for tests of the law."""

from __future__ import annotations

from typing import Any

from greenlane.law.terms import Terms


def plain_terms() -> dict[str, Any]:
    """The plain data of the programme 'harbour-friends', which sets nothing that is open."""
    return {
        "code": "harbour-friends",
        "title": "Harbour Friends",
        "agency": "Port Office of Lower Example",
        "citations": ["19 USC 4311(a)"],
        "tiers": [
            {"rank": 1, "code": "friend", "title": "Friend", "citations": ["19 USC 4311(a)"]},
            {"rank": 2, "code": "good-friend", "title": "Good friend", "citations": ["19 USC 4311(a)"]},
        ],
        "business_types": [
            {
                "code": "ferry",
                "title": "Ferry operator",
                "questions": [{"key": "boat", "text": "Have you a boat?", "citation": "6 USC 962"}],
                "identifiers": [["fmc", "iata"]],
                "by_invitation": True,
            },
            {"code": "other", "title": "Other", "needs_determination": True},
        ],
        "areas": [{"code": "boats", "title": "Boats", "citation": "6 USC 963(2)(B)", "nodes": ["site", "leg"]}],
        "benefits": [{"code": "tea", "title": "Tea", "from_rank": 2, "citation": "19 USC 4311(b)(5)"}],
        "common_questions": [
            {"key": "debt", "text": "Any debt?", "citation": "6 USC 962", "kind": "yes_no", "expects": "no"}
        ],
        "letters": {"certified": "Welcome."},
    }


def terms_with(**parameters: Any) -> Terms:
    """The programme with these parameters in its terms."""
    return Terms.from_mapping(plain_terms() | {"parameters": parameters})
