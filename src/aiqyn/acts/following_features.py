"""What a paragraph is compared by: its words without their endings, and how telling they are."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from aiqyn.acts.model import Paragraph

STEM = 6  # letters of a word that are compared: what stands behind changes with the case
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_SPACES = re.compile(r"[\s\u200b\u00ad]+")
_MARKS = {ord(mark): '"' for mark in "«»“”„‟"} | {ord(mark): "-" for mark in "‐‑‒–—−"}
_MARKS |= {ord("ё"): "е", ord("’"): "'", ord("ʼ"): "'"}

# Numbers of units named in a text: they change when others are added or taken out.
_ONE = r"\d{1,5}(?:-\d{1,5}){0,3}\)?"
_LIST = rf"{_ONE}(?:(?:\s?[,;]\s?|\s-\s|(?<=\))-|\s(?:және|мен|немесе|и|или|по)\s){_ONE}){{0,40}}"
_AFTER = rf"(?<![\d-]){_LIST}(?=\s?-?\s?(?:бап|тарма|тара|бөлі|қосымша|параграф|абзац))"
_BEFORE = (
    r"(?<![а-я])(?:(?:под)?пункт|стать|глав|раздел|част|приложени|параграф|абзац)"
    rf"[а-я]{{0,3}}\s{_LIST}"
)
_REFERENCE = re.compile(rf"{_AFTER}|{_BEFORE}")
_NUMBER = re.compile(_ONE)

# What is left of a unit that was taken out: its number with words instead of its text.
_STUB = re.compile(
    r"[(\[]?(?:тармақ|тармақша|бап|бөлік|абзац|тарау|қосымша|пункт|подпункт|статья|часть|глава"
    r"|приложение)?\s?(?:\S{1,8}\s)?"
    r"(?:алы[пн]\s?таста\w+|алынып тасталды|күші жойылды\w*|күшін жойды|исключ[её]н\w*"
    r"|утратил\w? силу|признан\w? утратившим\w? силу)\b.{0,120}",
    re.DOTALL,
)


class Features(NamedTuple):
    """One paragraph made comparable."""

    key: str  # in lower case, marks unified, without the mark at the end
    blind: str  # the same without the numbers of units it names
    bag: dict[str, float]  # words, and pairs of neighbours, with their weights
    weight: float  # of the bag together; a word said once in both texts weighs 1
    is_stub: bool  # words say the unit was taken out


def plain(text: str) -> str:
    """Return `text` in lower case with one kind of space, quote and dash, no mark at the end."""
    text = _SPACES.sub(" ", text.lower().translate(_MARKS))
    return text.strip().rstrip(".;:, ")


def blind(key: str) -> str:
    """Return a plain text with "#" for the numbers of the units it names."""
    return _REFERENCE.sub(lambda found: _NUMBER.sub("#", found[0]), key)


def features(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[list[Features], ...]:
    """Return the features of both texts, words weighed by how seldom they are in the two."""
    keys = [[plain(paragraph.text) for paragraph in side] for side in (old, new)]
    blinds = [[blind(key) for key in side] for side in keys]
    counts = {text: _counted(text) for side in blinds for text in side}
    weights = _weights(counts[text] for side in blinds for text in side)
    bags = {text: _bag(words, weights) for text, words in counts.items()}
    return tuple(
        [
            Features(key, text, *bags[text], is_stub=bool(_STUB.fullmatch(key)))
            for key, text in zip(side, told, strict=True)
        ]
        for side, told in zip(keys, blinds, strict=True)
    )


def _counted(text: str) -> Counter[str]:
    words = [word[:STEM] for word in _WORD.findall(text.replace("#", ""))]
    counted = Counter(words)
    counted.update(f"{one} {two}" for one, two in pairwise(words))
    return counted


def _weights(texts: Iterable[Counter[str]]) -> dict[str, float]:
    seen: Counter[str] = Counter()
    total = 0
    for words in texts:
        seen.update(words.keys())
        total += 1
    return {
        word: math.log1p(total / count) / math.log1p(total) * (0.5 if " " in word else 1.0)
        for word, count in seen.items()
    }


def _bag(counted: Counter[str], weights: dict[str, float]) -> tuple[dict[str, float], float]:
    bag = {word: count * weights[word] for word, count in counted.items()}
    return bag, sum(bag.values())


def overlap(one: dict[str, float], two: dict[str, float]) -> float:
    """Return the weight both bags have in common."""
    if len(one) > len(two):
        one, two = two, one
    get = two.get
    return sum(min(weight, get(word, 0.0)) for word, weight in one.items())


def likeness(one: Features, two: Features) -> float:
    """Return how alike two paragraphs are, 0 to 1; a unit taken out is like no other text."""
    if one.is_stub != two.is_stub:
        return 0.0
    if one.blind == two.blind:
        return 1.0 if one.key == two.key else 0.98
    both = one.weight + two.weight
    return 2 * overlap(one.bag, two.bag) / both if both else 0.0
