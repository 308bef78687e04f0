"""What rules about access for all need to know of every page."""

import re

from msgspec import Struct

from aiqyn.subjects.links import Links
from aiqyn.subjects.page import Page
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.traits.acts import FEWEST, Act, act_of, together

NEAR = 2  # clicks from the first page within which the first page of a language lies
SHORT = 16  # letters of a path that may be a first page: /kk/index.php

_SPECIAL = re.compile(
    r"көру қабілеті|нашар көретін|көзі нашар|слабовидящ|для незрячих|visually[\s_-]*impaired"
    r"|vision[\s_-]*impaired|low vision|accessibility version|\bbvi\b|bvi-open|specialview"
    r"|special-?version|lidrekon|uhpv|slabovid|finevision|userway|accessibe|equalweb|isvek",
    re.IGNORECASE,
)
# The words with which an act begins to act.
_FORMULAS = (
    "бұйырамын", "қаулы етеді", "қаулыетеді", "шешті:", "шешім қабылдады", "шешімқабылдады",
    "приказываю", "постановляет", "постановляю", "решил:", "решила:", "resolves:",
)  # fmt: skip
_CAPITAL = ("ЫРАМЫН", "УЛЫ", "КАЗЫВАЮ", "ОСТАНОВЛЯ", "ЕШ", "RESOLVES")


class Access(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts of one page."""

    special: str = ""  # of first pages: "offered", "unknown" (a script may add it), "missing"
    is_act: bool = False  # the text of an order, decree or decision may stand on the page
    act: Act | None = None  # where it does so beyond doubt


def access_of(page: Page, links: Links) -> Access:
    """Return the facts of `page`."""
    act = act_of(page, links) if (says := _says_it_decides(page.beginning)) else None
    is_long = len(page.beginning) >= FEWEST and ": 1" in page.beginning
    return Access(special=_special(page), is_act=act is not None or (says and is_long), act=act)


def _says_it_decides(text: str) -> bool:
    """Whether words of an act may be there: in small letters before a list alone."""
    text = together(text)
    if ": 1" not in text and not any(each in text for each in _CAPITAL):
        return False
    lower = text.lower()
    return any(formula in lower for formula in _FORMULAS)


def _special(page: Page) -> str:
    """How a version for the visually impaired is offered; looked for on first pages alone."""
    depth = page.evidence.depth
    if depth > NEAR:
        return ""
    path = parts_of(page.address).path.strip("/")
    if depth and (len(path) > SHORT or path.count("/") > 1):
        return ""
    if _SPECIAL.search(page.html):
        return "offered"
    return "unknown" if page.holds(b"<script") else "missing"
