"""Orders, decrees and decisions of a body: how one is known, and what it has to carry."""

import re

from msgspec import Struct

from aiqyn.subjects import dates

FIRST_LINES = 12  # among which an act says what it is
HEADING = 4  # lines in which a draft says that it is one
LOOKED_AT = 6_000  # characters of the beginning in which an act begins to act

_KIND = re.compile(
    r"(?:бұйрық|бұйрығы|қаулы(?:сы)?|шешімі?|өкімі?|жарлық|жарлығы|приказ|постановление|решение|распоряжение|указ"
    r"|order|resolution|decision|decree)"
)
# The words with which it begins to act, before its first item.
_FORMULA = re.compile(
    r"\b(?:қаулы\s+етеді|қаулы\s+етемін|бұйырамын|шешті|шешім\s+қабылдады|постановля(?:ет|ю)"
    r"|приказываю|решила?|обязываю|resolves|i\s+order|decides|has\s+decided)\s*:",
    re.IGNORECASE,
)
# One of these stands in every such formula; looking for them first is twenty times as quick.
_STEMS = (
    "етеді", "етемін", "бұйырамын", "шешті", "қабылдады", "постановля", "приказываю", "решил",
    "обязываю", "resolves", "order", "decide",
)  # fmt: skip
_DRAFT = re.compile(r"\b(?:жоба(?:сы)?|проект[а-я]{0,2}|draft)\b")
_NUMBER = re.compile(r"(?:№|\bN[oо]?\.?)\s*(?:[\w-]{0,5}?)\d")
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

    title: str  # its first line
    has_date: bool
    has_number: bool
    has_signer: bool


def act_in(beginning: str, end: str = "") -> Act | None:
    """Return the act whose first and last words these are; None when it is none, or a draft."""
    lines = [" ".join(line.split()) for line in beginning[:LOOKED_AT].splitlines()]
    lines = [line for line in lines if line][:FIRST_LINES]
    if any(_DRAFT.search(line.lower()) for line in lines[:HEADING]):
        return None
    if not any(map(_says_act, lines)) and not _begins_to_act(beginning[:LOOKED_AT]):
        return None
    text = f"{beginning}\n{end}"
    return Act(
        title=lines[0][:100],
        has_date=next(iter(dates.find(text)), None) is not None,
        has_number=_NUMBER.search(text) is not None,
        has_signer=_NAME.search(text) is not None or _OFFICE.search(text) is not None,
    )


def _begins_to_act(text: str) -> bool:
    lower = text.casefold()
    return any(map(lower.__contains__, _STEMS)) and _FORMULA.search(text) is not None


def _says_act(line: str) -> bool:
    """A line that is nothing but the word, perhaps spaced out: "П Р И К А З"."""
    word = line.lower().strip(" .:*«»\"'_-")
    if len(word) > 2 and all(len(each) == 1 for each in word.split()):
        word = word.replace(" ", "")
    return _KIND.fullmatch(word) is not None
