"""Days a page tells only by how long ago they were: "3 күн бұрын", "вчера", "17 ноября"."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from aiqyn.subjects import dates
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze

MOST_TIMES = 50  # <time> elements of a page that are looked at
LONGEST = 60  # characters of one

_LABEL = (
    r"(?P<label>(?:(?:жариял|орналастыр|опублик|публик|размещ|жаңарт|жанарт|өзгер|обнов|измен"
    r"|posted|publi|updated|modified)\w*(?:\s(?:күні|уақыты|дата|on|at))?(?:\s?[:–—-]\s?|\s)"
    r"|(?:енгізіл|добавл|создан|created|added)\w*(?:\s(?:күні|on))?\s?:\s?))"  # may be of a body
)
_COUNT = r"(?P<count>\d{1,3}|бір|один|одну|a|an|one)?\s?"
_UNIT = (
    r"(?:(?P<hours>(?:минут|мин\b\.?|час|ч\b\.?|сағат|сағ\b\.?|hour|minute|секунд|second)\w*)"
    r"|(?P<days>күн|день|дня|дней|дн\b\.?|days?)|(?P<weeks>апта|недел\w+|weeks?)"
    r"|(?P<months>ай|месяц\w*|months?)|(?P<years>жыл|год\w?|лет|years?))"
)
_NO_DAY = (  # "16 желтоқсан көшесі" is a place, "2 апреля прошлого года" not of this year
    r"\W{1,3}(?:көшес|көш\.|к-сі|алаңы|даңғыл|бульвар|шағын ауд|ықшам ауд|мкр|микрорайон|атындағы"
    r"|улиц|ул\.|площад|пл\.|проспект|пр\.|переул|street|square|avenue"
    r"|(?:прошл|минувш|истекш|позапрошл)\w{1,4}\s(?:г\.|год)|өткен\s?жыл|былтыр|last\syear)"
)
_SAID = re.compile(
    rf"(?<!\w){_LABEL}(?:(?:{_COUNT}{_UNIT}\s(?:бұрын|назад|ago)"
    r"|(?P<today>бүгін|сегодня|today)|(?P<yesterday>кеше|вчера|yesterday))(?!\w)"
    rf"(?!\W{{0,4}}\d{{1,2}}[.\s])|(?P<day>\d{{1,2}}\s[^\W\d]{{3,9}})(?!\w|{_NO_DAY}))",
    re.IGNORECASE,
)
_DAYS_OF = {"weeks": 7, "months": 30, "years": 365, "days": 1, "hours": 0}
_WORDS = (  # by which a label is found, in small letters
    "жариял", "орналастыр", "енгізіл", "опублик", "публик", "размещ", "добавл", "создан", "жаңарт",
    "жанарт", "өзгер", "обнов", "измен", "publi", "posted", "created", "added", "updated",
    "modified",
)  # fmt: skip


def spelled_out(page: Page, text: str, lowered: Callable[[str], str] = str.lower) -> str:
    """Return `text` of `page` with such days written as days, where something tells which.

    That is the machine-written value of a <time>, or a label right before: "Обновлено вчера".
    `lowered` puts a text in small letters, and may remember those of others.
    """
    text = _of_elements(page, text)
    seen = page.evidence.taken_at.date()
    kept: list[str] = []
    reached = 0
    for place in sorted({*_places_of_labels(text, lowered(text))}):
        said = _SAID.match(text, place) if place >= reached else None
        if said:
            kept += text[reached:place], _with_year(said, seen) if said["day"] else _ago(said, seen)
            reached = said.end()
    return "".join([*kept, text[reached:]]) if kept else text


def _places_of_labels(text: str, small: str) -> Iterator[int]:
    """Yield where a label may begin: to look for each by itself is six times as quick."""
    if len(small) != len(text):  # it has a letter of others that is two when it is small
        small = text
    for word in _WORDS:
        place = small.find(word)
        while place >= 0:
            yield place
            place = small.find(word, place + 1)


def _of_elements(page: Page, text: str) -> str:
    reached = 0
    for node in page.nodes("time")[:MOST_TIMES]:
        said = squeeze(node.text(separator=" "))
        place = text.find(said, reached) if said and len(said) <= LONGEST else -1
        day = dates.of_machine(node.attributes.get("datetime") or "")
        if place < 0 or not day or any(dates.find(said)):
            continue
        written = day.strftime("%d.%m.%Y")
        text = f"{text[:place]}{written}{text[place + len(said) :]}"
        reached = place + len(written)
    return text


def _ago(match: re.Match[str], seen: date) -> str:
    if match["today"] or match["yesterday"]:
        days = 1 if match["yesterday"] else 0
    else:
        unit = next(unit for unit in _DAYS_OF if match[unit])
        count = match["count"] or "1"
        days = _DAYS_OF[unit] * (int(count) if count.isdigit() else 1)
    return f"{match['label']}{seen - timedelta(days=days):%d.%m.%Y}"


def _with_year(match: re.Match[str], seen: date) -> str:
    """The last such day before the page was seen; the words themselves where they name no month."""
    if re.match(r"\W{0,3}(?:19|20)\d\d", match.string[match.end() : match.end() + 8]):
        return match[0]
    asked = (f"{match['day']} {year}" for year in (seen.year, seen.year - 1))
    known = [day for said in asked for _, day in dates.find(said) if day <= seen]
    return f"{match['label']}{known[0]:%d.%m.%Y}" if known else match[0]
