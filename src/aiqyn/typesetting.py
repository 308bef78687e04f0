"""Paper: tagged PDF (PDF/UA-1) laid out by Typst, in fonts that have every Kazakh letter."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from aiqyn.catalogue import ROOT
from aiqyn.errors import InputError

FONTS = ROOT / "report" / "fonts"
SPARE = "?"  # for what no font of ours can print: a hole has no place in a tagged document
FORGOTTEN_AFTER = 11  # compilations: Typst keeps what it laid out for ten more
_REFUSED = frozenset("\0\ufeff")  # which fonts name, and no document may have
_BREAKS = "\n\u200b"  # of lines, and where a long word may be broken


class BadPicture(Exception):
    """A file given as a picture is none."""


def typeset(
    layout: Traversable | Path, told: Any, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """Return the PDF that `layout` makes of `told`, plain values which it reads from data.json.

    `pictures` lie beside it by their names. Raises InputError when Typst is not installed,
    BadPicture when one of them cannot be drawn.
    """
    try:
        import typst  # noqa: PLC0415  # 80 MB that only paper needs
    except ImportError:
        raise InputError("pdf", "", "needs Typst: pip install 'aiqyn[pdf]'") from None
    with TemporaryDirectory(prefix="aiqyn-") as folder, as_file(FONTS) as fonts:
        place = Path(folder)
        (place / "main.typ").write_bytes(layout.read_bytes())
        (place / "data.json").write_bytes(msgspec.json.encode(printable(told)))
        for name, content in (pictures or {}).items():
            (place / name).write_bytes(content)
        compiler = typst.Compiler(
            str(place / "main.typ"), root=folder, font_paths=[str(fonts)], ignore_system_fonts=True
        )
        out = place / "out.pdf"
        try:
            compiler.compile(output=str(out), format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            if not pictures:
                raise
            raise BadPicture from error
        for _ in range(FORGOTTEN_AFTER):  # else a server holds 20 MB of each of the last papers
            typst.compile(b"", ignore_system_fonts=True)
        return out.read_bytes()


def printable(value: Any) -> Any:
    """Return what is told with SPARE for every letter that our fonts cannot print."""
    if isinstance(value, str):
        known = _letters()
        return value if known.issuperset(value) else _spared(value, known)
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    return [printable(each) for each in value] if isinstance(value, list) else value


def _spared(text: str, known: frozenset[str]) -> str:
    return "".join(each if each in known else SPARE for each in text)


@cache
def _letters() -> frozenset[str]:
    letters = set(_BREAKS)
    for each in (FONTS / "letters.txt").read_text(encoding="ascii").split():
        first, _, last = each.partition("-")
        letters.update(map(chr, range(int(first, 16), int(last or first, 16) + 1)))
    return frozenset(letters) - _REFUSED
