"""One page as a browser drew it: what was seen is kept as JSON, so judging again needs no browser.

`aiqyn.rendering` writes it, rules of the kind "rendered" read it.
"""

from functools import cached_property

import msgspec
from msgspec import Struct

from aiqyn.chain import Evidence, Noun, Place, prepare
from aiqyn.subjects.page import NOWHERE, shorten

FRAGMENT = "#rendered"  # what the address of a rendering adds to that of its page


class Spot(Noun, frozen=True, kw_only=True):
    """One element of the drawn page."""

    path: str  # CSS
    html: str = ""  # its opening, shortened
    told: str = ""  # what was measured there: "2.9 : 1, #999 on #fff", "412 px"
    picture: str = ""  # SHA-256 of a picture of it


class AxeResult(Noun, frozen=True, kw_only=True):
    """One axe-core rule on one page."""

    id: str
    impact: str = ""  # "minor", "moderate", "serious", "critical"
    nodes: tuple[Spot, ...] = ()
    more: int = 0  # nodes beyond those listed


class Axe(Noun, frozen=True, kw_only=True):
    """What axe-core said of the page."""

    version: str
    violations: tuple[AxeResult, ...] = ()
    incomplete: tuple[AxeResult, ...] = ()  # axe itself could not tell
    passes: tuple[str, ...] = ()  # ids


class Fit(Noun, frozen=True, kw_only=True):
    """How the page fits a narrow window."""

    window: int  # px
    content: int  # px it needs; more than `window` scrolls sideways
    wide: tuple[Spot, ...] = ()  # elements that reach beyond the edge


class Tabbing(Noun, frozen=True, kw_only=True):
    """The way of the Tab key through the page."""

    menu: int = 0  # links of menus that are in sight
    missed: tuple[Spot, ...] = ()  # of these, those Tab went past
    unseen: tuple[Spot, ...] = ()  # stops that look the same with the focus as without
    stops: int = 0
    trap: Spot | None = None  # where Tab goes round and round


class Look(Noun, frozen=True, kw_only=True):
    """How most of the text looks."""

    size: float  # px, of the middle letter
    contrast: float  # ratio of the commonest colours, 1–21
    colours: str  # "rgb(0, 0, 0) / rgb(255, 255, 255)"


class Special(Noun, frozen=True, kw_only=True):
    """The control that offers a version for the visually impaired, and what a click on it did."""

    spot: Spot
    after: Look | None = None  # None: the click could not be made
    panel: bool = False  # it opened further controls


class Drawn(Noun, frozen=True, kw_only=True):
    """The JSON of one rendering."""

    page: str  # address
    sha256: str  # of the page's bytes that were drawn
    template: str = ""  # shape of addresses the page stands for
    pages: int = 1  # of the crawl that share the template
    is_first: bool = False  # the first page of the site or of a language
    browser: str = ""
    axe: Axe | None = None  # None: it did not finish
    look: Look | None = None  # None: no text in sight
    sizes: tuple[tuple[float, int], ...] = ()  # (px, letters), smallest first
    phone: Fit | None = None  # 360 px
    zoomed: Fit | None = None  # 640 px: 1280 px at 200 %
    tabbing: Tabbing | None = None
    sounding: tuple[Spot, ...] = ()  # media that play by themselves, with sound
    playing: tuple[Spot, ...] = ()  # media that play by themselves, without
    moving: tuple[Spot, ...] = ()  # animations without end
    height: int = 0  # px
    window: int = 0  # px of height that are in sight at once
    special: Special | None = None
    unstyled: tuple[str, ...] = ()  # style sheets that did not come for a reason of ours
    scripts_missing: bool = False  # a script did not come for a reason of ours
    picture: str = ""  # SHA-256 of the whole page's picture


class Rendering:
    """What rules of the kind "rendered" look at."""

    def __init__(self, content: bytes, evidence: Evidence = NOWHERE) -> None:
        self.content = content
        self.evidence = evidence

    @cached_property
    def seen(self) -> Drawn:
        """Raises msgspec.DecodeError when the content is no rendering."""
        return msgspec.json.decode(self.content, type=Drawn)

    @property
    def address(self) -> str:
        """Of the page that was drawn, after redirects."""
        return self.evidence.final_url or self.evidence.url


class Wrong(Struct, frozen=True):
    """What one look at several axe rules gave."""

    places: tuple[Place, ...]
    was_asked: bool  # any of the rules had something to look at
    in_doubt: bool  # axe could not tell, and found nothing wrong
    doubts: tuple[Place, ...]  # where it could not


def axe_says(rendering: Rendering, ids: frozenset[str]) -> Wrong | None:
    """Return what axe found under the rules `ids`; None when axe did not finish."""
    axe = rendering.seen.axe
    if axe is None:
        return None
    found = [result for result in axe.violations if result.id in ids]
    doubts = [result for result in axe.incomplete if result.id in ids]
    places = tuple(place_of(spot, result.id) for result in found for spot in result.nodes)
    was_asked = bool(found or doubts) or not ids.isdisjoint(axe.passes)
    unsure = tuple(place_of(spot, "") for result in doubts for spot in result.nodes)
    return Wrong(places, was_asked, bool(doubts) and not found, unsure)


def place_of(spot: Spot, note: str) -> Place:
    """Return the place a spot is; `note` is a key of the rule's notes."""
    saw = f"{spot.told}: {spot.html}" if spot.told and spot.html else spot.told or spot.html
    return Place(where=spot.path, saw=shorten(saw, 160), note=note, picture=spot.picture)


prepare(Drawn)
