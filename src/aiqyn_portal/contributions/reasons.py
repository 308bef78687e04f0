"""Why something is decided so, and what may not be published: lists kept as data."""

from functools import cache
from importlib.resources import files

from aiqyn.catalogue import read
from aiqyn.chain import Noun
from aiqyn.text import Text

HERE = files("aiqyn_portal.contributions")


class Reason(Noun, frozen=True, kw_only=True):
    """A reason of a decision."""

    title: Text
    outcomes: tuple[str, ...]  # it fits these
    kinds: tuple[str, ...] = ()  # of contributions; none: all of them


class Rule(Noun, frozen=True, kw_only=True):
    """A rule of moderation, as it is published."""

    title: Text
    text: Text  # what exactly is meant


@cache
def reasons() -> dict[str, Reason]:
    return read(HERE / "reasons.yaml", dict[str, Reason])


@cache
def rules() -> dict[str, Rule]:
    return read(HERE / "rules.yaml", dict[str, Rule])


def fitting(outcome: str, kind: str) -> dict[str, Reason]:
    """The reasons to choose from, for an outcome and a kind of contribution."""
    return {
        code: each
        for code, each in reasons().items()
        if outcome in each.outcomes and (not each.kinds or kind in each.kinds)
    }
