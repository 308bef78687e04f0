"""One HTML page, parsed once and shared by all rules; everything is worked out when first asked."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from datetime import UTC, datetime
from itertools import chain

from selectolax.lexbor import LexborHTMLParser, LexborNode

from aiqyn.chain import Evidence
from aiqyn.subjects import around
from aiqyn.subjects.around import present, text_without
from aiqyn.subjects.charset import Charset, sniff, sniff_utf8
from aiqyn.subjects.dates import Dated
from aiqyn.subjects.elements import is_shallow, opens
from aiqyn.subjects.frames import own_text
from aiqyn.subjects.hrefs import distinct, kinds_among
from aiqyn.subjects.language import language_of
from aiqyn.subjects.links import Link
from aiqyn.subjects.menus import Rest, Shortened, rest_of, shortened
from aiqyn.subjects.needles import ATTRIBUTES, VALUES
from aiqyn.subjects.nesting import beginning, is_too_deep, is_too_wide
from aiqyn.subjects.once import Once
from aiqyn.subjects.paths import Paths
from aiqyn.subjects.publication import publication_of
from aiqyn.subjects.spaces import opening, squeeze

NEAR = 1  # clicks from the first page within which menus themselves are looked at
BEGINNING = 1_500  # characters of main text in which a page says its date and what it is about
READ = 3_000  # characters of main text that are read word by word: a printed page and a half
SHELL = 60  # characters of text below which a page with scripts is an empty shell

_FORWARD = re.compile(r"\s*(\d+)[\d.]*\s*[;,]\s*url\s*=\s*[\"']?\s*([^\"'\s]+)", re.IGNORECASE)
_PLAIN = frozenset({"utf-8", "windows-1251", "kz1048", "cp1252"})  # an ASCII byte is that letter
_ALWAYS = ("html", "head", "body")  # the parser adds them where they are left out
_OF_MENUS = ("a", "li")  # elements that `lean` may lack
_HREF = ('href="', "href='")
SOON = 10  # seconds: a page that sends its reader on sooner is no page of its own
HEAD = 8_192  # bytes in which it says so
_SPACE = re.compile(r"\s+")
SELDOM = frozenset({"accesskey", "lang", "role", "tabindex"})  # few elements have any
_SELDOM = ", ".join(f"[{name}]" for name in sorted(SELDOM))
NOWHERE = Evidence(url="about:blank", taken_at=datetime(1970, 1, 1, tzinfo=UTC))


class Page:
    """Rules read it; they never fetch, change or keep its nodes."""

    def __init__(
        self, content: bytes, evidence: Evidence = NOWHERE, paths: Paths | None = None
    ) -> None:
        self.content = beginning(content)
        self.evidence = evidence
        self._paths = paths or Paths()
        self._held: dict[bytes, bool] = {}
        self.address = evidence.final_url or evidence.url  # where it really is, after redirects

    @Once
    def _read(self) -> tuple[str, Charset]:
        return sniff(self.content, self.evidence.charset)

    @property
    def html(self) -> str:
        return self._read[0]

    @Once
    def charset(self) -> Charset:
        return sniff_utf8(self.content, self.evidence.charset, self._cut.content) or self._read[1]

    @Once
    def tree(self) -> LexborHTMLParser:
        """The parsed page; HTML has no errors that stop a parser.

        Raises RecursionError for a page nested so deep, or so wide, that it would take minutes.
        """
        if is_too_wide(self.content) or (not self._is_shallow and is_too_deep(self.content)):
            raise RecursionError(f"{self.address}: nested too deep or too wide to be a page")
        return LexborHTMLParser(self.content if self._is_utf8 else self.html)

    @property
    def _is_utf8(self) -> bool:
        return self.charset.name == "utf-8" and not self.charset.broken

    @Once
    def _cut(self) -> Shortened:
        """The bytes with the menus met before shortened, where those are of no interest."""
        is_looked_at = self.evidence.depth <= NEAR
        return Shortened(self.content, self.content) if is_looked_at else shortened(self.content)

    @Once
    def _short(self) -> Shortened:
        return self._cut if self._is_utf8 else Shortened(self._plain, self._plain)

    @Once
    def _rest(self) -> Rest | None:
        """The page less the items of those menus, where what is asked of it allows that."""
        content = self._short.content
        if not self._short.menus or not self._is_shallow:
            return None
        has_main = opens(content, b"main") or opens(content, b"article", times=1)
        return rest_of(self._short) if has_main else None

    @property
    def lean(self) -> LexborHTMLParser:
        """The parsed page; of long menus that were met before, maybe with the first item alone.

        Much quicker to look through: ask it for what no plain `<li><a href>text</a></li>` of a
        menu has. What it does have stands at the same place and has the same attributes.
        """
        return self._rest.tree if self._rest else self.tree

    @property
    def whole(self) -> "Page":
        """The same page with every item of its menus wherever one looks."""
        return self._all if self._rest else self

    @Once
    def _all(self) -> "Page":
        return _Whole(self.content, self.evidence, self._paths)

    def select(self, css: str) -> list[LexborNode]:
        """Return the elements that match a CSS selector, in page order."""
        return self.tree.css(css)

    def select_lean(self, css: str) -> list[LexborNode]:
        """As `select`, for what no item of a menu is: see `lean`."""
        return self.lean.css(css)

    @Once
    def _plain(self) -> bytes:
        """The page in bytes of which the ASCII ones are those letters."""
        is_plain = self.charset.name in _PLAIN
        return self.content if is_plain else self.html.encode(errors="replace")

    @Once
    def _lower(self) -> bytes:
        return self._short.content.lower()

    @Once
    def _is_shallow(self) -> bool:
        return is_shallow(self._short.content)

    def holds(self, needle: bytes) -> bool:
        """Whether these bytes, lower case and ASCII, stand anywhere in the page.

        Ask it first where a check needs something most pages do not have. An element
        ("<table"), an attribute of ATTRIBUTES, a key of VALUES, the end of a link
        (".pdf") or its beginning ('href="#') is looked for in the parsed page, where the
        bytes do not rule it out; anything else in the bytes alone.
        """
        held = self._held.get(needle)
        if held is None:
            held = self._held[needle] = self._is_there(needle.decode())
        return held

    def may_hold(self, *pieces: bytes) -> bool:
        """Whether one of these ASCII bytes stands in the page just so: quicker than `holds`."""
        return any(map(self._plain.__contains__, pieces))

    def _is_there(self, needle: str) -> bool:
        if needle[0] == "<" and needle[1:].isalnum():
            tag = needle[1:]
            return opens(self._plain, tag.encode()) if tag in _ALWAYS else tag in self._elements
        if needle[0] == ".":
            return needle in self.hrefs_together
        if needle.startswith(_HREF):
            return f"\0{needle[len(_HREF[0]) :]}" in self.hrefs_together
        name = needle.removesuffix("=")
        if name in ATTRIBUTES or name.startswith("aria-"):
            return self._is_given(name)
        if needle in VALUES:
            return self.lean.css_first(VALUES[needle]) is not None
        return self._short.holds(needle.encode(), self._lower)

    def _is_given(self, name: str) -> bool:
        if name in SELDOM:
            return bool(self.given(name))
        return (self.tree if name == "class" else self.lean).css_first(f"[{name}]") is not None

    @Once
    def hrefs_together(self) -> str:
        """All hrefs, lower case, each behind a NUL, which no parser leaves in an attribute."""
        return "\0" + "\0".join(self.hrefs).lower()

    def nodes(self, tag: str) -> list[LexborNode]:
        """Return all elements of one name, in page order."""
        if tag not in _OF_MENUS or self._rest is None:
            return self.nodes_lean(tag)
        return self.tree.tags(tag)

    def nodes_lean(self, tag: str) -> list[LexborNode]:
        """As `nodes`, of `lean`."""
        return self._elements.get(tag, [])

    @Once
    def _elements(self) -> Mapping[str | None, list[LexborNode]]:
        """All elements of `lean` by their names: one walk instead of one for each name."""
        elements = defaultdict(list)
        for node in self.lean.tags("*"):
            elements[node.tag].append(node)
        return elements

    @property
    def roles(self) -> list[LexborNode]:
        """All elements with a role attribute, in page order."""
        return self.given("role")

    def given(self, name: str) -> list[LexborNode]:
        """Return all elements with an attribute, one of SELDOM, in page order."""
        return self._given.get(name, [])

    @Once
    def _given(self) -> Mapping[str, list[LexborNode]]:
        """One walk for all of SELDOM, which names an element with two of them twice."""
        found = defaultdict(list)
        for node in {each.mem_id: each for each in self.lean.css(_SELDOM)}.values():
            for name in SELDOM.intersection(node.attributes):
                found[name].append(node)
        return found

    @Once
    def declared_language(self) -> str | None:
        """The lang of <html> as written; None when there is none."""
        root = self.lean.root
        return (root.attributes.get("lang") or "").strip() or None if root else None

    @Once
    def title(self) -> str:
        return next((squeeze(node.text()) for node in self.nodes("title")), "")

    @Once
    def main_headings(self) -> list[str]:
        """Texts of the h1 elements, spaces squeezed."""
        return [squeeze(node.text(separator=" ")) for node in self.nodes("h1")]

    @Once
    def forwards(self) -> str:
        """Where <meta http-equiv="refresh"> sends the reader at once, as written; or ""."""
        refreshing = (given for given in self._given_metas if _refreshes(given))
        told = _FORWARD.match(next(refreshing, {}).get("content") or "")
        if not told or int(told[1]) > SOON or b"refresh" not in self._plain[:HEAD].lower():
            return ""
        return told[2]

    @Once
    def hrefs(self) -> list[str]:
        """Raw hrefs of links, then of image maps and frames, then `forwards`; each once."""
        return list(chain.from_iterable(self.pieces_of_hrefs))

    @Once
    def pieces_of_hrefs(self) -> list[Sequence[str]]:
        """`hrefs` in pieces: those of a menu that was met before are `Items`."""
        links = self.nodes_lean("a")
        hrefs = [node.attrs.get("href") for node in links]
        raw = self._rest.hrefs(links, hrefs) if self._rest else [hrefs]
        raw.append([node.attrs.get("href") for node in self.nodes("area")])
        raw.append([node.attrs.get("src") for node in self.nodes("iframe") + self.nodes("frame")])
        return distinct([*raw, [self.forwards]])

    @Once
    def links(self) -> list[Link]:
        """All links, in page order: dear, ask for it near the first page only."""
        return [
            Link(node, node.attributes, squeeze(node.text(separator=" ")))
            for node in self.nodes("a")
        ]

    def links_to(self, hrefs: Set[str]) -> list[LexborNode]:
        """Return the links that lead to one of `hrefs`, as written, in page order."""
        is_left_out = self._rest is not None and self._rest.leaves_out(hrefs)
        links = (self.tree if is_left_out else self.lean).css("a[href]")
        return [link for link in links if link.attributes["href"] in hrefs]

    @Once
    def kinds_of_links(self) -> int:
        """All kinds of `subjects.hrefs` that its links are of."""
        return kinds_among(self.pieces_of_hrefs)

    @Once
    def base(self) -> str:
        """The address of <base href>, as written; "" when there is none."""
        node = self.lean.css_first("base[href]") if self.holds(b"<base") else None
        return (node.attributes.get("href") or "") if node else ""

    @Once
    def _given_metas(self) -> list[dict[str, str | None]]:
        return [node.attributes for node in self.nodes("meta")]

    @Once
    def metas(self) -> dict[str, str]:
        """Content of the <meta> elements by their name, property or itemprop, lower case."""
        found: dict[str, str] = {}
        for given in self._given_metas:
            if "content" not in given:
                continue
            name = given.get("name") or given.get("property") or given.get("itemprop") or ""
            found.setdefault(name.lower(), given.get("content") or "")
        return found

    @Once
    def images(self) -> list[tuple[LexborNode, dict[str, str | None]]]:
        """Pictures, picture buttons, parts of image maps, with their attributes, in page order."""
        pictures = self.nodes("img")
        if self.nodes("area") or any(map(_is_image, self.nodes("input"))):
            pictures = self.select("img, input[type=image], area[href]")
        return [(node, node.attributes) for node in pictures]

    @Once
    def text(self) -> str:
        """All text of the body but scripts and styles, spaces squeezed."""
        body = self.tree.body
        return squeeze(text_without(body, present(around.HIDDEN, self._elements))) if body else ""

    @Once
    def _main(self) -> LexborNode | None:
        if any("main" in (node.attributes["role"] or "").lower() for node in self.roles):
            return self.lean.css_first("main, [role=main]")
        return next(iter(self.nodes("main")), None)

    @Once
    def is_shell(self) -> bool:
        """Whether the page is empty and a script would fill it: what it lacks nobody can tell."""
        if len(self.beginning) >= SHELL or not self.holds(b"<script"):
            return False
        return len(self.text) < SHELL

    @Once
    def loose_text(self) -> str:
        """The text without menus, banners, side columns and footers, spaces as they came."""
        main = self._main
        if main is None:
            articles = self.nodes("article")
            main = articles[0] if len(articles) == 1 else None
        if main is not None:
            roles = around.ROLES_IN_MAIN if self.roles else ""
            return text_without(main, present(around.IN_MAIN, self._elements, roles))
        if (body := self.tree.body) is None:
            return ""
        return own_text(self, body, self._elements, around.ROLES if self.roles else "")

    @Once
    def main_text(self) -> str:
        """`loose_text`, spaces squeezed: dear, look at `beginning` where that is enough."""
        return squeeze(self.loose_text)

    @Once
    def running(self) -> str:
        """The first READ characters of `main_text`."""
        return opening(self.loose_text, READ)

    @Once
    def beginning(self) -> str:
        """The first BEGINNING characters of `main_text`."""
        return self.running[:BEGINNING]

    @Once
    def language(self) -> str | None:
        """The language the main text is written in; None when it cannot be told.

        Where heading and text differ it is that of the text: headings are translated first.
        """
        return language_of(self.loose_text) or self._language_below_heading()

    def _language_below_heading(self) -> str | None:
        heading = self.main_headings[0] if len(self.main_headings) == 1 else ""
        if not heading:
            return None
        # where lines still end where they end, pieces of two languages are told apart
        text = self.loose_text if heading in self.loose_text else self.main_text
        return language_of(text.replace(heading, " ", 1)) if heading in text else None

    @Once
    def published(self) -> Dated | None:
        """When the page says it was published: by its metadata, its <time>, or near its heading."""
        return publication_of(self)

    def path_of(self, node: LexborNode) -> str:
        """Return a CSS path to an element, in the whole page; of the thousandth only its name."""
        return self._paths.to(node, self._rest.first if self._rest else frozenset())


def shorten(text: str, most: int = 120) -> str:
    """Return at most `most` characters of `text`, spaces squeezed, "…" for what is cut."""
    text = squeeze(text[: most * 4])
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _refreshes(given: Mapping[str, str | None]) -> bool:
    return (given.get("http-equiv") or "").lower() == "refresh"


def _is_image(field: LexborNode) -> bool:
    return (field.attributes.get("type") or "").lower() == "image"


class _Whole(Page):
    """A page of which no menu is left out."""

    _rest = None
