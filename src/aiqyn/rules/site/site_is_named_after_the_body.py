"""The site calls itself by the name of the body, not of its head: "akimat", not "akim"."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import PageFacts, Site

MOST_WORDS = 16  # a longer text is no name
_BODY = re.compile(
    r"әкімді[кг]|акимат|akimat|әкімшілі|администраци|administration|аппарат|office"
    r"|министрлі|министерств|ministry|комитет|committee|агентті|агентств|agency"
    r"|департамент|department|басқарма|управлени|мәслихат|маслихат|maslikhat|кеңес|\bcouncil"
)
_HEAD = re.compile(
    r"\b(?:аким(?:а|у|ом|е)?|әкім(?:і|інің|нің|імен)?|akim(?:'s|’s)?|akims|губернатор\w*|governor"
    r"(?:'s|’s)?|мэр\w{0,2}|mayor(?:'s|’s)?|министр(?:а|і|інің|дің)?|minister(?:'s|’s)?)\b"
)


def check(site: Site) -> Iterator[Place]:
    pages = [page for page in site.first_pages if not page.is_shell]
    if not pages:
        raise CannotTell("not_read")
    names = [(page, name.lower()) for page in pages for name in _names_of(page)]
    wrong = [(page, name) for page, name in names if _HEAD.search(name) and not _BODY.search(name)]
    if not wrong and not any(_BODY.search(name) for _, name in names):
        raise Inapplicable
    for page, name in sorted(wrong, key=lambda pair: (pair[0].address, pair[1])):
        where = "head > title" if name == page.title.lower() else "header"
        yield Place(
            where=where,
            saw=page.title if name == page.title.lower() else name,
            address=page.address,
            evidence=page.sha256,
            note="named_after_the_head",
        )


def _names_of(page: PageFacts) -> list[str]:
    names = dict.fromkeys([page.title, *page.traits.wayfinding.names])
    return [name for name in names if name and len(name.split()) <= MOST_WORDS]
