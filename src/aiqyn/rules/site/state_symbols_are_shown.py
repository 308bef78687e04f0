"""The flag and the emblem of the Republic are shown on the first page or on a page about them."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site


def check(site: Site, *, symbols: Sequence[str] = ("flag", "emblem")) -> Iterator[Place]:
    first = site.first
    if first is None or first.is_shell:
        raise CannotTell("not_read")
    pages = [*site.first_pages, *site.pages_of("state_symbols")]
    shown = {symbol for page in pages for symbol in page.symbols}
    for symbol in symbols:
        if symbol not in shown:
            yield Place(
                where="body",
                saw=symbol,
                address=first.address,
                evidence=first.sha256,
                note=f"no_{symbol}",
            )
    if not shown.issuperset(symbols) and any(page.traits.content.is_styled for page in pages):
        raise CannotTell("styled")
    if not shown.issuperset(symbols) and any(page.traits.content.is_drawn for page in pages):
        raise CannotTell("in_picture")
