"""The way to one element of a page, as a browser's inspector can follow it."""

import re
from collections.abc import Set

from selectolax.lexbor import LexborNode

DEEPEST = 8  # steps of a path; more nobody follows
MOST_PATHS = 1_000  # worked out for one page


class Paths:
    """The ways to elements of one page: after MOST_PATHS of them only names are told.

    Finding a way among ten thousand sisters takes long, and nobody lists so many places.
    """

    def __init__(self) -> None:
        self._told = 0

    def to(self, node: LexborNode, first: Set[int]) -> str:
        """Return a CSS path to an element, as `path_to` does, or its name."""
        self._told += 1
        return path_to(node, first) if self._told <= MOST_PATHS else str(node.tag)


def path_to(node: LexborNode, first: Set[int]) -> str:
    """Return a CSS path to `node` from the nearest id.

    `first` are elements, by `mem_id`, that have sisters of their name which are left out.
    """
    steps: list[str] = []
    current: LexborNode | None = node
    while current is not None and current.is_element_node and len(steps) < DEEPEST:
        identity = current.attributes.get("id")
        if identity and re.fullmatch(r"[\w-]+", identity):
            steps.append(f"#{identity}")
            break
        steps.append(_step(current, first))
        current = current.parent
    return " > ".join(reversed(steps))


def _step(node: LexborNode, first: Set[int]) -> str:
    number, before = 1, node.prev
    while before is not None and number < 1_000:
        number += before.tag == node.tag
        before = before.prev
    alone = number == 1 and node.mem_id not in first and not _has_later_twin(node)
    return str(node.tag) if alone else f"{node.tag}:nth-of-type({number})"


def _has_later_twin(node: LexborNode) -> bool:
    after = node.next
    while after is not None:
        if after.tag == node.tag:
            return True
        after = after.next
    return False
