"""Sites behind a wall: pictures alone, shells that a script would fill, a login; or empty ones.

Behind a wall no other defect can be seen, so such sites are a variety of their own: half of them
have a wall, half are whole, or have something that looks like one.
"""

from collections.abc import Callable, Iterable
from random import Random

from aiqyn.audit import Edition, edition_on
from aiqyn.chain import Outcome
from tools.planting.addresses import page_address
from tools.planting.compose import by_seed
from tools.planting.crawled import audited
from tools.planting.model import Page, Site
from tools.planting.scores import Score

RULE, LOGIN = "S096", "S082"
ROOTS = ("app", "root", "__next", "__nuxt")
SCRIPTS = ("/static/js/main.8f3a1c.js", "/_next/static/chunks/main.js", "/dist/app.js")
NO_SCRIPT = {
    "kk": "Бұл сайтты көру үшін JavaScript қосыңыз.",
    "ru": "Для просмотра сайта включите JavaScript.",
    "en": "You need to enable JavaScript to run this app.",
}
Build = Callable[[Site, Random], None]


def shells(site: Site, random: Random) -> None:
    """Every address gives the same empty page and a script."""
    root, script, is_told = random.choice(ROOTS), random.choice(SCRIPTS), random.random() < 0.5
    for page in site.pages.values():
        said = f"<noscript>{NO_SCRIPT[page.language]}</noscript>" if is_told else ""
        _become(page, f'{said}<div id="{root}"></div><script src="{script}"></script>')


def pictures(site: Site, random: Random) -> None:
    """Every page is one picture with places to press."""
    folder = random.choice(("img", "upload", "images/site"))
    for page in site.pages.values():
        _become(page, _picture(site, page, folder))


def logins(site: Site, random: Random) -> None:
    """Every address gives a field for a password and nothing else."""
    action = random.choice(("/login.php", "/auth", "/kiru"))
    field = '<input name="login"> <input type="password" name="password">'
    for page in site.pages.values():
        links = "".join(
            f'<a href="{page_address(site, key, page.language).replace("&", "&amp;")}">{place}</a> '
            for place, key in enumerate(site.menu.get("citizens", ()))
        )
        _become(page, f'<form action="{action}" method="post">{field}</form>{links}')


def empties(site: Site, random: Random) -> None:
    """Every address gives an empty page: one answer of a broken server, with a title or without."""
    head = random.choice(('<meta charset="utf-8">', "<title>{}</title>"))
    is_bare = random.random() < 0.5
    for page in site.pages.values():
        inside = f"<head>{head.format(page.title)}</head><body>\n</body>"
        html = "" if is_bare else f"<html>{inside}</html>"
        page.after = [lambda _, html=html: html]


def picture_to_enter_by(site: Site, random: Random) -> None:
    """The first page is a picture; behind it are pages to read."""
    for page in site.versions("home"):
        _become(page, _picture(site, page, "img"))


def shell_of_the_search(site: Site, random: Random) -> None:
    """One page alone is filled by a script."""
    for page in site.versions("search"):
        _become(page, f'<div id="app"></div><script src="{random.choice(SCRIPTS)}"></script>')


def picture_with_words(site: Site, random: Random) -> None:
    """A picture fills the first page, and says in words what it shows."""
    for page in site.versions("home"):
        page.body.insert(0, f'<p><img src="/img/banner.jpg" alt="{page.title}" width="1200"></p>')


def whole(site: Site, random: Random) -> None:
    """A site as it should be."""


WALLS: dict[str, tuple[Build, ...]] = {
    "script": (shells,),
    "no_text": (pictures,),
    "whole_site": (logins,),
    "empty": (empties,),
}
NO_WALLS: tuple[Build, ...] = (whole, picture_to_enter_by, shell_of_the_search, picture_with_words)


def _become(page: Page, inside: str) -> None:
    """Put this in the place of all that the layout draws."""
    html = f'<!doctype html>\n<html lang="{page.language}"><head><meta charset="utf-8">'
    html += f"<title>{page.title}</title></head><body>{inside}</body></html>"
    page.after = [lambda _: html]


def _picture(site: Site, page: Page, folder: str) -> str:
    """A picture with places to press that lead to the sections of the menu."""
    keys = [key for keys in site.menu.values() for key in keys]
    paths = [page_address(site, key, page.language).replace("&", "&amp;") for key in keys]
    areas = "".join(
        f'<area shape="rect" coords="0,{40 * place},300,{40 * place + 40}" href="{path}">'
        for place, path in enumerate(paths)
    )
    name = page.key.replace("/", "-")
    return f'<img src="/{folder}/{name}.jpg" usemap="#m"><map name="m">{areas}</map>'


def measure_walls(seeds: Iterable[int], edition: Edition | None = None) -> dict[str, Score]:
    """Return how many walls each rule finds and names rightly, and how many it imagines."""
    scores = {RULE: Score(), LOGIN: Score()}
    for seed in seeds:
        site, random = by_seed(seed), Random(f"walls of {seed}")
        wall = random.choice(("", "", *WALLS))
        build = random.choice(WALLS[wall] if wall else NO_WALLS)
        build(site, random)
        report, _ = audited(site, edition or edition_on("sites", site.as_of))
        for code, score in scores.items():
            finding = next(each for each in report.findings if each.rule == code)
            is_planted = bool(wall) and (wall == "whole_site") == (code == LOGIN)
            has_failed = finding.outcome is Outcome.FAILED
            is_right = has_failed and [each.note for each in finding.places] == [wall]
            score.add(f"seed {seed}, {build.__name__}", is_planted, has_failed, is_right)
            if is_planted and is_right:
                score.causes.add(wall)
    return scores
