"""Defects of finding things."""

from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, links_of, plant, some
from tools.planting.words import fill


@plant("S007")
def no_map(site: Site, random: Random) -> Sown:
    site.remove("sitemap")
    site.has_sitemap = False
    return None


@plant("S008")
def no_search(site: Site, random: Random) -> Sown:
    site.flaws["no_search"] = True
    site.remove("search")
    return None


@plant("S009", group="titles")
def titles_are_repeated(site: Site, random: Random) -> Sown:
    language = random.choice(site.languages)
    pages = random.sample([page for page in site.content() if page.language == language], 3)
    for page in pages:
        page.head_title = fill(site, language, "{Name}")
    return links_of(pages)


@plant("P001", group="titles")
def no_title(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.head_title = ""
    return links_of(pages)


@plant("P001", group="titles")
def title_of_the_editor(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 1)
    pages[0].head_title = random.choice(("Untitled Document", "Новый документ", "-"))
    return links_of(pages)


@plant("P009")
def no_main_heading(site: Site, random: Random) -> Sown:
    pages = some(random, [page for page in site.pages.values() if page.is_news])
    for page in pages:
        page.flaws["headings"] = []
        page.body.insert(0, f"<p><b>{page.title}</b></p>")
    return links_of(pages)


@plant("P009")
def several_main_headings(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.body.append(f"<h1>{page.title}</h1>")
    return links_of(pages)
