"""The way to one element of a page, as a browser's inspector can follow it."""

import re

from selectolax.lexbor import LexborNode

DEEPEST = 8  # steps of a path; more nobody follows


def path_to(node: LexborNode) -> str:
    """Return a CSS path to `node` from the nearest id."""
    steps: list[str] = []
    current: LexborNode | None = node
    while current is not None and current.is_element_node and len(steps) < DEEPEST:
        identity = current.attributes.get("id")
        if identity and re.fullmatch(r"[\w-]+", identity):
            steps.append(f"#{identity}")
            break
        steps.append(_step(current))
        current = current.parent
    return " > ".join(reversed(steps))


def _step(node: LexborNode) -> str:
    number, before = 1, node.prev
    while before is not None and number < 1_000:
        number += before.tag == node.tag
        before = before.prev
    alone = number == 1 and not _has_later_twin(node)
    return str(node.tag) if alone else f"{node.tag}:nth-of-type({number})"


def _has_later_twin(node: LexborNode) -> bool:
    after = node.next
    while after is not None:
        if after.tag == node.tag:
            return True
        after = after.next
    return False
