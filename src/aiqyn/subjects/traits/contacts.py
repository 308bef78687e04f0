"""What rules about contacts and feedback need to know of every page."""

import re
from datetime import date
from itertools import islice

from msgspec import Struct

from aiqyn.subjects import dates
from aiqyn.subjects.clock import BARE, MOST, SPAN, places_of
from aiqyn.subjects.dashes import level
from aiqyn.subjects.links import Links
from aiqyn.subjects.page import BEGINNING, Page
from aiqyn.subjects.postal import gives_address
from aiqyn.subjects.sections import sections_named
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.dialled import misdialled
from aiqyn.subjects.traits.patterns import has_email
from aiqyn.subjects.traits.wayfinding import NEAR, is_first_page, is_near_first

CONTACTS = frozenset(
    {"contacts", "appeals", "about", "services"}
)  # sections in which they may stand too
_HINTS = re.compile(
    r"[ck]onta[ck]t|ba[iy]lanys|appeal|feedback|obrash|obras[ck]h|otinish|priem|qabylda"
    r"|kabylda|reception|service|uslug|qyzmet"
)
AROUND = 60  # characters beside a word in which its number stands

# Plain words, in lower case: finding them is many times cheaper than a pattern.
_OF_REFERENCE = (
    "анықтама", "қабылдау бөлмесі", "қабылдау бөлімі", "кеңсе", "байланыс орталығы",
    "байланыс-орталығы", "call-орталық", "call орталық", "колл", "жедел желі",
    "кезекші", "бірыңғай нөмір", "справочн", "приёмная", "приемная", "приёмной", "приемной",
    "канцеляр", "дежурн", "контакт-центр", "горячая линия", "горячей линии",
    "для справок", "секретар", "хатшы", "общий отдел", "жалпы бөлім", "front desk",
    "reception", "front office", "registry", "helpline", "help line", "helpdesk", "help desk",
    "hotline", "hot line", "call cent", "call-cent", "contact cent", "enquir",
    "information service", "switchboard", " 1414", " 109 ",
)  # fmt: skip
_HOURS = (
    "жұмыс уақыты", "жұмыс кестесі", "жұмыс тәртібі", "жұмыс режимі", "жұмыс сағат", "түскі үзіліс",
    "режим работы", "время работы", "график работы", "часы работы", "обеденный перерыв",
    "working hours", "opening hours", "office hours", "business hours", "hours of work",
    "opening times", "open from", "мы работаем", "рабочее время", "рабочие часы", "жұмыс күн",
    "күн сайын", "демалыс күн", "ежедневно", "рабочие дни", "выходн", "days off", "weekdays",
    "будни", "по будням", "начало работы", "работает с", "работаем с", "жұмыстың басталуы",
    "is open", "are open", "open:",
)  # fmt: skip
_REST = (  # beside hours from one to another, on whichever side, a break or a day off is of work
    "выходн", "демалыс", "перерыв", "үзіліс", "обед", "түскі ас", "weekend", "days off", "day off",
    "lunch", "кроме", "5/2", "жұмыс істей",
)  # fmt: skip
_NUMBER = re.compile(r"[+(]?\d(?:[\s()–-]{0,3}\d){9}|(?<![\d-])\d{1,3}-\d\d-\d\d(?![\d-])")
_LOCAL = re.compile(r"\d(?<![\d-]\d)\d{0,2}-\d\d-\d\d(?![\d-])")  # "2-14-41"
BEFORE = 30  # characters before one in which something says that it is a telephone
_OF_LOCAL = re.compile(
    r"(?:☎|📞|\bт\.|тел|байланыс|контакт|при[её]мн|қабылдау|кеңсе|канцел|факс|phone|\d{3,5}[)/])[^\d]{0,15}$"
)
_COUNTED = re.compile(r"\d[\s|]+1(?:09|414)[\s|]+\d")  # one of many numbers, as of pages
_TIME = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-3])(?:[.:]\d\d(?![.\d])|-[0-5]0(?<!-\d-\d\d)(?<!-\d\d-\d\d)(?![\d-])"
    r"|\s?(?:сағат|час|-?ден|-?дан|a\.?m))"
)
_FIRST_DAY = ("дүйсенбі", "дс", "понедельник", "пн", "mon")
_DAY_OF_WEEK = re.compile(  # with its hours: "вт 9:00-18:30"
    r"(?<!\w)(дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|понедельник|вторник|сред[ау]|четверг|пятниц[ау]"
    r"|пн|вт|ср|чт|пт|дс|сс|бс|жм|(?:mon|tues|wednes|thurs|fri)day|mon|tue|wed|thu|fri)\b"
    r"[\s:.|,–—-]{1,4}(?:с\s)?[012]?\d\s?[.:-]\s?[0-5]\d"
)
FEWEST_DAYS = 4  # of a week whose hours stand one by one
_DAYS = re.compile(
    r"(?:дүйсенбі|дс)(?:ден)?\.?\s?[-–—]?\s?(?:жұма|жм)"
    r"|(?:понедельника?|пн)\.?\s?(?:[-–—]|по)\s?(?:пятниц|пт)"
    r"|mon(?:day)?\.?\s?(?:[-–—]|to|through|thru)\s?fri"
)
_OF_STATE = (
    ("appeals", ("eotinish.kz", "eotinish.gov.kz", "dialog.egov.kz")),
    ("portal", ("egov.kz", "my.egov.kz", "m.egov.kz", "elicense.kz", "gov4c.kz")),
)
# A host is a part of a longer name so; an ending may follow it after a hyphen: egov.kz-тен.
_BEFORE_HOST, _AFTER_HOST = re.compile(r"[\w.-]$"), re.compile(r"\w|\.\w")
_OF_ANSWERS = (
    "барлық хабарлама", "барлық сұрақ", "барлық өтініш", "барлық жауап", "сұрақ-жауап",
    "сұрақ – жауап", "сұрақ — жауап", "сұрақ - жауап", "сұрақ пен жауап", "сұрақтар мен жауаптар",
    "жауаптар мұрағаты", "все сообщения", "все вопросы", "все обращения",
    "все ответы", "вопрос-ответ", "вопрос – ответ", "вопрос — ответ", "вопрос - ответ",
    "вопросы и ответы", "вопросы-ответы", "ответы на вопросы", "all messages", "all questions",
    "all answers", "questions and answers", "question and answer", "q&a", "q & a",
)  # fmt: skip
_OF_FAQ = (  # written beforehand: what people asked and were answered is not there
    "жиі қойылатын сұрақ", "жиі сұралатын сұрақ", "часто задаваемые вопросы", "частые вопросы",
    "faq", "frequently asked",
)  # fmt: skip
_NAMED = ("a", "title", "h1", "h2", "h3", "h4", "button", "summary")  # what calls a thing by name
_FORUM = re.compile(r"\b(?:форум\w*|forum\w*)\b", re.IGNORECASE)
_POLL = re.compile(
    r"сауалнама|интерактивті дауыс|\bопрос|голосовани|\b(?:polls?|surveys?|oprosy?|saualnama)\b",
    re.IGNORECASE,
)


