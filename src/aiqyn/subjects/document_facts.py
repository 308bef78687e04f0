"""From a document to the few facts that rules about the whole site need of it."""

import re
from datetime import date

from msgspec import Struct

from aiqyn.subjects import periods
from aiqyn.subjects.acts import act_in
from aiqyn.subjects.document import DATA, Document
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.content import met_by

MOST_TEXT = 6_000  # characters of a document that are looked through; a longer one hides the rest
MOST_PAGES = 3  # the words of the first two and of the last one are kept
TITLE = 1_500  # characters in which a document says which period it is of
_READ = ("text", "layer")  # kinds of which all words are known
_YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d/])")


class DocumentFacts(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one document told the site."""

    url: str  # as asked for
    address: str  # as answered, after redirects
    sha256: str
    parent: str = ""  # address of the page on which its link was first met
    shape: str = ""  # "pdf", "docx" …, see Document.shape
    kind: str = ""  # "text", "layer", "scan" …, see Document.kind
    language: str = ""  # of its text; "" when it cannot be told
    is_act: bool = False  # an order, decree or decision that is in force
    is_told: bool = False  # all its words were looked through
    met: frozenset[str] = frozenset()  # codes of needs they meet, see sections.yaml
    periods: tuple[date, ...] = ()  # last days of the periods its beginning names, newest first
    period_words: str = ""  # of the newest one
    year: int = 0  # the latest its words name


def facts_of_document(document: Document) -> DocumentFacts:
    """Return the facts of `document`."""
    seen = document.evidence
    taken = seen.taken_at.date()
    text = _text_of(document)
    found = periods.find(text[:TITLE])
    named = sorted((each for each in found if each.last_day <= taken), key=_last_day, reverse=True)
    is_told = _is_told(document, text)
    years = (int(year) for year in _YEAR.findall(text))
    return DocumentFacts(
        url=seen.url,
        address=document.address,
        sha256=seen.sha256,
        parent=seen.parent,
        shape=document.shape,
        kind=document.kind,
        language=document.language or "",
        is_act=act_in(document.beginning, document.end) is not None,
        is_told=is_told,
        met=met_by(text) if is_told else frozenset(),
        periods=tuple(dict.fromkeys(each.last_day for each in named)),
        period_words=named[0].words if named else "",
        year=max((year for year in years if year <= taken.year), default=0),
    )


def _text_of(document: Document) -> str:
    """Return the words kept of a document, of a long one its beginning, spaces squeezed."""
    return squeeze(f"{document.beginning[: MOST_TEXT + 1]} {document.end[:MOST_TEXT]}")


def _is_told(document: Document, text: str) -> bool:
    """Whether nothing of the document may say more than `text`; of a table only a person knows."""
    is_whole = len(document.beginning) <= MOST_TEXT and len(document.pages) <= MOST_PAGES
    return bool(text) and is_whole and document.kind in _READ and document.shape not in DATA


def _last_day(period: periods.Period) -> date:
    return period.last_day
