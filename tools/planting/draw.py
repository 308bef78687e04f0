"""A site's model → the bytes at every address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from tools.planting.addresses import document_address, page_address
from tools.planting.blocks import dialled, news_list, postal
from tools.planting.model import Page, Site
from tools.planting.words import fill, texts, written

LAYOUTS = Path(__file__).parent / "layouts"
VIEWPORT = "width=device-width, initial-scale=1"
NAMES = {
    "divs": {"kk": "Қазақша", "ru": "Русский", "en": "English"},
    "tables": {"kk": "ҚАЗ", "ru": "РУС", "en": "ENG"},
}
SHORT_NAMES = {"kk": "Қаз", "ru": "Рус", "en": "Eng"}
LATEST = 5  # pieces of news on a first page
_LINK = re.compile(r'(href|action|src)="@([^"]+)"', re.IGNORECASE)
_FORM = re.compile(r'(<form\b[^>]*\baction="/[^"?]*)()\?([^"]*)("[^>]*>)', re.IGNORECASE)
_ANCHOR = re.compile(r'<a\b[^>]*\bhref="@([^"]+)"[^>]*>(.*?)</a>', re.IGNORECASE | re.DOTALL)


@dataclass
class Drawn:
    """What the server of a site would answer: paths from the root, queries included."""

    pages: dict[str, tuple[Page, bytes]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # path → key of `site.files`


def draw(site: Site) -> Drawn:
    """Draw every page; links to what is not there become plain text."""
    drawn = Drawn()
    for page in site.pages.values():
        address = page_address(site, page.key, page.language)
        drawn.pages[address] = (page, draw_page(site, page))
        if page.key == "home" and not site.flaws.get("no_special"):
            drawn.pages[_special(address)] = (page, _for_weak_eyes(drawn.pages[address][1]))
    for name in site.files:
        drawn.files[document_address(site, name)] = name
    return drawn


def draw_page(site: Site, page: Page) -> bytes:
    """Return the bytes of one page as its server sends them."""
    html = _linked(site, page, _html(site, page))
    for change in page.after:
        html = change(html)
    return html.encode(page.encoding, "xmlcharrefreplace")


def _special(address: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}special=1"


def _for_weak_eyes(content: bytes) -> bytes:
    style = b"<style>body{font-size:26px;color:#000;background:#fff}</style>"
    return re.sub(rb"(?i)</head>", lambda found: style + found[0], content, count=1)


@cache
def _template(name: str) -> Template:
    jinja = Environment(
        loader=FileSystemLoader(LAYOUTS),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # our own texts, markup included
    )
    return jinja.get_template(f"{name}.html")


def _html(site: Site, page: Page) -> str:
    flaws = site.flaws | page.flaws
    words = texts("chrome")[flaws.get("chrome", page.language)]
    context: dict[str, Any] = {
        "page": page,
        "w": words,
        "lang": flaws.get("lang", page.language),
        "title": _head_title(site, page),
        "viewport": flaws.get("viewport", VIEWPORT),
        "description": page.description or _description(site, page),
        "official": flaws.get("official") or fill(site, page.language, words["official"]),
        "symbols": not flaws.get("no_symbols"),
        "has_search": not flaws.get("no_search"),
        "headings": flaws.get("headings", [page.title]),
        "low_vision": "" if flaws.get("no_special") else "@home?special=1",
        "body": "\n".join([*page.body, *_home(site, page)]),
        "footer": flaws.get("footer") or _footer(site, page.language, words),
        "menu": list(_menu(site, page.language, flaws.get("chrome", page.language))),
        "crumbs": [] if flaws.get("no_crumbs") else list(_crumbs(site, page, words)),
        "switch": [] if flaws.get("no_switch") else list(_switch(site, page)),
        "alternates": [] if flaws.get("no_switch") else list(_alternates(site, page)),
        **_dates(site, page),
    }
    return _template(site.layout).render(context)


def _head_title(site: Site, page: Page) -> str:
    if page.head_title is not None:
        return page.head_title
    name = fill(site, page.language, "{Name}")
    if page.key == "home":
        return fill(site, page.language, texts("chrome")[page.language]["official"])
    return f"{escape(page.title, quote=False)} — {name}"


def _description(site: Site, page: Page) -> str:
    name = fill(site, page.language, "{Name}")
    plain = re.sub(r"<[^>]+>", " ", page.body[0] if page.body else "")
    said = " ".join(plain.split())[:140].rsplit(" ", 1)[0]
    return escape(f"{page.title}. {name}. {said}")


def _dates(site: Site, page: Page) -> dict[str, str]:
    posted = written(site, page.language, page.posted) if page.posted else ""
    updated = written(site, page.language, page.updated) if page.updated else ""
    return {
        "posted": posted,
        "posted_iso": page.posted.isoformat() if page.posted else "",
        "updated": updated,
        "updated_iso": page.updated.isoformat() if page.updated else "",
    }


def _menu(site: Site, language: str, shown: str) -> Iterator[dict[str, Any]]:
    """The menu of a language; `shown` is the one its words are in."""
    for group, keys in site.menu.items():
        items = [
            (site.pages.get((key, shown), site.pages[key, language]).title, f"@{key}")
            for key in keys
            if (key, language) in site.pages
        ]
        if items:
            yield {
                "name": texts("chrome")[shown]["groups"][group],
                "links": items,
                "first": items[0][1],
            }


def _crumbs(site: Site, page: Page, words: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if page.key == "home":
        return
    yield words["home"], "@home"
    if page.is_news and ("news", page.language) in site.pages:
        yield site.pages["news", page.language].title, "@news"
    yield page.title, ""


def _switch(site: Site, page: Page) -> Iterator[tuple[str, str, str]]:
    names = NAMES.get(site.layout, SHORT_NAMES)
    for code in site.languages:
        if ("home", code) in site.pages:
            is_there = (page.key, code) in site.pages and not site.flaws.get("switch_leads_home")
            key = page.key if is_there else "home"
            yield code, names[code], f"@{code}:{key}"


def _alternates(site: Site, page: Page) -> Iterator[tuple[str, str]]:
    if site.flaws.get("switch_leads_home"):
        return
    for code in site.languages:
        if (page.key, code) in site.pages:
            yield code, f"@{code}:{page.key}"


def _home(site: Site, page: Page) -> list[str]:
    """What a first page has besides its words: the latest news."""
    if page.key != "home" or page.flaws.get("no_latest"):
        return []
    words = texts("chrome")[page.language]
    count = site.flaws.get("latest", LATEST)
    latest = news_list(site, page.language, site.news(page.language)[:count])
    more = f'<p><a href="@news">{words["all_news"]}</a></p>'
    return [f"<h2>{words['latest']}</h2>", latest, more]


def _footer(site: Site, language: str, words: dict[str, Any]) -> str:
    mail = f"info@{site.body.host}"
    phone = fill(site, language, "{phone:1}")
    return (
        f"<p>{words['address']}: {postal(site, language)}. "
        f'{words["phone"]}: <a href="tel:{dialled(phone)}">{phone}</a>. '
        f'{words["email"]}: <a href="mailto:{mail}">{mail}</a></p>\n'
        f'<p><a href="@sitemap">{words["map"]}</a> · '
        f'<a href="@home">{words["home"]}</a> · © {site.as_of.year}</p>'
    )


def _linked(site: Site, page: Page, html: str) -> str:
    html = _ANCHOR.sub(lambda found: _kept(site, page, found), html)
    html = _LINK.sub(lambda found: f'{found[1]}="{target(site, page, found[2]) or "#"}"', html)
    return _FORM.sub(_with_hidden_fields, html)


def _with_hidden_fields(found: re.Match[str]) -> str:
    """A browser drops the query of a form's action: its parts must be fields."""
    pairs = (part.partition("=") for part in found[3].replace("&amp;", "&").split("&"))
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{value}">' for name, _, value in pairs
    )
    return f"{found[1]}{found[2]}{found[4]}{fields}"


def _kept(site: Site, page: Page, found: re.Match[str]) -> str:
    return found[0] if target(site, page, found[1]) else found[2]


def target(site: Site, page: Page, link: str) -> str:
    """Return where `@link` leads from the root, or "" when nothing is there."""
    if link.startswith("file:"):
        name = link.removeprefix("file:")
        return document_address(site, name) if name in site.files else ""
    key, _, query = link.partition("?")
    language, _, plain = key.rpartition(":")
    language = language or page.language
    if (plain, language) not in site.pages:
        return ""
    address = page_address(site, plain, language)
    return address + ("&amp;" if "?" in address else "?") + query if query else address
