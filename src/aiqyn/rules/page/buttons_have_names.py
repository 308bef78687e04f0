"""Every button says what it does."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import has_name, is_hidden

_BUTTONS = ("button", "submit", "reset")


def check(page: Page) -> Iterator[Place]:
    buttons = page.nodes("button")
    inputs = [node for node in page.nodes("input") if _type_of(node) in _BUTTONS]
    if not buttons and not inputs:
        raise Inapplicable
    for button in [*buttons, *inputs]:
        if not _is_named(button, page) and not is_hidden(button):
            opening = (button.html or "").partition(">")[0]
            yield Place(where=page.path_of(button), saw=shorten(opening + ">"), note="no_name")


def _is_named(button: LexborNode, page: Page) -> bool:
    if has_name(button, page):
        return True
    if button.tag != "input":
        return False
    around = button.parent
    return _has_value(button.attributes) or (around is not None and around.tag == "label")


def _type_of(node: LexborNode) -> str:
    return (node.attributes.get("type") or "").lower()


def _has_value(given: dict[str, str | None]) -> bool:
    """Browsers have words of their own for a submit or reset button that says nothing."""
    if "value" not in given:
        return (given.get("type") or "").lower() != "button"
    return bool((given["value"] or "").strip())
