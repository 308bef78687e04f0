"""What a site is made of, read from its `content/` folder."""

from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from msgspec import Struct, ValidationError, convert

Phrase = dict[str, str]
Kind = TypeVar("Kind")


class Faults(Struct, frozen=True, forbid_unknown_fields=True):
    """What is wrong with one page on purpose; empty on a good site."""

    html_lang: str | None = None  # "" leaves the attribute out
    title: str | None = None  # "" leaves the element out
    viewport: str | None = None  # "" leaves the element out
    encoding: str = "utf-8"  # of the bytes
    charset: str = "utf-8"  # as the page declares it; "" declares none
    template: str | None = None  # another template than the kind's
    read_as: str = ""  # the text is UTF-8 that somebody read in this encoding and saved again
    padding: int = 0  # times the word processor's style block is repeated


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """A table whose figures are written once for all languages."""

    head: dict[str, list[str]]  # by language
    rows: list[list[Phrase | str | int | float | None]]
    caption: Phrase = {}


class Link(Struct, frozen=True, forbid_unknown_fields=True):
    """A file offered for download."""

    file: str  # below public/
    name: Phrase


class Page(Struct, frozen=True, forbid_unknown_fields=True):
    """One page in all its languages, before it is rendered."""

    path: str  # below the language; "" is the first page
    title: Phrase
    bodies: dict[str, str]  # language → Markdown with Jinja; a language left out has no page
    short: Phrase = {}  # its name in the menu, when the title is long
    kind: str = "page"  # which template renders it
    under: str = ""  # path of the parent page
    lead: Phrase = {}
    posted: date | None = None
    updated: date | None = None
    picture: str = ""  # below public/
    picture_alt: Phrase = {}
    number: str = ""  # of a legal act
    signed_by: Phrase = {}
    tables: dict[str, Table] = {}
    links: list[Link] = []
    order: int = 100
    file: str = ""  # an address of its own instead of the site's pattern
    faults: Faults = Faults()


class Site(Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of one example site: `content/site.yaml`."""

    origin: str  # its pretended address; the server puts its own in its place
    as_of: date  # the day on which the site is judged
    address: str  # pattern of a page's file: "{language}/{path}/index.html"
    name: Phrase
    words: dict[str, Phrase]  # what the templates say
    menu: list[str] = []  # paths
    groups: list[dict[str, Any]] = []  # {name: phrase, pages: [paths]}
    sitemap: bool = True
    robots: str = ""
    absent: list[str] = []  # paths kept out of lists and sitemap


def read_site(folder: Path) -> tuple[Site, list[Page]]:
    """Read `folder/content`; pages come in the order of their file names."""
    path = folder / "content" / "site.yaml"
    site = _checked(path, yaml.safe_load(path.read_text("utf-8")), Site)
    pages = [read_page(path) for path in sorted((folder / "content" / "pages").glob("*.md"))]
    return site, pages


def read_page(path: Path) -> Page:
    """Read one page: YAML between two `---` lines, then a `::kk`, `::ru`, `::en` part each."""
    _, head, text = path.read_text("utf-8").split("---\n", 2)
    bodies: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line.startswith("::"):
            part = bodies.setdefault(line[2:].strip(), [])
        else:
            part.append(line)
    settings = yaml.safe_load(head)
    settings["bodies"] = {code: "\n".join(lines).strip() for code, lines in bodies.items()}
    return _checked(path, settings, Page)


def _checked(path: Path, value: object, kind: type[Kind]) -> Kind:
    try:
        return convert(value, kind, strict=False)
    except ValidationError as error:
        message = f"{path}: {error}"
        raise ValueError(message) from error
