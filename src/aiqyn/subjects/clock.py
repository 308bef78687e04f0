"""Hours from one to another, in lower case: "с 9 до 18", "9-дан 18-ге", "тоғыздан он сегізге"."""

import re
from collections.abc import Iterator
from itertools import islice

AROUND = 45  # characters beside "до" in which both hours stand
MOST = 20  # such words of a text that are looked at

_HOUR = r"(?<![\d.,:/№-])(?:[01]?\d|2[0-4])"
_TO_HOUR = r"(?:[01]?\d|2[0-4])"
_MINUTES = r"\s?(?::\s?[0-5]\d|[.-]\s?(?:[0-5]0|[1-5]5))"  # "с 10.12" is a day
_UNIT = (
    r"(?:\s?(?:ч(?:ас\w{0,3})?\b\.?|сағ(?:ат\w{0,3})?\.?|h\b|a\.?\s?m\b\.?|p\.?\s?m\b\.?|утра|дня))?"
    r"(?:\s?[0-5]\d\s?мин\w{0,3}\.?)?"
)
_NO_HOURS = (  # "с 5 до 10 лет", "10-нан 20-ға дейін жас", "с 1 до 15 декабря"
    r"(?!\d|[.:]\d|-\d|\s?(?:лет|год|числ|чел|каб|дн[яе]|дней|мин|месяц|кв|кг|км|метр|балл|руб|%|тг|тыс|млн"
    r"|тенге|теңге|жас|адам|жыл|күн|ай\b|айға|айдан|пайыз|бет|сынып|класс|процент|разряд"
    r"|years|people|days|months|minutes|percent"
    r"|янв|фев|мар[та]|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр|қаз"
    r"|қар|жел))"
)
_NO_KK_HOURS = rf"(?>(?:\s[дш]ейін\w{{0,2}})?){_NO_HOURS}"
_RU = (
    r"(?:часа|одного|двух|тр[её]х|четыр[её]х|пяти|шести|семи|восьми|девяти|десяти|(?:один|две|три|четыр|пят"
    r"|шест|сем|восем|девят)надцати|двадцати)"
)
_RU_TO = rf"(?:{_RU}|полудня|обеда|вечера)"
_KK_FROM = (
    r"(?:(?:он\s|жиырма\s)?(?:бірден|екіден|үштен|төрттен|бестен|алтыдан|жетіден|сегізден|тоғыздан)"
    r"|оннан|жиырмадан)"
)
_KK_TO = (
    r"(?:(?:он\s|жиырма\s)?(?:бірге|екіге|үшке|төртке|беске|алтыға|жетіге|сегізге|тоғызға)"
    r"|онға|жиырмаға|түске)"
)
_EN = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midday)"
_IN_WORDS = (
    rf"\bс\s{_RU}\s(?:(?:утра|дня|час\w{{0,3}})\s)?до\s{_RU_TO}\b{_NO_HOURS}"
    rf"|\b{_KK_FROM}\s(?:бастап,?\s)?(?:(?:сағат|кешкі|түскі|түнгі)\s)?{_KK_TO}\b{_NO_KK_HOURS}"
    rf"|\b{_EN}(?:\sa\.?m\.?)?\s(?:to|till|until)\s{_EN}\b{_NO_HOURS}"
)
_KK_OF = rf"{_UNIT}\s?-?\s?(?:ден|дан|тен|тан|нен|нан)"
_FROM_TO = (
    rf"\b(?:с|от)\s{_HOUR}(?:{_MINUTES})?{_UNIT}\s(?:и\s)?до\s{_TO_HOUR}(?:{_MINUTES})?{_NO_HOURS}"
    rf"|{_HOUR}(?:{_MINUTES})?{_KK_OF}\s(?:бастап,?\s)?(?:сағат\s)?{_TO_HOUR}(?:{_MINUTES})?{_UNIT}"
    rf"\s?-?\s?(?:ге|ға|ке|қа|не|на)\b{_NO_KK_HOURS}"
    rf"|{_HOUR}(?:{_MINUTES})?{_UNIT}\s(?:to|till|until)\s{_TO_HOUR}(?:{_MINUTES})?{_NO_HOURS}"
)
SPAN = re.compile(  # of minutes too where only a dash stands between: "9-18" may be a house
    rf"{_HOUR}{_MINUTES}{_UNIT}\s?[-–—]\s?{_TO_HOUR}{_MINUTES}(?![\d-]|[.:]\d)"
    rf"|{_HOUR}\s[0-5]0\s?[-–—]\s?{_TO_HOUR}\s[0-5]0(?!\d)|{_FROM_TO}|{_IN_WORDS}"
)
_ANY_MINUTES = rf"(?:[.:][0-5]\d)?{_UNIT}"
_FOUR = r"[0-5][05](?!\d)"  # minutes that nothing parts from their hour
BARE = re.compile(  # "9-18", "1500-1700"
    rf"{_HOUR}{_ANY_MINUTES}\s?[-–—]\s?{_TO_HOUR}{_ANY_MINUTES}(?![\d-]|[.:]\d){_NO_HOURS}"
    rf"|(?<![\d.,/:№-])(?:0[6-9]|1\d){_FOUR}\s?[-–—]\s?(?:0[6-9]|1\d|2[0-3]){_FOUR}"
    rf"(?!-){_NO_HOURS}"
)

_JOINING = (" до ", " дейін", " шейін", " to ", " till ", " until ")


def tells_span(text: str) -> bool:
    """Whether lower-case `text` says from when to when: looked for where it joins two hours."""
    return any(
        SPAN.search(text, max(0, place - AROUND), place + AROUND)
        for word in _JOINING
        for place in islice(places_of(text, word), MOST)
    )


def places_of(text: str, word: str) -> Iterator[int]:
    """Yield where `word` stands in `text`, one place after another."""
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
