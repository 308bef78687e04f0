"""An id by which another element is named or described stands on the page once."""

from collections import Counter
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page

_NAMES = ("aria-labelledby", "aria-describedby")
_REFERRING = ", ".join(f"[{name}]" for name in _NAMES)


def check(page: Page) -> Iterator[Place]:
    asked = {node.attributes.get("for") or "" for node in page.nodes("label")} - {""}
    asked = asked or _referred_to(page)
    if not asked:
        raise Inapplicable
    identified = [(node, node.attributes["id"] or "") for node in page.select_lean("[id]")]
    times = Counter(identity for _, identity in identified)
    if len(times) == len(identified):
        return
    asked |= _referred_to(page)
    told: set[str] = set()
    for node, identity in identified:
        if identity in asked and times[identity] > 1 and identity not in told:
            told.add(identity)
            saw = f"id={identity} × {times[identity]}"
            yield Place(where=page.path_of(node), saw=saw, note="repeated")


def _referred_to(page: Page) -> set[str]:
    """Ids by which elements are named or described."""
    return {
        identity
        for given in (node.attributes for node in page.select_lean(_REFERRING))
        for name in _NAMES
        for identity in (given.get(name) or "").split()
    }
