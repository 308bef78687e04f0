"""A page under /kk/ is written in Kazakh: what the address promises, the text keeps."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place | Count]:
    promised = [page for page in site.pages if page.language]
    if not promised:
        raise Inapplicable
    told = [page for page in promised if page.written]
    if not told:
        raise CannotTell("little_text")
    wrong = [page for page in told if page.written != page.language]
    yield Count(good=len(told) - len(wrong), of=len(told))
    for page in sorted(wrong, key=lambda page: page.address):
        yield Place(
            where="main",
            saw=f"{page.language} → {page.written}",
            address=page.address,
            evidence=page.sha256,
            note="other_language",
        )
