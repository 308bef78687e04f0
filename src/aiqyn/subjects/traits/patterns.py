"""What a section needs and no single word tells: a name, a telephone, a table, a list."""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from aiqyn.subjects.clock import BARE, places_of, tells_span
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.said import PROMISE, lowered, told_by

BEGINNING = 4_000  # characters looked through where no section is named, and for names of people
LONG = 500  # characters that tell a list even where nothing is marked up as one; none told twice
FEWEST = 2  # items that make a list
ANSWERED = 30  # characters behind the one question of a page that answer it
NAMED = 3  # names in quotes that do
SHORTEST = 6  # characters of one
MOST_ITEMS = 300  # of a page that are looked at
SENTENCE = 200  # characters of a sentence that is read; a line without a stop has no end

_CAPITAL, _SMALL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ", "a-zа-яёәғқңөұүһі'"
_ENDINGS = (
    "ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ұлы|улы|қызы|кызы|ович|евич|овна|евна|бек|бай|баев|хан"
    "|жан|гүл|гуль|ский|ская|енко|ov|ova|ev|eva|yev|yeva|uly|kyzy|qyzy|bek|bay|bai|khan|zhan"
)
_PATRONYMICS = "ҰЛЫ|УЛЫ|ҚЫЗЫ|КЫЗЫ|ОВИЧ|ЕВИЧ|ОВНА|ЕВНА|ULY|QYZY|KYZY"  # in capitals throughout
_CASES = "ті|ты|ді|ды|ні|ны|ға|ге|қа|ке|[тдн]ің|[тдн]ың|ым|у|ой"
_HEADING = "".join(  # "Ф.И.О. Должность" heads a column, "Т.А.Ә. Лауазымы" in Kazakh
    rf"(?<!{before}\.{letter}\.)(?<!{before}\.\s{letter}\.)"
    for before, letter in ("ФИ", "ИО", "ТА", "АӘ")
)
# Every alternative follows one set of first characters: so the engine skips the rest of a text.
PERSON = re.compile(  # a switch of languages names nobody
    rf"[{_CAPITAL}](?<!\w.)(?:\.{_HEADING}\s?(?:[{_CAPITAL}]\.\s?)?[{_CAPITAL}][{_SMALL}]{{2,}}"
    rf"|[{_SMALL}]{{2,}}\s[{_CAPITAL}]\."
    rf"|[{_CAPITAL}]+\s(?:[{_CAPITAL}]+\s)?[{_CAPITAL}]+(?:{_PATRONYMICS})\b"
    r"|(?!(?<=Р)усск|(?<=К)азахск|(?<=А)нглийск)"
    rf"[{_SMALL}]+(?:{_ENDINGS})\s[{_CAPITAL}][{_SMALL}]{{2,}}"
    rf"|[{_SMALL}]{{2,}}\s(?!Русск|Казахск|Английск)"
    rf"[{_CAPITAL}][{_SMALL}]+(?:{_ENDINGS})(?:{_CASES})?\b)"
)
_TELEPHONE = re.compile(
    r"[\d(+](?:(?<=\+)7[\s(–-]{0,3}7\d\d|(?<=[78])[\s(–-]{0,3}[78]\d\d[\s)–-]|(?<=\()\d{3,6}\)\s?\d"
    r"|(?<!\d\d)\d{0,2}-\d\d?-\d\d(?!\d)|(?<=1)(?:0[1-4]|12|414)(?!\d))"
)
_SHORT = re.compile(r"10[1-4]|112")  # a house may have such a number: words have to tell
_BESIDE = 40  # characters before it that may
_SERVICE = (
    r"(?:пожарн|өрт\b|өртке|өрт сөнд|полици|скор(?:ая|ой|ую)\b|жедел|шұғыл|экстренн|құтқару"
    r"|спасател|emergency|police|fire\b|ambulance|rescue|газ\b)"
)
_LABEL = (
    r"(?:тел(?:\b|ефон)|звон(?:ит|ок|к)|қоңырау|хабарлас|call\b|phone|dial\b|tel\b|☎|един\w+ номер"
    r"|бірыңғай нөмір|по номеру|нөміріне)"
)
_BEFORE_SHORT = re.compile(
    rf"(?<!\w)(?:{_LABEL}|{_SERVICE})[^\d.;|]{{0,20}}\.?[^\d.;|]{{0,9}}$", re.IGNORECASE
)
_AFTER_SHORT = re.compile(rf"[\s(:–—-]{{1,4}}{_SERVICE}", re.IGNORECASE)
_CLOCK = re.compile(  # no day, and no telephone: "2-20-01"
    r"\d(?<![\d.]\d)(?<!\d-\d)\d?"
    r"(?:\s[0-5]0\s?[–—-]\s?\d\d?\s[0-5]0(?!\d)|[.-][0-5]0(?!\d|\.\d)(?!-\d\d(?![\d.:-]))|:[0-5]\d(?![\d:]|\.\d)|\s?(?:[ap]m|ч)\b)"
)
_HOURS = (
    "сағат", "сағ.", "часов", "часа", "час.", " утра", "до обеда", "после обеда", "таңғы",
    "түске дейін", "түстен кейін", "o'clock", "a.m", "p.m", "a. m", "p. m",
)  # fmt: skip
_EMAIL = re.compile(r"@(?:(?<=[\w+-]@)|(?<=[\w+-] @) )[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_HIDDEN_AT = re.compile(
    r"[([]\s?(?:at|собака)\s?[)\]]", re.IGNORECASE
)  # from robots: "akimat(at)mail.kz"
_OF_HOURS = ("часы", "время", "уақыт", "hours", "time")  # beside "11-12"
NEAR = 30  # characters behind such a word in which it stands
MOST_LABELS = 20
_FIGURE = re.compile(  # no year, no date, no number of an act or a telephone; "380-і" is one
    r"\d(?<![\d.,/:№-]\d)(?!(?<=1)9\d\d\b|(?<=2)0\d\d\b|\d?\.\d\d?\.\d\d)\d*(?:[.,]\d+)?"
    r"(?![\d/:]|-(?![а-яәіңғүұқөһё]))"
)
_MEASURED = re.compile(  # a figure of people, land, money or things built, one of which tells
    r"\d(?<![./:№-]\d)\s?(?:(?:мың|тыс|thousand|млн|миллион|million|млрд|трлн|шаршы|га\b|гекта|ауыл|тұрғын|кент\b"
    r"|адам\b|квадратн|насел[её]нн|сельск|жител|чел|пос[её]лк|с[её]л\b|км|кв|inhabit|residents|people|square|sq\b"
    r"|villag|rural|km|м²|тенге|теңге|tenge|школ|мектеп|объект|нысан|проект|жоба|квартир|пәтер|отбасы|сем[её]й"
    r"|schools|projects|families|обращ|жалоб|заявлен|өтініш|шағым|appeals|complaints|requests))"
)
_COUNTED_IN_WORDS = re.compile(  # appeals are few, and some write their number out
    r"(?:дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|(?:три|четыр|пят|шест|сем|восем|девят|две|один)?надцать"
    r"|десять|двадцать|тридцать|сорок|пят\w+десят|сто|екі|үш|төрт|бес|алты|жеті|сегіз|тоғыз|он|жиырма|отыз"
    r"|қырық|елу|жүз|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)"
    r"\s(?:обращ|жалоб|заявлен|өтініш|шағым|appeals|complaints|requests)"
)
_OF_APPEALS = ("обращ", "жалоб", "заявлен", "өтініш", "шағым", "appeals", "complaints", "requests")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ACT = re.compile(r"[№Nn](?:(?<=№)|(?<!\w.)[o°]\.?)\s?\d")
_QUESTION = ("сұрақ:", "вопрос:", "question:")
_ANSWER = re.compile(r"(?:^|[.!?]\s)(?:жауап|жауабы|ответ|answer)\s?[:.–—]", re.IGNORECASE)
_ASKED = re.compile(  # what people ask, told in a sentence; a title says only that they do
    r"\b(?:спрашивают|нас спросили|жиі сұрайды|көп сұрайды|сұрап жатады|people (?:often )?ask)\b",
    re.IGNORECASE,
)
_CALL = re.compile(  # a question that calls to ask one: «Остались вопросы?», «Сұрағыңыз бар ма?»
    r"(?:вопрос|ответ|помощ|сұра|жауап|көмек|question|answer|help)\w*(?:\s\w+){0,2}\s?\?",
    re.IGNORECASE,
)
_UNITS = ("бөлім", "басқарма", "департамент", "комитет", "сектор", "отдел", "управлени", "division",
          "department", "unit", "committee", "бөлимше", "болим", "баскарма")  # fmt: skip
