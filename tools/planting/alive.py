"""Defects that only a server that answers can show: endless addresses, dead or heavy resources.

Kept bytes hold neither: how many addresses a trap makes depends on who walks into it, and pictures
are asked for only of a live site. So these sites are served on loopback and really crawled.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from random import Random
from urllib.parse import parse_qsl, urlencode

from aiqyn.audit import Edition, edition_on
from aiqyn.chain import Finding, Outcome
from tools.planting.changes import in_head
from tools.planting.compose import by_seed
from tools.planting.model import Page, Site
from tools.planting.planting import some
from tools.planting.scores import Score
from tools.planting.served import Extra, Reply, crawled

TRAPS, DEAD, HEAVY = "S095", "S097", "S099"
ENDLESS = {
    "kk": "Бұл күні іс-шара жоқ.",
    "ru": "В этот день мероприятий нет.",
    "en": "There are no events on this day.",
}
Made = Callable[[str], str | None]  # path with its query → HTML of a page, None: not mine


def calendar(site: Site, random: Random) -> Made:
    """Months that go on for ever, each with a link to the next, some to the next year too."""
    root = random.choice(("/events/{}/{}", "/kalendar/{}-{:02}", "/afisha?year={}&month={}"))
    has_years = random.choice((True, False))
    pattern = _pattern(root)

    def made(path: str) -> str | None:
        found = pattern.fullmatch(path)
        if not found:
            return None
        year, month = map(int, found.groups())
        following = (year, month + 1) if month < 12 else (year + 1, 1)
        years = [root.format(year + 1, month)] if has_years else []
        return _list([root.format(*following), *years])

    _link(site, root.format(site.as_of.year, site.as_of.month))
    return made


def choices(site: Site, random: Random) -> Made:
    """A list that can be narrowed by each of several fields, each choice a link."""
    root = random.choice(("/catalog", "/documents/search.php", "/filter/"))
    names = random.sample(("type", "year", "body", "theme", "status", "sort", "view"), 5)
    values = [str(number) for number in range(1, random.randint(4, 5))]

    def made(path: str) -> str | None:
        before, _, query = path.partition("?")
        if before != root:
            return None
        chosen = dict(parse_qsl(query))
        others = [{**chosen, name: value} for name in names for value in values]
        return _list([f"{root}?{urlencode(sorted(each.items()))}" for each in others])

    _link(site, f"{root}?{urlencode({names[0]: values[0]})}")
    return made


def visits(site: Site, random: Random) -> Made:
    """Every answer gives links with a new number of the visit."""
    root = random.choice(("/services/list", "/gosuslugi/", "/registry.php"))
    name = random.choice(("visit", "s", "token", "uid"))

    def made(path: str) -> str | None:
        if path.partition("?")[0] != root:
            return None
        fresh = Random(path)
        numbers = [f"{fresh.getrandbits(80):020x}a1" for _ in range(3)]
        return _list([f"{root}?{name}={number}" for number in numbers])

    _link(site, f"{root}?{name}={random.getrandbits(80):020x}a1")
    return made


def circles(site: Site, random: Random) -> Made:
    """Relative links without a beginning: each adds a step to the address."""
    root = random.choice(("/info/", "/struktura/", "/biz-turaly/"))
    steps = random.sample(("docs/", "news/", "photo/", "archive/"), 2)
    pattern = re.compile(f"{root}(?:{'|'.join(steps)})*")

    def made(path: str) -> str | None:
        return _list(steps) if pattern.fullmatch(path) else None

    _link(site, root)
    return made


def archive(site: Site, random: Random) -> Made:
    """No trap: a long list over many pages, each with things of its own."""
    root, last = random.choice(("/archive", "/arhiv.php")), random.randint(110, 160)

    def made(path: str) -> str | None:
        before, _, query = path.partition("?")
        number = int(dict(parse_qsl(query)).get("page", "0") or 0) if before == root else 0
        if not 1 <= number <= last:
            return None
        items = "".join(f"<li>{Random(number * each).getrandbits(60)}</li>" for each in range(9))
        following = [f"{root}?page={min(number + more, last)}" for more in (1, 10)]
        return f"<h1>{number}</h1><ul>{items * (number % 7 + 1)}</ul>{_list(following)}"

    _link(site, f"{root}?page=1")
    return made


def past_years(site: Site, random: Random) -> Made:
    """No trap: a calendar of what has been, with an end and a beginning."""
    root, first = random.choice(("/events/{}/{}", "/{}/{:02}/news")), site.as_of.year - 12
    pattern = _pattern(root)

    def made(path: str) -> str | None:
        found = pattern.fullmatch(path)
        year = int(found[1]) if found else 0
        if not first <= year <= site.as_of.year:
            return None
        return _list([root.format(year - 1, month) for month in range(1, 13)])

    _link(site, root.format(site.as_of.year, 1))
    return made


TRAPPED: dict[str, Callable[[Site, Random], Made]] = {
    "calendar": calendar,
    "choices": choices,
    "session": visits,
    "circle": circles,
}
HARMLESS = (archive, past_years)


def pictures_gone(site: Site, random: Random) -> dict[str, int]:
    """One or two pictures of pages."""
    paths = [f"/upload/{random.randint(100, 999)}/photo-{place}.jpg" for place in (1, 2)]
    pages = some(random, site.content())
    gone = paths[: len(pages)]
    for page, path in zip(pages, gone, strict=True):
        page.body.append(f'<p><img src="{path}" alt="{page.title}" width="400"></p>')
    return dict.fromkeys(gone, random.choice((404, 410, 500)))


def folder_gone(site: Site, random: Random) -> dict[str, int]:
    """All pictures of an old folder: one repair."""
    folder = random.choice(("/old-site/img", "/sites/default/files/2014", "/uploads/gallery7"))
    paths = [f"{folder}/{number}.jpg" for number in range(1, random.randint(5, 9))]
    page = random.choice(site.content())
    page.body += [f'<p><img src="{path}" alt="{page.title}"></p>' for path in paths]
    return dict.fromkeys(paths, 404)


def style_gone(site: Site, random: Random) -> dict[str, int]:
    """A style sheet or a script that every page names."""
    path = random.choice(("/css/theme-2024.css", "/js/slider.min.js", "/fonts/pt/style.css"))
    is_script = path.endswith(".js")
    piece = (
        f'<script src="{path}"></script>' if is_script else f'<link rel="stylesheet" href="{path}">'
    )
    for page in site.pages.values():
        page.after.append(in_head(piece))
    return {path: random.choice((404, 500))}


def resources_alive(site: Site, random: Random) -> dict[str, int]:
    """Pictures that are there, and one that only its owner may see."""
    page: Page = random.choice(site.content())
    page.body.append(
        '<p><img src="/upload/alive/1.jpg" alt=""><img src="/closed/2.jpg" alt=""></p>'
    )
    return {"/closed/2.jpg": 403}


def one_photograph(site: Site, random: Random) -> dict[str, int]:
    """A photograph as the camera made it."""
    return _shown(site, {"/upload/photo-1.jpg": random.randint(2_100_000, 9_000_000)})


def many_pictures(site: Site, random: Random) -> dict[str, int]:
    """A row of pictures none of which is too large by itself."""
    sizes = {f"/slider/{place}.png": random.randint(1_000_000, 1_900_000) for place in range(6)}
    return _shown(site, sizes)


def light_pictures(site: Site, random: Random) -> dict[str, int]:
    """Pictures as they should be."""
    return _shown(site, {f"/slider/{place}.jpg": random.randint(9_000, 90_000) for place in "12"})


def _shown(site: Site, sizes: dict[str, int]) -> dict[str, int]:
    pictures = "".join(f'<img src="{path}" alt="">' for path in sizes)
    for page in site.versions("home"):
        page.body.append(f"<p>{pictures}</p>")
    return sizes


LOADING = (one_photograph, many_pictures)
DYING = (pictures_gone, folder_gone, style_gone)


def measure_alive(seeds: Iterable[int], edition: Edition | None = None) -> dict[str, Score]:
    """Return the scores of these rules over served sites."""
    scores = {TRAPS: Score(), DEAD: Score(), HEAVY: Score()}
    for seed in seeds:
        site, random = by_seed(seed), Random(f"alive of {seed}")
        trap = random.choice((*[""] * len(TRAPPED), *TRAPPED))
        build = TRAPPED[trap] if trap else random.choice(HARMLESS)
        kill = random.choice((*DYING, *[resources_alive] * len(DYING)))
        load = Random(f"load of {seed}").choice((*LOADING, *[light_pictures] * len(LOADING)))
        made, statuses, sizes = build(site, random), kill(site, random), load(site, random)
        extra = _extra(site, made, statuses, sizes)
        report = crawled(site, edition or edition_on("sites", site.as_of), extra)
        found = {each.rule: each for each in report.findings}
        where = f"seed {seed}, {build.__name__}, {kill.__name__}, {load.__name__}"
        dead = [path for path, status in statuses.items() if status != 403]
        _weigh(scores[TRAPS], where, found[TRAPS], bool(trap), _names_trap(found[TRAPS], trap))
        _weigh(scores[DEAD], where, found[DEAD], bool(dead), _names_dead(found[DEAD], dead))
        note = {one_photograph: "too_large", many_pictures: "too_heavy"}.get(load, "")
        names = note in {each.note for each in found[HEAVY].places}
        _weigh(scores[HEAVY], where, found[HEAVY], bool(note), names)
    return scores


def _weigh(score: Score, where: str, finding: Finding, is_planted: bool, is_right: bool) -> None:
    has_failed = finding.outcome is Outcome.FAILED
    score.add(where, is_planted, has_failed, has_failed and is_right)
    if is_planted and is_right:
        score.causes.update(each.note for each in finding.places)


def _names_trap(finding: Finding, trap: str) -> bool:
    return {each.note for each in finding.places} == {trap}


def _names_dead(finding: Finding, dead: list[str]) -> bool:
    """Whether every dead resource is told, alone or by its folder, and nothing else is."""
    places = [each.saw for each in finding.places]
    folders = [path.rpartition("/")[0] for path in dead]
    is_told = all(
        any(path in saw or folder in saw for saw in places)
        for path, folder in zip(dead, folders, strict=True)
    )
    return is_told and all(any(folder in saw for folder in folders) for saw in places)


def _extra(site: Site, made: Made, statuses: dict[str, int], sizes: dict[str, int]) -> Extra:
    """What the site answers besides its pages."""

    def extra(path: str) -> Reply | None:
        if path in statuses:
            return Reply(statuses[path], "text/html", b"<h1>Error</h1>")
        if path in sizes:
            return Reply(200, "image/jpeg", b"\xff" * sizes[path])
        html = made(path)
        if html is None:
            return None
        said = f"<p>{ENDLESS[site.home]}</p>{html}"
        whole = (
            f'<!doctype html><html lang="{site.home}"><title>1</title><body>{said}</body></html>'
        )
        return Reply(200, "text/html; charset=utf-8", whole.encode())

    return extra


def _pattern(root: str) -> re.Pattern[str]:
    """Return what matches the addresses a format makes of numbers."""
    return re.compile(r"(\d+)".join(map(re.escape, re.split(r"\{.*?\}", root))))


def _link(site: Site, path: str) -> None:
    """Lead to a place from the first pages."""
    for page in site.versions("home"):
        page.body.append(f'<p><a href="{escape(path)}">{page.title}: 1</a></p>')


def _list(paths: list[str]) -> str:
    return "<ul>" + "".join(f'<li><a href="{escape(each)}">1</a></li>' for each in paths) + "</ul>"
