"""Acts of real size made up, and redrafted with every paragraph's way known.

An act is a tree of nodes; each knows by `origins` which paragraphs of the first text it came
from, so what `follow` says can be held against what was done.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aiqyn.acts.model import Kind, Paragraph

SHORT = {Kind.CHAPTER: "chp", Kind.ARTICLE: "art", Kind.POINT: "point", Kind.SUBPOINT: "subpoint"}


@cache
def phrases() -> dict[str, Any]:
    return yaml.safe_load(Path(__file__).with_name("phrases.yaml").read_text("utf-8"))


@dataclass(eq=False)
class Node:
    """A unit; `text` has gaps such as {ref0.article} for numbers of other units."""

    kind: Kind
    text: str
    children: list["Node"] = field(default_factory=list)
    targets: list["Node"] = field(default_factory=list)  # articles or points its text names
    number: str = ""
    origins: frozenset[str] = frozenset()
    above: "Node | None" = None

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


def made(language: str, size: int, chance: random.Random) -> Node:
    """Return an act of about `size` paragraphs."""
    told = phrases()[language]
    act = Node(Kind.PREAMBLE, "")
    while sum(1 for _ in act.walk()) < size:
        chapter = Node(Kind.CHAPTER, chance.choice(told["head"]))
        chapter.children = [_article(told, chance) for _ in range(chance.randint(3, 9))]
        act.children.append(chapter)
    numbered(act)
    _refer(act, told, chance)
    for node in act.walk():
        node.origins = frozenset([_eid(node)])
    return act


def _article(told: dict[str, Any], chance: random.Random) -> Node:
    article = Node(Kind.ARTICLE, chance.choice(told["head"]))
    for _ in range(chance.randint(2, 6)):
        article.children.append(
            _list(told, chance) if chance.random() < 0.3 else _point(told, chance)
        )
    return article


def _point(told: dict[str, Any], chance: random.Random) -> Node:
    if chance.random() < 0.06:
        return Node(Kind.POINT, chance.choice(told["boiler"]))
    if chance.random() < 0.03:
        return Node(Kind.POINT, f"{chance.choice(told['words']['gone'])}.".capitalize())
    return Node(Kind.POINT, sentence(told, chance))


def sentence(told: dict[str, Any], chance: random.Random) -> str:
    """Return one or more sentences as points of acts have them."""
    days, day = chance.choice([3, 5, 10, 15, 20, 30, 45, 60]), chance.randint(1, 28)
    order = (
        "{who} {when} {what} {does}." if told["join"][0] == "ж" else "{who} {when} {does} {what}."
    )
    said = order.format(
        who=chance.choice(told["who"]),
        when=chance.choice(told["when"]).format(days=days, day=day),
        what=f" {told['join']} ".join(chance.sample(told["what"], chance.choice([1, 1, 2]))),
        does=chance.choice(told["does"]),
    )
    return f"{said} {chance.choice(told['also'])}" if chance.random() < 0.35 else said


def _list(told: dict[str, Any], chance: random.Random) -> Node:
    point = Node(Kind.POINT, chance.choice(told["list"]).format(who=chance.choice(told["who"])))
    items = chance.sample(told["items"], chance.randint(3, 9))
    for item in items:
        detail = f" ({chance.choice(told['details'])})" if chance.random() < 0.4 else ""
        point.children.append(Node(Kind.SUBPOINT, f"{item}{detail};"))
    return point


def _refer(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    articles = [node for node in act.walk() if node.kind is Kind.ARTICLE]
    for article in articles:
        for node in article.children:
            if chance.random() < 0.25 and not node.children:
                other = chance.choice(articles)
                node.targets = [other, chance.choice(other.children)]
                wording = chance.choice(told["ref"]).format(article="\x01", point="\x02")
                node.text = f"{node.text.rstrip('.')} {wording}."


def numbered(act: Node) -> None:
    """Number the units anew: articles through the act, the others within the unit above."""
    articles = 0
    for node in act.walk():
        for place, child in enumerate(node.children, 1):
            child.above = node
            articles += child.kind is Kind.ARTICLE
            child.number = str(place)
    for number, node in enumerate((n for n in act.walk() if n.kind is Kind.ARTICLE), 1):
        node.number = str(number)


def _eid(node: Node) -> str:
    if node.above is None:
        return ""
    own = f"{SHORT[node.kind]}_{node.number}"
    return f"{_eid(node.above)}__{own}" if node.above.above else own


def text_of(node: Node) -> str:
    if not node.targets:
        return node.text
    article, point = node.targets
    return node.text.replace("\x01", article.number).replace("\x02", point.number)


def laid_out(act: Node) -> tuple[list[Paragraph], list[Node]]:
    """Return the act's paragraphs with the nodes they are."""
    nodes = [node for node in act.walk() if node is not act]
    return [
        Paragraph(eid=_eid(node), kind=node.kind, number=node.number, text=text_of(node))
        for node in nodes
    ], nodes


