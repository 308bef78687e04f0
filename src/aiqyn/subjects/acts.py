"""Orders, decrees and decisions of a body: how one is known, and what it has to carry."""

import re

from msgspec import Struct

from aiqyn.subjects import dates

FIRST_LINES = 20  # among which an act says what it is
LOOKED_AT = 6_000  # characters of the beginning

_KIND = re.compile(
    r"(?:бұйрық|бұйрығы|қаулы(?:сы)?|шешімі?|өкімі?|жарлық|жарлығы|приказ|постановление|решение|распоряжение|указ"
    r"|order|resolution|decision|decree)"
)
_DRAFT = re.compile(r"\b(?:жоба(?:сы)?|проект[а-я]{0,2}|draft)\b")
_NUMBER = re.compile(r"(?:№|\bN[oо]?\.?)\s*\d")
_LETTER = "А-ЯЁӘҒҚҢӨҰҮҺІA-Z"
_SMALL = "а-яёәғқңөұүһіa-z"
_NAME = re.compile(
    rf"\b[{_LETTER}]\.\s?(?:[{_LETTER}]\.\s?)?[{_LETTER}][{_SMALL}]{{2,}}"
    rf"|\b[{_LETTER}][{_SMALL}]{{2,}}\s[{_LETTER}]\.(?:\s?[{_LETTER}]\.)?"
)
_OFFICE = re.compile(
    r"\b(?:әкімі?|министрі?|төраға(?:сы)?|басшы(?:сы)?|хатшы(?:сы)?|директоры?|бастығы"
    r"|аким|министр|председатель|руководитель|секретарь|директор|начальник"
    rf"|akim|minister|chair(?:man)?|head|director)\b[^.!?\n]{{0,80}}[\s\n]+(?-i:[{_LETTER}])",
    re.IGNORECASE,
)


class Act(Struct, frozen=True):
    """What one act carries."""

    kind: str  # as it is written there
    has_date: bool
    has_number: bool
    has_signer: bool


def act_in(beginning: str, end: str = "") -> Act | None:
    """Return the act whose first and last words these are; None when it is none, or a draft."""
    lines = [" ".join(line.split()) for line in beginning[:LOOKED_AT].splitlines()]
    lines = [line for line in lines if line][:FIRST_LINES]
    kind = next((line for line in lines if _says_act(line)), None)
    if kind is None or any(_DRAFT.search(line.lower()) for line in lines):
        return None
    text = f"{beginning[:LOOKED_AT]}\n{end}"
    return Act(
        kind=kind[:60],
        has_date=next(iter(dates.find(text)), None) is not None,
        has_number=_NUMBER.search(text) is not None,
        has_signer=_NAME.search(text) is not None or _OFFICE.search(text) is not None,
    )


def _says_act(line: str) -> bool:
    """A line that is nothing but the word, perhaps spaced out: "П Р И К А З"."""
    word = line.lower().strip(" .:*«»\"'_-")
    if len(word) > 2 and all(len(each) == 1 for each in word.split()):
        word = word.replace(" ", "")
    return _KIND.fullmatch(word) is not None
