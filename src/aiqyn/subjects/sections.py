"""Sections every official site has, the names people give them, and what makes each complete."""

import re
from functools import cache, lru_cache
from typing import Literal
from urllib.parse import unquote

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects.dates import fold
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.spaces import squeeze
from aiqyn.text import Text

LONGEST_NAME = 90  # characters; a heading longer than this names an article, not a section
LONGEST_BODY = 6  # words of a body's name before or after that of a section

Pattern = Literal[
    "person", "telephone", "email", "units", "items", "document", "table", "picture", "figures",
    "period", "clock", "act", "questions",
]  # fmt: skip


class Need(Noun, frozen=True, kw_only=True):
    """Something a complete section has: a word that begins so, or what a pattern sees."""

    title: Text
    words: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()  # words that count only as they stand
    beside_name: tuple[str, ...] = ()  # that, as headings, count only where a person is named
    pattern: Pattern | None = None


class Section(Noun, frozen=True, kw_only=True):
    """One section; sections.yaml says what each field means."""

    code: str
    title: Text
    source: str  # the clause or paper that asks for it
    importance: int = 1
    names: dict[str, tuple[str, ...]]
    aside: dict[str, tuple[str, ...]] = {}
    of_the_body: dict[str, tuple[str, ...]] = {}
    addresses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # of bodies it is expected of; () means all
    within: str = ""  # another section that, complete, tells of this one too
    needs: tuple[str, ...] = ()  # "a|b": either is enough
    may_need: tuple[str, ...] = ()  # what some bodies cannot have: no part of completeness
    days: int = 0  # after so many without a change it is stale; 0 says nothing

    @property
    def asks(self) -> tuple[str, ...]:
        """All that is looked for in its pages."""
        return self.needs + self.may_need


class _File(Noun, frozen=True, kw_only=True):
    needs: dict[str, Need]
    sections: tuple[Section, ...]


@cache
def _file() -> _File:
    return read(ROOT / "subjects" / "sections.yaml", _File)


@cache
def sections() -> dict[str, Section]:
    """Return all known sections by code, in the order of the file."""
    return {section.code: section for section in _file().sections}


@cache
def needs() -> dict[str, Need]:
    """Return by code what sections may need."""
    return _file().needs


def learn() -> None:
    """Read the names of all sections now, which takes as long as thirty pages do."""
    _exact()
    _open_ended()


def expected_of(kind: str) -> list[Section]:
    """Return the sections expected of bodies of `kind`; of all kinds when it is ""."""
    return [each for each in sections().values() if not (each.kinds and kind) or kind in each.kinds]


_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_COUNTER = re.compile(r"\s*\(\d+\)$")
_BODY_KK = re.compile(
    "(?:акимди[кг]|акимат|аппарат|министрли[кг]|комитет|баскарма|департамент|агентти[кг]|орган"
    "|облыс|аудан|кала|маслихат|болим|инспекция)(?:[ыи]|сы|т[ыи]н|н[ыи]н|д[ыи]н|[ыи]н[ыи]н|сынын)?"
)
_BODY_RU = re.compile(
    "(?:акимат|аппарат|комитет|департамент|орган|район|город|маслихат|отдел|регион)[ае]"
    "|министерств[ае]|агентств[ае]|ведомств[ае]|управлени[яи]|области|инспекции|акима"
)
_BODY_EN = re.compile(
    "akimat|ministry|committee|department|agency|body|region|district|city|maslikhat|office|akim"
)


def _key(name: str) -> str:
    return squeeze(fold(name))


@lru_cache(1_000)
def _key_of(heading: str) -> str:
    return _key(_bare(heading))


