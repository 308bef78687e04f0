"""Texts of which it is known who copied whom: what the tests and the bench both ask.

tuned.yaml and held_out.yaml hold texts and texts of another meaning beside them; edits.yaml
what people change in a text they pass on. All copies are made here, the same every time.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import yaml

HERE = Path(__file__).parent
OF_TEXT, OF_OTHER = 10, 4  # copies made of a text, and of each that says something else
KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
KEPT = re.compile(
    r"\d|^(?:не|нет|емес|жоқ|менее|более|кем|артық|без|до|после|екі|үш|төрт|бес"
    r"|двадцать|пять|пяти|семи|на)$",
    re.IGNORECASE,
)

PUNCTUATION = ",.!?:;«»()-"
Edit = Callable[[str, random.Random], str]


class Planted(NamedTuple):
    text: str
    truth: str  # texts of one truth are copies of one another
    how: str  # edits by name


class Figures(NamedTuple):
    """Of pairs of texts; shares, 0–1."""

    texts: int
    precision: float  # of pairs put together that are copies
    recall: float  # of pairs of copies that were put together


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


def planted(half: str, seed: int = 1) -> list[Planted]:
    """Return the texts of a half, "tuned" or "held_out", with copies of them."""
    chance = random.Random(f"{half} {seed}")
    found = []
    for theme, items in _read(half).items():
        for place, item in enumerate(items):
            for number, text in enumerate([item["text"], *item["others"]]):
                truth = f"{theme} {place} {number}"
                found.append(Planted(text, truth, ""))
                copies = range(OF_OTHER if number else OF_TEXT)
                found += [Planted(*edited(text, truth, half, chance)) for _ in copies]
    chance.shuffle(found)
    return found


def edited(text: str, truth: str, half: str, chance: random.Random) -> tuple[str, str, str]:
    """Return a copy of `text` with one to three light edits, at times in other letters."""
    names = chance.sample(sorted(_edits(half, text)), chance.choice((1, 2, 2, 3)))
    names.sort(key=ORDER.index)
    for name in names:
        text = _edits(half, text)[name](text, chance)
    if chance.random() < 0.35:
        names.append("letters")
        text = in_other_letters(text, chance)
    return text, truth, " ".join(names)


ORDER = (
    "words", "slips", "place", "sentences", "addition", "greeting", "farewell",
    "punctuation", "lower", "spaces",
)  # fmt: skip


def _edits(half: str, text: str) -> dict[str, Edit]:
    told = _read("edits")[half]["kk" if KAZAKH.search(text) else "ru"]
    return {
        "greeting": lambda text, chance: f"{chance.choice(told['greetings'])} {text}",
        "farewell": lambda text, chance: f"{text}\n{chance.choice(told['farewells'])}",
        "addition": lambda text, chance: f"{text} {chance.choice(told['additions'])}",
        "sentences": sentences_moved,
        "words": words_moved,
        "slips": with_slips,
        "place": with_another_place,
        "punctuation": lambda text, chance: re.sub(r"[,.!?:;«»()-]+(?=\s|$)", "", text),
        "lower": lambda text, chance: text.lower(),
        "spaces": lambda text, chance: text.replace(". ", ".\n\n").replace(" ", "  "),
    }


def sentences_moved(text: str, chance: random.Random) -> str:
    parts = re.split(r"(?<=[.!?])\s+", text)
    chance.shuffle(parts)
    return " ".join(parts)


def words_moved(text: str, chance: random.Random) -> str:
    """Swap two neighbouring words that deny and count nothing."""
    words = text.split()
    free = [
        place
        for place in range(1, len(words) - 2)
        if not any(KEPT.search(word.strip(PUNCTUATION)) for word in words[place - 1 : place + 3])
    ]
    if free:
        place = chance.choice(free)
        words[place : place + 2] = reversed(words[place : place + 2])
    return " ".join(words)


def with_slips(text: str, chance: random.Random) -> str:
    """Mistype a word in ten."""
    words = text.split()
    long = [place for place, word in enumerate(words) if len(word) > 4 and not KEPT.search(word)]
    for place in chance.sample(long, max(1, len(long) // 10)) if long else ():
        words[place] = mistyped(words[place], chance)
    return " ".join(words)


def mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + chance.choice("аоеинр") + word[at + 1 :],
        )
    )


def with_another_place(text: str, chance: random.Random) -> str:
    for names in _read("edits")["places"]:
        for name in names:
            if re.search(rf"\b{name}\b", text):
                return re.sub(rf"\b{name}\b", chance.choice(names), text)
    return text


def in_other_letters(text: str, chance: random.Random) -> str:
    told = _read("edits")
    if not KAZAKH.search(text):
        practices = told["russian_latin"]
        return spelled(text, practices, chance.choice(sorted(practices)))
    practices = told["kazakh_latin"]
    name = chance.choice(["plain", *sorted(practices)])
    if name == "plain":
        return text.translate(str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ"))
    return spelled(text, practices, name)


def spelled(text: str, practices: dict[str, dict[str, str]], name: str) -> str:
    table = practices["common"] | practices[name]
    written = []
    for letter in text:
        its = table.get(letter.lower(), letter)
        written.append(its.capitalize() if letter.isupper() else its)
    return "".join(written)


def measured(texts: Sequence[Planted], groups: Sequence[Sequence[int]]) -> Figures:
    """Judge groups of the numbers of `texts` by pairs."""
    truth: dict[str, set[int]] = {}
    for number, text in enumerate(texts):
        truth.setdefault(text.truth, set()).add(number)
    copies = _pairs(truth.values())
    put = _pairs(groups)
    right = len(copies & put)
    return Figures(len(texts), right / len(put), right / len(copies))


def _pairs(groups: Any) -> set[tuple[int, int]]:
    return {pair for each in groups for pair in combinations(sorted(each), 2)}
