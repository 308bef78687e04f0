"""Personal data in a text: found with all the arithmetic there is, and shown masked only.

IIN, mobile numbers, addresses of personal mail, bank cards, accounts, full names. What is
found is told by its place and a mask: the value itself leaves this module nowhere.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun

IIN, PHONE, EMAIL = "personal_iin", "personal_phone", "personal_email"
CARD, ACCOUNT, NAME = "personal_card", "personal_account", "personal_name"
SMALL_GROUP = "small_group"
# Without look-around, for engines that know none: a cell that matches none holds nothing.
COARSE = {
    IIN: r"[0-9]{6}[ -]?[0-9]{6}",
    PHONE: r"7[ (-]*7[0-9][0-9][ )-]*[0-9]|8[ (-]*7[0-9][0-9][ )-]*[0-9]",
    EMAIL: r"@[A-Za-z0-9-]+\.[A-Za-z]{2}",
    CARD: r"[0-9]{13}|[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}|[0-9]{4}[ -][0-9]{6}[ -][0-9]{5}",
    ACCOUNT: r"[A-Z]{2}[0-9]{2} ?[A-Z0-9]{4} ?[A-Z0-9]{4}",
    NAME: r"(?:ұлы|улы|қызы|кызы|вич|ьич|вна|чна|ҰЛЫ|УЛЫ|ҚЫЗЫ|КЫЗЫ|ВИЧ|ЬИЧ|ВНА|ЧНА)",
}


class _Cards(Noun, frozen=True, kw_only=True):
    begins: str  # "4", or a range "51-55"
    lengths: tuple[int, ...]


class Lore(Noun, frozen=True, kw_only=True):
    """What personal.yaml knows."""

    mobile: frozenset[str]
    mail_services: frozenset[str]
    cards: tuple[_Cards, ...]
    accounts: dict[str, int]
    headings: dict[str, tuple[str, ...]]
    not_a_person: frozenset[str]


class Found(Noun, frozen=True, kw_only=True):
    """One piece of personal data in a text."""

    kind: str
    begin: int
    end: int
    masked: str
    is_sure: bool = True  # False: digits that fit by chance once in fifty; a column decides


@cache
def lore() -> Lore:
    """Return codes and words that tell personal data from other values."""
    return read(ROOT / "subjects" / "personal.yaml", Lore)


_CENTURIES = {"3": ("19",), "4": ("19",), "5": ("20",), "6": ("20",)}  # 0: of foreigners
_UPPER, _LOWER = "A-ZА-ЯЁӘҒҚҢӨҰҮҺІ", "a-zа-яёәғқңөұүһі"
_WORD = rf"[{_UPPER}](?:[{_LOWER}]+(?:-[{_UPPER}][{_LOWER}]+)?|[{_UPPER}]+(?:-[{_UPPER}]+)?)"
_OF_FATHER = (
    rf"[{_UPPER}](?:[{_LOWER}]+(?:ұлы|улы|қызы|кызы|ович|евич|ьич|овна|евна|ична)"
    rf"|[{_UPPER}]+(?:ҰЛЫ|УЛЫ|ҚЫЗЫ|КЫЗЫ|ОВИЧ|ЕВИЧ|ЬИЧ|ОВНА|ЕВНА|ИЧНА))"
)
_NAMED = re.compile(rf"\b(?:{_WORD} {_WORD} {_OF_FATHER}|{_WORD} {_OF_FATHER} {_WORD})\b")
OF_FATHER = re.compile(_OF_FATHER)  # a patronymic alone, as in a column of its own
_DOMAIN = r"(?:[a-z0-9-]+\.)+[a-z]{2,24}"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@({_DOMAIN})(?![\w-])", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
)
_DIGITS = re.compile(r"(?<![\w.,/])\+?\d(?:[ ()-]{0,3}\d){9,18}(?!\w|[.,/]\d)")
_WRITTEN_PHONE = re.compile(
    r"\+?[78][ (-]{0,3}(7[0-9][0-9])[ )-]{0,3}[0-9]"
    r"(?:[ ()-]{0,3}[0-9]){4}[ ()-]{0,3}([0-9])[ ()-]{0,3}([0-9])"
)
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_GROUPED = re.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{5}")
_NEXT_WORD = re.compile(r"\W*(\w+)")
_LAST_WORD = re.compile(r"(\w+)\W*$")


def mask_of_name(text: str) -> str:
    """Return the mask of a text that is a full name, or a patronymic, and nothing else; or ""."""
    if OF_FATHER.fullmatch(text):
        return f"{text[0]}***"
    match = _NAMED.match(text)
    return _mask(text) if match and match.end() == len(text) else ""


def mask_of_phone(text: str) -> str:
    """Return the mask of a text that is a mobile number, written out, and nothing else; or ""."""
    match = _WRITTEN_PHONE.fullmatch(text)
    if not match or match[1] not in lore().mobile or text.isdecimal():
        return ""
    return f"+7 {match[1]} *** ** {match[2]}{match[3]}"


def find(text: str) -> Iterator[Found]:
    """Yield the personal data in `text`, in no particular order."""
    if "@" in text:
        yield from _emails(text)
    for match in _DIGITS.finditer(text):
        yield from _numbers(match)
    if text.isdecimal():
        return  # accounts and names have letters
    for match in _ACCOUNT.finditer(text):
        if is_account(match[0].replace(" ", "")):
            yield _found(ACCOUNT, match, f"{match[0][:2]}** **** {match[0][-2:]}")
    yield from _names(text)


def hide(text: str, *, names: bool = True) -> str:
    """Return `text` with the personal data in it masked; full names only where `names` says.

    Bare digits that may be a card or a mobile number by chance alone stay as they are.
    """
    for found in sorted(find(text), key=lambda each: -each.begin):
        if found.is_sure and (names or found.kind != NAME):
            text = text[: found.begin] + found.masked + text[found.end :]
    return text


def is_iin(digits: str) -> bool:
    """Whether twelve digits are an individual's number: birth date, century and check digit.

    The fifth digit of an organisation's number (BIN) is 4, 5 or 6: no day begins so.
    """
    if len(digits) != 12 or digits[6] not in "03456":
        return False
    centuries = _CENTURIES.get(digits[6], ("19", "20"))
    return any(_is_day(century + digits[:6]) for century in centuries) and has_check_digit(digits)


def is_bin(digits: str) -> bool:
    """Whether twelve digits are an organisation's number; nothing personal."""
    is_shaped = len(digits) == 12 and digits[4] in "456" and digits[5] in "0123"
    return is_shaped and "01" <= digits[2:4] <= "12" and has_check_digit(digits)


