"""The flag and the emblem stand at the top of the first page, not below everything."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site

NOTES = {"flag": "flag_is_low", "emblem": "emblem_is_low"}


def check(site: Site) -> Iterator[Place]:
    shown = [page for page in site.first_pages if page.symbols]
    if not shown:
        raise Inapplicable
    for page in sorted(shown, key=lambda page: page.address):
        for symbol in sorted(page.traits.content.low_symbols):
            yield Place(
                where="footer",
                saw=symbol,
                address=page.address,
                evidence=page.sha256,
                note=NOTES[symbol],
            )
