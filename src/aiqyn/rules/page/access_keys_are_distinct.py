"""One access key opens one thing."""

from collections import Counter
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page
from aiqyn.subjects.reach import is_hidden


def check(page: Page) -> Iterator[Place]:
    given = page.given("accesskey")
    if not given:
        raise Inapplicable
    keyed = [node for node in given if not is_hidden(node)]
    keys = [(node.attributes["accesskey"] or "").strip().lower() for node in keyed]
    times = Counter(filter(None, keys))
    told: set[str] = set()
    for node, key in zip(keyed, keys, strict=True):
        if times[key] > 1 and key not in told:
            told.add(key)
            saw = f"accesskey={key} × {times[key]}"
            yield Place(where=page.path_of(node), saw=saw, note="repeated")
