"""Pages and templates → the files of `public/`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from tools.example_sites.dates import long_date
from tools.example_sites.pages import Page, Site

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_ORDER = {letter: 0x400 + place for place, letter in enumerate(_ALPHABET)}
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


@dataclass(frozen=True)
class Renderer:
    """One site's pages by path, and the environment that renders them."""

    site: Site
    pages: Sequence[Page]
    jinja: Environment

    @classmethod
    def of(cls, folder: Path, site: Site, pages: Sequence[Page]) -> "Renderer":
        jinja = Environment(
            loader=FileSystemLoader(folder / "templates"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=True,
        )
        jinja.filters["long_date"] = long_date
        return cls(site, pages, jinja)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield every page as (path below public/, bytes)."""
        for page in self.pages:
            for language in page.bodies:
                yield self.file_of(page, language), self.page(page, language)

    def page(self, page: Page, language: str) -> bytes:
        words = {key: phrase.get(language, "") for key, phrase in self.site.words.items()}
        context: dict[str, Any] = {
            "site": self.site,
            "page": page,
            "faults": page.faults,
            "language": language,
            "languages": list(page.bodies),
            "say": partial(_say, language=language),
            "w": words,
            "url": partial(self.url, language=language),
            "children": partial(self.children, language=language),
            "find": self.find,
            "all_pages": self.all_pages,
            "trail": self.trail(page, language),
            "table": partial(self.table, page, language),
        }
        text = self.jinja.from_string(page.bodies[language]).render(context)
        if page.faults.read_as:
            text = text.encode().decode(page.faults.read_as, "replace")
        context["body"] = Markup(MARKDOWN.render(text))
        name = page.faults.template or f"{page.kind}.html"
        html = self.jinja.get_template(name).render(context)
        return html.encode(page.faults.encoding, "xmlcharrefreplace")

    def find(self, path: str) -> Page:
        return next(page for page in self.pages if page.path == path)

    def file_of(self, page: Page, language: str) -> str:
        """Return where the page lies below public/."""
        if page.file:
            return page.file.format(language=language)
        return self.site.address.format(language=language, path=page.path or ".").replace(
            "/./", "/"
        )

    def url(self, path: str, language: str) -> str:
        """Return the address of a page from the root, without the index file's name."""
        return "/" + self.file_of(self.find(path), language).removesuffix("index.html")

    def all_pages(self, language: str) -> list[Page]:
        """Return every listed page in `language`, by title."""
        found = [p for p in self.pages if language in p.bodies and p.path not in self.site.absent]
        return sorted(found, key=lambda page: alphabetic(page.title[language]))

    def children(self, path: str, language: str) -> list[Page]:
        """Return the pages under `path` in `language`: by order, then newest first."""
        found = [p for p in self.pages if p.under == path and p.path and language in p.bodies]
        found.sort(key=lambda p: p.posted.toordinal() if p.posted else 0, reverse=True)
        return sorted(found, key=lambda p: p.order)

    def trail(self, page: Page, language: str) -> list[Page]:
        """Return the pages from the first page down to the parent of `page`."""
        if not page.path:
            return []
        parent = self.find(page.under)
        return [*self.trail(parent, language), parent] if language in parent.bodies else []

    def table(self, page: Page, language: str, name: str) -> Markup:
        template = self.jinja.get_template("table.html")
        table = page.tables[name]
        say = partial(_say, language=language)
        title = say(table.caption or page.title)
        cell = partial(_cell, say)
        return Markup(template.render(table=table, title=title, language=language, cell=cell))


def sitemap(renderer: Renderer) -> bytes:
    """Return sitemap.xml with the language versions of every page."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<urlset xmlns="{_SITEMAP}" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for page in renderer.pages:
        if page.path in renderer.site.absent:
            continue
        addresses = {c: renderer.site.origin + renderer.url(page.path, c) for c in page.bodies}
        for address in addresses.values():
            lines += [" <url>", f"  <loc>{address}</loc>"]
            if day := page.updated or page.posted:
                lines.append(f"  <lastmod>{day.isoformat()}</lastmod>")
            lines += [
                f'  <xhtml:link rel="alternate" hreflang="{code}" href="{other}"/>'
                for code, other in addresses.items()
            ]
            lines.append(" </url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()


def alphabetic(text: str) -> list[int]:
    """Return a key that puts Kazakh and Russian titles in the order of the alphabet."""
    return [_ORDER.get(letter, ord(letter)) for letter in text.casefold() if letter.isalnum()]


def _say(phrase: dict[str, str], language: str) -> str:
    return phrase.get(language) or phrase.get("kk") or phrase.get("ru") or ""


def _cell(say: Any, value: object) -> str:
    if isinstance(value, dict):
        return str(say(value))
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u00a0")
    if isinstance(value, float):
        return f"{value:,.1f}".replace(",", "\u00a0").replace(".", ",")
    return "—" if value is None else str(value)
