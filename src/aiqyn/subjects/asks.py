"""What a site's own search is asked once its pages are read, and what it answered.

Only a search form that sends by GET is asked, with words seen on the site: one of a
sections, one of the news, and one that means nothing: what the answer to nonsense has,
menus and all, is the frame around every answer.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote_plus, urlsplit
from weakref import WeakKeyDictionary

from msgspec import Struct

from aiqyn.chain import Ask, Evidence
from aiqyn.subjects.groups import spoken
from aiqyn.subjects.once import kept
from aiqyn.subjects.site import Answered, PageFacts, Site, is_home

ROLE = "search"
NONSENSE = "qzxwjvkpfh"  # no word of any of the three languages
ENOUGH = 60  # characters of text on a page that a search should find
LOOKED_AT = 200  # pages looked at for words
AROUND = 200  # characters before a sentence in which its being hidden is said
LONG_ENOUGH = 5  # letters of a word worth asking for
TOO_LONG = 16
RARE = 3  # titles that may share a word

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_UNSEEN = re.compile(
    r"<\w[^<>]*(?:\shidden(?=[\s=>])|display:\s*none)[^<>]*>[^<>]*$", re.IGNORECASE
)
_NOTHING = re.compile(
    r"табылмады|табылған жоқ|нәтиже жоқ|сәйкестік жоқ|ештеңе"
    r"|не найден|ничего не|нет результатов|не дал результатов|совпадений нет|не обнаружен"
    r"|not? (?:results?|matches|pages?|documents?) |no results|nothing (?:was |has been )?found"
    r"|not found|did not match|0 results|0 нәтиже|0 результат",
    re.IGNORECASE,
)


class Question(Struct, frozen=True):
    """One word to ask for."""

    url: str
    word: str
    kind: str  # "section", "news" or "nonsense"
    page: str = ""  # address the word came from; "" for nonsense
    is_in_menu: bool = False  # the form's own page leads there, and so does every answer


class Reply(Struct, frozen=True):
    """How the site's search answered one question."""

    question: Question
    seen: Evidence
    answer: Answered | None  # None when it was no page
    links: frozenset[str] = frozenset()  # addresses it leads to, further answers left out
    has_found: bool = False  # it leads to the page of the word, or tells of the word

    @property
    def says_nothing(self) -> bool:
        """Whether the answer says, where it can be seen, that nothing was found."""
        if self.answer is None or not (told := _NOTHING.search(self.answer.page.text)):
            return False
        html = self.answer.page.html
        place = html.find(told[0])
        return not _UNSEEN.search(html[max(0, place - AROUND) : place]) if place >= 0 else True


def asks_of(site: Site) -> Sequence[Ask]:
    """Return the addresses to ask for, at most four, the same for the same site."""
    return [Ask(url=question.url, role=ROLE) for question in questions_of(site)]


@kept
def questions_of(site: Site) -> list[Question]:
    """Return what to ask the search of the first page that has one; nothing without a search.

    It depends on pages alone, so whatever was answered meanwhile it is the same.
    """
    offering = [page for page in _in_order(site.first_pages) if page.traits.wayfinding.search]
    if not offering:
        return []
    form = next((each for each in offering if each is site.first), offering[0])
    menu = {site.urls[number] for number in form.links}
    own = [page for page in site.pages if _is_of(page, spoken(form))]
    sections, news = _sources(site, own, form)
    times = Counter(word for page in own for word in _words(page))
    asked = [
        Question(_at(form, word), word, kind, source.address, source.address in menu)
        for kind, most, pages in (("section", 2, sections), ("news", 1, news))
        for word, source in _words_of(pages, menu, times, form)[:most]
    ]
    return [*asked, Question(_at(form, NONSENSE), NONSENSE, "nonsense")] if asked else []


def replies_of(site: Site) -> list[Reply]:
    """Return how the questions were answered; those that were never asked are left out."""
    if site not in _REPLIES:
        _REPLIES[site] = _replies_of(site)
    return _REPLIES[site]


_REPLIES: WeakKeyDictionary[Site, list[Reply]] = WeakKeyDictionary()  # several rules ask


