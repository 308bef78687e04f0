"""Which delimiter and quotes a text has: the pair under which its records agree best."""

import re
from collections import Counter
from collections.abc import Sequence

from aiqyn.subjects.datafile.csv_records import LINE_ENDS, Dialect, lines_of, split

DELIMITERS = "\t;|,"  # of equals the earlier: commas stand in numbers and sentences
SELDOM = {"^": 1, "~": 1, ":": 2}  # how many of them a line has at least: one colon is a sentence's
EVEN = 0.05  # of agreement that is no difference
MOST_LINES = 300  # of one sample


def find_dialect(samples: Sequence[str]) -> Dialect:
    """Return how records of a text are told apart, by parts of it that begin with a line."""
    parts = [lines_of(sample)[:MOST_LINES] for sample in samples]
    quote, escape = _quotes(parts)
    scored = []
    for rank, delimiter in enumerate(DELIMITERS):
        dialect = Dialect(delimiter=delimiter, quote=quote, escape=escape)
        scored.append((_agreement(parts, dialect), -rank, dialect))
    best = max(score for score, *_ in scored)
    if not best:
        delimiter = _seldom(parts)  # none: one column
        return Dialect(delimiter=delimiter or ",", quote=quote, escape=escape)
    return max(
        (rank, dialect.delimiter, dialect)
        for score, rank, dialect in scored
        if score >= best - EVEN
    )[2]


def _seldom(parts: list[list[str]]) -> str:
    """Return a delimiter nobody expects, where every line has as many of it and the first names."""
    lines = [line for part in parts for line in part if line.strip()]
    for delimiter, least in SELDOM.items():
        counts = {line.count(delimiter) for line in lines}
        if len(lines) > 2 and len(counts) == 1 and min(counts) >= least:
            names = lines[0].rstrip("\r\n").split(delimiter)
            if all(name.strip() == name != "" and not _DIGIT.search(name) for name in names):
                return delimiter
    return ""


_DIGIT = re.compile(r"\d")


def _quotes(parts: list[list[str]]) -> tuple[str, str]:
    text = "\n".join(["", *(line for part in parts for line in part), ""])
    starts = {quote: sum(text.count(mark + quote) for mark in "\n\t;|,") for quote in "\"'"}
    quote = "'" if starts["'"] > 3 * starts['"'] and _closes(text, "'") else '"'
    is_escaped = f"\\{quote}" in text and text.count(f"\\{quote}") > text.count(quote * 2)
    return quote, "\\" if is_escaped else ""


def _closes(text: str, quote: str) -> bool:
    """Whether cells end with `quote` as often as they begin with it."""
    begins = sum(text.count(mark + quote) for mark in "\n\t;|,")
    ends = sum(text.count(quote + mark) for mark in "\n\t;|,")
    return abs(begins - ends) * 10 <= begins


def _agreement(parts: list[list[str]], dialect: Dialect) -> float:
    """Return the share of records that are as wide as most; 0 where there is one column."""
    if not any(dialect.delimiter in line for part in parts for line in part):
        return 0.0
    widths: Counter[int] = Counter()
    for part in parts:
        widths.update(len(row) for row in split(part, dialect).rows if row != [""])
    width = max(widths, key=lambda one: (widths[one], one), default=1)
    if width == 1:
        wide = widths.total() - widths[1]
        return 0.5 * wide / widths.total() if wide and len(widths) == 2 else 0.0
    return widths[width] / widths.total()


def line_end_of(sample: str) -> str:
    """Return the line end that is met most, "" for none."""
    counted = Counter(LINE_ENDS.findall(sample))
    return max(counted, key=lambda end: (counted[end], end), default="")
