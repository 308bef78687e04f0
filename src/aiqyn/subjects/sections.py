"""Sections every official site has, the names people give them, and what makes each complete."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple
from urllib.parse import unquote

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.titles import Additions, Core, Titles, ending, parts, spelled, stem, unowned
from aiqyn.text import Text

LONGEST_NAME = 120  # characters; a heading longer than this names an article, not a section

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
    is_thing: bool = False  # it stands there or does not: words that only promise it do not count
    is_named: bool = False  # words count only where a line, a heading or a link says no more
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
    told_in: str = ""  # another section that tells of this one where it meets all its needs
    needs: tuple[str, ...] = ()  # "a|b": either is enough
    speaks: tuple[str, ...] = ()  # beginnings of words by which its content is known, see there
    may_need: tuple[str, ...] = ()  # what some bodies cannot have: no part of completeness
    days: int = 0  # after so many without a change it is stale; 0 says nothing
    by_label: bool = False  # only where it says when it was updated
    elsewhere: tuple[str, ...] = ()  # hosts it may be kept at; "*": any other

    @property
    def asks(self) -> tuple[str, ...]:
        """All that is looked for in its pages."""
        return self.needs + self.may_need


class _File(Noun, frozen=True, kw_only=True):
    needs: dict[str, Need]
    additions: Additions
    promises: tuple[str, ...]
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


@cache
def promises() -> tuple[str, ...]:
    """Return beginnings of words by which a sentence only promises."""
    return _file().promises


def learn() -> None:
    """Read the names of all sections now, which takes as long as fifty pages do."""
    _names()


def expected_of(kind: str) -> list[Section]:
    """Return the sections expected of bodies of `kind`; of all kinds when it is ""."""
    return [each for each in sections().values() if not (each.kinds and kind) or kind in each.kinds]


_BRACKETED = re.compile(r"([^()]+)\(([^()]+)\)\W*")
_ONLY = "!"  # ends a name that takes no additions

Told = tuple[str, bool]  # a section, and whether it is named aside
_NONE: frozenset[Told] = frozenset()


class _Names(NamedTuple):
    """Which sections plain names name: as they stand, and where titles have additions."""

    whole: dict[str, frozenset[Told]]
    free: dict[str, frozenset[Told]]
    kazakh: dict[str, frozenset[Told]]  # as if nobody owned it
    listed: dict[str, frozenset[Told]]  # of Russian names, the stems
    owned: dict[str, frozenset[Told]]  # only with the name of a body
    first_words: frozenset[str]  # a title has one of these
    endings: frozenset[str]  # or its last word is one of these


@cache
def _titles() -> Titles:
    return Titles(_file().additions)


@cache
def _names() -> _Names:
    known = _all_names()
    free = [(of, told, name) for of, told, name, is_free in known if is_free]
    owned = [
        (language, (section.code, False), name)
        for section in sections().values()
        for language, names in section.of_the_body.items()
        for name, _ in _plain_names(names)
    ]
    titles, every = _titles(), [(of, name.split()) for of, _, name, _ in known]
    every += [(of, name.split()) for of, _, name in owned]
    first = titles.first_words.union(words[0] for of, words in every if of != "kk")
    last = titles.last_words.union(words[-1] for of, words in every if of == "kk")
    return _Names(
        whole=_by_name((name, told) for _, told, name, _ in known),
        free=_by_name((name, told) for _, told, name in free),
        kazakh=_by_name((unowned(name), told) for of, told, name in free if of == "kk"),
        listed=_by_name((stem(name), told) for of, told, name in free if of == "ru"),
        owned=_by_name((unowned(name) if of == "kk" else name, told) for of, told, name in owned),
        first_words=titles.with_alike(first),
        endings=frozenset(map(ending, titles.with_alike(last))),
    )


def _all_names() -> list[tuple[str, Told, str, bool]]:
    """Return (language, section, plain name, does it take additions) of all names there are."""
    return [
        (language, (section.code, is_aside), name, is_free)
        for section in sections().values()
        for is_aside, by_language in ((False, section.names), (True, section.aside))
        for language, names in by_language.items()
        for name, is_free in _plain_names(names)
    ]


def _plain_names(names: Iterable[str]) -> Iterator[tuple[str, bool]]:
    for name in names:
        for one in spelled(name.removesuffix(_ONLY), _plain_word):
            yield one, not name.endswith(_ONLY)


@lru_cache(10_000)
def _plain_word(word: str) -> str:
    return _titles().plain(_titles().words(word))


def _by_name(pairs: Iterable[tuple[str, Told]]) -> dict[str, frozenset[Told]]:
    alone: dict[Told, frozenset[Told]] = {}
    found: dict[str, frozenset[Told]] = {}
    for name, told in pairs:
        one = alone.get(told) or alone.setdefault(told, frozenset((told,)))
        found[name] = found[name] | one if name in found else one
    return found


def sections_named(heading: str) -> frozenset[str]:
    """Return the codes of the sections that `heading` names as a whole: mostly none or one."""
    return _told_by(heading)[0]


def sections_aside(heading: str) -> frozenset[str]:
    """Return which of the sections `heading` names it names only aside: it is another's name."""
    return _told_by(heading)[1]


@lru_cache(100_000)
def _told_by(heading: str) -> tuple[frozenset[str], frozenset[str]]:
    if len(heading) > LONGEST_NAME:
        return frozenset(), frozenset()
    told = _told_of(heading)
    own = frozenset(code for code, is_aside in told if not is_aside)
    named = frozenset(code for code, _ in told)
    return named, named - own


def _told_of(heading: str) -> frozenset[Told]:
    bracketed = _BRACKETED.fullmatch(heading) if "(" in heading else None
    if bracketed and (told := _told_of(bracketed[1]) & _told_of(bracketed[2])):
        return told  # «Часто задаваемые вопросы (FAQ)»
    words, known = _titles().words(heading), _names()
    if not words or (words[0] not in known.first_words and ending(words[-1]) not in known.endings):
        return _NONE
    name = _titles().plain(words)
    if name in known.whole:
        return known.whole[name]
    return next(filter(None, map(_told_by_core, _titles().cores(name))), _NONE)


def _told_by_core(core: Core) -> frozenset[Told]:
    """Return what a title without some additions names, or all its parts that "and" joins."""
    if told := _looked_up(core):
        return told
    several = [_looked_up(Core(name, core.is_owned, core.is_listed)) for name in parts(core.name)]
    return frozenset[Told]().union(*several) if len(several) > 1 and all(several) else _NONE


def _looked_up(core: Core) -> frozenset[Told]:
    known, kazakh = _names(), unowned(core.name)
    told = known.free.get(core.name) or known.kazakh.get(kazakh)
    if not told and core.is_owned:
        told = known.owned.get(core.name) or known.owned.get(kazakh)
    if not told and core.is_listed:
        told = known.listed.get(stem(core.name))
    return told or _NONE


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