def has_check_digit(digits: str) -> bool:
    """Whether the twelfth digit follows from the eleven before it, as IIN and BIN have it.

    The second row of weights counts when the first leaves 10; numbers that leave 10 twice
    are not given to anybody.
    """
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if rest < 10:
            return rest == int(digits[11])
    return False


def is_card(digits: str) -> bool:
    """Whether digits begin as payment cards do, are as many, and pass Luhn's test."""
    return _begins_as_card(digits) and is_luhn(digits)


def is_luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def is_account(text: str) -> bool:
    """Whether letters and digits without spaces are an IBAN: length of the country, mod 97."""
    if len(text) != lore().accounts.get(text[:2], len(text)) or not 15 <= len(text) <= 34:
        return False
    return int("".join(str(int(each, 36)) for each in text[4:] + text[:4])) % 97 == 1


def mask_iin(digits: str) -> str:
    return f"{digits[:2]}** ****** {digits[-2:]}"


def _begins_as_card(digits: str) -> bool:
    length = len(digits)
    if length not in _card_lengths():
        return False
    for cards in lore().cards:
        first, _, last = cards.begins.partition("-")
        if first <= digits[: len(first)] <= (last or first) and length in cards.lengths:
            return True
    return False


@cache
def _card_lengths() -> frozenset[int]:
    return frozenset(length for cards in lore().cards for length in cards.lengths)


def _is_day(written: str) -> bool:
    try:
        date.fromisoformat(written)
    except ValueError:
        return False
    return True


def _numbers(match: re.Match[str]) -> Iterator[Found]:
    """What digits say as a whole, or else each unbroken run of them."""
    if found := _number(match[0], match.start()):
        yield found
        return
    if match[0].isdecimal():
        return  # one run, which says nothing
    for run in re.finditer(r"\d{11,19}", match[0]):
        if found := _number(run[0], match.start() + run.start()):
            yield found


def _number(written: str, begin: int) -> Found | None:
    """An IIN, a mobile number or a card, by its digits; a number written by thousands is none."""
    if _THOUSANDS.fullmatch(written):
        return None
    digits = re.sub(r"\D", "", written)
    end = begin + len(written)
    if is_iin(digits):
        return Found(kind=IIN, begin=begin, end=end, masked=mask_iin(digits))
    if len(digits) == 11 and digits[0] in "78" and digits[1:4] in lore().mobile:
        masked = f"+7 {digits[1:4]} *** ** {digits[-2:]}"
        is_sure = not written.isdigit()
        return Found(kind=PHONE, begin=begin, end=end, masked=masked, is_sure=is_sure)
    if is_card(digits):
        masked = f"{digits[0]}*** **** **** {digits[-2:]}"
        is_sure = _GROUPED.fullmatch(written) is not None
        return Found(kind=CARD, begin=begin, end=end, masked=masked, is_sure=is_sure)
    return None


def _emails(text: str) -> Iterator[Found]:
    for match in _EMAIL.finditer(text):
        if match[1].casefold() in lore().mail_services:
            yield _found(EMAIL, match, f"{match[0][0]}***@{match[1]}")


def _names(text: str) -> Iterator[Found]:
    for match in _NAMED.finditer(text):
        beside = (_LAST_WORD.search(text[: match.start()]), _NEXT_WORD.match(text[match.end() :]))
        if any(word and word[1].casefold() in lore().not_a_person for word in beside):
            continue
        yield _found(NAME, match, _mask(match[0]))


def _mask(name: str) -> str:
    return " ".join(f"{word[0]}***" for word in name.split())


def _found(kind: str, match: re.Match[str], masked: str) -> Found:
    return Found(kind=kind, begin=match.start(), end=match.end(), masked=masked)
