"""What a title of a section says besides its name: whose it is, of which years, that it is a list.

«Перечень подведомственных организаций Министерства здравоохранения», «Министрліктің 2023–2027
жылдарға арналған даму жоспары» and “Public procurement plan for 2026” are names with
additions; what is left without them is held against the names that sections.yaml lists.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product, takewhile
from typing import NamedTuple

from aiqyn.chain import Noun
from aiqyn.subjects.dates import fold

LONGEST_BODY = 9  # words of a body's name before or after that of a section

_WORD = re.compile(r"[\w&]+")
_COUNTER = re.compile(r"\(\d+\)\W*$")
_YEARS = re.compile(
    r"(?:(?<!\S)(?:на|за|в|for|in|of) )?(?<!\S)(?:19|20)\d\d(?: (?:19|20)\d\d)?"
    r"(?: (?:год[аыу]?|годов|гг?|жж?|жыл[а-я]*))?(?: (?:арналган|бойынша))?(?!\S)"
)
_AND = re.compile(r" (?:и|мен|бен|пен|жане|and|&) ")

_BODY_KK = re.compile(
    "(?:акимди[кг]|акимат|аппарат|министрли[кг]|комитет|баскарма|департамент|агентти[кг]|орган|онир"
    "|облыс|аудан|кала|маслихат|болим|инспекция|ведомство|казакстан|республика|кр)"
    "(?:[ыи]|сы|[нтд][ыи]н|[ыи]н[ыи]н|сынын|[гк][аеи]|[ыи]?н?[дт][ае]г[ыи]|[ыи]н[ае]|сына)?"
)
_BODY_RU = re.compile(
    "(?:акимат|аппарат|комитет|департамент|орган|район|город|маслихат|отдел|регион)[аеу]"
    "|министерств[аеу]|агентств[аеу]|ведомств[аеу]|управлени[яи]|области|инспекции|рк"
    "|республики|казахстан[ае]?"
)
_BODY_EN = re.compile(
    "akimat|ministry|committee|department|agency|body|region|district|city|maslikhat|office|akim"
    "|kazakhstan"
)
_BODY_STARTS = frozenset(  # of all words above
    ["аким", "аппа", "мини", "коми", "баск", "депа", "аген", "орга", "онир", "обла", "облы", "ауда",
     "кала", "масл", "боли", "инсп", "ведо", "каза", "респ", "кр", "райо", "горо", "отде", "реги",
     "упра", "рк"]
)  # fmt: skip
_BETWEEN_RU = re.compile(r"\w+(?:[ое]го|[оеи]й|[ое]м)|в|по")  # may stand before a body
_BEFORE_BODY = ("of", "in", "for", "by", "the")
_TELLS_RU = re.compile(  # of what happened, as news do
    r"(?!астаны|страны)\w+(?:ен[аоы]?|ан[оы]|[аеиуюя]т|ят[аоы]|[аиыя]л[аои]?|[иаою]сь|ся)"
)
_TELLS_EN = re.compile(r"\w+ed|is|are|was|were|has|have|had|will|to")

_ENDING_RU = re.compile(
    r"(?:и?[ыиая]ми|[ое]го|[ое]му|[ыи]х|[ыи]м|[ое]м|[ое]й|[ое]в|и?[ая]х|и?[ая]м|и[ийяюе]|ь[яюе]"
    r"|ый|[ая]я|[ое]е|[ыи]е|[уюаяоеыиь])$"
)
_OWNER_KK = re.compile(r"(?:[лдт][ае]р)?(?:[ыи]|сы|си)?[ндт][ыи]н$|[лдт][ае]р$")
_OWNED_KK = re.compile(r"(?:[ыи]н[ыи]н|сынын|[ндт][ыи]н|с[ыи]|[ыи])$")


class Additions(Noun, frozen=True, kw_only=True):
    """Words that name nothing themselves; sections.yaml says what each field means."""

    before: tuple[str, ...]
    lists: tuple[str, ...]
    after: tuple[str, ...]
    alike: dict[str, tuple[str, ...]]


class Core(NamedTuple):
    """A title, or what is left of it."""

    name: str
    is_owned: bool = False  # the name of a body was taken away
    is_listed: bool = False  # «Перечень» was: what follows stands in another case


class Titles:
    """Titles read with the additions of sections.yaml."""

    def __init__(self, additions: Additions) -> None:
        self._alike = {
            fold(form): fold(said) for said, forms in additions.alike.items() for form in forms
        }
        self._before = _any_of(additions.before, "(?:{}) ")
        self._lists = _any_of(additions.lists, "(?:{}) ")
        self._after = _any_of(additions.after, " (?:{})$")
        self.first_words = _words_at(0, (*additions.before, *additions.lists))
        self.last_words = _words_at(-1, additions.after)

    def words(self, title: str) -> list[str]:
        """Return the words of `title` folded, without years and a count at its end."""
        words = _WORD.findall(fold(_COUNTER.sub("", title) if title[-1:] == ")" else title))
        if "20" in title or "19" in title:
            return _YEARS.sub("", " ".join(words)).split()
        return words

    def plain(self, words: Iterable[str]) -> str:
        """Return folded words as one text, those that are alike as one."""
        alike = self._alike
        return " ".join([alike.get(word, word) for word in words])

    def with_alike(self, words: Iterable[str]) -> frozenset[str]:
        """Return `words` and those that are read as one of them."""
        known = frozenset(words)
        return known.union(form for form, said in self._alike.items() if said in known)

    def cores(self, name: str) -> Iterator[Core]:
        """Yield a plain title, then with ever more of its additions taken away."""
        known = [Core(name)]
        for core in known:  # grows meanwhile
            yield core
            known += [each for each in self._with_less(*core) if each.name and each not in known]

    def _with_less(self, name: str, is_owned: bool, is_listed: bool) -> Iterator[Core]:
        if found := self._before.match(name):
            yield Core(name[found.end() :], is_owned, is_listed)
        if found := self._lists.match(name):
            yield Core(name[found.end() :], is_owned, True)
        if is_listed and name.startswith(("о ", "об ", "по ")):
            yield Core(name.partition(" ")[2], is_owned, True)
        if found := self._after.search(name):
            yield Core(name[: found.start()], is_owned, is_listed)
        for less in _without_body(name.split()):
            yield Core(less, True, is_listed)


def spelled(name: str, read: Callable[[str], str] = str) -> Iterator[str]:
    """Yield what a name of sections.yaml stands for, each word as `read` reads it.

    "a|b" is either, "(a)" may be left out.
    """
    choices = []
    for word in name.split():
        either = [read(each) for each in word.strip("()").split("|")]
        choices.append([*either, ""] if word.startswith("(") else either)
    for chosen in product(*choices):
        yield " ".join(filter(None, chosen))


def parts(name: str) -> list[str]:
    """Return what "and" joins in a plain title."""
    return _AND.split(name)


def stem(name: str) -> str:
    """Return a plain Russian name whatever its case: «вакансиях», «вакансии»."""
    return " ".join(map(_stemmed, name.split()))


@lru_cache(10_000)
def _stemmed(word: str) -> str:
    return _ENDING_RU.sub("", word)


@lru_cache(10_000)
def ending(word: str) -> str:
    """Return a last word as if nobody owned it."""
    return _OWNED_KK.sub("", word)


@lru_cache(10_000)
def _owner(word: str) -> str:
    """Return a word as if it owned nothing."""
    return _OWNER_KK.sub("", word)


def unowned(name: str) -> str:
    """Return a plain Kazakh name as if nobody owned it: «ұйымдарының», «ұйымдары», «ұйымдар»."""
    *words, last = name.split()
    return " ".join([*map(_owner, words), ending(last)])


def _any_of(phrases: Iterable[str], pattern: str) -> re.Pattern[str]:
    known = sorted(map(_folded, phrases), key=len, reverse=True)
    either = "|".join(re.escape(each) for each in known)
    return re.compile(pattern.format(either))


def _words_at(place: int, phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(_folded(each).split()[place] for each in phrases)


def _folded(phrase: str) -> str:
    return " ".join(fold(phrase).split())


def _without_body(words: list[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        if word[:4] in _BODY_STARTS:
            if place < min(len(words) - 1, LONGEST_BODY) and _BODY_KK.fullmatch(word):
                yield " ".join(words[place + 1 :])
            if place and _BODY_RU.fullmatch(word) and _is_owner(words[place + 1 :], _TELLS_RU):
                yield from _until(words, place)
        elif place and word in _BEFORE_BODY and _begins_with_body(words[place + 1 :]):
            yield " ".join(words[:place])


def _begins_with_body(words: list[str]) -> bool:
    """Whether the first thing an English text names is a body, and it tells of nothing more."""
    first = takewhile(lambda word: word not in _BEFORE_BODY, words[words[:1] == ["the"] :])
    return any(map(_BODY_EN.fullmatch, first)) and _is_owner(words, _TELLS_EN)


def _is_owner(rest: list[str], tells: re.Pattern[str]) -> bool:
    return len(rest) <= LONGEST_BODY and not any(map(tells.fullmatch, rest))


def _until(words: list[str], place: int) -> Iterator[str]:
    """Yield what stands before a body's name and the adjectives it may begin with."""
    yield " ".join(words[:place])
    while place > 1 and _BETWEEN_RU.fullmatch(words[place - 1]):
        place -= 1
        yield " ".join(words[:place])
