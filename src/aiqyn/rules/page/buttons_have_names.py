"""Every button says what it does."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import has_name, is_hidden

_BUTTONS = "input[type=button i], input[type=submit i], input[type=reset i]"


def check(page: Page) -> Iterator[Place]:
    buttons = page.nodes("button")
    inputs = page.select(_BUTTONS) if page.holds(b"<input") else []
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


def _has_value(given: dict[str, str | None]) -> bool:
    """Browsers have words of their own for a submit or reset button that says nothing."""
    if "value" not in given:
        return (given.get("type") or "").lower() != "button"
    return bool((given["value"] or "").strip())
