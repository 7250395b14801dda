"""Chinese and Korean runs of characters read into tokens: forms, trade words, places and the name itself."""

from __future__ import annotations

from greenlane.vetting.lists.entries import PartyType
from greenlane.vetting.matching.names import han, hangul, reading
from greenlane.vetting.matching.names.tokens import Mark, Token

RUN = han.RUN
Read = tuple[list[Token], tuple[str, ...]]


def read(run: str, script: str, party_type: PartyType, syllables: bool, alone: bool) -> Read:
    """Tokens and legal forms of one run of characters; *syllables* asks for the name syllable by syllable."""
    person = party_type is PartyType.PERSON
    if script == "hangul":
        return (_korean_person(run, syllables, alone), ()) if person else _korean_company(run, syllables)
    run = han.simplified(run)
    return (_chinese_person(run, syllables, alone), ()) if person else _chinese_company(run, syllables)


def _chinese_person(run: str, syllables: bool, alone: bool) -> list[Token]:
    """One run is a family and a given name; several are the parts of a name already, as of foreigners ('奥巴马')."""
    first, given = han.family_and_given(run) if alone else (run, "")
    tokens = [_token(han.family(first), first)]
    if given:
        tokens += _name(given, syllables)
    return tokens


def _chinese_company(run: str, syllables: bool) -> Read:
    tokens: list[Token] = []
    forms: list[str] = []
    for piece in han.pieces(run):
        if piece.kind == "form":
            forms += piece.english
        elif piece.kind == "name":
            tokens += _name(piece.characters, syllables)
        else:
            for word in piece.english:
                marks, groups = reading.meaning(word, person=False)
                mark = Mark.PLACE if piece.kind == "place" else marks or Mark.GENERIC
                tokens.append(reading.make((word,), piece.characters, (mark, groups)))
    return tokens, tuple(sorted(set(forms)))


def _name(characters: str, syllables: bool) -> list[Token]:
    if not syllables:
        return [_token((han.pinyin(characters),), characters)]
    return [_token((han.pinyin(character),), character) for character in characters]


def _token(spellings: tuple[str, ...], original: str) -> Token:
    return reading.make(tuple(filter(None, spellings)) or (reading.points(original),), original, (Mark(0), ()))


def _korean_person(run: str, syllables: bool, alone: bool) -> list[Token]:
    first, given = hangul.family_and_given(run) if alone else (run, "")
    tokens = [_token(hangul.family(first), first)]
    if given:
        tokens += [_token(hangul.spellings(part), part) for part in (given if syllables else (given,))]
    return tokens


def _korean_company(run: str, syllables: bool) -> Read:
    forms = []
    for form, code in hangul.words("form").items():
        if form in run and len(run) > len(form):
            run = run.replace(form, "")
            forms.append(code)
    tail = next((word for word in hangul.words("word") if run.endswith(word) and len(run) > len(word)), "")
    name = run.removesuffix(tail)
    tokens = [_token(hangul.spellings(part), part) for part in (name if syllables and len(name) <= 4 else (name,))]
    if tail:
        tokens.append(reading.foreign(tail, False))
    return tokens, tuple(forms)
