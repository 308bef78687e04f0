"""Addresses of post without a label and without a word for a street: "Кызылорда, Абая 12".

A town, the name of a street and the number of a house stand together; capital letters and signs
tell them from running text, so the text is asked as it was written.
"""

import re
from itertools import islice

from aiqyn.subjects.clock import places_of

MOST = 100  # numbers of a text that may be of houses
LONGEST = 30  # characters of a word with the signs behind it
BEFORE, AFTER = 80, 50  # characters beside one in which the rest stands

_CAPITAL, _SMALL = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ", "a-zа-яёәғқңөұүһі"
_WORD = rf"[{_CAPITAL}](?:[{_SMALL}'’]+|[{_CAPITAL}]{{2,}})(?:-[{_CAPITAL}{_SMALL}]+)?"
_TOWNS = (
    "Астана|Алматы|Шымкент|Қызылорда|Кызылорда|Қостанай|Костанай|Қарағанды|Караганда|Ақтөбе|Актобе"
    "|Атырау|Ақтау|Актау|Тараз|Түркістан|Туркестан|Павлодар|Петропавл|Петропавловск|Көкшетау|Кокшетау"
    "|Орал|Уральск|Өскемен|Усть-Каменогорск|Семей|Талдықорған|Талдыкорган|Жезқазған|Жезказган|Қонаев|Конаев"
    "|Нұр-Сұлтан|Нур-Султан|Екібастұз|Экибастуз|Теміртау|Темиртау|Жаңаөзен|Жанаозен|Рудный|Балқаш|Балхаш"
    "|Astana|Almaty|Shymkent|Kyzylorda|Qyzylorda|Kostanay|Qostanay|Karaganda|Qaraghandy|Aktobe|Aqtobe"
    "|Atyrau|Aktau|Aqtau|Taraz|Turkistan|Turkestan|Pavlodar|Petropavl|Petropavlovsk|Kokshetau|Uralsk|Oral"
    "|Oskemen|Ust-Kamenogorsk|Semey|Taldykorgan|Taldyqorghan|Zhezkazgan|Zhezqazghan|Konaev|Qonaev"
)
_BEFORE = r"(?:[ГгСсПпҚқАа]|[Гг]ор|[Пп]ос|[Пп]гт|[Аа]уыл|[Гг]ород|[Сс]ело|[Пп]ос[её]лок|[Аа]ул)"
_AFTER = r"(?:қ\.|қаласы|ауылы|кенті|к\.|а\.|а\.о\.|аулы|селосы|city|town|village)"
_COMMA = r"\s?[,;.]\s{0,2}"
_TOWN = (  # with what parts it from the street; an index of post does as well
    rf"(?:(?:\b{_BEFORE}(?:\.\s?|\s){_WORD}(?:\s{_WORD})?|\b(?:{_TOWNS}|{_TOWNS.upper()})\b|\b[01]\d{{5}}\b)"
    rf"{_COMMA}|\b{_WORD}\s{_AFTER}(?:{_COMMA}|\s))"
)
_MORE = (  # words of names of streets that need no capital
    r"ел|ель|би|би[яй]|батыр\w{0,2}|хан\w?|ата|ана|апа|датқа|датка|ақын\w{0,2}|ақына|қажы|тоқсан|el|batyr|bi|ata"
    r"|лет|жыл\w?|[IVX]{1,4}"
)
_NOT_STREETS = (
    r"(?!(?:Каб|Кабинет|Тел|Телефон|Офис|Этаж|Қабат|Бөлме|Комната|Факс|Приёмная|Приемная|Қабылдау|Tel|Phone|Room|Office"
    r"|Fax|Школа|Мектеп|Район|Округ|Население|Халқы|Рейс|Маршрут|Бағыт|Автобус|Погода|Ауа|Бюллетень|Выпуск)\b)"
)
_DAYS = (  # "12 декабря": no house
    r"(?!\s?(?:янв|фев|мар[та]|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|қаң|ақп|нау|сәу|мам|мау|шіл|там|қыр"
    r"|қаз|қар|жел|[Jj]an|[Ff]eb|[Mm]ar|[Aa]pr|[Mm]ay|[Jj]un|[Jj]ul|[Aa]ug|[Ss]ep|[Oo]ct|[Nn]ov|[Dd]ec))"
)
_INITIAL = rf"[{_CAPITAL}]\.\s?"
_STREET = rf"{_NOT_STREETS}(?:{_INITIAL})?{_WORD}(?:\s(?:{_WORD}|{_MORE}|{_INITIAL}{_WORD})){{0,2}}"
_LETTER = rf"[{_SMALL}{_CAPITAL}]"
_REST_OF_HOUSE = rf"\d{{0,2}}(?:\s?/\s?\d{{1,3}})?(?:-?{_LETTER}(?!{_LETTER}))?(?![\d:%°+-]|[.,]\d)"
_HOUSE = rf"\d{_REST_OF_HOUSE}"
_ENDS = (  # nothing of a sentence follows
    rf"{_DAYS}(?=\s*$|\s?[.,;|()]|\s[{_CAPITAL}+(\d]|\s(?:тел|каб|факс|оф|эт|қабат|кабинет|бөлме|үй|корп|e-?mail|эл|пошт"
    r"|почт|индекс|tel|fax|room|office|phone)|\s[-–—|•·])"
)
_POSTAL = re.compile(
    rf"{_TOWN}{_STREET}(?:,\s?|\s?[-–—№]\s?|\s)(?:№\s?)?{_HOUSE}{_ENDS}"
    rf"|{_TOWN}{_STREET}{_COMMA}{_HOUSE}{_ENDS}"
    rf"|(?<![\d.,:/-])\b\d{{1,3}}{_DAYS}\s{_STREET}{_COMMA}(?:{_TOWNS})\b"
    rf"|\b{_STREET}(?:,\s?|\s){_HOUSE}{_COMMA}(?:\d{{6}},\s?)?(?:{_TOWNS})\b"
)
_HOUSES = re.compile(rf"\d(?<![\d.:/]\d){_REST_OF_HOUSE}{_ENDS}")  # quickly found, and few


