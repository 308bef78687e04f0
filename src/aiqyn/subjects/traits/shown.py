"""What a page shows below its heading where next to nothing is written: it may tell the rest."""

from selectolax.lexbor import LexborNode

from aiqyn.subjects import around
from aiqyn.subjects.around import Inside
from aiqyn.subjects.page import Page

LITTLE = 200  # characters of a text beside which a picture may tell more
ICON = 100  # pixels of width or height that show no text

_SHOWN = "img, iframe, object, embed"
_AROUND = f"{', '.join(around.ANYWHERE)}, {around.ROLES}, {around.NAMED}"


def shown_of(page: Page, text: str) -> tuple[str, ...]:
    """Return the addresses, as written, of large pictures and frames beside so little `text`."""
    if len(text) >= LITTLE:
        return ()
    below = page.select_lean(f"h1, {_SHOWN}")
    heads = [place for place, node in enumerate(below) if node.tag == "h1"]
    out = Inside(page.select_lean(_AROUND))
    return tuple(
        node.attributes.get("src") or node.attributes.get("data") or ""
        for node in below[heads[0] if heads else 0 :]
        if node.tag != "h1" and node not in out and not _is_small(node)
    )


def _is_small(node: LexborNode) -> bool:
    """Whether it says itself that it is an icon or a counter."""
    sizes = ((node.attributes.get(name) or "").removesuffix("px") for name in ("width", "height"))
    return any(each.isdigit() and int(each) < ICON for each in sizes)
