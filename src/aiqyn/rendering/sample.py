"""Which pages to draw: one of every template, the first page of each language always.

Pages that share the shape of their address and the skeleton of their first bytes
come from one template, and what is wrong with one of them is wrong with all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from aiqyn.chain import Evidence
from aiqyn.fetch.manifest import Manifest
from aiqyn.fetch.store import Store
from aiqyn.subjects.site import LANGUAGE_WORDS, is_home

MOST_OF_SHAPE = 40  # pages of one shape of address whose skeleton is looked at
DEEPEST = 3  # levels of the skeleton
MOST_CHILDREN = 40
NEAR = 2  # clicks within which a first page of a language lies

_WORD = re.compile(r"[^/]+")
_DIGITS = re.compile(r"\d+")


class Chosen(Struct, frozen=True, kw_only=True):
    """One page to draw, and what it stands for."""

    evidence: Evidence
    template: str
    pages: int
    is_first: bool


def choose(manifest: Manifest, store: Store, *, most: int) -> list[Chosen]:
    """Return at most `most` pages, those to be drawn first first; the same for the same crawl."""
    pages = [each for each in manifest.evidence if _is_page(each)]
    pages.sort(key=_nearest_first)
    firsts = [each for each in pages if _is_first(each, manifest.start)]
    templates = _templates(pages, store)
    size_of = {each.url: (name, len(group)) for name, group in templates for each in group}
    order = {each.url: each for each in [*firsts, *_in_turn(templates)]}
    homes = {each.url for each in firsts}
    return [
        Chosen(
            evidence=each,
            template=size_of[url][0],
            pages=size_of[url][1],
            is_first=url in homes,
        )
        for url, each in list(order.items())[:most]
    ]


def _is_page(seen: Evidence) -> bool:
    return seen.role == "page" and not seen.failure and 200 <= seen.status < 300 and seen.size > 0


def _nearest_first(seen: Evidence) -> tuple[int, str]:
    return seen.depth, seen.url


def _is_first(seen: Evidence, start: str) -> bool:
    address = seen.final_url or seen.url
    return seen.url == start or (seen.depth <= NEAR and is_home(address) and not seen.final_url)


def _templates(pages: Sequence[Evidence], store: Store) -> list[tuple[str, list[Evidence]]]:
    """Return the groups, the largest first; each begins with its page nearest to the first one."""
    shapes: dict[str, list[Evidence]] = defaultdict(list)
    for each in pages:
        shapes[shape_of(each.final_url or each.url)].append(each)
    groups: dict[str, list[Evidence]] = defaultdict(list)
    for shape, members in shapes.items():
        skeletons = [skeleton_of(store.get(each.sha256)) for each in members[:MOST_OF_SHAPE]]
        kinds = {skeleton: str(place) for place, skeleton in enumerate(dict.fromkeys(skeletons))}
        for place, each in enumerate(members):
            kind = kinds[skeletons[place]] if place < len(skeletons) else "0"
            groups[f"{shape} {kind}".removesuffix(" 0")].append(each)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _in_turn(templates: Iterable[tuple[str, Sequence[Evidence]]]) -> Iterable[Evidence]:
    """The first page of every template, then the second of every one, and so on."""
    groups = [group for _, group in templates]
    for place in range(max(map(len, groups), default=0)):
        yield from (group[place] for group in groups if place < len(group))


def shape_of(address: str) -> str:
    """Return the address without what differs between pages of one template.

    /kk/news/2026/11/opening → /*/news/#/#/*; of a query only the names stay. The last
    word of a path is what the page is about; a language is never part of a template.
    """
    parts = urlsplit(address)
    words = [_word(word) for word in _WORD.findall(parts.path)]
    if len(words) > 1 and words[-1] not in ("*", "#"):
        words[-1] = "*"
    names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
    return "/" + "/".join(words) + ("?" + "&".join(names) if names else "")


def _word(word: str) -> str:
    if word.lower() in LANGUAGE_WORDS:
        return "*"
    return "#" if _DIGITS.fullmatch(word) else _DIGITS.sub("#", word)


def skeleton_of(content: bytes) -> str:
    """Return names and classes of the upper elements of a page; repeated neighbours once."""
    body = LexborHTMLParser(content).body
    steps: list[str] = []
    level = [body] if body else []
    for _ in range(DEEPEST):
        below = []
        for node in level:
            for child in list(node.iter())[:MOST_CHILDREN]:
                given = child.attributes
                step = f"{child.tag}.{given.get('class') or ''}#{given.get('id') or ''}"
                if not steps or steps[-1] != step:
                    steps.append(step)
                below.append(child)
        level = below[: MOST_CHILDREN * 2]
        steps.append("/")
    return _DIGITS.sub("#", " ".join(steps))
