"""Pairs of question and answer of which it is known whether the answer is a template."""

import random
from functools import cache
from typing import Any, NamedTuple

import yaml

from tests.aiqyn.likeness.planted import HERE, KAZAKH


class Pair(NamedTuple):
    question: str
    answer: str
    is_template: bool
    how: str  # "meant", "opened", "set", "of another"


class Figures(NamedTuple):
    pairs: int
    precision: float  # of answers called templates that are
    recall: float  # of templates that were called so
    by_kind: dict[str, float]  # share called templates


@cache
def _questions() -> dict[str, str]:
    found = {}
    for half in ("tuned", "held_out"):
        themes: Any = yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8"))
        for theme, items in themes.items():
            found |= {f"{theme} {place}": item["text"] for place, item in enumerate(items)}
    return found


def _language(text: str) -> str:
    return "kk" if KAZAKH.search(text) else "ru"


def answered(seed: int = 1) -> list[Pair]:
    """Return each answer as it is, with a courtesy before it, of another theme; set phrases."""
    chance = random.Random(seed)
    told: Any = yaml.safe_load((HERE / "answers_truth.yaml").read_text(encoding="utf-8"))
    meant: dict[str, str] = told["meant"]
    found = []
    for name, answer in meant.items():
        question = _questions()[name]
        language = _language(question)
        found.append(Pair(question, answer, False, "meant"))
        opening = chance.choice(told["openings"][language])
        found.append(Pair(question, f"{opening} {answer}", False, "opened"))
        found.append(Pair(question, chance.choice(told["set"][language]), True, "set"))
        others = [
            each
            for other, each in meant.items()
            if other.split()[0] != name.split()[0] and _language(each) == language
        ]
        found.append(Pair(question, chance.choice(others), True, "of another"))
    return found


def measured(pairs: list[Pair], called: list[bool]) -> Figures:
    right = sum(pair.is_template and it for pair, it in zip(pairs, called, strict=True))
    kinds: dict[str, list[bool]] = {}
    for pair, it in zip(pairs, called, strict=True):
        kinds.setdefault(pair.how, []).append(it)
    return Figures(
        len(pairs),
        right / sum(called),
        right / sum(pair.is_template for pair in pairs),
        {how: sum(its) / len(its) for how, its in kinds.items()},
    )
