"""A party screened and its hits as plain values: the same in files, in the interface and on pages (6 USC 964(b))."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from greenlane.law.sentences import Sentence
from greenlane.vetting.listing import dated
from greenlane.vetting.matching.parties import score_band
from greenlane.vetting.names_screened import Lists, Screened
from greenlane.vetting.naming.rows import Named
from greenlane.vetting.queries import ListState
from greenlane.vetting.screening import Found

Say = Callable[[Sentence], str]


def list_told(state: ListState) -> dict[str, Any]:
    """A list that names were compared with; ``stale`` when it was retrieved too long ago to rely on."""
    version = state.version
    return {
        "list": version.kind,
        "version": version.number,
        "dated": dated(version),
        "retrieved_on": version.retrieved_on,
        "age_days": state.age_days,
        "stale": state.too_old,
        "entries": version.entries,
        "sha256": version.sha256,
        "source": version.source,
    }


def lists_told(lists: Lists, say: Say) -> dict[str, Any]:
    """What every answer says of the lists, so that none can be taken for clean that is not."""
    return {
        "complete": lists.complete,
        "lists": [list_told(state) for state in lists.states],
        "missing_lists": list(lists.missing),
        "warnings": [say(sentence) for sentence in lists.warnings()],
        "model_version": lists.model,
    }


def party_told(named: Named, say: Say) -> dict[str, Any]:
    """The party as it was compared; ``line`` is where it stood in what was given."""
    party = named.party
    return {
        "line": named.line,
        "id": named.id,
        "name": party.names[0],
        "other_names": list(party.names[1:]),
        "type": str(party.party_type),
        "role": party.role,
        "countries": list(party.countries),
        "birth_date": party.birth_date,
        "notices": [say(sentence) for sentence in named.notices],
    }


def hit_told(found: Found, state: ListState, model: str, say: Say) -> dict[str, Any]:
    """One hit: the entry and the list with version and hash, both names, the score part by part, word by word."""
    candidate, entry, version = found.hit.candidate, found.entry, found.version
    return {
        "list": version.kind,
        "list_code": candidate.list_code,
        "entry_key": candidate.entry_key,
        "entry_sha256": entry.fingerprint,
        "list_version": version.number,
        "list_sha256": version.sha256,
        "list_retrieved_on": version.retrieved_on,
        "list_stale": state.too_old,
        "our_name": found.hit.party_name,
        "listed_name": candidate.listed_name,
        "alias_kind": str(candidate.name_kind),
        "listed_type": str(entry.party_type),
        "listed_countries": list(entry.countries),
        "listed_under": list(entry.programmes),
        "score": candidate.score,
        "band": score_band(candidate.score),
        "method": candidate.method,
        "parts": [{"code": p.code, "points": p.points, "sentence": say(p.sentence)} for p in candidate.parts],
        "words": [{"ours": w.ours, "theirs": w.theirs, "how": w.how, "weight": w.weight} for w in candidate.words],
        "reasons": [{"code": r.code, "supports": r.supports, "sentence": say(r.sentence)} for r in candidate.reasons],
        "model_version": model,
    }


def hits_told(screened: Screened, lists: Lists, say: Say) -> list[dict[str, Any]]:
    """The hits of one party, the most alike first."""
    return [hit_told(found, lists.by_version[found.version.pk], lists.model, say) for found in screened.hits]


def screened_told(screened: Screened, lists: Lists, say: Say) -> dict[str, Any]:
    """A party with its hits and the lists that it was compared with."""
    told = {**party_told(screened.named, say), **lists_told(lists, say)}
    return {**told, "hits": hits_told(screened, lists, say)}
