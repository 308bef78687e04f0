"""Defects of languages."""

import re
from datetime import timedelta
from random import Random

from tools.planting import defects
from tools.planting.changes import after_body
from tools.planting.model import File, Site
from tools.planting.papers import paper
from tools.planting.planting import CONTENT, Sown, Unfit, link_of, links_of, need, plant, some
from tools.planting.words import fill, texts

TOLD = ("about", "speeches", "faq")  # sections of whole sentences, enough to tell a language by
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


@plant("S002", also=("P002", "P025", *PARITY), group="languages prose copies")
def text_waits_for_its_translation(site: Site, random: Random) -> Sown:
    told = [page for page in site.pages.values() if page.is_news or page.key in TOLD]
    kazakh = [
        page
        for page in told
        if page.language == "kk" and (page.key, "ru") in site.pages and "emptied" not in page.flaws
    ]
    pages = some(random, kazakh, 3)
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


@plant("S020", group="languages")
def switch_leads_home(site: Site, random: Random) -> Sown:
    site.flaws["switch_leads_home"] = True
    return None


@plant("S021", also=("S020", "S022"), group="languages")
def inner_pages_have_no_switch(site: Site, random: Random) -> Sown:
    for page in site.pages.values():
        if page.key != "home":
            page.flaws["no_switch"] = True
    return None


@plant("S021", also=("S001", "P008", *PARITY), group="languages")
def language_is_changed_by_a_script(site: Site, random: Random) -> Sown:
    """Buttons and lists stand where links should; a site map still leads across."""
    shown = random.choice(
        (
            '<select onchange="go()"><option>Қазақша</option><option>Русский</option></select>',
            '<button onclick="go()">Русский</button><button onclick="go()">Қазақша</button>',
            '<a href="#" onclick="go()">РУС</a> <a href="#" onclick="go()">ҚАЗ</a>',
        )
    )
    for page in site.pages.values():
        page.flaws["no_switch"] = True
        page.after.append(after_body(shown))
    return None


@plant("S022", also=("S020", "S026", "S024", "S030", *CONTENT), group="languages")
def pages_are_not_translated(site: Site, random: Random) -> Sown:
    language = random.choice(("kk", "ru"))
    keys = random.sample(("faq", "analytics", "speeches", "emergency", "appointments"), 3)
    news = [page.key for page in site.news(language)[2:4]]
    for key in [*keys, *news]:
        site.remove(key, language)
    defects.write_lists(site)
    return None


@plant("S023", also=("S026", *CONTENT), group="languages")
def one_version_says_less(site: Site, random: Random) -> Sown:
    need(site, "speeches")
    page = site.page("speeches", random.choice(("kk", "ru")))
    if "emptied" in page.flaws:
        raise Unfit
    page.body = [page.body[0].partition(". ")[0].removesuffix("</p>") + ".</p>"]
    return None


@plant("S023", also=CONTENT, group="languages sections")
def one_version_is_not_brought_up_to_date(site: Site, random: Random) -> Sown:
    """What was written of a section long ago in one language is new in the other."""
    day = site.as_of - timedelta(days=random.randint(300, 700))
    need(site, "vacancies", "programmes", "procurement")
    page = site.page(random.choice(("vacancies", "programmes", "procurement")), "kk")
    page.posted = page.updated = day
    for each in site.versions(page.key):
        text = f"<p>{fill(site, each.language, texts('chrome')[each.language]['official'])}</p>"
        each.body = [text, *(re.sub(r"(?:19|20)\d\d", "", piece) for piece in each.body)]
    return [link_of(page)]


@plant("S024", also=("S030", "S005"), group="news languages")
def news_comes_later_in_one_language(site: Site, random: Random) -> Sown:
    need(site, "home", "news")
    if not {"kk", "ru"} <= set(site.languages):
        raise Unfit
    language = random.choice(("kk", "ru"))
    late = random.randint(9, 20)
    for page in site.news(language)[1:]:
        if page.posted:
            page.posted -= timedelta(days=late)
    defects.write_lists(site)
    return None


@plant("S025", group="languages")
def menu_is_not_translated(site: Site, random: Random) -> Sown:
    language = "kk" if site.languages == ("kk", "ru") else random.choice(("kk", "en"))
    for page in site.in_language(language):
        page.flaws["chrome"] = "ru"
    return None


@plant("S026", also=CONTENT, group="languages")
def documents_are_missing_in_one_language(site: Site, random: Random) -> Sown:
    defects.no_files_in(site, random.choice([code for code in site.languages if code != "ru"]))
    return None


@plant("S026", also=CONTENT, group="languages reports")
def downloads_of_a_section_are_missing_in_one_language(site: Site, random: Random) -> Sown:
    language, many = random.choice(site.languages), random.randint(4, 6)
    fewer = {language: random.choice((0, 1))}
    _add_downloads(site, dict.fromkeys(site.languages, many) | fewer)
    return [f"{language}:speeches"]


def _add_downloads(site: Site, counts: dict[str, int]) -> None:
    """Offer so many documents on the page of speeches, and none else."""
    need(site, "speeches")
    if any("emptied" in page.flaws for page in site.versions("speeches")):
        raise Unfit
    for language, count in counts.items():
        page = site.page("speeches", language)
        for number in range(count):
            name = f"speech-{number}-{language}.pdf"
            site.files[name] = File(paper("report", language, site.as_of))
            page.body.append(f'<p><a href="@file:{name}">{page.title} № {number + 1}</a></p>')


@plant("S027", also=("S002",), group="languages prose")
def headings_are_not_translated(site: Site, random: Random) -> Sown:
    told = [page for page in site.pages.values() if page.is_news and page.language == "kk"]
    pages = some(random, [page for page in told if (page.key, "ru") in site.pages], 3)
    for page in pages:
        page.title = site.page(page.key, "ru").title
    return None


@plant("S028", also=("S004", "S026", *CONTENT), group="languages")
def english_is_a_stub(site: Site, random: Random) -> Sown:
    if "en" not in site.languages:
        raise Unfit
    for page in site.in_language("en"):
        if page.key not in ("home", "about", "contacts"):
            site.remove(page.key, "en")
    return None


@plant("S029", also=("S069",), group="name languages")
def name_of_the_body_is_misspelt(site: Site, random: Random) -> Sown:
    language = random.choice(site.languages[:2])
    right = texts("chrome")[language]["official"]
    name = fill(site, language, right)
    slips = (("министр", "минстр"), ("әкімдіг", "әкімдг"), ("инистер", "инситер"))
    wrong = name.replace("акимата", "акмиата", 1)
    for right_letters, slip in slips:
        wrong = wrong.replace(right_letters, slip, 1)
    for page in site.in_language(language):
        page.flaws["official"] = wrong
    return links_of([site.page("home", language)])
