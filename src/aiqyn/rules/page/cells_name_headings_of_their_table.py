"""A cell that names its headings names cells of its own table."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten


def check(page: Page) -> Iterator[Place]:
    if not page.nodes("table") or not page.holds(b"headers="):
        raise Inapplicable
    cells = page.select_lean("table td[headers], table th[headers]")
    if not cells:
        raise Inapplicable
    for cell in cells:
        told = (cell.attributes["headers"] or "").split()
        lost = [each for each in told if not _is_cell_of(each, cell)]
        if lost:
            yield Place(where=page.path_of(cell), saw=shorten(" ".join(lost)), note="lost")


def _is_cell_of(identity: str, cell: LexborNode) -> bool:
    if identity == cell.attributes.get("id") or '"' in identity or "\\" in identity:
        return False
    table = cell.parent
    while table is not None and table.tag != "table":
        table = table.parent
    return table is not None and bool(table.css(f'td[id="{identity}"], th[id="{identity}"]'))
