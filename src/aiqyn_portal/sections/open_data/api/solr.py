"""The part of Solr's query language that clients of CKAN write, as conditions of our own.

`tags:бюджет AND -res_format:PDF metadata_modified:[2026-01-01T00:00:00Z TO *]` becomes a
`Q`; so do free words, as conditions on the text. What is not understood is refused by name,
never ignored: a harvester that asks for less than it thinks loses data in silence.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from functools import reduce
from operator import and_
from typing import NamedTuple

from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime

from aiqyn_portal.search import asking
from aiqyn_portal.sections.open_data.api.envelope import SearchRefused

MOST_PARTS = 100
MOST_LOOKUPS = 12  # of free words: those that follow one another share one
# conditions that are always true and never; an empty Q is neither: `Q() | x` is x, `~Q()` is Q()
EVERYTHING, NOTHING = ~Q(pk__in=[]), Q(pk__in=[])
_WEIGHED = re.compile(r"(?<!\\)[~^][\d.]*$")  # "word~2", "word^3"
_STARTED = re.compile(r"[^*\\]\*$")  # "foo*", not "foo\*"
_DAY_MATH = re.compile(r"NOW(?:/(?:DAY|HOUR))?(?:-(\d{1,5})(DAY|HOUR|MONTH|YEAR)S?)?$")
_HOURS = {"HOUR": 1, "DAY": 24, "MONTH": 24 * 30, "YEAR": 24 * 365}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<open>\() | (?P<close>\)) |
        (?P<word_operator>AND|OR|NOT|&&|\|\|)(?=[\s()]|$) |
        (?P<sign>[+\-!](?=\S)) |
        (?P<field>[A-Za-z_][\w.]*):(?=\S) |
        (?P<range>[\[{]\s*(?P<low>"[^"]*"|[^\s\]}]+)\s+TO\s+(?P<high>"[^"]*"|[^\s\]}]+)\s*[\]}]) |
        "(?P<quoted>(?:[^"\\]|\\.)*)" |
        (?P<word>(?![\[{])(?:[^\s()"\\]|\\.)+)
    )""",
    re.VERBOSE,
)


Condition = Callable[[str], Q]


class Bound(NamedTuple):
    """One end of a range: `[` and `]` take the moment itself in, `{` and `}` do not."""

    moment: datetime
    is_within: bool


Between = Callable[[Bound | None, Bound | None], Q]


class Known(NamedTuple):
    """What may be asked, as conditions."""

    fields: dict[str, Condition]  # "name:value"
    starts: dict[str, Condition]  # "name:val*": given what stands before the asterisk
    ranges: dict[str, Between]  # "name:[low TO high]"
    word: Condition  # free words, all of which are to be there
    text: Condition  # free words in quotes, or with an asterisk


class _Part(NamedTuple):
    kind: str
    text: str
    low: str = ""
    high: str = ""
    brackets: str = ""  # "[]", "{}", "[}" or "{]"
    is_start: bool = False  # the word ends in an asterisk of its own


def read(query: str, known: Known) -> Q:
    """Understand `query`; raises SearchRefused for what is not known."""
    return _Reader(list(_parts(query)), known).all()


def _parts(query: str) -> Iterator[_Part]:
    at, count = 0, 0
    query = query.strip()
    while at < len(query):
        found = _TOKEN.match(query, at)
        if found is None or found.end() == at:
            raise SearchRefused(f"cannot read {query[at : at + 30]!r}")
        kind = found.lastgroup or ""
        if kind == "word" and _WEIGHED.search(found["word"]):
            raise SearchRefused(f"no ~ or ^ here: {found['word']!r}")
        if found["range"]:
            said = found["range"]
            low, high = found["low"].strip('"'), found["high"].strip('"')
            yield _Part("range", said, low, high, said[0] + said[-1])
        else:
            is_start = kind == "word" and _STARTED.search(found["word"]) is not None
            yield _Part(kind, re.sub(r"\\(.)", r"\1", found[kind]), is_start=is_start)
        at, count = found.end(), count + 1
        if count > MOST_PARTS:
            raise SearchRefused(f"more than {MOST_PARTS} parts")


