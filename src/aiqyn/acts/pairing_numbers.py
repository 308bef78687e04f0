"""Numbers as acts write them, in digits and in words, Kazakh and Russian."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import msgspec

from aiqyn.catalogue import ROOT, read

HUNDRED, THOUSAND = 100, 1000
_DIGITS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_GAP = re.compile(r"[\s\u00a0]+")
_BRACKET = re.compile(r"\s?\(([^()]{1,60})\)")
_KAZAKH_END = (
    r"(?:с?[ыі](?:н(?:ің|ың|ен|ан|де|да|е|а)?)?|[нтд][аеи]н|[нтд][ыі]ң|[тд][аеы]|[ғқгк][аеы]|[тд]і"
    r"|[мбп]ен|е?у|лап|леп|тап|теп)?"
)
_OTHERS = {"онда", "оны", "онын", "оның", "онан", "үшін"}  # "there", "him", "for"; no numbers
_KAZAKH_ORDINAL = r"(?:[ыі]?нш[ыі])(?:с[ыі](?:н\w*)?|л[аеы]р\w*|[нтдғг]\w{1,3})?"
_RUSSIAN_ORDINAL = (
    r"(?:[ыио]й|ь?[яюеи]|[ыиь]?[ея]|[ая]я|ое|ую|[ыи][мех]|[ыи]ми|ь?(?:его|ему|ей|им|их|ими)"
    r"|ого|ому|ом|я[хм]и?)"
)


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pairing_words.yaml`: regular expressions and words by language."""

    numbers: dict[str, dict[str, int]]
    ordinals: dict[str, list[str]]
    units: dict[str, dict[str, str]]
    multiplied: dict[str, str]
    references: dict[str, dict[str, str]]
    single: dict[str, str]
    months: dict[str, list[str]]


class Number(NamedTuple):
    """A number where it stands: text[start:end]."""

    start: int
    end: int
    value: str  # without spaces, with a full stop: "1000000", "0.5"
    in_words: bool = False


@cache
def words() -> Words:
    return read(ROOT / "acts" / "pairing_words.yaml", Words)


def find(text: str, language: str) -> list[Number]:
    """Return the numbers of a text in lower case, digits and words, in order.

    «15 (он бес)» is one number; so is «1,5 млн».
    """
    found = sorted([*_in_digits(text, language), *_in_words(text, language)])
    return list(_once(text, found))


def ordinal(word: str, language: str) -> str:
    """Return the value of an ordinal in words: "бірінші", "второй" → "1", "2"; "" of others."""
    match = _ordinals(language).fullmatch(word)
    if not match:
        return ""
    return _values(language)[match[1]]


def ordinals(text: str, language: str) -> Iterator[Number]:
    """Yield the ordinals in words of a text in lower case."""
    for match in _WORD.finditer(text):
        if value := ordinal(match[0], language):
            yield Number(*match.span(), value, in_words=True)


def ordinal_pattern(language: str) -> str:
    """Return a regular expression without groups that ordinals in words match."""
    return _ordinals(language).pattern.replace("(", "(?:", 1)


def _in_digits(text: str, language: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        value = re.sub(r"[ \u00a0\u202f]", "", match[0]).replace(",", ".")
        end = match.end()
        power = _WORD.match(text, _skip(text, end))
        times = _cardinals(language).get(power[0], 0) if power else 0
        if power and times >= THOUSAND:
            yield Number(match.start(), power.end(), _canonical(Decimal(value) * times))
        else:
            yield Number(match.start(), end, _canonical(Decimal(value)))


def _in_words(text: str, language: str) -> Iterator[Number]:
    run: list[re.Match[str]] = []
    values: list[int] = []
    for match in _WORD.finditer(text):
        value = _of_word(match[0], language)
        if run and _follows(run[-1], match, language):
            last = ordinal(match[0], language) if value is None else str(value)
            if last and _goes_on(values[-1], int(last)):
                run.append(match)
                values.append(int(last))
                continue
        if run:
            yield _run(run, values)
        run, values = ([match], [value]) if value is not None else ([], [])
    if run:
        yield _run(run, values)


def _follows(before: re.Match[str], word: re.Match[str], language: str) -> bool:
    """Whether a word stands right after one that may have more of a number behind it."""
    is_bare = language == "ru" or before[0] in _cardinals("kk")  # an ending ends a number
    return is_bare and bool(_GAP.fullmatch(before.string, before.end(), word.start()))


def _goes_on(before: int, value: int) -> bool:
    """Whether 5 goes on from 20, 100 from 3, 20 from 1000; "two, three" are two numbers."""
    if value >= HUNDRED:
        return before < value or before % THOUSAND == 0
    return before > value and before % 10 == 0 and (before >= HUNDRED or value < 10)


def _run(run: list[re.Match[str]], values: list[int]) -> Number:
    return Number(run[0].start(), run[-1].end(), _canonical(Decimal(_sum(values))), in_words=True)


def _sum(values: list[int]) -> int:
    """Read hundreds, thousands and millions: [2, 100, 50, 1000] → 250 000."""
    total = part = 0
    for value in values:
        if value >= THOUSAND:
            total, part = total + max(part, 1) * value, 0
        elif value == HUNDRED:
            part = max(part, 1) * value
        else:
            part += value
    return total + part


def _of_word(word: str, language: str) -> int | None:
    if language == "ru":
        return _cardinals("ru").get(word)
    match = None if word in _OTHERS else _kazakh().fullmatch(word)
    return _cardinals("kk")[match[1]] if match else None


def _once(text: str, found: list[Number]) -> Iterator[Number]:
    """Join a number with itself in brackets, and drop what lies inside another."""
    reached = 0
    for place, number in enumerate(found):
        if number.start < reached:
            continue
        bracket = _BRACKET.match(text, number.end)
        end = number.end
        if bracket and any(
            one.value == number.value and bracket.start() < one.start < bracket.end()
            for one in found[place + 1 : place + 4]
        ):
            end = bracket.end()
        reached = end
        yield number._replace(end=end)


def _skip(text: str, place: int) -> int:
    gap = _GAP.match(text, place)
    return gap.end() if gap else place


def _canonical(value: Decimal) -> str:
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return plain.lstrip("0") if plain.lstrip("0")[:1].isdigit() else f"0{plain.lstrip('0')}"


@cache
def _cardinals(language: str) -> dict[str, int]:
    told = words().numbers[language]
    return {word: value for names, value in told.items() for word in names.split("|")}


@cache
def _kazakh() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(_cardinals('kk'))}){_KAZAKH_END}")


@cache
def _ordinals(language: str) -> re.Pattern[str]:
    if language == "ru":
        return re.compile(rf"({'|'.join(words().ordinals['ru'])}){_RUSSIAN_ORDINAL}")
    return re.compile(rf"({'|'.join(_cardinals('kk'))}){_KAZAKH_ORDINAL}")


@cache
def _values(language: str) -> dict[str, str]:
    if language == "ru":
        return {word: str(place) for place, word in enumerate(words().ordinals["ru"], 1)}
    return {word: str(value) for word, value in _cardinals("kk").items()}