# What tells that several things are named in a sentence, and what joins them.
_HAS = re.compile(
    r"\b(?:бағынады|бағынатын|кіреді|құрамына|жатады|көрсетеді|подчинены|подчиняются|подведомственны"
    r"|входят|находятся|относятся|регулируют|оказывает|выда[её]т|работают|includes?|consists? of"
    r"|report to|provides|issues)\b",
    re.IGNORECASE,
)
_THESE = re.compile(  # a colon that is not behind the label of an address, a day or an author
    r"(?<!адрес)(?<!адресі)(?<!мекенжай)(?<!мекенжайы)(?<!тел)(?<!телефон)(?<!телефоны)(?<!работы)"
    r"(?<!уақыты)(?<!часы)(?<!address)(?<!phone)(?<!hours)(?<!автор)(?<!авторы)(?<!author)"
    r"(?<!источник)(?<!дереккөз)(?<!дереккөзі)(?<!source):\s(?!\d)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\w[»”\"]?(?:,\s|\s(?:и|және|мен|пен|бен|and)\s)[«“\"]?[^\W\d]", re.IGNORECASE
)
_LAYOUT = "[role=presentation], [role=none], :has(table, form, h1)"
_TABLES = f"table th, table:not({_LAYOUT}) tr + tr td + td"  # of data
_SENTENCE = re.compile(r"(?<=[.!?;…])\s")
_DRAWN = ("img", "svg", "map")
_PICTURES = "article img, [role=main] img, #content img, .content img"


