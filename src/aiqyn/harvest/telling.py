"""A harvest told to people: what was wrong, and whether the numbers agree."""

from functools import cache

from aiqyn.catalogue import ROOT, read
from aiqyn.harvest.model import Summary
from aiqyn.text import Sentences, Text, say

_COUNTED = ("refused", "unchanged", "aside", "repeated", "missing")


@cache
def problems() -> dict[str, Text]:
    """Return what may be wrong, by key."""
    return read(ROOT / "harvest" / "problems.yaml", dict[str, Text])


@cache
def _phrases() -> dict[str, Text]:
    return read(ROOT / "harvest" / "phrases.yaml", dict[str, Text])


def blame(told: str, language: str) -> str | None:
    """Say what an answer was blamed for, as `BadPage` writes it; None for other words."""
    key, _, detail = told.partition(": ")
    if key not in problems():
        return None
    sentence = say(problems()[key], language)
    return f"{sentence.rstrip('.')} ({quoted(detail, language)})." if detail else sentence


def quoted(detail: str, language: str) -> str:
    """Say what a problem leaves open; the words of a source stay as they are."""
    known = _details().find(detail)
    if known is None:
        return detail
    text, gaps = known
    return say(text, language).format(**{name: quoted(gap, language) for name, gap in gaps.items()})


@cache
def _details() -> Sentences:
    return Sentences(read(ROOT / "harvest" / "details.yaml", dict[str, Text]).values())


def reconciled(summary: Summary, language: str) -> list[str]:
    """Return sentences: what the source says it has against what was seen, and why they differ."""
    told = [_balance(summary, language)]
    counts = {name: getattr(summary, name) for name in _COUNTED}
    told += [_filled(name, language, count=count) for name, count in counts.items() if count]
    if summary.said_first is not None:
        told.append(_filled("changed", language, first=summary.said_first, last=summary.said or 0))
    if summary.gone:
        told.append(_filled("gone", language, count=len(summary.gone)))
    shown = [each for each in summary.problems if each not in ("total_changed", "total_unknown")]
    return told + [say(problems()[each], language) for each in shown]


def _balance(summary: Summary, language: str) -> str:
    if summary.said is None:
        return _filled("silent", language, seen=summary.seen)
    return _filled("balance", language, said=summary.said, seen=summary.seen)


def _filled(key: str, language: str, **numbers: int) -> str:
    shown = {name: f"{number:,}".replace(",", " ") for name, number in numbers.items()}
    return say(_phrases()[key], language).format(**shown)
