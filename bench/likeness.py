"""Planted copies found, and how fast many texts are grouped, beside datasketch and rapidfuzz.

    uv run --with datasketch --with rapidfuzz python -m bench.likeness [TEXTS]

The texts are those of `tests/aiqyn/likeness`: Kazakh and Russian, light edits, other letters,
opinions that differ in a word or a number. Precision and recall are of pairs. A peer puts
together what its own measure of likeness joins, at the threshold that suits it best on the half
the tables were made on; peers that are not installed are left out. For the time, texts are made
of the same words, nine in ten alone, the others copied up to fifty times. CPU time, one run.
"""

import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec

from aiqyn.likeness import examine, group
from bench.machine import facts, keep
from tests.aiqyn.likeness import answered
from tests.aiqyn.likeness.planted import Planted, edited, measured, planted

MANY = 100_000
SEEDS = (1, 2, 3)
ALONE = 0.9  # of the texts made for the time
CAMPAIGNS = (2, 3, 10, 50)
MINHASH, BOUNDS = 128, (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)  # numbers of a print; thresholds tried
FUZZY = (70, 75, 80, 85, 90, 95)
Groups = list[list[int]]
Grouper = Callable[[Sequence[str]], Groups]


def joined(size: int, pairs: Iterable[tuple[int, int]]) -> Groups:
    """Return the groups that pairs join."""
    home = list(range(size))

    def root(one: int) -> int:
        while home[one] != one:
            home[one] = home[home[one]]
            one = home[one]
        return one

    for one, other in pairs:
        home[root(one)] = root(other)
    found: dict[int, list[int]] = {}
    for one in range(size):
        found.setdefault(root(one), []).append(one)
    return list(found.values())


def by_datasketch(bound: float) -> Grouper:
    sketch = import_module("datasketch")

    def grouped(texts: Sequence[str]) -> Groups:
        lookup = sketch.MinHashLSH(threshold=bound, num_perm=MINHASH)
        pairs = []
        for number, text in enumerate(texts):
            seen = sketch.MinHash(num_perm=MINHASH)
            seen.update_batch([word.encode() for word in set(re.findall(r"\w+", text.lower()))])
            pairs += [(number, other) for other in lookup.query(seen)]
            lookup.insert(number, seen)
        return joined(len(texts), pairs)

    return grouped


def by_rapidfuzz(bound: int) -> Grouper:
    fuzz = import_module("rapidfuzz.fuzz")

    def grouped(texts: Sequence[str]) -> Groups:
        plain = [" ".join(re.findall(r"\w+", text.lower())) for text in texts]
        pairs = (
            (one, other)
            for one in range(len(plain))
            for other in range(one)
            if fuzz.token_sort_ratio(plain[one], plain[other], score_cutoff=bound)
        )
        return joined(len(texts), pairs)

    return grouped


def tools() -> dict[str, Grouper]:
    """Return what groups, by name; peers at their best threshold on the tuned half."""
    found: dict[str, Grouper] = {"Aiqyn": group}
    if find_spec("datasketch"):
        best = max(BOUNDS, key=lambda bound: quality(by_datasketch(bound)))
        found[f"datasketch MinHashLSH, words, {best}"] = by_datasketch(best)
    if find_spec("rapidfuzz"):
        best_share = max(FUZZY, key=lambda bound: quality(by_rapidfuzz(bound)))
        found[f"rapidfuzz token_sort_ratio, {best_share}"] = by_rapidfuzz(best_share)
    return found


def quality(grouper: Grouper) -> float:
    """Return the harmonic mean of precision and recall on the tuned half."""
    texts = planted("tuned")
    told = measured(texts, grouper([each.text for each in texts]))
    return 2 * told.precision * told.recall / (told.precision + told.recall)


def rows(found: dict[str, Grouper]) -> list[str]:
    lines = []
    for name, grouper in found.items():
        for half in ("tuned", "held_out"):
            told = [figures(grouper, planted(half, seed)) for seed in SEEDS]
            size = sum(each[0] for each in told)
            precision, recall = (sum(each[at] for each in told) / len(told) for at in (1, 2))
            lines.append(
                f"| {name} | {half} | {size} | {100 * precision:.1f} | {100 * recall:.1f} |"
            )
    return lines


def figures(grouper: Grouper, texts: list[Planted]) -> tuple[int, float, float]:
    told = measured(texts, grouper([each.text for each in texts]))
    return told.texts, told.precision, told.recall


def many(count: int) -> list[str]:
    """Return texts of known words, some of them with edited copies."""
    chance = random.Random(count)
    known = [each.text for half in ("tuned", "held_out") for each in planted(half) if not each.how]
    words = sorted({word for text in known for word in text.split()})
    found: list[str] = []
    while len(found) < count:
        text = " ".join(chance.choices(words, k=chance.randint(8, 60)))
        copies = 0 if chance.random() < ALONE else chance.choice(CAMPAIGNS) - 1
        found += [text, *(edited(text, "", "held_out", chance)[0] for _ in range(copies))]
    return found[:count]


def speed(found: dict[str, Grouper], count: int) -> list[str]:
    """Return CPU of grouping; whatever compares all pairs is asked a hundredth of them."""
    lines = []
    for name, grouper in found.items():
        size = count // 100 if "rapidfuzz" in name else count
        texts = many(size)
        begun = time.process_time()
        groups = grouper(texts)
        spent = time.process_time() - begun
        lines.append(
            f"| {name} | {size} | {len(groups)} | {spent:.1f} | {1000 * spent / size:.2f} |"
        )
    return lines


def answers() -> str:
    pairs = answered.answered()
    begun = time.process_time()
    called = [examine(each.question, each.answer).is_template for each in pairs]
    spent = 1000 * (time.process_time() - begun) / len(pairs)
    told = answered.measured(pairs, called)
    return (
        f"Template answers: {told.pairs} labelled pairs, precision {100 * told.precision:.1f} %, "
        f"recall {100 * told.recall:.1f} %, {spent:.1f} ms a pair."
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MANY
    found = tools()
    text = [
        "# Copies of one text found",
        facts(*(name for name in ("datasketch", "rapidfuzz") if find_spec(name))),
        "\n".join(
            [
                "| | half | texts | precision, % | recall, % |",
                "|---|---|---|---|---|",
                *rows(found),
            ]
        ),
        "\n".join(
            [
                "| | texts | groups | CPU s | ms a text |",
                "|---|---|---|---|---|",
                *speed(found, count),
            ]
        ),
        f"Peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB.",
        answers(),
    ]
    keep("likeness", "\n\n".join(text) + "\n")


if __name__ == "__main__":
    main()