def kept_sentences(text: str) -> Iterator[str]:
    """Yield the sentences that do more than promise; what follows one without a stop is kept."""
    for sentence in _sentences(text):
        yield sentence[SENTENCE:] if _promises(sentence[:SENTENCE]) else sentence


def _promises(sentence: str) -> bool:
    """Whether it only promises: a share or two figures tell, one may be the day of the page."""
    if PROMISE not in told_by(sentence):
        return False
    return "%" not in sentence and sum(1 for _ in _first(_FIGURE.finditer(sentence), 2)) < 2


def _is_list(page: Page, text: str) -> bool:
    """Whether it tells a list: much text, or items or names in quotes, leading on or not."""
    if _is_long(text) or text.count("«") >= NAMED or _has_items(page, text):
        return True
    return any(map(_names_several, _sentences(text[:LONG])))


def _names_several(sentence: str) -> bool:
    """Whether a sentence says which they are: «Басқармаға аурухана мен емхана бағынады»."""
    these = _THESE.search(sentence)
    if not these and not _HAS.search(sentence):
        return False
    joined = _JOINED.search(sentence, these.end() if these else 0)
    return joined is not None and not _promises(sentence)


def _has_items(page: Page, text: str) -> bool:
    if len(page.nodes_lean("li")) < FEWEST:
        return False
    items = page.select_lean("li:not(:has(a))")[:MOST_ITEMS]
    said = {squeeze(node.text(separator=" ")) for node in items}
    return sum(len(each) >= SHORTEST and each in text for each in said) >= FEWEST


