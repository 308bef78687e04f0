"""The six replicas of the article's table 2: sites of invented bodies, each with its defects.

`examples/replicas/<code>/replica.yaml` says whose site it is, its own news and its defects;
everything else is composed like any generated site, and always the same.
`python -m tools.planting.replicas MES FOLDER` writes one as files for `examples.serve`.
"""

import sys
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tools.planting import defects
from tools.planting.addresses import page_address
from tools.planting.bodies import akimat, ministry
from tools.planting.compose import Settings, compose
from tools.planting.draw import draw
from tools.planting.model import Body, Page, Site
from tools.planting.words import fill, number

REPLICAS = Path(__file__).parents[2] / "examples" / "replicas"
CODES = ("MES", "MZ", "MLSP", "VKO", "ALM", "KZO")
JUDGED_ON = date(2018, 10, 5)
_AS_THEY_ARE = ("languages", "layout", "scheme", "dates", "titles", "phone", "origin")


def replica(code: str) -> Site:
    """Return the replica of one site of the table, its defects included."""
    given = yaml.safe_load((REPLICAS / code / "replica.yaml").read_text("utf-8"))
    random = Random(code)
    said: dict[str, Any] = {name: given[name] for name in _AS_THEY_ARE}
    said["languages"] = tuple(said["languages"])
    body = _body(given["body"])
    body.host = given["origin"].partition("//")[2].removeprefix("www.")
    site = compose(Settings(body=body, as_of=JUDGED_ON, **said), random)
    _add_own_news(site, given["news"])
    for week in range(int(given.get("digests", 0))):
        _add_digest(site, given["digest"], week)
    _date_news(site, given["news_every"])
    defects.write_lists(site)
    for name, value in given["defects"].items():
        defects.KNOWN[name](site, value)
    return site


def _body(given: dict[str, str]) -> Body:
    if "domain" in given:
        return ministry({"host": "", **given})
    return akimat(given["kind"], given)


def _add_own_news(site: Site, items: list[dict[str, list[str]]]) -> None:
    """The site's own news are its newest; they stand before those all sites share."""
    for place, item in enumerate(items):
        for language in site.languages:
            _add_item(site, f"news/{900 + place}", language, item[language])


def _add_digest(site: Site, texts: dict[str, list[str]], week: int) -> None:
    """One of the weekly reviews that make a column of news long."""
    last = site.as_of - timedelta(days=41 + 7 * week)
    figures = {
        "from": str((last - timedelta(days=6)).strftime("%d.%m.%Y")),
        "to": str(last.strftime("%d.%m.%Y")),
        "a": str(number(site, 30, 400, f"digest{week}a")),
        "b": str(number(site, 3, 60, f"digest{week}b")),
    }
    for language in site.languages:
        said = [text.format_map(figures) for text in texts[language]]
        page = _add_item(site, f"news/{300 - week}", language, said)
        page.posted = last


def _add_item(site: Site, key: str, language: str, texts: list[str]) -> Page:
    title, *paragraphs = (fill(site, language, text) for text in texts)
    page = Page(key, language, title, [f"<p>{text}</p>" for text in paragraphs], group="news")
    site.pages[key, language] = page
    return page


def _date_news(site: Site, days: list[int]) -> None:
    keys = [page.key for page in site.news(site.languages[0])]
    fresh = [key for key in keys if not site.page(key, site.languages[0]).posted] + [
        key for key in keys if _is_shared(site, key)
    ]
    for key, before in zip(fresh, days, strict=False):
        for page in site.versions(key):
            page.posted = site.as_of - timedelta(days=before)
    for key in fresh[len(days) :]:
        site.remove(key)


def _is_shared(site: Site, key: str) -> bool:
    posted = site.page(key, site.languages[0]).posted
    return posted is not None and posted >= site.as_of - timedelta(days=40)


def write(code: str, folder: Path) -> int:
    """Write a replica as files that `examples.serve` shows; return how many."""
    site = replica(code)
    drawn = draw(site)
    files = {path: content for path, (_, content) in drawn.pages.items() if "?" not in path}
    files |= {path: site.files[name].content for path, name in drawn.files.items()}
    files["/robots.txt"] = (site.robots or "").encode()
    for path, content in files.items():
        name = path if Path(path).suffix else f"{path.rstrip('/')}/index.html"
        file = folder / "public" / name.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (folder / "serve.yaml").write_text(yaml.safe_dump(_served(site)), "utf-8")
    return len(files)


def _served(site: Site) -> dict[str, Any]:
    home = page_address(site, "home", site.home)
    return {
        "as_of": site.as_of.isoformat(),
        "origin": site.origin,
        "redirects": {} if home == "/" else {"/": home},
        "search": [page_address(site, "search", code) for code in site.languages],
    }


def main() -> None:
    code, folder = sys.argv[1:]
    sys.stdout.write(f"{code}: {write(code, Path(folder))} files\n")


if __name__ == "__main__":
    main()
