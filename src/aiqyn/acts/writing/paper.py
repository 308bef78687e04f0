"""PDF: a tagged document (PDF/UA-1), laid out by Typst as `act.typ` says."""

import re
from functools import cache
from importlib.resources import as_file
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from aiqyn.acts.model import Act
from aiqyn.acts.writing.blocks import Block, Role, beside, blocks
from aiqyn.catalogue import ROOT
from aiqyn.errors import InputError

FONTS = ROOT / "report" / "fonts"
LAYOUT = ROOT / "acts" / "writing" / "act.typ"
_SPARE = "?"  # for what no font of ours can print: a hole has no place in a tagged document
_LONG = re.compile(r"(\S{40})(?=\S)")
_NAMELESS = "—"


def pdf(act: Act, other: Act | None = None) -> bytes:
    """Return the act as PDF; with the text in the other language beside, row by row.

    Raises InputError when Typst is not installed.
    """
    try:
        import typst  # noqa: PLC0415  # 80 MB that only this shape needs
    except ImportError:
        raise InputError("pdf", "", "needs Typst: pip install 'aiqyn[pdf]'") from None
    with TemporaryDirectory(prefix="aiqyn-") as folder, as_file(FONTS) as fonts:
        place = Path(folder)
        (place / "act.typ").write_bytes(LAYOUT.read_bytes())
        (place / "data.json").write_bytes(msgspec.json.encode(_told(act, other)))
        compiler = typst.Compiler(
            str(place / "act.typ"), root=folder, font_paths=[str(fonts)], ignore_system_fonts=True
        )
        out = place / "act.pdf"
        compiler.compile(output=str(out), format="pdf", pdf_standards=["ua-1"])
        return out.read_bytes()


def _told(act: Act, other: Act | None) -> dict[str, Any]:
    """Everything the layout shows."""
    told = {
        "title": _printable(act.title) or _NAMELESS,
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
            "text": _printable(f"{block.marker} {block.text}".strip()),
            "rows": _squared(block.rows),
        }


def _squared(rows: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    """Return rows of one length."""
    wide = max(map(len, rows), default=0)
    return [[_printable(cell) for cell in (*row, *[""] * (wide - len(row)))] for row in rows]


def _printable(text: str) -> str:
    """Return what our fonts can print; long words may be broken at the end of a line."""
    return _LONG.sub("\\1\u200b", _unknown().sub(_SPARE, text))


@cache
def _unknown() -> re.Pattern[str]:
    """A letter outside of our fonts."""
    ranges = (FONTS / "letters.txt").read_text(encoding="ascii").split()
    pairs = (each.partition("-")[::2] for each in ranges)
    known = "".join(
        f"{re.escape(chr(int(first, 16)))}-{re.escape(chr(int(last, 16)))}" for first, last in pairs
    )
    return re.compile(f"[^{known}\n\u200b]")
