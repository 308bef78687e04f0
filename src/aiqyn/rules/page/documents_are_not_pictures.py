"""A document is not published as a picture of its page."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.facts import name_of
from aiqyn.subjects.hrefs import PICTURE, of_kind
from aiqyn.subjects.page import Page, shorten

_DOCUMENT = re.compile(
    r"\b(?:бұйр[ыi]?[қғ]|қаулы|шешім|өкім|хаттама|жоспар|есеп(?:тер)?\b|кесте|ереже|қағида|келісімшарт"
    r"|шарты?\b|приказ|постановлен|распоряжен|решени|протокол|отч[её]т|договор|положени|регламент"
    r"|устав\b|лицензи|сертификат|свидетельств|order of|resolution|protocol|minutes of|report)"
)


def check(page: Page) -> Iterator[Place]:
    if not page.kinds_of_links & PICTURE:
        raise Inapplicable
    pictures = of_kind(PICTURE, page.hrefs)
    named = [link for link in page.links_to(pictures) if link.css_first("img") is None]
    if not named:
        raise Inapplicable  # a small picture that opens a large one is a gallery
    for link in named:
        name = name_of(link)
        if _DOCUMENT.search(name.lower()):
            yield Place(where=page.path_of(link), saw=shorten(name), note="picture")
