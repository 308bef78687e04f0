"""PDF: a tagged document (PDF/UA-1), laid out by Typst as `act.typ` says."""

import re
from typing import Any

from aiqyn.acts.model import Act
from aiqyn.acts.writing.blocks import Block, Role, beside, blocks
from aiqyn.catalogue import ROOT
from aiqyn.typesetting import typeset

LAYOUT = ROOT / "acts" / "writing" / "act.typ"
_LONG = re.compile(r"(\S{40})(?=\S)")
_NAMELESS = "—"


def pdf(act: Act, other: Act | None = None) -> bytes:
    """Return the act as PDF; with the text in the other language beside, row by row.

    Raises InputError when Typst is not installed.
    """
    return typeset(LAYOUT, _told(act, other))


def _told(act: Act, other: Act | None) -> dict[str, Any]:
    """Everything the layout shows."""
    told = {
        "title": _breakable(act.title) or _NAMELESS,
        "language": act.language,
        "beside": other is not None,
    }
    levels = _Levels()
    if other is None:
        return told | {"blocks": [levels.shown(block) for block in blocks(act)]}
    rows = [[[levels.shown(one) for one in cell] for cell in row] for row in beside(act, other)]
    return told | {"rows": rows, "languages": [act.language, other.language]}


class _Levels:
    """Lets no heading skip a level: readers of screens, and the standard, want each of them."""

    def __init__(self) -> None:
        self._last = 0

    def shown(self, block: Block) -> dict[str, Any]:
        """Return what the layout is told of a block."""
        level = block.level
        if block.role in (Role.TITLE, Role.HEADING):
            level = self._last = min(level, self._last + 1)
        return {
            "role": block.role.value,
            "level": level,
            "text": _breakable(f"{block.marker} {block.text}".strip()),
            "rows": _squared(block.rows),
        }


def _squared(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Return rows of one length."""
    wide = max(map(len, rows), default=0)
    return [[_breakable(cell) for cell in (*row, *[""] * (wide - len(row)))] for row in rows]


def _breakable(text: str) -> str:
    """Let long words be broken at the end of a line."""
    return _LONG.sub("\\1\u200b", text)