@cache
def _exact() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in sections().values():
        names = (*section.names.values(), *section.aside.values())
        for name in (each for several in names for each in several):
            if "*" not in name:
                found.setdefault(_key(name), set()).add(section.code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _aside() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in sections().values():
        for name in (each for names in section.aside.values() for each in names):
            found.setdefault(_key(name), set()).add(section.code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _open_ended() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Names with *, by their first three letters."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for section in sections().values():
        for name in (each for names in section.names.values() for each in names):
            if "*" in name:
                pattern = re.compile(re.escape(_key(name)).replace(r"\*", r"\w*"))
                found.setdefault(_key(name)[:3], []).append((section.code, pattern))
    return found


@cache
def _of_the_body() -> dict[str, dict[str, str]]:
    """By language, which section the words before or after a body's name call."""
    found: dict[str, dict[str, str]] = {"kk": {}, "ru": {}, "en": {}}
    for section in sections().values():
        for language, names in section.of_the_body.items():
            found[language] |= {_key(name): section.code for name in names}
    return found


@cache
def _begin_so() -> frozenset[str]:
    """First words of what calls a section before a body's name."""
    return frozenset(name.split()[0] for of in ("ru", "en") for name in _of_the_body()[of])


@cache
def _end_so() -> frozenset[str]:
    """Last words of what calls a section after a body's name."""
    return frozenset(name.split()[-1] for name in _of_the_body()["kk"])


def _bare(heading: str) -> str:
    """Without a counter at the end, "(12)", and what are no letters around it."""
    if heading[:1].isalnum() and heading[-1:].isalnum():
        return heading
    return _EDGES.sub("", _COUNTER.sub("", heading))


@lru_cache(100_000)
def sections_named(heading: str) -> frozenset[str]:
    """Return the codes of the sections that `heading` names as a whole: mostly none or one."""
    if len(heading) > LONGEST_NAME:
        return frozenset()
    name = _key_of(heading)
    codes = _exact().get(name, frozenset())
    codes |= {code for code, known in _open_ended().get(name[:3], ()) if known.fullmatch(name)}
    return codes or _named_with_the_body(name.split())


@lru_cache(100_000)
def sections_aside(heading: str) -> frozenset[str]:
    """Return which of the sections `heading` names it names only aside: it is another's name."""
    return _aside().get(_key_of(heading), frozenset())


def _named_with_the_body(words: list[str]) -> frozenset[str]:
    if not words or (words[0] not in _begin_so() and words[-1] not in _end_so()):
        return frozenset()
    known = _of_the_body()
    for size in range(1, min(4, len(words) - 1) + 1):
        head, rest = " ".join(words[:size]), words[size:]
        tail, before = " ".join(words[-size:]), words[:-size]
        if tail in known["kk"] and len(before) <= LONGEST_BODY and _BODY_KK.fullmatch(before[-1]):
            return frozenset([known["kk"][tail]])
        if head in known["ru"] and len(rest) <= LONGEST_BODY and _has(_BODY_RU, rest):
            return frozenset([known["ru"][head]])
        if rest[0] in ("of", "the"):
            rest = [each for each in rest if each not in ("of", "the")]
            if head in known["en"] and len(rest) <= LONGEST_BODY and _has(_BODY_EN, rest):
                return frozenset([known["en"][head]])
    return frozenset()


def _has(body: re.Pattern[str], words: list[str]) -> bool:
    """Whether a word for a body is among the first three: "областного акимата"."""
    return any(map(body.fullmatch, words[:3]))


@cache
def _by_address() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for section in sections().values():
        for word in section.addresses:
            found.setdefault(word.replace("_", "-"), set()).add(section.code)
    return {word: frozenset(codes) for word, codes in found.items()}


@lru_cache(10_000)
def _segment_named(segment: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the sections a step of a path is called after: as a whole, and with more words."""
    word = unquote(segment).lower().partition(".")[0].replace("_", "-").replace(" ", "-")
    whole = _by_address().get(word, frozenset())
    if "-" in word and not word[0].isdigit():
        words = word.split("-")
        heads = ("-".join(words[:size]) for size in range(1, len(words)))
        longer = (codes for head in heads if (codes := _by_address().get(head)))
        return whole, whole.union(*longer)
    return whole, whole


@lru_cache(1_000)
def sections_of_address(address: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return (sections the last step of the path is called after, sections it lies below).

    /kk/structure/ is the section itself; /kk/leadership/akim and /ru/byudzhet-2023.html
    lie below one.
    """
    steps = [each for each in parts_of(address).path.split("/") if each]
    if steps and steps[-1].lower().startswith(("index.", "default.")):
        steps.pop()
    if not steps:
        return frozenset(), frozenset()
    named = [_segment_named(step) for step in steps]
    return named[-1][0], frozenset().union(*(each[1] for each in named))
