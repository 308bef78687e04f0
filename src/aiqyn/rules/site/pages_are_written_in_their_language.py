"""A page under /kk/ is written in Kazakh: what the address promises, the text keeps.

Where the addresses of other versions name their language, an unmarked one promises the
language nearly all of its like are written in.
"""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site
from aiqyn.subjects.twins import twins_of


def check(site: Site) -> Iterator[Place | Count]:
    promise = twins_of(site).promised
    promised = [page for page in site.pages if promise[page.url]]
    if not promised:
        raise Inapplicable
    told = [page for page in promised if page.written]
    if not told:
        for page in sorted(promised, key=lambda page: page.address):
            yield Place(where="main", address=page.address, evidence=page.sha256)
        raise CannotTell("little_text")
    wrong = [page for page in told if page.written != promise[page.url]]
    yield Count(good=len(told) - len(wrong), of=len(told))
    for page in sorted(wrong, key=lambda page: page.address):
        yield Place(
            where="main",
            saw=f"{promise[page.url]} → {page.written}",
            address=page.address,
            evidence=page.sha256,
            note="other_language",
        )
