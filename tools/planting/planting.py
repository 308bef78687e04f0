"""What it is to plant a defect: break one rule and know which others break with it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from tools.planting.model import Page, Site

# A plant changes the site and says at which links (`ru:about`, `file:act-kk.pdf`) it did;
# nothing said means the site as a whole.
Sown = Iterable[str] | None
Sow = Callable[[Site, Random], Sown]
T = TypeVar("T")


class Unfit(Exception):
    """This site has no place for the defect."""


@dataclass(frozen=True)
class Plant:
    """One way to break one rule."""

    rule: str
    name: str
    sow: Sow
    also: frozenset[str]  # rules this defect may break too, and rightly so
    group: str  # words: of two plants that share one at most one goes into a site


@dataclass(frozen=True)
class Planted:
    """A defect in its place."""

    plant: Plant
    places: tuple[str, ...]  # links; empty: the whole site


PLANTS: list[Plant] = []
# Rules about what a section holds: what damages a section may break several of them.
# Groups of plants that leave little or nothing of a page, take it away or copy it: all of a
# language or of the news before single pages, so that none undoes another.
EMPTYING = ("sections", "news", "reviews contacts pages", "copies")
CONTENT = tuple(f"S0{number}" for number in range(31, 50))


def plant(
    rule: str, *, also: Sequence[str] = (), group: str = "", name: str = ""
) -> Callable[[Sow], Sow]:
    """Register a function as a way to break `rule`, under `name` if not its own."""

    def registered(sow: Sow) -> Sow:
        PLANTS.append(Plant(rule, name or sow.__name__, sow, frozenset(also), group or rule))
        return sow

    return registered


def sow(site: Site, chosen: Sequence[Plant], random: Random) -> list[Planted]:
    """Plant what the site has a place for: first what takes pages away, empties or copies them."""
    planted = []
    for each in sorted(chosen, key=_turn):
        try:
            places = each.sow(site, random)
        except Unfit:
            continue
        planted.append(Planted(each, tuple(places or ())))
    return planted


def _turn(plant: Plant) -> int:
    groups = set(plant.group.split())
    turns = (at for at, these in enumerate(EMPTYING) if not groups.isdisjoint(these.split()))
    return next(turns, len(EMPTYING))


def choose(random: Random, count: int, codes: frozenset[str], surely: str = "") -> list[Plant]:
    """Draw up to `count` plants for rules of `codes`, of different groups; for `surely` first.

    Rules are drawn first, then the ways to break them: every rule has the same chance.
    """
    rules = sorted({each.rule for each in PLANTS if each.rule in codes})
    random.shuffle(rules)
    if surely:
        rules = [surely, *(each for each in rules if each != surely)]
    chosen: list[Plant] = []
    for rule in rules:
        if len(chosen) == count:
            break
        each = random.choice([one for one in PLANTS if one.rule == rule])
        taken = {group for one in chosen for group in one.group.split()}
        if taken.isdisjoint(each.group.split()):
            chosen.append(each)
    return chosen


def link_of(page: Page) -> str:
    return f"{page.language}:{page.key}"


def some(random: Random, pages: Sequence[T], most: int = 2) -> list[T]:
    """Draw one to `most` pages or files.

    Raises Unfit when there are none.
    """
    if not pages:
        raise Unfit
    return random.sample(list(pages), min(len(pages), random.randint(1, most)))


def need(site: Site, *keys: str) -> None:
    """Raise Unfit unless the pages are there in every language: another plant may have come."""
    if any((key, code) not in site.pages for key in keys for code in site.languages):
        raise Unfit


def links_of(pages: Iterable[Page]) -> list[str]:
    return [link_of(page) for page in pages]
