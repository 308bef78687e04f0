"""Which letters the bytes of a text file stand for, told by evidence and not by a guess."""

import codecs
import re
from collections.abc import Sequence

from aiqyn.chain import Noun

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_OF_ONE_BYTE = ("windows-1251", "kz1048", "koi8_r", "cp866")
DAMAGED = 0.2  # share of letters that may be broken in a text that is UTF-8 all the same

# How often letters stand in Kazakh and Russian texts, the most frequent first.
_FREQUENT = "аеоинтсрылдкмпубяьгзчйхшюэцщфё"
_KAZAKH = "әғқңөұүһі"
_NOT_HERE = "ЎўЈҐґЄєЇїЌќЃѓЅѕјЉљЊњЋћЂђџЏ¤¦‡†€‚„‹›™¬®°±¶·"
_WEIGHTS = {letter: 3.0 - at / 10 for at, letter in enumerate(_FREQUENT)}
_WEIGHTS |= dict.fromkeys(_KAZAKH + _KAZAKH.upper(), 2.0)
_WEIGHTS |= {letter.upper(): weight / 3 for letter, weight in _WEIGHTS.items() if weight > 0.5}
_WEIGHTS |= dict.fromkeys(_KAZAKH, 2.0) | dict.fromkeys(_NOT_HERE, -4.0)
_UPPER_INSIDE = re.compile(r"[а-яё][А-ЯЁ]")  # letters of KOI8-R read as windows-1251
_WORD = re.compile(rb"[\x80-\xff]{3}")
_BOX = re.compile("[\u2500-\u25a0\ufffd]")


class Encoding(Noun, frozen=True, kw_only=True):
    """How a file is to be decoded."""

    name: str  # "utf-8", "utf-16-le", "windows-1251" …
    mark: int = 0  # bytes of a byte order mark before the text

    @property
    def unit(self) -> int:
        """Bytes of the smallest letter."""
        return 2 if self.name.startswith("utf-16") else 1


def detect(samples: Sequence[bytes]) -> Encoding:
    """Return the encoding of a file by parts of it, the first from its very beginning."""
    head = samples[0]
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name=name, mark=len(mark))
    if wide := _without_mark(head):
        return Encoding(name=wide)
    content = b"\n".join(samples)
    if content.isascii() or _is_utf8(samples):
        return Encoding(name="utf-8")
    letters = re.sub(rb"[\x00-\x7f]{3,}", b" ", content)[:200_000]
    if not _WORD.search(letters):
        return Encoding(name="utf-8")  # single bytes that are no letters of any word
    best = max(_OF_ONE_BYTE, key=lambda name: _likeness(letters.decode(name, "replace")))
    return Encoding(name=best)


def _without_mark(head: bytes) -> str:
    """Return UTF-16 of a text in which every other byte is a page of letters: Latin, Cyrillic."""
    pairs = len(head) // 2
    if not pairs or not (0 in head or 4 in head) or head.count(0) > 1.5 * pairs:
        return ""  # two bytes of nothing are no letter
    for start, name in ((0, "utf-16-be"), (1, "utf-16-le")):
        pages = head[start : pairs * 2 : 2]
        if pages.count(0) + pages.count(4) + pages.count(0x20) >= 0.9 * pairs:
            return name if pages.count(0) + pages.count(4) >= 0.5 * pairs else ""
    return ""


def _is_utf8(samples: Sequence[bytes]) -> bool:
    damaged = letters = 0
    for sample in samples:
        text = _whole(sample).decode("utf-8", "replace")
        damaged += text.count("\ufffd")
        letters += len(text) - len(text.encode("ascii", "ignore"))
    return damaged <= DAMAGED * letters


def _whole(sample: bytes) -> bytes:
    """Return the sample without a letter cut at its beginning or end."""
    start = next((at for at, byte in enumerate(sample[:4]) if byte & 0xC0 != 0x80), 0)
    for back in range(1, min(4, len(sample)) + 1):
        byte = sample[-back]
        if byte & 0xC0 == 0xC0:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return sample[start : len(sample) - back] if back < needed else sample[start:]
        if byte < 0x80:
            break
    return sample[start:]


def _likeness(text: str) -> float:
    """Return how much a text is like one written in Kazakh or Russian."""
    weights = sum(_WEIGHTS.get(letter, 0.0) for letter in text)
    return weights - 4 * len(_UPPER_INSIDE.findall(text)) - 6 * len(_BOX.findall(text))
