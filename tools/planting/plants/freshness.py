"""Defects of freshness."""

from datetime import timedelta
from random import Random

from tools.planting.blocks import news
from tools.planting.model import Site
from tools.planting.planting import Sown, Unfit, links_of, plant


@plant("S005", group="news")
def news_is_old(site: Site, random: Random) -> Sown:
    days = random.randint(30, 90)
    for page in site.pages.values():
        if page.is_news and page.posted:
            page.posted -= timedelta(days=days)
    for index in site.versions("news"):
        index.body = news(site, index)
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
