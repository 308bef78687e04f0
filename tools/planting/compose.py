"""From a seed to a whole and healthy site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tools.planting import papers
from tools.planting.blocks import block
from tools.planting.bodies import body_by_seed
from tools.planting.model import Body, Page, Site
from tools.planting.words import fill, texts, written

DAYS = (date(2025, 10, 8), date(2025, 11, 20), date(2026, 2, 12), date(2026, 4, 22))
LAYOUTS = ("landmarks", "divs", "tables", "bootstrap", "columns", "press")
SCHEMES = ("folders", "files", "codes", "query", "short")
RHYTHM = (0, 1, 1, 2, 3, 3, 4, 5, 6, 7, 8)  # days before the day of judgement


@dataclass(frozen=True)
class Settings:
    """What a seed decides; a replica says it itself."""

    body: Body
    as_of: date
    languages: tuple[str, ...] = ("kk", "ru", "en")
    layout: str = "landmarks"
    scheme: str = "folders"
    dates: str = "long"
    titles: int = 0  # which wording of the titles; -1: each by chance
    news: int = 9
    origin: str = ""
    phone: str = "8 (7222)"
    slug_language: str = "en"
    leave_out: tuple[str, ...] = ()  # sections this body has no use for


def settings_by_seed(random: Random) -> Settings:
    body = body_by_seed(random)
    scheme = random.choice(("https://", "https://www."))
    return Settings(
        body=body,
        as_of=random.choice(DAYS),
        languages=random.choice((("kk", "ru", "en"), ("kk", "ru"), ("kk", "ru", "en"))),
        layout=random.choice(LAYOUTS),
        scheme=random.choice(SCHEMES),
        dates=random.choice(("long", "dotted", "short", "iso", "slashed")),
        titles=-1,
        news=random.randint(7, 10),
        origin=f"{scheme}{body.host}",
        phone=random.choice(("8 (7222)", "8 (71834)", "+7 (7152)", "8-7252-")),
        slug_language=random.choice(("en", "ru")),
    )


def compose(settings: Settings, random: Random) -> Site:
    """Return a site without a fault: every section, dated news, documents, all languages."""
    people = list(texts("people")["people"])
    random.shuffle(people)
    site = Site(
        body=settings.body,
        as_of=settings.as_of,
        languages=settings.languages,
        random=random,
        layout=settings.layout,
        scheme=settings.scheme,
        origin=settings.origin or f"https://{settings.body.host}",
        people=people,
        phone=settings.phone,
        dates=settings.dates,
        slug_language=settings.slug_language,
    )
    sections = [each for each in texts("sections") if each["key"] not in settings.leave_out]
    _add_homes(site)
    for section in sections:
        _add_section(site, section, settings.titles, random)
    _add_news(site, _chosen_news(site, settings.news, random), random)
    _add_menu(site, sections)  # the map of the site shows it
    for section in sections:
        write_section(site, section)
    papers.add(site)
    return site


def by_seed(seed: int) -> Site:
    """Return the healthy site of one seed: always the same one."""
    random = Random(seed)
    return compose(settings_by_seed(random), random)


def _add_homes(site: Site) -> None:
    for language in site.languages:
        words = texts("chrome")[language]
        title = fill(site, language, "{Name}")
        body = [f"<p>{fill(site, language, words['welcome'])}</p>"]
        site.pages["home", language] = Page("home", language, title, body)


def _add_section(site: Site, section: dict[str, Any], wording: int, random: Random) -> None:
    chosen = random.randrange(6) if wording < 0 else wording
    posted = site.as_of - timedelta(days=random.randint(200, 380))
    updated = site.as_of - timedelta(days=random.randint(4, 60))
    for language in site.languages:
        title = fill(site, language, _titles(section, language)[chosen])
        page = Page(section["key"], language, title, [], group=section["group"])
        if section["key"] not in ("sitemap", "search", "news"):
            page.posted, page.updated = posted, updated
        site.pages[page.key, language] = page


def _titles(section: dict[str, Any], language: str) -> list[str]:
    """Return three titles that go with the texts, and three that nobody tuned the audit to."""
    return [*section["titles"][language], *texts("titles")[section["key"]][language]]


def write_section(site: Site, section: dict[str, Any]) -> None:
    """Write the text of one section anew in all its languages."""
    for page in site.versions(section["key"]):
        said = [
            f"<p>{fill(site, page.language, text)}</p>" for text in section["text"][page.language]
        ]
        page.body = said + block(site, page, section["block"])


def _chosen_news(site: Site, count: int, random: Random) -> list[dict[str, Any]]:
    fitting = [each for each in texts("news") if each["domain"] in ("any", site.body.domain)]
    return random.sample(fitting, min(count, len(fitting)))


def _add_news(site: Site, chosen: Sequence[dict[str, Any]], random: Random) -> None:
    first = random.randint(40, 400)
    for place, item in enumerate(chosen):
        day = site.as_of - timedelta(days=RHYTHM[place])
        for language in site.languages:
            title, *paragraphs = (fill(site, language, text) for text in item[language])
            page = Page(f"news/{first + len(chosen) - place}", language, title, [])
            page.posted, page.group = day, "news"
            page.body = [f"<p>{text}</p>" for text in paragraphs]
            site.pages[page.key, language] = page


def _add_menu(site: Site, sections: Sequence[dict[str, Any]]) -> None:
    for section in sections:
        if section["group"]:
            site.menu.setdefault(section["group"], []).append(section["key"])


def shown_day(site: Site, page: Page) -> str:
    return written(site, page.language, page.posted) if page.posted else ""
