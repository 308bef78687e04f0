"""Typos as people make them on a Russian keyboard and on a telephone; the same every time."""

import random
from collections.abc import Callable

RUSSIAN = {"ә": "аэ", "ө": "о", "ұ": "у", "ү": "у", "қ": "к", "ғ": "г", "ң": "н", "і": "иы"}
BESIDE = {"а": "вп", "о": "рл", "е": "кн", "ы": "фв", "т": "иь", "р": "по", "л": "од", "д": "лж"}
OTHER_VOWELS = str.maketrans("аыеі", "еіаы")
Typo = Callable[[str, random.Random], str]


def with_russian_letters(word: str, by: random.Random) -> str:
    return "".join(by.choice(RUSSIAN.get(letter, letter)) for letter in word)


def without_a_letter(word: str, by: random.Random) -> str:
    at = by.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def with_a_letter_twice(word: str, by: random.Random) -> str:
    at = by.randrange(len(word))
    return word[:at] + word[at] + word[at:]


def with_two_swapped(word: str, by: random.Random) -> str:
    at = by.choice([n for n in range(len(word) - 1) if word[n] != word[n + 1]])
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def with_the_key_beside(word: str, by: random.Random) -> str:
    places = [n for n, letter in enumerate(word) if letter in BESIDE]
    if not places:
        return without_a_letter(word, by)
    at = by.choice(places)
    return word[:at] + by.choice(BESIDE[word[at]]) + word[at + 1 :]


def with_another_ending(word: str, by: random.Random) -> str:
    return word[:-3] + word[-3:].translate(OTHER_VOWELS)


def in_russian_letters_without_one(word: str, by: random.Random) -> str:
    return without_a_letter(with_russian_letters(word, by), by)


KINDS: tuple[Typo, ...] = (
    with_russian_letters,
    without_a_letter,
    with_a_letter_twice,
    with_two_swapped,
    with_the_key_beside,
    with_another_ending,
    in_russian_letters_without_one,
)