_WORD_BEFORE = re.compile(
    rf"\b(?:[{_CAPITAL}][{_CAPITAL}{_SMALL}'’-]+|{_MORE})(?:,\s?|\s?[-–—№]\s?|\s)(?:№\s?)?$"
)
_WORD_AFTER = re.compile(rf"\s[{_CAPITAL}][{_CAPITAL}{_SMALL}]")
_WAYS = (  # words for a street that few addresses have
    "пр-кт", "микрорайон", "микр-н", "шоссе", "тракт", "набережн", "проезд", "тупик", "тас жол",
    "жағалау", "тұйық", " ул ", " st. ",
)  # fmt: skip
_UNNUMBERED = ("ул.", "улиц", "көше", "көш.")  # of a house "б/н"
_HOUSE_AFTER = re.compile(r"[^\d.;]{0,40}\d{1,3}(?![\d:%]|\s?км)")


def gives_address(text: str) -> bool:
    """Whether a text, in the letters it was written in, gives such an address."""
    small = text.lower()
    if "б/н" in small and any(map(small.__contains__, _UNNUMBERED)):
        return True
    ways = (at + len(way) for way in _WAYS for at in places_of(small, way))
    if any(_HOUSE_AFTER.match(small, at) for at in islice(ways, MOST)):
        return True
    houses = islice(_HOUSES.finditer(text), MOST)
    return any(
        _POSTAL.search(text, max(0, at.start() - BEFORE), at.end() + AFTER)
        for at in houses
        if _may_be_house(text, at)
    )


def _may_be_house(text: str, number: re.Match[str]) -> bool:
    """Whether a name stands right before or after it: looking for all the rest is dear."""
    before = _WORD_BEFORE.search(text, max(0, number.start() - LONGEST), number.start())
    return before is not None or _WORD_AFTER.match(text, number.end()) is not None
