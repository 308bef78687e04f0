"""Defects of languages."""

from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, Unfit, link_of, links_of, plant, some

TOLD = ("about", "appeals", "speeches", "faq")  # sections of whole sentences
PARITY = ("S020", "S021", "S022", "S023", "S024", "S025", "S026", "S027", "S028", "S029")


@plant("S001", also=("S002", "S003", "S004", "P002", *PARITY), group="languages")
def language_is_missing(site: Site, random: Random) -> Sown:
    site.languages = tuple(code for code in site.languages if code != "ru")
    for key, language in list(site.pages):
        if language == "ru":
            del site.pages[key, language]
    return None


@plant("S001", also=PARITY, group="languages")
def language_is_reached_by_script_only(site: Site, random: Random) -> Sown:
    site.flaws["no_switch"] = True
    return None


@plant("S002", also=("P002", *PARITY), group="languages")
def text_waits_for_its_translation(site: Site, random: Random) -> Sown:
    told = [page for page in site.pages.values() if page.is_news or page.key in TOLD]
    pages = some(random, [page for page in told if page.language == "kk"], 3)
    for page in pages:
        page.body = list(site.page(page.key, "ru").body)
    return links_of(pages)


def _length(body: list[str]) -> int:
    return sum(map(len, body))


@plant("S003", also=PARITY, group="languages")
def first_page_opens_in_russian(site: Site, random: Random) -> Sown:
    if site.scheme == "short" and random.random() < 0.5:
        raise Unfit
    site.home = "ru"
    return None


@plant("P002")
def declared_language_is_a_country(site: Site, random: Random) -> Sown:
    pages = some(random, [page for page in site.content() if page.language == "kk"])
    for page in pages:
        page.flaws["lang"] = random.choice(("kz", "kz-KZ"))
    return links_of(pages)


@plant("P002")
def declared_language_is_missing(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.flaws["lang"] = ""
    return links_of(pages)


@plant("P002")
def declared_language_is_another(site: Site, random: Random) -> Sown:
    long = [page for page in site.content() if _length(page.body) > 500 and page.language != "en"]
    pages = some(random, long)
    for page in pages:
        page.flaws["lang"] = "en"
    return [link_of(page) for page in pages]
