"""Who a page of leaders presents, and what it tells of each."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace
from selectolax.lexbor import LexborNode

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze
from aiqyn.subjects.traits.leader_cards import Layout, Named, Told
from aiqyn.subjects.traits.leader_tables import Columns

MOST_TEXT = 100_000  # characters of a page in which people are looked for
MOST_PEOPLE = 100  # of a page; no body has more heads and deputies
MOST_HOLDER = 160  # characters of what holds a name and no more than a post beside it
BESIDE = 60  # characters before or after a name in which a card tells the post
LEVELS = 3  # elements up to the one that holds a name with its links

# Where one of these holds names, what comes after holds them only in passing.
_HOLDERS = (
    "h2, h3, h4, h5, h6", "tr", "li", "dt, b, strong, summary, figcaption",
    "p, div:not(:has(p, div, table))",
)  # fmt: skip

_WIDEST = ("main", "article", "body", "html")


class Leader(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person of a page of leaders."""

    name: str
    said: str  # the name and what stands with it: a post
    met: frozenset[str]  # needs that what stands beside the name meets
    unclear: frozenset[str] = frozenset()  # needs that a text nearby meets, of whomever it is
    targets: tuple[int, ...] = ()  # numbers of the addresses the links beside it lead to
    is_deputy: bool = False


def leaders_of(page: Page, links: Links, person: re.Pattern[str], told: Told) -> tuple[Leader, ...]:
    """Return the people `page` presents, in its order; `told` says what needs a text meets.

    What stands above its heading, a banner, is not of them. A name that comes again, in a list
    and below it, is of one person, of whom both places tell.
    """
    text = squeeze(page.loose_text[:MOST_TEXT])
    heading = next(iter(page.main_headings), "")
    text = text[max(text.find(heading), 0) :].removeprefix(heading)
    tried = (_held(page.lean.css(css), text, person) for css in _HOLDERS)
    held = next(filter(None, tried), [])
    if not held:
        return ()
    layout, columns = Layout(held, text, told), Columns(told, [each.node for each in held])
    numbers = dict(zip(page.hrefs, links.numbers, strict=False))
    names = {each.name for each in held}
    again = _told_again(text, names, {each.begin for each in held}, told)
    people = zip(held, layout.own, layout.unclear, _deputies(layout, text, told), strict=True)
    return _united(
        Leader(
            name=each.name,
            said=each.text[:MOST_HOLDER],
            met=own | again[each.name] | columns.of(each.node),
            unclear=unclear,
            targets=_targets(each.node, sorted(names - {each.name}), numbers),
            is_deputy=is_deputy,
        )
        for each, own, unclear, is_deputy in people
    )


def _told_again(
    text: str, names: Set[str], begins: Set[int], told: Told
) -> dict[str, frozenset[str]]:
    """Return what is told where a name stands once more, up to the next: a list, then cards."""
    met = dict.fromkeys(names, frozenset[str]())
    found = [*re.compile("|".join(map(re.escape, sorted(names)))).finditer(text)]
    ends = [*(each.start() for each in found), len(text)][1:]
    for each, end in zip(found, ends, strict=True):
        if each.start() not in begins:
            met[each[0]] |= told(text[each.end() : end])
    return met


def _united(people: Iterable[Leader]) -> tuple[Leader, ...]:
    """Return one person for each name, where it stands first."""
    found: dict[str, Leader] = {}
    for each in people:
        known = found.setdefault(each.name, each)
        found[each.name] = replace(
            known,
            met=known.met | each.met,
            unclear=known.unclear | each.unclear,
            targets=tuple(sorted({*known.targets, *each.targets})),
            is_deputy=known.is_deputy or each.is_deputy,
        )
    return tuple(found.values())


def _held(nodes: Sequence[LexborNode], text: str, person: re.Pattern[str]) -> list[Named]:
    """Return the names that short elements hold, as far as the text of the page has them."""
    found: list[Named] = []
    at = 0
    for node in nodes:
        said = squeeze(node.text(separator=" "))
        match = person.search(said) if len(said) <= MOST_HOLDER or node.tag == "tr" else None
        begin = text.find(match[0], at) if match else -1
        if match and begin >= 0:
            at = begin + len(match[0])
            found.append(Named(name=match[0], begin=begin, end=at, text=said, node=node))
        if len(found) == MOST_PEOPLE:
            break
    return found


def _deputies(layout: Layout, text: str, told: Told) -> list[bool]:
    """Say of each whether it is a deputy: beside the name, or in the card above or below it."""
    held, cards = layout.held, layout.cards
    within = ["deputies" in told(each.text) for each in held]
    if any(within):
        return within
    begins = [*(card.begin for card in cards[1:]), len(text)][: len(held)]
    after = [
        "deputies" in told(text[each.end : min(each.end + BESIDE, begin)])
        for each, begin in zip(held, begins, strict=True)
    ]
    if any(after) and not after[0]:
        return after
    return [  # what stands above the first card speaks of all of them
        place > 0
        and "deputies"
        in told(
            f"{card.text[:BESIDE]} {card.text[-BESIDE:]} "
            f"{text[max(each.begin - BESIDE, cards[place - 1].end) : each.begin]}"
        )
        for place, (each, card) in enumerate(zip(held, cards, strict=True))
    ]


def _targets(node: LexborNode, others: Sequence[str], numbers: dict[str, int]) -> tuple[int, ...]:
    """Return where the links beside a name lead: of what holds none of the other names."""
    found = {
        numbers.get(link.attributes["href"] or "", -1)
        for each in _beside(node, others)
        for link in each.css("a[href]")
    }
    return tuple(sorted(found - {-1}))


def _beside(node: LexborNode, others: Sequence[str]) -> Iterator[LexborNode]:
    """Yield the widest element around `node` that names nobody else, and those that follow it."""
    for _ in range(LEVELS):
        wider = node.parent
        if wider is None or wider.tag in _WIDEST or _names(wider, others):
            break
        node = wider
    following: LexborNode | None = node
    while following is not None and not (following is not node and _names(following, others)):
        yield following
        following = following.next


def _names(node: LexborNode, people: Sequence[str]) -> bool:
    return any(map(squeeze(node.text(separator=" ")).__contains__, people))
