"""Words as search knows them: reduced, forgiven their spelling, marked, and guessed at."""

from aiqyn.words.analysis import Reduced, Token, analyse, edition, reduce, stems
from aiqyn.words.marks import Piece, cut, highlight
from aiqyn.words.nearest import suggest

__all__ = [
    "Piece",
    "Reduced",
    "Token",
    "analyse",
    "cut",
    "edition",
    "highlight",
    "reduce",
    "stems",
    "suggest",
]
