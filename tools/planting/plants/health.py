"""Defects of technical health."""

from random import Random

from tools.planting.model import Site
from tools.planting.planting import Sown, links_of, plant, some

STYLE = (
    "p.MsoNormal{mso-style-parent:'';margin:0cm;font-size:12.0pt;font-family:'Times New Roman'}\n"
)


@plant("S006", group="missing")
def link_is_dead(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 1)
    href = random.choice(("/files/otchet-2014.pdf", "/ru/old/index.php", "/arhiv/plan.doc"))
    pages[0].body.append(f'<p><a href="{href}">{pages[0].title} 2014</a></p>')
    return links_of(pages)


@plant("S006", group="missing")
def link_outside_is_dead(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 1)
    site.externals["https://old-portal.example/kz"] = random.choice((404, 410, 500))
    pages[0].body.append('<p><a href="https://old-portal.example/kz">old-portal.example</a></p>')
    return links_of(pages)


@plant("S012", group="missing")
def missing_page_pretends_to_be_there(site: Site, random: Random) -> Sown:
    site.missing_status = 200
    return None


@plant("S012", group="missing")
def missing_page_is_an_error_of_the_server(site: Site, random: Random) -> Sown:
    site.missing_status = 500
    return None


@plant("S013")
def robots_shut_search_engines_out(site: Site, random: Random) -> Sown:
    reader = random.choice(("Googlebot", "YandexBot", "Googlebot\nUser-agent: YandexBot"))
    site.robots = f"User-agent: {reader}\nDisallow: /\n\nUser-agent: *\nDisallow: /admin/\n"
    return None


@plant("P005")
def page_is_heavy(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 1)
    times = 520_000 // len(STYLE) + random.randint(10, 900)
    pages[0].body.append(f"<style>{STYLE * times}</style>")
    return links_of(pages)


@plant("P007", group="letters")
def charset_is_another(site: Site, random: Random) -> Sown:
    russian = [page for page in site.content() if page.language == "ru"]
    pages = some(random, russian)
    for page in pages:
        page.encoding = "cp1251"
    return links_of(pages)


@plant("P007", group="letters")
def letters_were_read_wrongly(site: Site, random: Random) -> Sown:
    cyrillic = [page for page in site.content() if page.language != "en"]
    pages = some(random, cyrillic)
    for page in pages:
        spoilt = page.body[0].encode().decode("cp1251", "replace")
        page.body.append(f"<p>{spoilt[3:200]}</p>")
    return links_of(pages)