class _Reader:
    """Reads parts from left to right: OR binds weaker than AND, a gap is AND."""

    def __init__(self, parts: list[_Part], known: Known) -> None:
        self.parts = parts
        self.at = 0
        self.lookups = 0
        self.known = known

    def all(self) -> Q:
        if not self.parts:
            return EVERYTHING
        condition = self.either()
        if self.at < len(self.parts):
            raise SearchRefused(f"unexpected {self.parts[self.at].text!r}")
        return condition

    def now(self) -> _Part | None:
        return self.parts[self.at] if self.at < len(self.parts) else None

    def take(self) -> _Part:
        if self.at >= len(self.parts):
            raise SearchRefused("the query ends too early")
        self.at += 1
        return self.parts[self.at - 1]

    def is_operator(self, *names: str) -> bool:
        part = self.now()
        return part is not None and part.kind == "word_operator" and part.text in names

    def either(self) -> Q:
        found = self.both()
        while self.is_operator("OR", "||"):
            self.take()
            found |= self.both()
        return found

    def both(self) -> Q:
        found = self.some()
        while (part := self.now()) and part.kind != "close" and not self.is_operator("OR", "||"):
            if self.is_operator("AND", "&&"):
                self.take()
            found &= self.some()
        return found

    def some(self) -> Q:
        """Free words that follow one another, looked up together; or one of anything else."""
        words = []
        while (part := self.now()) and _is_free(part):
            words.append(self.take().text)
        return self.word(words) if words else self.one()

    def one(self) -> Q:
        if self.is_operator("NOT"):
            self.take()
            return ~self.one()
        part = self.take()
        if part.kind == "sign":
            return self.one() if part.text == "+" else ~self.one()
        if part.kind == "open":
            return self.until_closed()
        if part.kind == "field":
            return self.of_field(part.text)
        return self.free(part)

    def free(self, part: _Part) -> Q:
        """What stands in no field: a word as the search finds it, else as it is written."""
        if part[:2] == ("word", "*:*"):
            return EVERYTHING
        return self.word([part.text]) if _is_free(part) else self.said(part, self.known.text)

    def word(self, written: list[str]) -> Q:
        return reduce(and_, map(self.together, _runs([each.lstrip("-") for each in written])))

    def together(self, words: str) -> Q:
        self.lookups += 1
        if self.lookups > MOST_LOOKUPS:
            raise SearchRefused(f"free words in more than {MOST_LOOKUPS} places")
        return self.known.word(words)

    def said(self, part: _Part, condition: Condition, start: Condition | None = None) -> Q:
        """A word of a field or of the text; `*` is any, and `foo*` what begins so."""
        if part.kind not in ("word", "quoted"):
            raise SearchRefused(f"unexpected {part.text!r}")
        if part.is_start and start is not None:
            return start(part.text[:-1])
        return EVERYTHING if part.text == "*" else condition(part.text)

    def until_closed(self) -> Q:
        found = self.either()
        if self.take().kind != "close":
            raise SearchRefused("a bracket is not closed")
        return found

    def of_field(self, name: str) -> Q:
        part = self.take()
        if part.kind == "range":
            return self.within(name, part)
        if name not in self.known.fields:
            raise SearchRefused(f"unknown field {name}")
        if part.kind == "open":
            return self.any_of(name)
        return self.value(name, part)

    def within(self, name: str, part: _Part) -> Q:
        """`metadata_modified:[a TO b]`, with curly brackets for an end that is not itself meant."""
        if name not in self.known.ranges:
            raise SearchRefused(f"no range of {name}")
        low = _bound(part.low, is_within=part.brackets[0] == "[")
        high = _bound(part.high, is_within=part.brackets[1] == "]")
        return self.known.ranges[name](low, high)

    def value(self, name: str, part: _Part) -> Q:
        return self.said(part, self.known.fields[name], self.known.starts.get(name))

    def any_of(self, name: str) -> Q:
        """`tags:(a OR b)`; between words without an operator stands OR, as CKAN's users mean.

        NOT and signs are refused here: beside such an OR nobody knows what they mean.
        """
        found = self.both_of(name)
        while (part := self.now()) and part.kind != "close":
            if self.is_operator("OR", "||"):
                self.take()
            found |= self.both_of(name)
        self.take()
        return found

    def both_of(self, name: str) -> Q:
        found = self.value(name, self.take())
        while self.is_operator("AND", "&&"):
            self.take()
            found &= self.value(name, self.take())
        return found


def _runs(written: list[str]) -> Iterator[str]:
    """The words as questions no longer than the search reads."""
    run: list[str] = []
    for word in written:
        is_full = len(run) == asking.MOST or len(" ".join([*run, word])) > asking.LONGEST
        if run and is_full:
            yield " ".join(run)
            run = []
        run.append(word)
    yield " ".join(run)


def _is_free(part: _Part) -> bool:
    """Whether it is a word as people write one."""
    return part.kind == "word" and "*" not in part.text


def _bound(written: str, *, is_within: bool) -> Bound | None:
    """One end of a range; None for `*`, without an end."""
    return None if written == "*" else Bound(_moment(written), is_within)


def _moment(written: str) -> datetime:
    """A moment as Solr writes it; raises SearchRefused."""
    try:
        moment = _in_utc(written)
    except (ValueError, OverflowError, OSError):  # before the year 1, after 9999, 13th month
        moment = None
    if moment is None:
        raise SearchRefused(f"not a moment: {written!r}")
    return moment


def _in_utc(written: str) -> datetime | None:
    if math := _DAY_MATH.match(written):
        hours = int(math[1] or 0) * _HOURS[math[2] or "DAY"]
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() - hours * 3600, UTC)
    moment = parse_datetime(written)
    if moment is None and (day := parse_date(written)):
        moment = datetime.combine(day, time(), UTC)
    if moment is None or moment.tzinfo is None:
        return moment and moment.replace(tzinfo=UTC)
    return moment.astimezone(UTC)
