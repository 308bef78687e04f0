"""What rules about contacts and feedback need to know of every page."""

import re
from datetime import date

from msgspec import Struct

from aiqyn.subjects import dates
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import BEGINNING, Page
from aiqyn.subjects.sections import sections_named
from aiqyn.subjects.traits.wayfinding import is_near_first

CONTACTS = frozenset(
    {"contacts", "appeals", "about", "services"}
)  # sections in which they may stand too
_NEEDED = 7  # digits of a whole telephone number

_OF_REFERENCE = re.compile(
    r"анықтама|қабылдау бөлмесі|қабылдау бөлімі|кеңсе|байланыс[- ]орталығы|call[- ]?орталық|колл"
    r"|жедел желі|сенім телефоны|кезекші|бірыңғай нөмір"
    r"|справочн|при[её]мн(?!\w* комисс)|канцеляр|дежурн|контакт-центр|горяч\w+ лини|телефон доверия"
    r"|reception|front office|registry|help ?(?:line|desk)|hot ?line|call[- ]cent|contact cent"
    r"|enquir|information service|switchboard|(?<!\d)(?:1414|109)(?!\d)"
)
_HOURS = re.compile(
    r"жұмыс (?:уақыты|кестесі|тәртібі|режимі|сағат)|қабылдау (?:уақыты|кестесі)|түскі үзіліс"
    r"|(?:режим|время|график|часы) (?:работы|приёма|приема)|обеденный перерыв"
    r"|(?:working|opening|office|business) hours|hours of work|opening times"
    r"|(?:дүйсенбі|дс)\.?\s?[-–—]\s?(?:жұма|жм)|(?:понедельник|пн)\.?\s?[-–—]\s?(?:пятниц|пт)"
    r"|mon(?:day)?\.?\s?(?:[-–—]|to)\s?fri"
)
_OF_STATE = (
    ("appeals", re.compile(r"e-?otinish|е-?өтініш|dialog\.egov\.kz")),
    ("portal", re.compile(r"\b(?:egov|elicense|gov4c)\.kz")),
)
_FORUM = re.compile(r"\b(?:форум\w*|forum\w*)\b", re.IGNORECASE)
_POLL = re.compile(
    r"сауалнама|интерактивті дауыс|\bопрос|голосовани|\b(?:polls?|surveys?|oprosy?|saualnama)\b",
    re.IGNORECASE,
)
_OF_ANSWERS = re.compile(
    r"барлық (?:хабарлама|сұрақ|өтініш|жауап)|сұрақ[- –—]*жауап|сұрақтар мен жауаптар"
    r"|жиі қойылатын сұрақ|жауаптар мұрағаты"
    r"|все (?:сообщени|вопрос|обращени|ответ)|вопрос[ыо]?в?[- –—и]*ответ"
    r"|част\w+ (?:задаваем\w+ )?вопрос"
    r"|all (?:messages|questions|answers)|questions? and answers?|q ?& ?a|\bfaq\b|frequently asked",
    re.IGNORECASE,
)


class Contacts(Struct, frozen=True, kw_only=True, gc=False):
    """Facts of one page; `says` and `clicks` of pages near the first one and of contacts."""

    is_asked: bool = False  # whether `says` and `clicks` were looked for
    says: frozenset[str] = frozenset()  # "reference", "hours", "appeals" and "portal" of the state
    clicks: frozenset[str] = frozenset()  # "tel", "mailto": it has such links
    has_form: bool = False  # one can write to the body here
    wants_login: bool = False  # it asks for a password
    has_answers: bool = False  # it is, or leads to, questions with their answers; near or a form
    venue: str = ""  # "forum" or "poll" when it is one
    newest: date | None = None  # the newest day such a page names
    has_vote: bool = False  # a poll to answer at once stands on it; near


NOTHING = Contacts()


def contacts_of(page: Page, links: Links) -> Contacts:
    """Return the facts of `page`."""
    is_near = is_near_first(page)
    is_asked = is_near or _is_of_contacts(page)
    venue = _venue(page)
    is_short = is_near or len(page.beginning) < BEGINNING - 1
    has_form = is_short and _has_form(page)
    wants_login = is_short and _wants_login(page)
    if not (is_asked or venue or has_form or wants_login):
        return NOTHING
    return Contacts(
        is_asked=is_asked,
        says=_says(page.text.lower()) if is_asked else frozenset(),
        clicks=_clicks(page) if is_asked else frozenset(),
        has_form=has_form,
        wants_login=wants_login,
        has_answers=(has_form or is_near) and _OF_ANSWERS.search(page.text) is not None,
        venue=venue,
        newest=max((day for _, day in dates.find(page.main_text)), default=None) if venue else None,
        has_vote=is_near and page.holds(b'type="radio"') and _POLL.search(page.text) is not None,
    )


def _is_of_contacts(page: Page) -> bool:
    names = page.main_headings or [page.title.partition(" — ")[0].partition(" | ")[0]]
    return any(not CONTACTS.isdisjoint(sections_named(name)) for name in names)


def _venue(page: Page) -> str:
    """A forum or a list of polls, by its heading; what merely tells of one has more words."""
    name = page.main_headings[0] if page.main_headings else page.title
    if len(name.split()) > 4:
        return ""
    if _FORUM.search(name):
        return "forum"
    return "poll" if _POLL.search(name) else ""


def _says(text: str) -> frozenset[str]:
    found: set[str] = set()
    if _HOURS.search(text):
        found.add("hours")
    found |= {name for name, pattern in _OF_STATE if pattern.search(text)}
    for match in _OF_REFERENCE.finditer(text):
        near = text[max(0, match.start() - 60) : match.end() + 60]
        if sum(map(str.isdigit, near)) >= _NEEDED or match[0].isdigit():
            found.add("reference")
            break
    return frozenset(found)


def _clicks(page: Page) -> frozenset[str]:
    schemes = {href.partition(":")[0].lower() for href in page.hrefs if ":" in href[:8]}
    return frozenset({"tel", "mailto"} & schemes)


def _has_form(page: Page) -> bool:
    return bool(page.nodes("textarea")) and bool(page.nodes("form"))


def _wants_login(page: Page) -> bool:
    return page.holds(b"password") and page.tree.css_first("input[type=password i]") is not None
