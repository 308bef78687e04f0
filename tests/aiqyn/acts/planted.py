"""Pairs of paragraphs with planted divergences, and how many of them are told."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from aiqyn.acts.pairing_divergences import divergences


class Planted(NamedTuple):
    """Two paragraphs; `codes` must be told of them and nothing else."""

    kk: str
    ru: str
    codes: list[str]


class Figures(NamedTuple):
    pairs: int
    precision: float  # told ones that were planted, of all told
    recall: float  # planted ones that were told, of all planted


@cache
def pairs() -> list[Planted]:
    rows = yaml.safe_load(Path(__file__).with_name("pairs.yaml").read_text("utf-8"))
    return [planted for row in rows for planted in _of(row)]


def _of(row: dict) -> Iterator[Planted]:
    yield Planted(row["kk"], row["ru"], [])
    for edit in row["edits"]:
        sides = {side: row[side] for side in ("kk", "ru")}
        for side in edit.keys() & sides.keys():
            before, after = map(str, edit[side])
            assert before in sides[side], (before, sides[side])
            sides[side] = sides[side].replace(before, after, 1)
        yield Planted(sides["kk"], sides["ru"], [edit["code"]] if edit["code"] else [])


def told(pair: Planted) -> list[str]:
    return [found.code for found in divergences(pair.kk, pair.ru)]


def figures() -> Figures:
    right = said = planted = 0
    for pair in pairs():
        codes = told(pair)
        said += len(codes)
        planted += len(pair.codes)
        right += len(set(codes) & set(pair.codes))
    return Figures(len(pairs()), right / said, right / planted)
