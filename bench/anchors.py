"""Comments that land where their paragraph went, and what comparing acts costs.

    python -m bench.anchors

Acts are made up in Kazakh and Russian and redrafted with fixed seeds; every old paragraph is an
anchor whose way is known (`tests/aiqyn/acts/editing.py`). CPU time, medians of RUNS.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from aiqyn.acts.following import follow
from aiqyn.acts.model import Kind, Paragraph
from aiqyn.acts.pairing_divergences import divergences
from aiqyn.acts.redline import compare
from bench.machine import facts, keep
from tests.aiqyn.acts import editing, measured_anchors, planted

SIZE, LARGE = 1_500, 5_000  # paragraphs
SEEDS = range(100, 105)  # none of them was looked at while thresholds were chosen
SHARES = (0.05, 0.2, 0.5)  # edits for each paragraph
RUNS = 3


def anchors() -> Iterator[str]:
    total = wrong = 0
    yield "| | edits | anchors | right | partly | orphans, rightly | orphans, though still there"
    yield " | taken out, attached | attached wrongly | **wrong** |\n"
    yield f"|---|---:{'|---:' * 8}|\n"
    for language in ("kk", "ru"):
        for share in SHARES:
            found = measured_anchors.tally(language, size=SIZE, share=share, seeds=SEEDS)
            total += found.total
            wrong += found.counts["wrong"] + found.counts["false"]
            names = ("right", "partly", "orphan", "orphaned", "false", "wrong")
            counts = " | ".join(str(found.counts[name]) for name in names)
            yield f"| {language} | {share:.0%} | {found.total} | {counts}"
            yield f" | {100 * found.wrong_share:.2f} % |\n"
    yield f"\n{total} anchors, {100 * wrong / total:.2f} % attached wrongly.\n"


def seconds(work: Callable[[], object]) -> float:
    """Return CPU seconds, the median of RUNS."""
    spent = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


def points(text: Callable[[int], str]) -> list[Paragraph]:
    return [
        Paragraph(eid=f"point_{number}", kind=Kind.POINT, number=str(number), text=text(number))
        for number in range(1, LARGE + 1)
    ]


def followed() -> Iterator[tuple[str, float]]:
    for share in (0.1, 0.5):
        draft = editing.redrafted("kk", LARGE, random.Random(1), share=share)
        yield (
            f"follow, {len(draft.old)} paragraphs against {len(draft.new)}, {share:.0%} edits",
            seconds(lambda draft=draft: follow(draft.old, draft.new)),  # type: ignore[misc]
        )
    other = editing.redrafted("kk", LARGE, random.Random(2), share=0).old
    yield "follow, two different acts of that size", seconds(lambda: follow(draft.old, other))
    same = points(lambda _: "атауы;")
    yield "follow, every paragraph the same words", seconds(lambda: follow(same, same[:-9]))


def compared() -> Iterator[tuple[str, float]]:
    chance = random.Random(1)
    known = ["".join(chance.choices("абвгдежзиклмнопрстуфх", k=6)) for _ in range(3_000)]
    words = chance.choices(known, k=75_000)
    edited = [chance.choice(known) if chance.random() < 0.05 else word for word in words]
    other = chance.choices(known, k=75_000)
    old = " ".join(words)
    size = f"{len(old.encode()) / 1e6:.1f} MB"
    yield (
        f"redline of {size}, each 20th word changed",
        seconds(lambda: compare(old, " ".join(edited))),
    )
    yield f"redline of {size}, nothing in common", seconds(lambda: compare(old, " ".join(other)))
    pairs = planted.pairs()

    def flag() -> None:
        for pair in pairs:
            divergences(pair.kk, pair.ru)

    yield f"divergences of {len(pairs)} pairs of paragraphs", seconds(flag)


def main() -> None:
    told = planted.figures()
    lines = ["# Comments that follow their paragraphs\n\n", facts(), "\n\n", *anchors()]
    lines += [
        "\n## Kazakh and Russian beside each other\n\n",
        (
            f"{told.pairs} pairs, precision {told.precision:.3f}, recall {told.recall:.3f}"
            " of planted divergences.\n"
        ),
        "\n## Time\n\n| | CPU s |\n|---|---:|\n",
        *(f"| {name} | {spent:.2f} |\n" for name, spent in (*followed(), *compared())),
    ]
    keep("anchors", "".join(lines))


if __name__ == "__main__":
    main()
