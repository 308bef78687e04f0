"""Plain text: a line is a paragraph, unless the lines were broken to fit a width."""

import re
from itertools import pairwise
from statistics import mean

from msgspec import Struct

from aiqyn.acts.reading.lines import Line, Sheet, clean, seen
from aiqyn.subjects import charset

WIDEST = 120  # characters: no printer and no terminal breaks lines later
NEARLY = 0.7  # of the width: a line as long that ends in no full stop was broken by hand
FEWEST = 5  # breaks that tell a habit
_OPENS = re.compile(
    r"[«\"“]?(?:§\s*)?\d{1,3}(?:-\d{1,3})*(?:[.)]|-(?:бап|тарау|бөлім|параграф|қосымша)\b)"
    r"|[«\"“]?(?:статья|глава|раздел|параграф|приложение|ескерт(?:п)?у|примечание|сноска)\b"
    r"|[а-яәғқңөұүһіa-z]\)\s|[-–—•]\s",
    re.IGNORECASE,
)


class _Raw(Struct, frozen=True):
    number: int  # of the line in the file, from 1
    text: str
    is_indented: bool
    has_gap: bool


def read(data: bytes) -> Sheet:
    """Read the lines of a text in any of the encodings used here."""
    text, _ = charset.sniff(data)
    raw = _raw(seen(text))
    return Sheet(lines=tuple(_joined(raw, _width(raw))))


def _raw(text: str) -> list[_Raw]:
    lines, gap = [], False
    for number, line in enumerate(text.splitlines(), 1):
        said = clean(line)
        if said:
            lines.append(_Raw(number, said, line[:1].isspace(), gap))
        gap = not said
    return lines


def _width(raw: list[_Raw]) -> int:
    """Return the width the lines were broken to; 0 when each is a paragraph."""
    longest = max((len(line.text) for line in raw), default=0)
    if longest > WIDEST:
        return 0
    forced = [after for line, after in pairwise(raw) if _fits(line, after, longest)]
    if len(forced) < FEWEST or len(forced) * 4 < len(raw):
        return 0
    return longest if mean(line.text[0].islower() for line in forced) >= 0.5 else 0


def _fits(line: _Raw, after: _Raw, width: int) -> bool:
    """Whether `after` goes on where `line` had no room, or little of it, for one more word."""
    if after.has_gap or after.is_indented or _OPENS.match(after.text):
        return False
    if after.text[0].islower() and line.text[-1] not in ".;:" and len(line.text) > NEARLY * width:
        return True
    return len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width


def _joined(raw: list[_Raw], width: int) -> list[Line]:
    lines: list[Line] = []
    before: _Raw | None = None
    for line in raw:
        if width and before and _fits(before, line, width):
            last = lines[-1]
            lines[-1] = Line(
                text=f"{last.text} {line.text}", where=last.where, has_gap=last.has_gap
            )
        else:
            lines.append(Line(text=line.text, where=f"¶ {line.number}", has_gap=line.has_gap))
        before = line
    return lines
