"""Defects of freshness."""

from datetime import timedelta
from random import Random

from tools.planting import defects
from tools.planting.model import Site
from tools.planting.planting import Sown, Unfit, links_of, plant, some
from tools.planting.words import fill, quarter_said

CAME = {
    "kk": "{q} бойынша: органға 412 өтініш келіп түсті. Бұл алдыңғы кезеңдегіден аз, өтініштердің "
    "көбі пошта арқылы жіберілді.",
    "ru": "За {q} в орган поступило 412 обращений. Это меньше, чем за прошлый период, чаще всего "
    "письма присылали по почте.",
    "en": "For {q}: 412 appeals came to the body. This is less than in the period before, most of "
    "the letters were sent by post.",
}

UNTIL = {
    "kk": "Бағдарламалар 2030 жылғы 31 желтоқсанға дейін қолданылады.",
    "ru": "Программы действуют до 31 декабря 2030 года.",
    "en": "The programmes are in force until 31 December 2030.",
}


@plant("S005", also=("S030",), group="news")
def news_is_old(site: Site, random: Random) -> Sown:
    days = random.randint(30, 90)
    for page in site.pages.values():
        if page.is_news and page.posted:
            page.posted -= timedelta(days=days)
    defects.write_lists(site)
    return None


@plant("S005", also=("S030",), group="news")
def news_is_of_last_week(site: Site, random: Random) -> Sown:
    """Two working days without news at least, whatever the day of judgement is."""
    days = random.randint(6, 9)
    for page in site.pages.values():
        if page.is_news and page.posted:
            page.posted -= timedelta(days=days)
    defects.write_lists(site)
    return None


@plant("S014", also=("S023", "P023"), group="news prose")
def news_is_one_sentence(site: Site, random: Random) -> Sown:
    keys = sorted({page.key for page in site.pages.values() if page.is_news})
    chosen = random.sample(keys, min(3, len(keys)))
    if not chosen:
        raise Unfit
    pages = [page for key in chosen for page in site.versions(key)]
    for page in pages:
        page.body = [page.body[0].partition(". ")[0].removesuffix("</p>") + ".</p>"]
    return links_of(pages)


@plant("S030", also=("S024",), group="news")
def news_was_silent(site: Site, random: Random) -> Sown:
    days = random.randint(25, 60)
    for language in site.languages:
        for page in site.news(language)[2:]:
            if page.posted:
                page.posted -= timedelta(days=days)
    defects.write_lists(site)
    return None


@plant("S030", also=("S024",), group="news")
def news_is_seldom(site: Site, random: Random) -> Sown:
    """The newest is of today; between any two lie ten days or more."""
    days = random.randint(10, 14)
    for language in site.languages:
        for place, page in enumerate(site.news(language)):
            page.posted = site.as_of - timedelta(days=days * place)
    defects.write_lists(site)
    return None


@plant("S030", also=("S024", "S005"), group="news")
def news_is_not_of_every_day(site: Site, random: Random) -> Sown:
    days = random.randint(4, 5)
    for language in site.languages:
        for place, page in enumerate(site.news(language)):
            page.posted = site.as_of - timedelta(days=days * place)
    defects.write_lists(site)
    return None


@plant("S031", group="sections")
def section_is_not_brought_up_to_date(site: Site, random: Random) -> Sown:
    day = site.as_of - timedelta(days=random.randint(1_200, 2_500))
    for page in site.versions("programmes"):
        page.posted = page.updated = day
    return None


@plant("S031", group="sections")
def what_holds_for_years_was_updated_long_ago(site: Site, random: Random) -> Sown:
    day = site.as_of - timedelta(days=random.randint(1_200, 2_500))
    for page in site.versions(random.choice(("leaders", "subordinate", "contacts", "services"))):
        page.posted = page.updated = day
    return None


@plant("S031", group="sections")
def old_section_names_a_day_far_ahead(site: Site, random: Random) -> Sown:
    day = site.as_of - timedelta(days=random.randint(1_200, 2_500))
    for page in site.versions("programmes"):
        page.posted = page.updated = day
        page.body.append(f"<p>{UNTIL[page.language]}</p>")
    return None


@plant("S032", group="sections")
def sections_are_undated(site: Site, random: Random) -> Sown:
    for key in random.sample(("leaders", "subordinate", "territorial", "competence"), 2):
        for page in site.versions(key):
            page.posted = page.updated = None
    return None


@plant("S032", group="sections")
def sections_tell_their_updating_alone(site: Site, random: Random) -> Sown:
    for key in random.sample(("leaders", "subordinate", "territorial", "competence"), 2):
        for page in site.versions(key):
            page.posted = None
    return None


@plant("S032", group="sections")
def kazakh_versions_are_undated(site: Site, random: Random) -> Sown:
    keys = random.sample(("leaders", "subordinate", "competence"), 2)
    pages = [site.page(key, "kk") for key in keys]
    for page in pages:
        page.posted = page.updated = None
    return links_of(pages)


@plant("S033", group="sections")
def statistics_are_old(site: Site, random: Random) -> Sown:
    year, quarter = site.as_of.year - random.randint(2, 5), random.randint(1, 4)
    periods = {code: quarter_said(code, year, quarter) for code in site.languages}
    defects.old_statistics(site, periods)
    _holds_little(site, "statistics")
    return None


@plant("P030")
def date_does_not_exist(site: Site, random: Random) -> Sown:
    said = {
        "kk": ("2025 жылғы 31 ақпан", "31.02.2025", "2025 жылғы 31 қараша"),
        "ru": ("31 февраля 2025 года", "31.02.2025", "31 ноября 2025 года"),
        "en": ("31 February 2025", "31.02.2025", "31 November 2025"),
    }
    place = random.randrange(3)
    pages = some(random, [page for page in site.pages.values() if page.is_news])
    for page in pages:
        page.body.append(f"<p>{said[page.language][place]}: {page.title}.</p>")
    return links_of(pages)


@plant("P031", also=("S024", "S030"), group="news")
def publication_is_ahead_of_time(site: Site, random: Random) -> Sown:
    pages = some(random, [page for page in site.pages.values() if page.is_news])
    for page in pages:
        page.posted = site.as_of + timedelta(days=random.randint(12, 90))
    defects.write_lists(site)
    return links_of(pages)


@plant("S034", also=("S038",), group="reviews")
def review_of_appeals_is_old(site: Site, random: Random) -> Sown:
    defects.review_of_one_quarter(site, [site.as_of.year - 1, 1])
    _holds_little(site, "reviews")
    return None


@plant("S038", also=("S034", "S031", "S032"), group="reviews")
def review_of_appeals_tells_no_outcome(site: Site, random: Random) -> Sown:
    for page in site.versions("reviews"):
        page.body = [f"<p>{CAME[page.language].format(q=fill(site, page.language, '{q}'))}</p>"]
    _holds_little(site, "reviews")
    return None


def _holds_little(site: Site, key: str) -> None:
    """Keep other plants away: a document there could hold what the page does not say."""
    for page in site.versions(key):
        page.flaws["emptied"] = True
