"""Defects of finding things."""

import re
from dataclasses import replace
from random import Random

from tools.planting import defects
from tools.planting.addresses import page_address
from tools.planting.changes import in_head, replaced, unlinked
from tools.planting.draw import target
from tools.planting.model import Page, Site
from tools.planting.planting import Sown, Unfit, links_of, need, plant, some
from tools.planting.words import fill, texts


@plant("S007", also=("S060", "S066"), group="maps")
def no_map(site: Site, random: Random) -> Sown:
    site.remove("sitemap")
    site.has_sitemap = False
    return None


@plant("S007", also=("S066",), group="maps")
def map_is_for_search_engines_alone(site: Site, random: Random) -> Sown:
    site.remove("sitemap")
    return None


HIDDEN = 4  # documents that are certainly linked and hidden together
MAPPED = 5  # pieces of news on a map that leads to nothing else


@plant("S007", also=("S066", "S004", "S067"), group="maps")
def map_leads_to_the_news_alone(site: Site, random: Random) -> Sown:
    """A map of a few links alone may be one that a script fills."""
    for page in site.versions("sitemap"):
        news = [site.page("news", page.language), *site.news(page.language)[:MAPPED]]
        if len(news) <= MAPPED:
            raise Unfit
        items = [f'<li><a href="@{each.key}">{each.title}</a></li>' for each in news]
        page.body = ["\n".join(("<ul>", *items, "</ul>"))]
    return None


@plant("S008", also=("S061", "S062", "S063"), group="search")
def no_search(site: Site, random: Random) -> Sown:
    site.flaws["no_search"] = True
    site.remove("search")
    return None


@plant("S100")
def menu_is_in_menus(site: Site, random: Random) -> Sown:
    keys = random.sample(("about", "news", "contacts", "services", "budget"), 4)
    pages = some(random, site.versions("home"), 3)
    for page in pages:
        linked = [key for key in keys if (key, page.language) in site.pages]
        if len(linked) < len(keys):
            raise Unfit
        menu = ""
        for key in reversed(linked):
            name = site.page(key, page.language).title
            menu = f'<ul><li><a href="@{key}">{name}</a>{menu}</li></ul>'
        page.body.append(f'<div class="menu">{menu}</div>')
    return links_of(pages)


@plant("S009", group="titles")
def titles_are_repeated(site: Site, random: Random) -> Sown:
    language = random.choice(site.languages)
    told = [page for page in site.content() if page.language == language]
    if len(told) < 3:
        raise Unfit
    pages = random.sample(told, 3)
    for page in pages:
        page.head_title = fill(site, language, "{Name}")
    return links_of(pages)