def _replies_of(site: Site) -> list[Reply]:
    seen = {each.url: each for each in site.of_role(ROLE)}
    if not seen:
        return []
    answers = {each.evidence.url: each for each in site.answered(ROLE)}
    asked = [question for question in questions_of(site) if question.url in seen]
    frame = next((answers.get(each.url) for each in asked if each.kind == "nonsense"), None)
    return [_reply(each, seen[each.url], answers.get(each.url), frame, site) for each in asked]


def _reply(
    question: Question, seen: Evidence, answer: Answered | None, frame: Answered | None, site: Site
) -> Reply:
    if answer is None:
        return Reply(question, seen, None)
    links = _linked(answer, site)
    if frame is None:
        return Reply(question, seen, answer, links)
    leads = question.page in links - _linked(frame, site)
    return Reply(question, seen, answer, links, leads or _tells(question.word, answer, frame))


def _tells(word: str, answer: Answered, frame: Answered) -> bool:
    """Whether the answer names the word more often than it repeats any word, menus left out."""
    around = frame.page.text.lower()
    return answer.page.text.lower().count(word) > around.count(NONSENSE) + around.count(word)


def _linked(answer: Answered, site: Site) -> frozenset[str]:
    """Addresses the answer leads to, but for further answers of the search itself."""
    own = answer.evidence.url.partition("?")[0]
    urls = (site.urls[number] for number in answer.facts.links)
    return frozenset(url for url in urls if url.partition("?")[0] != own)


def _at(form: PageFacts, word: str) -> str:
    told = form.traits.wayfinding
    return told.search + quote_plus(word, encoding=told.charset or "utf-8")


def _in_order(pages: Iterable[PageFacts]) -> list[PageFacts]:
    return sorted(pages, key=lambda page: (page.depth, page.address))


def _sources(
    site: Site, pages: Iterable[PageFacts], form: PageFacts
) -> tuple[list[PageFacts], list[PageFacts]]:
    """Those of `pages` whose words may be asked for: sections, and news."""
    news = {page.url for page in site.news}
    lists = {page.url for page in site.pages_of("news")}
    found = [page for page in _in_order(pages) if _may_be_found(page, form, site)]
    others = [page for page in found if page.url not in news and page.url not in lists]
    return others, [page for page in found if page.url in news]


def _may_be_found(page: PageFacts, form: PageFacts, site: Site) -> bool:
    return (
        page.text_size >= ENOUGH
        and page.url in site.clicks
        and not page.forwards_to
        and not is_home(page.address)
        and page.address.partition("?")[0] != form.traits.wayfinding.search.partition("?")[0]
    )


def _is_of(page: PageFacts, language: str) -> bool:
    """Whether a page is of a language, as far as its address or its text tells."""
    return not language or spoken(page) in ("", language)


def _words_of(
    pages: Sequence[PageFacts], menu: set[str], times: Mapping[str, int], form: PageFacts
) -> list[tuple[str, PageFacts]]:
    """Return a rare long word of each title with its page, the rarest first.

    `times` says in how many titles of the form's language a word stands. Pages of the menu
    come last: every answer leads to them too.
    """
    chosen: dict[str, tuple[bool, int, int, str, PageFacts]] = {}
    for page in pages[:LOOKED_AT]:
        words = [word for word in _words(page) if times[word] <= RARE and _can_send(word, form)]
        if words:
            word = min(words, key=lambda each: (times[each], -len(each), each))
            rank = (page.address in menu, times[word], -len(word), word, page)
            chosen.setdefault(word, rank)
    ranked = sorted(chosen.values(), key=lambda each: each[:4])
    return [(word, page) for _, _, _, word, page in ranked]


def _can_send(word: str, form: PageFacts) -> bool:
    try:
        return bool(word.encode(form.traits.wayfinding.charset or "utf-8"))
    except UnicodeEncodeError:
        return False


def _words(page: PageFacts) -> Iterator[str]:
    """Words of a title that a person might ask for, each once."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(page.title))
    return (word for word in words if LONG_ENOUGH <= len(word) <= TOO_LONG)


def host_of(address: str) -> str:
    """Return the host of an absolute address, lower case; "" when it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