def _is_long(text: str) -> bool:
    """Whether it tells enough to be a list: nothing said twice counts again, no promise at all."""
    if len(text) < LONG:
        return False
    may_promise = PROMISE in told_by(text)
    different: set[str] = set()
    length = 0
    for sentence in _sentences(text):
        if sentence in different or (may_promise and _promises(sentence[:SENTENCE])):
            continue
        different.add(sentence)
        length += len(sentence)
        if length >= LONG:
            return True
    return False


def _sentences(text: str) -> Iterator[str]:
    """Yield what `_SENTENCE` parts, no further than anybody asks."""
    reached = 0
    for stop in _SENTENCE.finditer(text):
        yield text[reached : stop.start()]
        reached = stop.end()
    yield text[reached:]


def _is_called(number: re.Match[str]) -> bool:
    """Whether it is a telephone, and of short numbers one that is told to be."""
    text, start, end = number.string, number.start(), number.end()
    if not _SHORT.fullmatch(number[0]):
        return True
    before = _BEFORE_SHORT.search(text[max(0, start - _BESIDE) : start])
    return before is not None or _AFTER_SHORT.match(text, end) is not None


def _has_picture(page: Page) -> bool:
    """Whether the main part shows a picture or a map."""
    drawn = ", ".join(tag for tag in _DRAWN if page.nodes_lean(tag))
    if not drawn:
        return False
    if any(main.css_first(drawn) is not None for main in page.nodes_lean("main")):
        return True
    return page.lean.css_first(_PICTURES) is not None


def _lists_units(page: Page, text: str) -> bool:
    """Whether it names three units, or two among the items of a list."""
    named = sum(map(lowered(text[:BEGINNING]).count, _UNITS))
    return named >= 3 or (named == 2 and _has_items(page, text))


def has_email(text: str) -> bool:
    """Whether it gives one: a name in a network, "@akimat_qz", is none."""
    return ("@" in text and _EMAIL.search(text) is not None) or _HIDDEN_AT.search(text) is not None


def _has_clock(text: str) -> bool:
    if _CLOCK.search(text):
        return True
    small = lowered(text)
    if any(map(small.__contains__, _HOURS)) or tells_span(small):
        return True
    labels = (at for word in _OF_HOURS for at in places_of(small, word))
    return any(BARE.search(small, at, at + NEAR) for at in islice(labels, MOST_LABELS))


def _has_figures(text: str) -> bool:
    if sum(1 for _ in _first(_FIGURE.finditer(text), 3)) == 3:
        return True
    small = lowered(text)
    if _MEASURED.search(small):
        return True
    return any(word in small for word in _OF_APPEALS) and bool(_COUNTED_IN_WORDS.search(small))


def _has_questions(text: str) -> bool:
    marks = text.count("?")
    if marks >= 2 or sum(map(lowered(text).count, _QUESTION)) >= 2:
        return True
    if marks == 1 and not _CALL.search(text):
        return len(text) - text.index("?") > ANSWERED
    return _ANSWER.search(text) is not None or _ASKED.search(text) is not None


def _first(found: Iterator[re.Match[str]], most: int) -> Iterator[re.Match[str]]:
    return (match for _, match in zip(range(most), found, strict=False))


PATTERNS: dict[str, Callable[[Page, str], bool]] = {
    "person": lambda _, text: PERSON.search(text[:BEGINNING]) is not None,
    "telephone": lambda _, text: any(_is_called(each) for each in _TELEPHONE.finditer(text)),
    "email": lambda _, text: has_email(text),
    "units": _lists_units,
    "items": _is_list,  # links and documents are counted later
    "document": lambda _page, _text: False,  # counted by whoever sees the whole site
    "table": lambda page, _: page.holds(b"<table") and page.lean.css_first(_TABLES) is not None,
    "picture": lambda page, _: _has_picture(page),
    "figures": lambda _, text: _has_figures(text),
    "period": lambda _, text: _YEAR.search(text) is not None,
    "clock": lambda _, text: _has_clock(text),
    "act": lambda _, text: _ACT.search(text) is not None,
    "questions": lambda _, text: _has_questions(text),
}
OF_TEXT = ("person", "telephone", "email", "units", "figures", "period", "clock", "act")
