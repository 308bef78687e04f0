"""Show where a text answers a question."""

from collections.abc import Iterable

from msgspec import Struct

from aiqyn.words.analysis import Token, analyse

AROUND = 160  # characters of a text shown about its first hit


class Piece(Struct, frozen=True):
    """A run of a text; the pieces put together are the text again."""

    text: str
    is_hit: bool = False


def highlight(text: str, query: str, language: str = "") -> list[Piece]:
    """Split `text` into pieces, those that answer a word of `query` marked."""
    asked = _keys(analyse(query))
    pieces: list[Piece] = []
    place = 0
    for token in analyse(text, language):
        if asked.isdisjoint(_found_by(token)):
            continue
        if token.start > place:
            pieces.append(Piece(text[place : token.start]))
        pieces.append(Piece(text[token.start : token.end], True))
        place = token.end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return pieces


def cut(text: str, query: str, language: str = "", *, around: int = AROUND) -> str:
    """Return up to `around` characters about the first hit, whole words, with dots for the rest."""
    asked = _keys(analyse(query))
    hits = (token.start for token in analyse(text, language) if asked & _found_by(token))
    begin = max(0, next(hits, 0) - around // 3)
    begin = begin and text.find(" ", begin) + 1
    end = begin + around
    if end < len(text):
        end = max(text.rfind(" ", begin, end), begin + around // 2)
    return f"{'…' if begin else ''}{text[begin:end].strip()}{'…' if end < len(text) else ''}"


def _keys(tokens: Iterable[Token]) -> set[str]:
    return {key for token in tokens for key in _keys_of(token)}


def _keys_of(token: Token) -> set[str]:
    return {token.stem, token.folded, *token.also}


def _found_by(token: Token) -> set[str]:
    return {*_keys_of(token), *token.besides}
