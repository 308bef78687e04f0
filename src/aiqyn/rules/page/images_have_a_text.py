"""Every picture has a text for those who do not see it; alt="" says that it is only decoration."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten

_ALL = "img, input[type=image], area[href]"
_SUSPECTS = (
    "img:not([alt]), input[type=image]:not([alt]), area[href]:not([alt]), "
    "img[alt*='.jp' i], img[alt*='.png' i], img[alt*='.gif' i], img[alt*='.webp' i]"
)
_FILE_NAME = re.compile(r"[^\s]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)
_OTHER_NAMES = ("aria-label", "aria-labelledby", "title")


def check(page: Page) -> Iterator[Place]:
    suspects = page.select(_SUSPECTS)
    if not suspects and page.tree.css_first(_ALL) is None:
        raise Inapplicable
    for image in suspects:
        alt = image.attributes.get("alt")
        if alt is None and "alt" not in image.attributes:
            if not _is_silent(image):
                yield Place(where=page.path_of(image), saw=_source(image), note="missing")
        elif alt and _FILE_NAME.fullmatch(alt.strip()):
            yield Place(where=page.path_of(image), saw=alt.strip(), note="file_name")


def _is_silent(image: LexborNode) -> bool:
    """Named in another way, or said to be decoration."""
    given = image.attributes
    if any((given.get(name) or "").strip() for name in _OTHER_NAMES):
        return True
    return given.get("role") in ("presentation", "none") or given.get("aria-hidden") == "true"


def _source(image: LexborNode) -> str:
    source = image.attributes.get("src") or image.attributes.get("href") or ""
    return "data:…" if source.startswith("data:") else shorten(source)
