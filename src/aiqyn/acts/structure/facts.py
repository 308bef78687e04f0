"""What the head tells of an act: its number, its day, its type, who made it."""

import datetime as dt
import re
from collections.abc import Sequence

from msgspec import Struct

from aiqyn.acts.structure.head import is_imprint
from aiqyn.acts.structure.words import unspaced
from aiqyn.acts.types import type_of_line, type_of_words
from aiqyn.subjects import dates

_NUMBER = re.compile(r"(?:№|\bN)\s*([\w/-]*\d[\w/-]*)")
_SENTENCE = re.compile(r"(?<=[\w\d])\.\s+(?=[А-ЯЁӘҒҚҢӨҰҮҺІ])")
_RUSSIAN = re.compile(
    r"^(?:конституционный закон|закон|кодекс|указ|постановление|нормативное постановление"
    r"|распоряжение|приказ|решение)\s+(?P<issuer>.+?)(?:\s+от\s.*|\s*№.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_KAZAKH = re.compile(
    r"^(?P<issuer>.+?)(?:\s+(?:19|20)\d\d\s+жыл.*|\s*№.*)?\s+(?:конституциялық заңы|заңы|кодексі"
    r"|жарлығы|нормативтік қаулысы|қаулысы|өкімі|бұйрығы|шешімі)$",
    re.IGNORECASE | re.DOTALL,
)

_COUNTRY = ("республики казахстан", "қазақстан республикасының")  # of laws: nobody's own


class Facts(Struct, frozen=True):
    """What is known; "" and None for what is not."""

    kind_of_act: str = ""
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""


def facts(above: Sequence[str], below: Sequence[str], *, title: str, preamble: str) -> Facts:
    """Read the facts from the lines around a title; a preamble tells the type where they do not."""
    own = [_SENTENCE.split(unspaced(line))[0].strip(" .") for line in (*above, *below)]
    own = [line for line in own if is_imprint(line)]
    joined = "\n".join(own)
    number = _NUMBER.search(joined)
    named = next(filter(None, map(type_of_line, own)), "")
    return Facts(
        kind_of_act=named or type_of_words(preamble) or _of_title(title),
        number=number[1] if number else "",
        date=next((day for _, day in dates.find(joined)), None),
        issuer=next(filter(None, map(_issuer, own)), ""),
    )


def _issuer(line: str) -> str:
    found = _RUSSIAN.match(line) or _KAZAKH.match(line)
    issuer = found["issuer"].strip() if found else ""
    return "" if issuer.casefold() in _COUNTRY else issuer


def _of_title(title: str) -> str:
    """Concepts and consultative documents say in their title what they are."""
    code = type_of_line(title)
    return code if code in ("concept", "consultative_document") else ""
