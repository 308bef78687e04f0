"""Defects of freshness."""

from datetime import timedelta
from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, Unfit, links_of, plant


@plant("S005", group="news")
def news_is_old(site: Site, random: Random) -> Sown:
    days = random.randint(30, 90)
    for page in site.pages.values():
        if page.is_news and page.posted:
            page.posted -= timedelta(days=days)
    _list_again(site)
    return None


@plant("S014", group="news")
def news_is_one_sentence(site: Site, random: Random) -> Sown:
    keys = sorted({page.key for page in site.pages.values() if page.is_news})
    chosen = random.sample(keys, min(3, len(keys)))
    if not chosen:
        raise Unfit
    pages = [page for key in chosen for page in site.versions(key)]
    for page in pages:
        page.body = [page.body[0].partition(". ")[0].removesuffix("</p>") + ".</p>"]
    return links_of(pages)


def _list_again(site: Site) -> None:
    from tools.planting.compose import write_section
    from tools.planting.words import texts

    for section in texts("sections"):
        if section["key"] == "news":
            write_section(site, section)
