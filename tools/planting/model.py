"""What a generated site is before it becomes bytes; plants change it, layouts draw it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from aiqyn.subjects.site import About
from aiqyn.text import Text

Change = Callable[[str], str]
Key = tuple[str, str]  # key of a page, its language


@dataclass
class Body:
    """An invented state body and the forms of its name."""

    kind: str  # "ministry", "akimat_region" …
    domain: str  # which news it tells: "region", "education" …
    host: str
    forms: dict[str, dict[str, str]]  # language → name of a form → words
    names: dict[str, str]  # full official name by language

    def about(self) -> About:
        return About(code=f"kz-{self.host}", kind=self.kind, names=Text(self.names))


@dataclass
class Page:
    """One page in one language. Links are written `@key`, `@ru:key`, `@file:path`."""

    key: str
    language: str
    title: str
    body: list[str]  # HTML of the text, piece by piece
    group: str = ""
    head_title: str | None = None  # None: the title and the name of the body
    description: str = ""
    posted: date | None = None
    updated: date | None = None
    flaws: dict[str, Any] = field(default_factory=dict)  # what a layout draws wrongly
    after: list[Change] = field(default_factory=list)  # done to the finished HTML
    encoding: str = "utf-8"
    charset: str = "utf-8"  # as the header says it
    status: int = 200
    failure: str = ""
    forwards: str = ""  # link to which the server redirects

    @property
    def is_news(self) -> bool:
        return self.key.startswith("news/")


@dataclass
class File:
    """A document of the site, or what stands at its address instead."""

    content: bytes
    media_type: str = "application/pdf"
    status: int = 200
    failure: str = ""  # what comes of asking for it, in place of its content


@dataclass
class Site:
    """All of a site; `pages` is in order of creation."""

    body: Body
    as_of: date
    languages: tuple[str, ...]
    random: Random
    layout: str
    scheme: str
    origin: str
    people: list[dict[str, str]]
    phone: str
    dates: str = "long"  # how dates are written: "dotted", "short", "iso", "slashed"
    pages: dict[Key, Page] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    flaws: dict[str, Any] = field(default_factory=dict)  # of every page
    home: str = "kk"  # the language of the first page
    menu: dict[str, list[str]] = field(default_factory=dict)  # group → keys
    robots: str | None = "User-agent: *\nAllow: /\n"  # None: 404
    has_sitemap: bool = True
    missing_status: int = 404
    externals: dict[str, int | str] = field(default_factory=dict)  # address → status or failure
    headers: dict[str, str] = field(default_factory=dict)
    slug_language: str = "en"

    def page(self, key: str, language: str) -> Page:
        return self.pages[key, language]

    def versions(self, key: str) -> list[Page]:
        """Return a page in all the languages it has."""
        return [self.pages[key, code] for code in self.languages if (key, code) in self.pages]

    def in_language(self, language: str) -> list[Page]:
        return [page for (_, code), page in self.pages.items() if code == language]

    def news(self, language: str) -> list[Page]:
        """Return the pieces of news, newest first."""
        found = [page for page in self.in_language(language) if page.is_news]
        return sorted(found, key=lambda page: (page.posted or date.min, page.key), reverse=True)

    def content(self, *, but: Iterable[str] = ("home", "search", "sitemap", "news")) -> list[Page]:
        """Return the pages of sections: no lists, no news, nothing that a plant has emptied."""
        return [
            each
            for each in self.pages.values()
            if not (each.is_news or each.key in but or each.flaws.get("emptied"))
        ]

    def remove(self, key: str, language: str = "") -> None:
        """Take a page away; the layouts unlink what led to it."""
        for code in [language] if language else self.languages:
            self.pages.pop((key, code), None)