@dataclass
class Redraft:
    """An act before and after, and where each old paragraph is to be found now."""

    old: list[Paragraph]
    new: list[Paragraph]
    truth: dict[str, set[str]]  # old eId → new eIds; empty where it was taken out


def redrafted(language: str, size: int, chance: random.Random, *, share: float) -> Redraft:
    """Make an act and redraft it with about `share` of its paragraphs touched by an edit."""
    act = made(language, size, chance)
    old, nodes = laid_out(act)
    told = phrases()[language]
    for _ in range(int(len(nodes) * share)):
        chance.choices(EDITS, WEIGHTS)[0](act, told, chance)
    numbered(act)
    new, left = laid_out(act)
    truth: dict[str, set[str]] = {paragraph.eid: set() for paragraph in old}
    for paragraph, node in zip(new, left, strict=True):
        for eid in node.origins:
            truth[eid].add(paragraph.eid)
    return Redraft(old, new, truth)


def _pick(act: Node, chance: random.Random, *kinds: Kind) -> Node:
    return chance.choice([node for node in act.walk() if node.kind in kinds and node is not act])


def _insert(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    beside = _pick(act, chance, Kind.POINT, Kind.SUBPOINT)
    if beside.kind is Kind.SUBPOINT:
        text = f"{chance.choice(told['items'])} ({chance.choice(told['details'])});"
    else:
        text = sentence(told, chance)
    _put(beside, Node(beside.kind, text), after=chance.random() < 0.5)


def _put(beside: Node, node: Node, *, after: bool) -> None:
    node.above = beside.above
    siblings = beside.above.children  # type: ignore[union-attr]
    siblings.insert(siblings.index(beside) + after, node)


def _insert_article(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    article = _article(told, chance)
    _put(_pick(act, chance, Kind.ARTICLE), article, after=True)
    for node in article.walk():
        for child in node.children:
            child.above = node


def _delete(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    node = _pick(act, chance, Kind.POINT, Kind.SUBPOINT)
    if len(node.above.children) > 1:  # type: ignore[union-attr]
        node.above.children.remove(node)  # type: ignore[union-attr]


def _delete_article(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    node = _pick(act, chance, Kind.ARTICLE)
    if len(node.above.children) > 1:  # type: ignore[union-attr]
        node.above.children.remove(node)  # type: ignore[union-attr]


def _empty(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    """The unit is taken out and its number stays, as acts in force have it."""
    node = _pick(act, chance, Kind.POINT, Kind.SUBPOINT)
    node.text = f"{chance.choice(told['words']['gone'])};"
    node.origins, node.children, node.targets = frozenset(), [], []


def _reword(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    node = _pick(act, chance, Kind.POINT, Kind.POINT, Kind.SUBPOINT, Kind.ARTICLE)
    words = node.text.split(" ")
    for _ in range(max(1, round(len(words) * chance.uniform(0.05, 0.3)))):
        place = chance.randrange(len(words))
        what = chance.random()
        if what < 0.4:
            words[place] = chance.choice(told["swaps"])
        elif what < 0.75:
            words.insert(place, chance.choice(told["swaps"]))
        elif len(words) > 2:
            del words[place]
    node.text = " ".join(words)


def _move(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    node = _pick(act, chance, Kind.POINT, Kind.SUBPOINT, Kind.ARTICLE)
    beside = _pick(act, chance, node.kind)
    if beside is not node and len(node.above.children) > 1:  # type: ignore[union-attr]
        node.above.children.remove(node)  # type: ignore[union-attr]
        _put(beside, node, after=chance.random() < 0.5)


def _merge(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    node = _pick(act, chance, Kind.POINT)
    siblings = node.above.children  # type: ignore[union-attr]
    place = siblings.index(node)
    if place + 1 == len(siblings) or node.children or siblings[place + 1].children:
        return
    other = siblings.pop(place + 1)
    if node.targets and other.targets:
        other.text = text_of(other)
    node.text = f"{node.text} {other.text}"
    node.targets = node.targets or other.targets
    node.origins |= other.origins


def _split(act: Node, told: dict[str, Any], chance: random.Random) -> None:
    node = _pick(act, chance, Kind.POINT)
    first, dot, second = node.text.partition(". ")
    if not dot or node.children or len(second.split()) < 3:
        return
    node.text = f"{first}."
    part = Node(Kind.POINT, second, targets=node.targets, origins=node.origins)
    _put(node, part, after=True)


EDITS = [_insert, _insert_article, _delete, _delete_article, _empty, _reword, _move, _merge, _split]
WEIGHTS = [18, 1, 14, 1, 5, 40, 8, 7, 6]
