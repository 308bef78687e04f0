"""A link to a document says what the document is, not "scan0001.pdf" or "download"."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.facts import name_of
from aiqyn.subjects.hrefs import DOCUMENT, of_kind
from aiqyn.subjects.page import Page, shorten

_SIZE = re.compile(r"\(?\b\d+(?:[.,]\d+)?\s*(?:кб|мб|кбайт|мбайт|kb|mb)\b\)?")
_EMPTY = re.compile(
    r"(?:scan|img|image|doc|document|file|dsc|скан|документ|құжат|файл|приложение|қосымша|новый|new"
    r"|без имени|untitled|microsoft word|adobe scan|camscanner|pdf|docx?|xlsx?|rtf|copy|копия"
    r"|көшірме|жүктеу|жүктеп алу|скачать|загрузить|открыть|ашу|қарау|просмотр|смотреть|download"
    r"|open|view|осында|мұнда|здесь|тут|here|link|сілтеме|ссылка)"
)
_NOTHING = re.compile(r"[\W\d_]*")


def check(page: Page) -> Iterator[Place]:
    if not page.kinds_of_links & DOCUMENT:
        raise Inapplicable
    documents = of_kind(DOCUMENT, page.hrefs)
    for link in page.links_to(documents):
        name = name_of(link)
        if name and _says_nothing(name.lower()) and not _is_explained(link.attributes):
            yield Place(where=page.path_of(link), saw=shorten(name), note="says_nothing")


def _says_nothing(name: str) -> bool:
    """Whether nothing is left once the empty words, figures and sizes are taken out."""
    return _NOTHING.fullmatch(_EMPTY.sub(" ", _SIZE.sub(" ", name))) is not None


def _is_explained(given: dict[str, str | None]) -> bool:
    """A label may say what the words in sight do not."""
    told = [
        given.get(key) for key in ("aria-label", "aria-labelledby", "aria-describedby", "title")
    ]
    return any(each and not _says_nothing(each.lower()) for each in told)
