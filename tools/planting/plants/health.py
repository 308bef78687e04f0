"""Defects of technical health."""

from dataclasses import replace
from random import Random

from tools.planting.changes import replaced
from tools.planting.model import Site
from tools.planting.planting import Sown, links_of, need, plant, some

ERRORS = (
    (
        "<br /><b>Warning</b>: mysql_connect(): Access denied for user 'www'@'localhost' in"
        " <b>/var/www/html/db.php</b> on line <b>14</b><br />"
    ),
    (
        "<p>You have an error in your SQL syntax; check the manual that corresponds to your"
        " MySQL server version for the right syntax to use near '' at line 1</p>"
    ),
    (
        "<pre>Fatal error: Uncaught Error: Call to undefined function news_list() in"
        " /srv/www/index.php:27</pre>"
    ),
)
STYLE = (
    "p.MsoNormal{mso-style-parent:'';margin:0cm;font-size:12.0pt;font-family:'Times New Roman'}\n"
)


@plant("S006", group="missing")
def link_is_dead(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 1)
    href = random.choice(("/files/otchet-2014.pdf", "/ru/old/index.php", "/arhiv/plan.doc"))
    pages[0].body.append(f'<p><a href="{href}">{pages[0].title} 2014</a></p>')
    return links_of(pages)


def _kill_a_link_outside(cause: int | str) -> None:
    """Register a plant whose link to another site ends with this status or failure."""

    def link_outside_is_dead(site: Site, random: Random) -> Sown:
        pages = some(random, site.content(), 1)
        address = "https://old-portal.example/kz"
        site.externals[address] = cause
        pages[0].body.append(f'<p><a href="{address}">old-portal.example</a></p>')
        return links_of(pages)

    plant("S006", group="missing", name=f"link_outside_is_dead_{cause}")(link_outside_is_dead)


for _cause in (
    404, 410, 500, 400, "dns", "refused", "tls", "timeout", "redirect_loop", "broken", "empty",
):  # fmt: skip
    _kill_a_link_outside(_cause)


@plant("S006", group="missing")
def link_is_no_address(site: Site, random: Random) -> Sown:
    pages = some(random, site.content(), 1)
    pages[0].body.append('<p><a href="http://[portal/">portal</a></p>')
    return links_of(pages)


@plant("S012", group="missing")
def missing_page_pretends_to_be_there(site: Site, random: Random) -> Sown:
    site.missing_status = 200
    return None


@plant("S012", group="missing")
def missing_page_is_an_error_of_the_server(site: Site, random: Random) -> Sown:
    site.missing_status = 500
    return None


@plant("S012", group="missing")
def missing_page_leads_home(site: Site, random: Random) -> Sown:
    site.missing_status = 302
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
def charset_is_not_told(site: Site, random: Random) -> Sown:
    pages = some(random, [page for page in site.content() if page.language != "en"])
    for page in pages:
        page.charset = ""
        page.after.append(replaced(r"<meta[^>]*charset[^>]*>", ""))
    return links_of(pages)


@plant("P007", group="letters")
def letters_were_read_wrongly(site: Site, random: Random) -> Sown:
    cyrillic = [page for page in site.content() if page.language != "en"]
    pages = some(random, cyrillic)
    for page in pages:
        spoilt = page.body[0].encode().decode("cp1251", "replace")
        page.body.append(f"<p>{spoilt[3:200]}</p>")
    return links_of(pages)


@plant("P041")
def page_shows_an_error(site: Site, random: Random) -> Sown:
    pages = some(random, site.content())
    said = random.choice(ERRORS)
    for page in pages:
        page.body.append(said)
    return links_of(pages)


@plant("S083")
def redirects_are_long(site: Site, random: Random) -> Sown:
    page = random.choice(site.content())
    page.body.append(f'<p><a href="/go/{random.randint(1, 99)}">{page.title}</a></p>')
    site.flaws["chain"] = random.randint(3, 6)
    return None


@plant("S084", also=("S085", "S086"), group="scheme")
def site_is_not_secure(site: Site, random: Random) -> Sown:
    site.origin = site.origin.replace("https://", "http://")
    return None


@plant("S085", group="scheme")
def parts_are_not_secure(site: Site, random: Random) -> Sown:
    piece = random.choice(
        (
            '<img src="http://counter.example/hit.gif" alt="" width="88" height="31">',
            '<script src="http://cdn.example/jquery.js"></script>',
        )
    )
    for page in some(random, site.content(), 3):
        page.body.append(piece)
    return None


def _say_headers(name: str, said: dict[str, str], group: str = "S086") -> None:
    def headers_do_not_guard(site: Site, random: Random) -> Sown:
        site.headers |= said
        return None

    plant("S086", name=name, group=group)(headers_do_not_guard)


_say_headers("types_may_be_guessed", {"X-Content-Type-Options": ""})
_say_headers("insecure_visits_are_allowed", {"Strict-Transport-Security": ""}, "S086 scheme")
_say_headers("pages_may_be_framed", {"X-Frame-Options": "", "Content-Security-Policy": ""})
_say_headers("versions_are_told", {"Server": "Apache/2.2.15 (CentOS)", "X-Powered-By": "PHP/5.3.3"})


@plant("S087")
def banner_of_a_finished_programme(site: Site, random: Random) -> Sown:
    names = {
        "kk": ("Халықтық IPO", "ЭКСПО-2017"),
        "ru": ("Народное IPO", "ЭКСПО-2017"),
        "en": ("People's IPO", "EXPO 2017"),
    }
    place = random.randrange(2)
    for page in site.versions("home"):
        name = names[page.language][place]
        picture = f'<img src="/img/banner-7.png" alt="{name}">'
        page.body.append(f'<p><a href="https://www.akorda.kz/">{picture}</a></p>')
    return None


@plant("S088", also=("S063",))
def server_is_slow(site: Site, random: Random) -> Sown:
    site.flaws["seconds"] = random.choice((3.5, 5.0, 9.0))
    return None


@plant("S089", also=("S009", "S070"), group="pages")
def one_text_at_two_addresses(site: Site, random: Random) -> Sown:
    need(site, "emergency", "about", "appeals", "open_government", "strategy")
    key = random.choice(("about", "appeals", "open_government", "strategy"))
    for page in site.versions(key):
        again = replace(page, key=f"old-{key}", body=list(page.body), after=list(page.after))
        site.pages[again.key, page.language] = again
        page.flaws = again.flaws = page.flaws | {"emptied": True}  # no other plant may alter one
        site.page("emergency", page.language).body.append(
            f'<p><a href="@old-{key}">{page.title}</a></p>'
        )
    return None