class Contacts(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Facts of one page; `says` and `clicks` of pages `is_of_contacts`."""

    is_asked: bool = False  # whether `says` and `clicks` were looked for
    # "reference", "hours", "appeals" and "portal" of the state; "postal", "telephone" and "email"
    # however they are written
    says: frozenset[str] = frozenset()
    clicks: frozenset[str] = frozenset()  # "tel", "mailto": it has such links
    misdialled: tuple[str, ...] = ()  # "shown → dialled", where a touch dials another number
    has_form: bool = False  # one can write to the body here
    wants_login: bool = False  # it asks for a password
    has_answers: bool = False  # it is, or leads to, questions with their answers; or could be
    has_faq: bool = False  # or only those an office thought people would ask
    venue: str = ""  # "forum" or "poll" when it is one
    newest: date | None = None  # the newest day such a page names
    has_vote: bool = False  # a poll to answer at once stands on it; near


NOTHING = Contacts()


def contacts_of(page: Page, links: Links) -> Contacts:
    """Return the facts of `page`."""
    is_near = is_near_first(page)
    is_asked = is_of_contacts(page)
    venue = _venue(page)
    is_short = is_near or len(page.beginning) < BEGINNING - 1
    has_form = is_short and _has_form(page)
    wants_login = is_short and _wants_login(page)
    if not (is_asked or venue or has_form or wants_login):
        return NOTHING
    return Contacts(
        is_asked=is_asked,
        says=_says(page.text) if is_asked else frozenset(),
        clicks=_clicks(page) if is_asked else frozenset(),
        misdialled=misdialled(page) if is_asked else (),
        has_form=has_form,
        wants_login=wants_login,
        has_answers=(has_form or is_asked) and _names(page, _OF_ANSWERS, has_form),
        has_faq=(has_form or is_asked) and _names(page, _OF_FAQ, has_form),
        venue=venue,
        newest=max((day for _, day in dates.find(page.main_text)), default=None) if venue else None,
        has_vote=is_near and page.holds(b'type="radio"') and _POLL.search(page.text) is not None,
    )


def is_of_contacts(page: Page) -> bool:
    """Whether contacts may be looked for here: a first page, or one that is about them.

    Near the first page a short one too: a link there may call it so, and we do not know.
    """
    if is_first_page(page) or _HINTS.search(page.address.lower()):
        return True
    if page.evidence.depth <= NEAR and len(page.beginning) < BEGINNING - 1:
        return True
    return is_called(page, CONTACTS)


def is_called(page: Page, sections: frozenset[str]) -> bool:
    """Whether a heading of the page, or else its title, is the name of one of the sections."""
    names = page.main_headings or [re.split(r" [|—–-] ", page.title)[0]]
    return any(not sections.isdisjoint(sections_named(name)) for name in names)


def _venue(page: Page) -> str:
    """A forum or a list of polls, by its heading; what merely tells of one has more words."""
    name = page.main_headings[0] if page.main_headings else page.title
    if len(name.split()) > 4:
        return ""
    if _FORUM.search(name):
        return "forum"
    return "poll" if _POLL.search(name) else ""


def _says(shown: str) -> frozenset[str]:
    written = level(shown)
    text = written.lower()
    found = {name for name, hosts in _OF_STATE if any(_names_host(text, host) for host in hosts)}
    if any(_has_time(text, word) for word in _HOURS) or _has_days(text) or _has_rest(text):
        found.add("hours")
    if any(_has_number(text, word) for word in _OF_REFERENCE):
        found.add("reference")
    if gives_address(written):
        found.add("postal")
    if (
        "reference" in found
        or _has_local_number(text)
        or (
            written != shown and _NUMBER.search(text)  # nobody has seen it by its other hyphens
        )
    ):
        found.add("telephone")
    if has_email(text):
        found.add("email")
    return frozenset(found)


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _names_host(text: str, host: str) -> bool:
    """Whether the address of this very host is written out, not of a part of it or a like one."""
    place = text.find(host)
    while place >= 0:
        before = text[max(0, place - 5) : place].removesuffix("www.")
        if not _BEFORE_HOST.search(before) and not _AFTER_HOST.match(text, place + len(host)):
            return True
        place = text.find(host, place + 1)
    return False


def _has_time(text: str, word: str) -> bool:
    """Whether a time of day or a day of the week follows the word; a menu has none."""
    place = text.find(word)
    while place >= 0:
        after = text[place : place + AROUND]
        if _tells_hours(after):
            return True
        place = text.find(word, place + 1)
    return False


def _tells_hours(text: str) -> bool:
    return any(each.search(text) for each in (_TIME, SPAN, BARE))


def _has_rest(text: str) -> bool:
    """Whether hours from one to another stand before or after a word for a break or a day off."""
    return any(
        SPAN.search(text, max(0, place - AROUND), place + AROUND)
        for word in _REST
        for place in islice(places_of(text, word), MOST)
    )


def _has_days(text: str) -> bool:
    if not _holds(text, _FIRST_DAY):
        return False
    days = (text[match.start() : match.end() + AROUND] for match in _DAYS.finditer(text))
    if any(map(_tells_hours, days)):
        return True
    return len({each[1][:2] for each in _DAY_OF_WEEK.finditer(text)}) >= FEWEST_DAYS


def _has_number(text: str, word: str) -> bool:
    """Whether a telephone number stands beside the word, or the word is one."""
    place = text.find(word)
    while place >= 0:
        near = text[max(0, place - AROUND) : place + len(word) + AROUND]
        if word.strip().isdigit():
            is_number = not _COUNTED.search(text, max(0, place - 5), place + len(word) + 5)
        else:
            is_number = _NUMBER.search(near) is not None
        if is_number and not text.startswith(" комисс", place + len(word)):
            return True
        place = text.find(word, place + 1)
    return False


def _has_local_number(text: str) -> bool:
    """Whether a number of a town or a district stands behind a word or a code that says so."""
    starts = (at.start() for at in _LOCAL.finditer(text))
    return any(_OF_LOCAL.search(text, max(0, at - BEFORE), at) for at in starts)


def _clicks(page: Page) -> frozenset[str]:
    schemes = {href.partition(":")[0].lower() for href in page.hrefs if ":" in href[:8]}
    return frozenset({"tel", "mailto"} & schemes)


def _names(page: Page, words: tuple[str, ...], has_form: bool) -> bool:
    """Beside a form any words will do; elsewhere a name, as running text only tells of answers."""
    if not _holds(page.text.lower(), words):
        return False
    named = (node.text() for tag in _NAMED for node in page.nodes(tag))
    return has_form or any(_holds(squeeze(name).lower(), words) for name in named)


def _has_form(page: Page) -> bool:
    return bool(page.nodes("textarea")) and bool(page.nodes("form"))


def _wants_login(page: Page) -> bool:
    return page.holds(b"password") and page.lean.css_first("input[type=password i]") is not None
