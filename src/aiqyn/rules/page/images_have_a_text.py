"""Every picture has a text for those who do not see it; alt="" says that it is only decoration."""

import re
from collections.abc import Iterator, Mapping

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import is_hidden

_FILE_NAME = re.compile(r"[^\s]+\.(?:jpe?g|png|gif|webp)", re.IGNORECASE)
_OTHER_NAMES = ("aria-label", "aria-labelledby", "title")


def check(page: Page) -> Iterator[Place]:
    if not page.images:
        raise Inapplicable
    for image, given in page.images:
        alt = given.get("alt")
        if _says_nothing(str(image.tag), alt):
            if not _is_silent(given) and not is_hidden(image):
                yield Place(where=page.path_of(image), saw=_source(given), note="missing")
        elif alt and _FILE_NAME.fullmatch(alt.strip()):
            yield Place(where=page.path_of(image), saw=alt.strip(), note="file_name")


def _says_nothing(tag: str, alt: str | None) -> bool:
    """An empty text makes an image decoration; what one presses is never decoration."""
    if alt is None or (alt and alt.isspace()):
        return True
    return tag != "img" and not alt


def _is_silent(given: Mapping[str, str | None]) -> bool:
    """Named in another way, or said to be decoration."""
    if any((given.get(name) or "").strip() for name in _OTHER_NAMES):
        return True
    return given.get("role") in ("presentation", "none") or given.get("aria-hidden") == "true"


def _source(given: Mapping[str, str | None]) -> str:
    source = given.get("src") or given.get("href") or ""
    return "data:…" if source.startswith("data:") else shorten(source)