@plant("P001", group="titles")
def no_title(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.head_title = ""
    return links_of(pages)


@plant("P001", also=("S027",), group="titles")
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
def main_heading_is_empty(site: Site, random: Random) -> Sown:
    pages = some(random, [page for page in site.pages.values() if page.is_news])
    for page in pages:
        page.flaws["headings"] = [""]
        page.body.insert(0, f"<p><b>{page.title}</b></p>")
    return links_of(pages)


@plant("P009")
def several_main_headings(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    for page in pages:
        page.body.append(f"<h1>{page.title}</h1>")
    return links_of(pages)


@plant("S060", group="maps")
def sitemap_is_missing(site: Site, random: Random) -> Sown:
    site.has_sitemap = False
    return None


@plant("S060", group="maps")
def sitemap_names_another_site(site: Site, random: Random) -> Sown:
    site.flaws["sitemap_origin"] = "https://test.old-site.example"
    return None


@plant("S060", group="maps")
def sitemap_names_dead_pages(site: Site, random: Random) -> Sown:
    site.flaws["sitemap_gone"] = [f"/old/{number}.html" for number in range(random.randint(1, 4))]
    return None


@plant("S060", group="maps")
def sitemap_is_a_page(site: Site, random: Random) -> Sown:
    site.flaws["sitemap_page"] = True
    return None


@plant("S060", group="maps")
def sitemap_is_too_long(site: Site, random: Random) -> Sown:
    site.flaws["sitemap_further"] = 50_001
    return None


@plant("S060", group="maps")
def sitemaps_lead_to_one_another(site: Site, random: Random) -> Sown:
    site.flaws["sitemap_circle"] = random.choice(("/sitemap-1.xml", "/sitemaps/index.xml"))
    return None


@plant("S060", group="maps")
def robots_is_a_page(site: Site, random: Random) -> Sown:
    site.robots = "<!DOCTYPE html><html><body><h1>404</h1></body></html>"
    return None


@plant("S061", also=("S062",), group="search")
def search_finds_nothing(site: Site, random: Random) -> Sown:
    site.flaws["search_finds_nothing"] = True
    return None


@plant("S062", also=("S061",), group="search")
def search_knows_news_only(site: Site, random: Random) -> Sown:
    site.flaws["search_only_news"] = True
    return None


@plant("S061", group="search")
def search_answers_anything(site: Site, random: Random) -> Sown:
    """Whatever one asks, every page is shown."""
    site.flaws["search_finds_all"] = True
    return None


@plant("S061", group="search")
def search_leaves_news_out(site: Site, random: Random) -> Sown:
    site.flaws["search_without_news"] = True
    return None


@plant("S061", also=("S062",), group="search")
def search_breaks(site: Site, random: Random) -> Sown:
    site.flaws["search_status"] = random.choice((500, 502, 404))
    return None


@plant("S063", group="search")
def search_is_slow(site: Site, random: Random) -> Sown:
    site.flaws["search_seconds"] = random.choice((5.0, 8.0, 14.0))
    return None


@plant("S064", group="languages")  # of one version alone too few pages may lie deep
def no_trail(site: Site, random: Random) -> Sown:
    site.flaws["no_crumbs"] = True
    return None


@plant("S065", also=("S064",))
def pages_do_not_lead_home(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 4)
    for page in pages:
        homes = [target(site, page, f"{code}:home") for code in site.languages]
        ends = "|".join(f'{re.escape(home)}(?=["])' for home in homes)
        page.after.append(unlinked(ends))
    return None


@plant("S066", also=("S004",), group="maps")
def page_is_an_orphan(site: Site, random: Random) -> Sown:
    key = random.choice(("vacancies", "emergency", "analytics", "speeches"))
    need(site, key)
    for keys in site.menu.values():
        if key in keys:
            keys.remove(key)
    defects.write_lists(site)
    return None


@plant("S067", also=("S064", "S066", "S070", "S089", "S009"), group="pages")
def pages_lie_deep(site: Site, random: Random) -> Sown:
    need(site, "faq")
    for language in site.languages:
        before = site.page("faq", language)
        for place in range(14):
            title = f"{before.title.partition(' · ')[0]} · {place + 2}"
            body = [f"<p>{text}</p>" for text in (DEEP[language].format(number=place * 17 + 3),)]
            page = Page(f"faq/{place + 2}", language, title, body)
            site.pages[page.key, language] = page
            before.body.append(f'<p><a href="@{page.key}">{title}</a></p>')
            before = page
    return None


DEEP = {
    "kk": "Бұл беттегі сұраққа {number} адам жауап алды, толығырақ келесі бетте жазылған.",
    "ru": "На вопрос этой страницы ответ получили {number} человек, подробнее на следующей.",
    "en": "{number} people received an answer to the question of this page, see the next one.",
}


@plant("S068", also=("S067", "P005"), group="maps")
def first_page_is_overloaded(site: Site, random: Random) -> Sown:
    given = random.choice(({"banners": 90}, {"links": 260}, {"banners": 75, "links": 230}))
    defects.overloaded_home(site, {"latest": 11, **given})
    return None


@plant("S068", also=("S067", "S089", "S009", "S005", "S030"), group="news pages")
def first_page_tells_all_the_news(site: Site, random: Random) -> Sown:
    """More news on the first page than a screen can hold."""
    need(site, "home", "news")
    for language in site.languages:
        for number, page in enumerate(list(site.news(language)) * 4):
            again = replace(page, key=f"{page.key}{number}", body=[*page.body], after=[*page.after])
            again.flaws = {**page.flaws}
            again.title = f"{page.title} ({number})"
            again.body.append(f"<p>№ {number}</p>")
            site.pages[again.key, language] = again
    site.flaws["latest"] = 40
    defects.write_lists(site)
    return None


@plant("S068", also=("P005", "P021", "P022"), group="prose")
def first_page_tells_everything(site: Site, random: Random) -> Sown:
    for page in site.versions("home"):
        said = [piece for each in site.news(page.language) for piece in each.body]
        count = len(" ".join(said).split()) or 1
        page.body += said * (1 + 1600 // count)
    return None


@plant("S069", group="name")
def site_is_named_after_the_head(site: Site, random: Random) -> Sown:
    if site.body.kind == "ministry":
        raise Unfit
    names = {}
    for language in site.languages:
        said = fill(site, language, texts("chrome")[language]["official"])
        for old, new in (("әкімдігінің", "әкімінің"), ("акимата", "акима"), ("akimat", "akim")):
            said = said.replace(old, new)
        names[language] = said
    defects.official(site, names)
    return None


def _describe(said: str, name: str) -> None:
    """Register a plant that gives every page this description."""

    def no_descriptions(site: Site, random: Random) -> Sown:
        content = rf'\1content="{said}"\2'
        for page in site.pages.values():
            page.after.append(
                replaced(r'(<meta[^>]*?)content="[^"]*"( name="description")', content)
            )
            page.after.append(replaced(r'(name="description"\s+content=)"[^"]*"', rf'\1"{said}"'))
        return None

    plant("S070", name=name)(no_descriptions)


_describe("", "descriptions_are_empty")
_describe("Official internet resource", "descriptions_are_the_same")


def _hard_address(host: str) -> None:
    """Register a plant that gives the site an address nobody can say."""

    def address_is_hard(site: Site, random: Random) -> Sown:
        site.origin = f"https://{host}.gov.example"
        return None

    plant("S071", group="scheme", name=f"address_is_{host}")(address_is_hard)


for _host in (
    "upravlenie-obrazovaniya-oblasti", "akimat-rajona-2015", "www.gkpnhvmrk",
    "departamentkulturyiarhivov",
):  # fmt: skip
    _hard_address(_host)


@plant("S072")
def pages_are_hidden_from_search_engines(site: Site, random: Random) -> Sown:
    for page in site.pages.values():
        page.after.append(in_head('<meta name="robots" content="noindex, nofollow">'))
    return None


@plant("S072")
def pages_name_the_first_one_as_themselves(site: Site, random: Random) -> Sown:
    for page in site.content():
        page.after.append(in_head(f'<link rel="canonical" href="{site.origin}/">'))
    return None


@plant("S072")
def robots_close_a_section(site: Site, random: Random) -> Sown:
    key = random.choice(("budget", "services", "vacancies", "procurement"))
    need(site, key)
    paths = [page_address(site, key, page.language) for page in site.versions(key)]
    site.robots = "\n".join(("User-agent: *", *(f"Disallow: {path}" for path in paths)))
    return None


@plant("S072")
def robots_close_documents(site: Site, random: Random) -> Sown:
    kinds = ("pdf", "docx", "xlsx")
    named = [kind for kind in kinds if sum(name.endswith(kind) for name in site.files) > HIDDEN]
    if not named:
        raise Unfit
    kind = random.choice(named)
    site.robots = f"User-agent: *\nDisallow: /admin/\nDisallow: /*.{kind}$\n"
    return None


@plant("S073", also=("S004", "S066"), group="maps")
def main_section_is_off_the_first_page(site: Site, random: Random) -> Sown:
    # who reaches the reception of citizens, or questions and answers, has reached the appeals
    defects.off_the_menu(
        site, random.choice((["about"], ["services"], ["appeals", "reception", "faq"]))
    )
    return None
