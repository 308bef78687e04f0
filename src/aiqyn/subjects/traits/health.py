"""What rules about technical health need to know of every page."""

import re

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import BEGINNING, Page, shorten
from aiqyn.subjects.programmes import programmes_named
from aiqyn.subjects.traits.wayfinding import digest, is_first_page

ENOUGH = 200  # characters of main text that make a page
SAMPLE = 500  # characters from the middle and from the end
MOST = 3  # insecure resources remembered of one page

_INSECURE = (
    "img[src^='http://' i], script[src^='http://' i], iframe[src^='http://' i], "
    "link[rel~=stylesheet i][href^='http://' i], video[src^='http://' i], "
    "audio[src^='http://' i], source[src^='http://' i], form[action^='http://' i]"
)
_INSECURE_MARKS = (b'src="http://', b"src='http://", b'href="http://', b'action="http://')
_BANNERS = "a[href] img, img[alt], object[data], embed[src]"
_SEPARATORS = re.compile(r"[_/.+-]+|%20")


class Health(Struct, frozen=True, kw_only=True, gc=False):
    """Facts of one page."""

    digest: int = 0  # of its main text; 0 when it is too short to tell pages apart
    insecure: tuple[str, ...] = ()  # some resources an https page takes over http
    programmes: tuple[str, ...] = ()  # codes of programmes whose banners it shows; of first pages
    made_by: str = ""  # <meta name=generator>; of first pages


def health_of(page: Page, links: Links) -> Health:
    """Return the facts of `page`."""
    is_first = is_first_page(page)
    return Health(
        digest=_digest(page),
        insecure=_insecure(page),
        programmes=_banners(page) if is_first else (),
        made_by=(page.metas.get("generator") or "") if is_first else "",
    )


def _digest(page: Page) -> int:
    """Beginning, middle, end and length: pages that agree in all of these say the same."""
    start = page.beginning
    if len(start) < ENOUGH:
        return 0
    if len(start) < BEGINNING - 1:
        return digest(start)
    text = page.loose_text
    middle = len(text) // 2
    return digest(f"{len(text)} {start} {text[middle : middle + SAMPLE]} {text[-SAMPLE:]}")


def _insecure(page: Page) -> tuple[str, ...]:
    if not page.address.startswith("https:") or not any(map(page.holds, _INSECURE_MARKS)):
        return ()
    found = [
        next(filter(None, (node.attributes.get(key) for key in ("src", "href", "action"))), "")
        for node in page.select(_INSECURE)
    ]
    return tuple(shorten(each) for each in list(dict.fromkeys(found))[:MOST])


def _banners(page: Page) -> tuple[str, ...]:
    """Programmes that pictures name: by their text, their file, or where they lead."""
    found: dict[str, None] = {}
    for node in page.select(_BANNERS):
        given = node.attributes
        said = [given.get(key) or "" for key in ("alt", "title", "src", "data")]
        around = node.parent
        if around is not None and around.tag == "a":
            said += [around.attributes.get(key) or "" for key in ("href", "title", "aria-label")]
        words = _SEPARATORS.sub(" ", " | ".join(filter(None, said)))
        found |= dict.fromkeys(programmes_named(words))
    return tuple(sorted(found))
